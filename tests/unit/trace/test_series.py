"""Series against lists that the same program, run by plain Python, keeps itself."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
import torch
from tensorpad.protocol.limits import Limits
from tensorpad.protocol.series import Measure, SeriesRecord, rounds
from tensorpad.protocol.traces import TraceRecord
from tensorpad.trace.base.internals import optimizer_hooks

from tests.support.comparison import plainly, run
from tests.support.trace_records import tensor_named

SHORT = replace(Limits(), records=40, steps=120)
"""Limits that a loop of some rounds fills."""

BY_HAND = """\
import torch
x = torch.linspace(-3, 3, 50)
y = torch.sin(x)
a, b = (torch.ones((), requires_grad=True) for _ in range(2))
w = torch.zeros(3, requires_grad=True)
v = torch.zeros(9, requires_grad=True)
kept = {name: [] for name in ("loss", "a", "b", "w1", "v", "low", "high", "gradient of a", "gradient of v", "change of v")}
for number in range(60):
    loss = (a + b * x - y).pow(2).mean() + (w - 1).pow(2).sum() + (v - number).pow(2).sum()
    loss.backward()
    with torch.no_grad():
        old = v.clone()
        for parameter in (a, b):
            parameter -= 0.01 * parameter.grad
        w -= 0.01 * w.grad
        v -= 0.01 * v.grad
    kept["loss"].append(loss.item())
    kept["a"].append(a.item())
    kept["b"].append(b.item())
    kept["w1"].append(w[1].item())
    kept["v"].append(v.norm().item())
    kept["low"].append(v.min().item())
    kept["high"].append(v.max().item())
    kept["gradient of a"].append(abs(a.grad.item()))
    kept["gradient of v"].append(v.grad.norm().item())
    kept["change of v"].append((v - old).norm().item())
    a.grad = b.grad = w.grad = v.grad = None
"""
NAMES: dict[str, tuple[str, Measure]] = {
    "loss": ("loss", "value"),
    "a": ("a", "value"),
    "b": ("b", "value"),
    "w1": ("w[1]", "value"),
    "v": ("v", "norm"),
    "low": ("v", "minimum"),
    "high": ("v", "maximum"),
    "gradient of a": ("a", "gradient_norm"),
    "gradient of v": ("v", "gradient_norm"),
    "change of v": ("v", "update_norm"),
}
OPTIMISER = """\
import torch
from torch import nn
torch.manual_seed(1)
x, y = torch.randn(8, 3), torch.randn(8, 1)
net = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.Linear(4, 1))
optimiser = torch.optim.{optimiser}
losses, gradients, changes = [], [], []
def train(rounds):
    for _ in range(rounds):
        optimiser.zero_grad()
        loss = nn.functional.mse_loss(net(x), y)
        loss.backward()
        before = net[2].weight.detach().clone()
        optimiser.step()
        losses.append(loss.item())
        gradients.append(net[2].weight.grad.norm().item())
        changes.append((net[2].weight - before).norm().item())
