"""Writes that were lost in a copy, that counted once, or that changed more than it seems; and results that nobody got."""

import pytest

from tests.support.cases import Case, check
from tests.support.explanations import explained

TABLE = "x = torch.arange(6.0).reshape(2, 3)\n"
CASES = [
    Case(
        "a mask, then an index",
        "x = torch.zeros(4)\nidx = torch.tensor([True, False, True, False])\nx[idx][0] = 5\nprint(x)\nx[idx] += 1\nprint(x)",
        "lost_indexed_write",
        ("`x[idx][0] = 5`", "`x[idx]`", "`x`"),
        tensors="x",
        span="x[idx][0]",
    ),
    Case(
        "rows by a list, then a column",
        TABLE + "x[[0, 1]][:, 1] = 9\nprint(x)",
        "lost_indexed_write",
        ("`x[[0, 1]][:, 1] = 9`", "`x[[0, 1]]`"),
    ),
    Case(
        "a method in place, in a function",
        "def raise_(values):\n    values[values > 2].add_(1)\n    return values\n" + TABLE + "y = raise_(x)",
        "lost_indexed_write",
        ("`values[values > 2].add_(1)`",),
        tensors="x",
    ),
    Case("a copy on purpose", TABLE + "x.clone()[0, 0] = 5\nprint(x)", "lost_write", ("`x.clone()`", "`x`"), tensors="x"),
    Case("another dtype", TABLE + "x.double().zero_()\nprint(x)", "lost_write", ("`x.double()`", "`x`")),
    Case(
        "a repeated index counts once",
        "x = torch.zeros(3)\ni = torch.tensor([0, 0, 2])\nx[i] += 1",
        "repeated_index",
        ("`x[i] += 1`", "`x`", "2"),
        tensors="x i",
        fix="x.index_put_((i,), torch.tensor(1, dtype=x.dtype), accumulate=True)",
    ),
    Case(
        "a repeated index, written out",
        "counts = torch.zeros(3)\ncounts[[1, 1, 1]] = counts[[1, 1, 1]] + 2.5",
        "repeated_index",
        ("`counts`", "3"),
    ),
    Case(
        "one write through an expanded tensor",
        "seed = torch.arange(4)\ngrid = seed.expand(3, 4)\ngrid[0, 0] = 50\nprint(grid)",
        "through_expanded",
        ("`grid[0, 0] = 50`", "`grid`", "`seed`", "3", "`[1, 0]`", "`[2, 0]`", "0"),
        tensors="grid",
        fix="seed.expand(3, 4).clone()",
    ),
    Case(
        "a broadcast column",
        "column = torch.zeros(2, 1)\nwide = torch.broadcast_to(column, (2, 3))\nwide[1, 2] = 7.0",
        "through_expanded",
        ("`wide[1, 2] = 7.0`", "`wide`", "`column`", "3", "`[1, 0]`"),
        fix="torch.broadcast_to(column, (2, 3)).clone()",
    ),
    Case(
        "a result on a line of its own",
        "x = torch.ones(3)\nx.add(1)\nprint(x)",
        "result_lost",
        ("`x.add(1)`", "`add_`"),
        fix="x = x.add(1)",
    ),
    Case(
        "a step that nobody took",
        "w = torch.ones(3, requires_grad=True)\n(w * w).sum().backward()\n"
        "with torch.no_grad():\n    w - 0.1 * w.grad\nprint(w)",
        "result_lost",
        ("`w - 0.1 * w.grad`", "`w`", "`torch.no_grad()`"),
        fix="    w -= 0.1 * w.grad",
        by_hand="w = torch.ones(3, requires_grad=True)\n(w * w).sum().backward()\n"
        "with torch.no_grad():\n    w.sub_(0.1 * w.grad)",
    ),
    Case(
        "a new shape in a function",
        "def batch(sample):\n    sample.unsqueeze(0)\n    return sample\nout = batch(torch.ones(2))",
        "result_lost",
        ("`sample.unsqueeze(0)`", "`unsqueeze_`"),
        tensors="out",
    ),
    Case(
        "a conversion",
        "x = torch.ones(3)\nx.double()\ny = x * 2",
        "result_lost",
        ("`x.double()`", "`x`"),
        fix="x = x.double()",
    ),
]
QUIET = [
    "x = torch.zeros(4)\nm = x < 1\nx[m] = 5\nx[m] += 1\nx[m] = x[m] * 2\nx[1:][0] = 3\nx.view(2, 2)[0, 0] = 1",
    "x = torch.zeros(4)\npart = x[[0, 1]]\npart[0] = 1\ny = x[[2, 3]].add_(1)",
    "x = torch.zeros(3)\ni = torch.tensor([0, 2])\nx[i] += 1\nx[[0, 0]] = 1\nx.index_add_(0, i, torch.ones(2))",
    "x = torch.ones(3)\ny = x.expand(2, 3).clone()\ny[0, 0] = 5",
    "x = torch.ones(3)\nx.add_(1)\nx + 1",
    "x = torch.ones(3)\nx.numpy()\nx.tolist()\nx.sum().item()\nlen(x)\nx.to('cpu')\nx.add(1)",
    "import time\nx = torch.ones(3)\nstart = time.perf_counter()\nfor _ in range(3):\n    x.exp()\n"
    "took = time.perf_counter() - start",
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_what_became_of_a_write_or_a_result_is_told(case: Case) -> None:
    check(case)


@pytest.mark.parametrize("program", QUIET)
def test_writes_that_arrive_and_results_that_are_used_are_left_in_peace(program: str) -> None:
    of_rules = {"lost_write", "lost_indexed_write", "repeated_index", "through_expanded", "result_lost"}
    assert not of_rules.intersection(one.rule for one in explained(program).notices())
