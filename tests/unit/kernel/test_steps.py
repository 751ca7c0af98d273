"""A watched block reports the steps that a cell of the same source reports, which is instrumented."""

from pathlib import Path
from typing import Any

import pytest
from tensorpad.protocol.records import Span
from tensorpad.protocol.steps import StepRecord
from tensorpad.protocol.traces import TraceRecord

from tests.support.comparison import run
from tests.support.scripts import run_block

_TEXT = (Path(__file__).parent / "programs.txt").read_text()
PROGRAMS = {name: source.strip("\n") for name, _, source in (part.partition("\n") for part in _TEXT.split("### ")[1:])}


def _seen(trace: TraceRecord, cell: int) -> list[Any]:
    def place(span: Span | None) -> Any:
        return span and (span.cell - cell, span.line, span.column, span.end_line, span.end_column)

    def step(record: StepRecord) -> Any:
        bound = [(one.name, one.type, one.text, one.value) for one in record.bound]
        return record.kind, place(record.span), record.ref, record.scope, record.frame, bound, record.unbound, record.changed

    operations = [
        (one.name, place(one.span), one.expression, one.inputs, one.outputs, one.parent) for one in trace.operations
    ]
    return [*map(step, trace.steps), *operations]


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_block_has_the_steps_of_a_cell(name: str, tmp_path: Path) -> None:
    block = run_block(tmp_path, PROGRAMS[name])
    assert block.error is None
    # A last expression would be reported as the result of a cell, which a block does not have.
    cell = run("import torch\n" + PROGRAMS[name].rstrip() + "\npass")
    expected = _seen(cell.trace, 0)[1:]
    got = _seen(block.traced.trace, len(block.traced.sources) - 1)
    assert [_without_line(one) for one in got] == [_without_line(one, 1) for one in expected]


def _without_line(seen: Any, offset: int = 0) -> Any:
    parts = list(seen)
    if parts[1] is not None:
        cell, line, column, end_line, end_column = parts[1]
        parts[1] = cell, line - offset, column, end_line - offset, end_column
    return parts
