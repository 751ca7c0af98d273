"""The streams of a worker, on pipes of the test's own."""

import os
from collections.abc import Iterator
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass

import pytest
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.messages import Finished, Report, RunRequest
from tensorpad.protocol.outputs import OutputRecord
from tensorpad.sandbox.program import run_program
from tensorpad.sandbox.streams import Streams


@dataclass
class Pipes:
    streams: Streams
    stdout: int
    stderr: int

    def read(self) -> str:
        """All that is in standard output."""
        return os.read(self.stdout, 65_536).decode()


@pytest.fixture
def pipes() -> Iterator[Pipes]:
    outputs = [os.pipe(), os.pipe()]
    yield Pipes(Streams(1_000, outputs[0][1], outputs[1][1]), outputs[0][0], outputs[1][0])
    for descriptor in (*outputs[0], *outputs[1]):
        os.close(descriptor)


def outputs(pipes: Pipes, *cells: str) -> list[OutputRecord]:
    """What a program is said to have shown, step by step."""
    reports: list[Report] = []
    with redirect_stdout(pipes.streams.stdout), redirect_stderr(pipes.streams.stderr):
        run_program(RunRequest(cells=cells, timeout_s=60), Limits(), reports.append, pipes.streams)
    finished = reports[-1]
    assert isinstance(finished, Finished)
    return list(finished.trace.outputs)


def test_each_step_has_what_was_printed_by_then(pipes: Pipes) -> None:
    found = outputs(pipes, "for i in range(2):\n    print('变', i)\nx = 1", "import sys\nprint('e', file=sys.stderr)")
    assert found == [
        OutputRecord(0, 0),
        OutputRecord(0, 2, stdout=4),
        OutputRecord(0, 4, stdout=8),
        OutputRecord(0, 5, stdout=8, ended=True),
        OutputRecord(1, 5),
        OutputRecord(1, 7, stderr=2),
        OutputRecord(1, 7, stderr=2, ended=True),
    ]
    assert pipes.read() == "变 0\n变 1\n"


def test_text_without_an_end_of_line_counts_at_once(pipes: Pipes) -> None:
    found = outputs(pipes, "print('a', end='')\nprint('b', end='')\nx = 1")
    assert [(output.steps, output.stdout) for output in found] == [(0, 0), (1, 1), (2, 2), (3, 2)]


def test_what_goes_past_text_is_counted_when_it_is_written(pipes: Pipes) -> None:
    found = outputs(pipes, "import sys\nsys.stdout.buffer.write('变x'.encode())\nx = 1")
    assert found[-1].stdout == 2


def test_what_is_redirected_is_not_the_cells(pipes: Pipes) -> None:
    found = outputs(
        pipes, "import contextlib, io\nwith contextlib.redirect_stdout(io.StringIO()):\n  print('a')\nprint('b')"
    )
    assert found[-1].stdout == 2


def test_prints_of_functions_and_of_errors_belong_to_their_steps(pipes: Pipes) -> None:
    found = outputs(pipes, "import sys\ndef f():\n    print('in')\n    return 1\ny = f()\nprint('careful', file=sys.stderr)")
    assert [(output.steps, output.stdout) for output in found][1] == (4, 3)
    assert found[-1].stderr > 0


def test_a_display_counts_too(pipes: Pipes) -> None:
    found = outputs(pipes, "import graphviz\ndisplay(graphviz.Source('digraph {a}'))\nx = 1")
    assert [(output.steps, output.displays) for output in found] == [(0, 0), (2, 1), (3, 1)]


def test_more_than_the_limit_stops_the_program_at_its_line(pipes: Pipes) -> None:
    reports: list[Report] = []
    with redirect_stdout(pipes.streams.stdout):
        source = "n = 0\nwhile True:\n    n += 1\n    print('x' * 99)"
        run_program(RunRequest(cells=(source,), timeout_s=60), Limits(), reports.append, pipes.streams)
    finished = reports[-1]
    assert isinstance(finished, Finished)
    last = finished.trace.steps[-1]
    assert last.span is not None
    assert (last.kind, last.span.line) == ("error", 4)
    assert {variable.name: variable.text for variable in finished.trace.variables} == {"n": "11"}
    assert len(pipes.read()) == 1_001  # one byte more, so that the service sees it


def test_it_looks_like_pythons_own(pipes: Pipes) -> None:
    stream = pipes.streams.stdout
    assert (type(stream).__name__, type(stream).__module__) == ("TextIOWrapper", "_io")
    assert stream.encoding == "utf-8"
