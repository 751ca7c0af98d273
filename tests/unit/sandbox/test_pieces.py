"""What is known between two cells is sent, so that a kill loses nothing of the cells before."""

import pytest
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.messages import CellDone, SoFar
from tensorpad.protocol.traces import TraceRecord, check
from tensorpad.sandbox.pieces import Pieces

from tests.support.comparison import Course, plainly, run
from tests.support.trace_records import elements, tensor_named

CELLS = (
    # A layer of torch's would begin with left-over values, which differ each time.
    "import torch\nclass Net(torch.nn.Module):\n    def __init__(self):\n        super().__init__()\n"
    "        self.w = torch.nn.Parameter(torch.ones(2, 3))\n    def forward(self, x):\n        return (x @ self.w).relu()\n"
    "net = Net()",
    "x = torch.ones(2, 2)\nloss = net(x).sum()\nloss.backward()\nkept = [net(x)]",
    "opt = torch.optim.SGD(net.parameters(), lr=0.1)\nfor n in range(3):\n    opt.step()\nn, x.add_(1)",
    "loss",
)


def pieces(course: Course) -> list[TraceRecord]:
    return [report.trace for report in course.reports if isinstance(report, SoFar)]


def test_a_piece_comes_before_the_end_of_each_cell_but_the_last() -> None:
    course = run(*CELLS)
    kinds = [type(report) for report in course.reports if isinstance(report, SoFar | CellDone)]
    assert kinds == [SoFar, CellDone] * 3 + [CellDone]


def test_a_piece_has_all_that_the_cells_before_did() -> None:
    course = run(*CELLS)
    for index, piece in enumerate(pieces(course)):
        check(piece, Limits())
        assert ("later cells", index + 1) in {(part.what, part.limit) for part in piece.truncated}
        count = len(piece.steps)
        assert [(step.kind, step.span) for step in piece.steps] == [
            (step.kind, step.span) for step in course.trace.steps[:count]
        ]
        assert piece.steps[-1].span is not None
        assert piece.steps[-1].span.cell == index
        assert piece.operations == course.trace.operations[: len(piece.operations)]
    _, second, third = pieces(course)
    assert elements(tensor_named(second, "x").values) == (1.0,) * 4
    assert elements(tensor_named(third, "x").values) == (2.0,) * 4
    assert [graph.root_name for graph in second.graphs] == ["loss"]
    assert {variable.name: variable.text for variable in third.variables}["n"] == "2"


def test_the_report_is_the_same_with_pieces_and_without(monkeypatch: pytest.MonkeyPatch) -> None:
    course = run(*CELLS)
    assert len(pieces(course)) == 3

    def nothing(self: Pieces, tracer: object, cell: int) -> None:
        del self, tracer, cell

    monkeypatch.setattr(Pieces, "ended", nothing)
    without = run(*CELLS)
    assert pieces(without) == []
    assert course.trace == without.trace


def test_a_piece_runs_no_code_of_the_program_and_keeps_nothing_alive() -> None:
    cells = (
        "import gc, torch, weakref\nclass Told:\n    times = 0\n"
        "    def __repr__(self):\n        Told.times += 1\n        return 'told'\n"
        "told = Told()\nw = torch.ones(2, requires_grad=True)\ny = w.exp()\nalive = weakref.ref(y)",
        "del y\ngc.collect()\nprint(Told.times, alive() is None)",
    )
    course = run(*cells)
    assert len(pieces(course)) == 1
    assert course.printed == plainly("\n".join(cells))


def test_pieces_of_many_cells_have_no_more_than_twice_the_steps_of_the_report_and_a_few() -> None:
    course = run(*["import torch\nx = torch.zeros(3)", *["for n in range(9):\n    x = x + n"] * 40])
    steps = [len(piece.steps) for piece in pieces(course)]
    assert sum(steps) <= 2 * len(course.trace.steps) + 400
    assert len(steps) > 3
    assert steps[-1] > len(course.trace.steps) / 3
