"""What the page shows of programs at every step, against what plain PyTorch had after the statement."""

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tensorpad.api.encoding import json as encoded
from tensorpad.api.runs.answer import RunTiming
from tensorpad.api.runs.deferral import deferral
from tensorpad.api.runs.repetition import repetition
from tensorpad.api.runs.response import Rendered, draft_response, run_response
from tensorpad.graph import builder
from tensorpad.graph.model import Graph
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.messages import RunRequest
from tensorpad.protocol.outcomes import CellOutput, Completed
from tensorpad.render.renderer import Picture

from tests.support.comparison import run
from tests.support.stages import ENVIRONMENT, TIMING

ROOT = Path(__file__).resolve().parents[2]
_LIMITS = Limits()
_FACTS = (
    *("shape", "stride", "offset", "dtype", "device"),
    *("requires_grad", "is_leaf", "grad_fn", "is_parameter", "version", "values", "grad"),
)
_ARRAY_FACTS = ("shape", "dtype", "values")
Cells = list[str]
Moment = dict[str, Any]


@dataclass
class Report:
    """What was compared, and where the page differs."""

    programs: int = 0
    steps: int = 0
    comparisons: int = 0
    deferred: int = 0
    """Values that came by chunks."""
    differences: list[str] = field(default_factory=list[str])

    def summary(self) -> str:
        """The counts."""
        kinds = Counter(difference.partition(": ")[0] for difference in self.differences)
        return (
            f"{self.programs} programs, {self.steps} steps, {self.comparisons} comparisons, "
            f"{len(self.differences)} differences {dict(kinds) or ''}"
        )


def compare(programs: Sequence[Cells], *, deferring: bool = False) -> Report:
    """Run programs plainly in one process and traced in this one, and look at the answers with the page's code.

    If `deferring`, the answers come without values, and the page has them by chunks.
    """
    with ThreadPoolExecutor(2) as beside:
        plain = beside.submit(_lines, [sys.executable, "-m", "tests.truth.plain"], map(json.dumps, programs))
        answers = [_answer(cells, deferring=deferring) for cells in programs]
        shown = beside.submit(_lines, ["node", "frontend/scripts/shown.js"], answers)
        pairs = zip(programs, plain.result(), shown.result(), strict=True)
        report = Report()
        report.deferred = sum(len(chunk["values"]) for answer in answers for chunk in json.loads(answer)["chunks"])
        for index, (cells, had, has) in enumerate(pairs):
            _compare(f"program {index}", cells, json.loads(had), json.loads(has), report)
    return report


def printed(cells: Cells) -> dict[str, list[str]]:
    """The elements of each tensor that has a name at the end of a program, as the page writes them."""
    [line] = _lines(["node", "frontend/scripts/shown.js", "--printed"], [_answer(cells)])
    return json.loads(line)


def examples() -> list[Cells]:
    """The examples of the page."""
    return [json.loads(line) for line in _lines(["node", "frontend/scripts/shown.js", "--examples"], ())]


def _lines(command: Sequence[str], lines: Iterable[str]) -> list[str]:
    done = subprocess.run(command, cwd=ROOT, input="\n".join(lines), capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(done.stderr)
    return done.stdout.splitlines()


def _answer(cells: Cells, *, deferring: bool = False) -> str:
    """The answer to a run, with graphs that nobody draws, and the chunks of its values."""
    course = run(*cells)
    output = [CellOutput("", "", started=True, record=cell) for cell in course.cells]
    output += [CellOutput("", "", started=False)] * (len(cells) - len(output))
    outcome = Completed(cells=tuple(output), trace=course.trace, timing=TIMING, environment=ENVIRONMENT)
    graphs: list[Graph] = [builder.build(course.trace, graph, _LIMITS.drawn_nodes) for graph in course.trace.graphs]
    rendered = Rendered([()] * len(output), graphs, {graph.id: Picture(None, "") for graph in graphs}, {})
    draft = draft_response("run", RunRequest(cells=tuple(cells)), outcome, "en")
    response = run_response(draft, rendered, RunTiming(0, 0, 0, 0), _LIMITS)
    if deferring:
        deferred = deferral(response)
        return _sent(encoded(response, deferred.forms), deferred.chunks)
    repeated = repetition(response)
    return _sent(encoded(repeated.response, repeated.forms), ())


def _sent(answer: bytes, chunks: tuple[bytes, ...]) -> str:
    return json.dumps({"answer": json.loads(answer), "chunks": [json.loads(chunk) for chunk in chunks]})


def _compare(program: str, cells: Cells, plain: list[Moment], shown: list[Moment], report: Report) -> None:
    places = {tuple(moment["place"]) for moment in plain}
    stated = [moment for moment in shown if tuple(moment["place"]) in places]
    # A function's statement that binds a global name has a step in the frame of the cells as well, before its own.
    following = [*stated[1:], {"place": None, "frame": 0}]
    stated = [
        moment
        for moment, after in zip(stated, following, strict=False)
        if moment["frame"] or not after["frame"] or moment["place"] != after["place"]
    ]
    report.programs += 1
    sources = [cell.splitlines() for cell in cells]
    if [moment["place"] for moment in stated] != [moment["place"] for moment in plain]:
        report.differences.append(f"steps: {program} has {len(stated)} statements that ran, and not {len(plain)}")
    for had, has in zip(plain, stated, strict=False):
        if had["place"] != has["place"]:
            break
        report.steps += 1
        cell, line, _ = had["place"]
        where = f"{program}, line {line} `{sources[int(cell)][int(line) - 1].strip()}`"
        for scope in ("globals",) if had["top"] else ("globals", "locals"):
            for fact, name, expected, found in _scope(had[scope], has[scope], report):
                report.differences.append(f"{fact}: {where}: {name} is {found!r}, and plainly {expected!r}")


def _scope(plain: dict[str, Any], shown: dict[str, Any], report: Report) -> Iterator[tuple[str, str, Any, Any]]:
    """The facts that differ, each with the name that it is about."""
    for name in sorted(plain.keys() | shown.keys()):
        had, has = plain.get(name), shown.get(name)
        if had is None or has is None:
            report.comparisons += 1
            if has is None and had is not None and had.get("array"):
                continue  # an array is shown once a tensor shares its memory
            yield ("missing" if has is None else "too many"), name, had and had["shape"], has and has["shape"]
            continue
        for fact in _ARRAY_FACTS if had.get("array") else _FACTS:
            report.comparisons += 1
            expected, found = had.get(fact), has.get(fact)
            if fact not in had or (fact == "offset" and had["values"] == []):
                continue
            if expected != found:
                yield fact, name, expected, found