train(40)
"""


def series(trace: TraceRecord, name: str, measure: Measure = "value") -> SeriesRecord:
    """The one series of a name and a measure."""
    (found,) = [record for record in trace.series if (record.name, record.measure) == (name, measure)]
    return found


def plain(source: str) -> dict[str, Any]:
    """The names of a program that plain Python has run."""
    names: dict[str, Any] = {}
    exec(source, names)
    return names


def close(values: tuple[float, ...], truth: list[float]) -> bool:
    return len(values) == len(truth) and np.allclose(values, truth, rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("limits", [Limits(), SHORT], ids=["recorded to the end", "past the limits"])
def test_numbers_of_a_loop_are_kept_for_all_rounds(limits: Limits) -> None:
    course, kept = run(BY_HAND, limits=limits), plain(BY_HAND)["kept"]
    for own, (name, measure) in NAMES.items():
        values = series(course.trace, name, measure).values
        # Nothing has changed before the first round, so a change is known from the second on.
        assert close(values, kept[own][1:] if measure == "update_norm" else kept[own]), own
    assert series(course.trace, "number").values == tuple(range(60))
    assert course.printed == plainly(BY_HAND)


@pytest.mark.parametrize("optimiser", ["SGD(net.parameters(), lr=0.1, momentum=0.9)", "Adam(net.parameters(), lr=0.01)"])
@pytest.mark.parametrize("limits", [Limits(), SHORT], ids=["recorded to the end", "past the limits"])
def test_gradients_and_updates_of_an_optimiser_are_kept_by_parameter(optimiser: str, limits: Limits) -> None:
    source = OPTIMISER.format(optimiser=optimiser)
    trace, names = run(source, limits=limits).trace, plain(source)
    assert close(series(trace, "loss").values, names["losses"])
    assert close(series(trace, "net.2.weight", "gradient_norm").values, names["gradients"])
    assert close(series(trace, "net.2.weight", "update_norm").values, names["changes"][1:])
    assert series(trace, "net.2.weight", "gradient_norm").tensor == tensor_named(trace, "net.2.weight").id
    assert series(trace, "loss").function == "train"


def test_an_optimiser_leaves_no_hook_behind() -> None:
    run(OPTIMISER.format(optimiser="SGD(net.parameters(), lr=0.1)"))
    assert not optimizer_hooks


def test_steps_are_those_that_bound_the_name_and_end_with_the_timeline() -> None:
    for limits in (Limits(), SHORT):
        trace = run(BY_HAND, limits=limits).trace
        loss = series(trace, "loss")
        bound = [index for index, step in enumerate(trace.steps) if any(name.name == "loss" for name in step.bound)]
        assert list(loss.steps) == bound
        assert len(loss.values) == 60
    assert len(loss.steps) < 60


@pytest.mark.parametrize(
    ("statement", "values"),
    [
        pytest.param("w = (w - 1).detach().requires_grad_()", list(range(0, -8, -1)), id="a new leaf each time"),
        pytest.param("w = w * 0.5", [0.5**n for n in range(1, 9)], id="a new tensor each time"),
        pytest.param("w = float(number)", list(range(8)), id="a float"),
        pytest.param("w = number % 2 == 0", [1, 0] * 4, id="a truth value"),
        pytest.param("w = torch.tensor([[number]], dtype=torch.int64)", list(range(8)), id="a tensor of one integer"),
        pytest.param("w = torch.tensor(float('nan')) if number % 2 else 1.0", [1, float("nan")] * 4, id="not a number"),
        pytest.param("w = torch.tensor(float(number), dtype=torch.bfloat16)", list(range(8)), id="bfloat16"),
    ],
)
def test_what_is_a_number_has_one_series(statement: str, values: list[float]) -> None:
    source = f"import torch\nw = torch.ones((), requires_grad=True)\nfor number in range(8):\n    {statement}"
    assert np.array_equal(series(run(source).trace, "w").values, values, equal_nan=True)


@pytest.mark.parametrize(
    "statement",
    [
        "w = torch.ones(100)",
        "w = torch.ones(3, dtype=torch.int64)",
        "w = torch.ones((), dtype=torch.complex64)",
        "w = torch.ones((), device='meta')",
        "w = torch.ones(3).to_sparse()",
        "w = torch.ones(0)",
        "w = '1'",
        "w = 10 ** 400",
        "w = type('Own', (float,), {})(1.0)",
        "w = torch.ones(()).as_subclass(type('Own', (torch.Tensor,), {}))",
        "def w(): pass",
    ],
)
def test_what_is_no_number_has_none_and_prints_what_plain_python_prints(statement: str) -> None:
    source = f"import torch\nfor number in range(8):\n    {statement}\n    print(number)"
    course = run(source)
    assert [record.name for record in course.trace.series] == ["number"]
    assert course.printed == plainly(source)


def test_what_runs_once_or_is_not_needed_has_none() -> None:
    assert run("import torch\na = 1\nb = torch.ones(())", "a = 2").trace.series == ()
    assert run("for _ in range(9):\n    pass").trace.series == ()


def test_a_loop_within_a_function_that_is_called_again_has_one_series() -> None:
    source = "def f(n):\n    for i in range(n):\n        x = i * n\n    return x\nfor n in (2, 3):\n    y = f(n)"
    trace = run(source).trace
    assert series(trace, "x").values == (0, 2, 0, 3, 6)
    assert series(trace, "y").values == (2, 6)


def test_transforms_modes_and_compiled_code_go_on_as_without() -> None:
    source = """\
import torch
from torch.utils._python_dispatch import TorchDispatchMode
from torch.overrides import TorchFunctionMode
seen = []
class Log(TorchFunctionMode):
    def __torch_function__(self, function, types, args=(), kwargs=None):
        seen.append(torch.overrides.resolve_name(function))
        return function(*args, **(kwargs or {}))
class Dispatched(TorchDispatchMode):
    def __torch_dispatch__(self, function, types, args=(), kwargs=None):
        seen.append(str(function))
        return function(*args, **(kwargs or {}))
def f(x):
    total = x
    for _ in range(3):
        total = total * x
    return total
with Log(), Dispatched():
    for number in range(4):
        w = torch.ones((), requires_grad=True)
        z = w * 2
        z.backward()
        w.data -= 1
print(torch.vmap(f)(torch.arange(3.0)), torch.func.grad(f)(torch.tensor(2.0)))
print(torch.jit.trace(f, torch.tensor(2.0))(torch.tensor(3.0)))
print(seen)
"""
    assert run(source).printed == plainly(source)


def test_nothing_is_kept_alive() -> None:
    source = """\
import gc, torch, weakref
alive = []
for number in range(6):
    w = torch.ones(5, requires_grad=True)
    (w * number).sum().backward()
    with torch.no_grad():
        w -= w.grad
    alive.append(weakref.ref(w))
optimiser = torch.optim.SGD([w], lr=1.0)
optimiser.step()
optimiser.step()
reference = weakref.ref(optimiser)
del w, optimiser
gc.collect()
print([one() is None for one in alive], reference() is None)
"""
    assert run(source, limits=SHORT).printed == plainly(source)


def test_a_series_that_is_full_ends_and_says_so() -> None:
    limits = replace(SHORT, series=200)
    trace = run("total = 0\nfor number in range(100):\n    total += number", limits=limits).trace
    total = series(trace, "total")
    assert len(total.values) == rounds(limits) == 20
    assert total.ended
    assert "series" not in {part.what for part in trace.truncated}


def test_all_series_together_have_a_limit_that_the_report_names() -> None:
    limits = replace(Limits(), series=50)
    source = "for number in range(5):\n" + "".join(f"    x{name} = number\n" for name in range(20))
    trace = run(source, limits=limits).trace
    assert sum(len(record.values) for record in trace.series) <= 50
    assert ("series", 50) in {(part.what, part.limit) for part in trace.truncated}


def test_numbers_of_single_precision_are_short() -> None:
    source = "import torch\nfor number in range(3):\n    x = torch.tensor(0.1) + number"
    values = series(run(source).trace, "x").values
    assert values == (0.1, 1.1, 2.1)
    assert torch.equal(torch.tensor(values), torch.tensor([0.1]) + torch.arange(3))
