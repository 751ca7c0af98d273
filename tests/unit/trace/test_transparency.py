"""Tracing is transparent: a program prints with it just what it prints in plain Python."""

import re

import pytest

from tests.support.comparison import plainly, traced

PROGRAMS = {
    "tutorial": """
import torch
x = torch.ones(2, 2, requires_grad=True)
y = x + 2
z = y * y * 3
out = z.mean()
out.backward()
print(x.grad, x, y, z, out, x._version, y.is_leaf)
""",
    "what_a_subclass_and_a_mode_are_handed": """
import torch
from torch.overrides import TorchFunctionMode
class Told(torch.Tensor):
    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        print(getattr(func, "__name__", func), len(types), len(args), kwargs)
        return super().__torch_function__(func, types, args, kwargs or {})
class Telling(TorchFunctionMode):
    def __torch_function__(self, func, types, args=(), kwargs=None):
        print(getattr(func, "__name__", func), len(types), len(args), kwargs)
        return func(*args, **(kwargs or {}))
def use(x):
    x + 1; x.add(1); torch.add(x, 1); x.sum(); torch.add(x, 1, alpha=2); torch.add(x, 1, **{}); x[0]; x.real; x.shape
    x[0] = 1; x.grad; torch.cat([x]); torch.nn.functional.linear(x, x); torch.nn.functional.relu(x); x.softmax(0)
use(torch.ones(2).as_subclass(Told))
with Telling():
    use(torch.ones(2))
    use(torch.ones(2).as_subclass(Told))
""",
    "gradients_that_the_engine_adds_in_place": """
import torch
for size in (2, 12):
    x = torch.randn(1, 1, size, 11, 12, dtype=torch.complex64, requires_grad=True)
    w = torch.randn(1, 1, 1, 2, 3, dtype=torch.complex64, requires_grad=True)
    out = torch.nn.functional.conv3d(x, w)
    out.backward(torch.randn_like(out))
    print(x.grad._version, w.grad._version, out)
""",
    "an_exception_within_reach_of_a_tensor_is_collected": """
import torch, gc, weakref
def kept(call):
    x = torch.ones(2)
    try:
        call(x)
    except RuntimeError as error:
        x.error = error
    return weakref.ref(x)
class Failing(torch.nn.Module):
    def forward(self, x):
        return x @ torch.ones(3)
for call in (lambda x: x @ torch.ones(3), Failing(), lambda x: torch.stack([x, torch.ones(3)])):
    reference = kept(call)
    gc.collect()
    print(reference() is None)
""",
    "types_and_names_of_the_programs_own_kind": """
import torch
class Meta(type):
    def __eq__(self, other): return self is other
class Result(metaclass=Meta):
    pass
class Pairs(torch.Tensor):
    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        result = super().__torch_function__(func, types, args, kwargs or {})
        return (result, Result()) if func is torch.Tensor.mul else result
class Word(str):
    def __len__(self): return 10**9
    def isascii(self): raise ValueError("no")
x = torch.ones(2).as_subclass(Pairs)
y, _ = x * 2
print(y, torch.add(x, x, **{Word("alpha"): 2}))
""",
    "tensors_change_places": """
import torch, traceback, weakref
x = torch.ones(2, requires_grad=True); y = torch.zeros(3)
names = id(x), id(y)
torch.utils.swap_tensors(x, y)
print(x, y, x.requires_grad, y.is_leaf, names == (id(x), id(y)), x._version)
(y * 2).sum().backward()
print(y.grad)
seen = weakref.ref(x)
for pair in ((x, torch.ones(1)), (torch.ones(1), x), (y * 1, y), (x, 1)):
    try:
        torch.utils.swap_tensors(*pair)
    except Exception:
        traceback.print_exc()
del seen
torch.utils.swap_tensors(x, torch.ones(1))
z = y * 1
kept = z.view(-1)
try:
    torch.utils.swap_tensors(z, torch.ones(1))
except RuntimeError as error:
    print(error)
""",
    "non_leaf_gradient_warns_once_a_line": """
import torch
x = torch.ones(2, requires_grad=True)
y = x * 2
y.sum().backward()
for _ in range(3):
    print(y.grad)
print(y.grad is None, y.grad)
""",
    "ids_and_versions": """
import torch
x = torch.tensor([1, 2]); y = torch.tensor([3, 4])
before = id(y)
y[:] = y + x
print(id(y) == before, y, y._version, x._version)
y = y + x
print(id(y) == before)
z = torch.add(x, y, out=y)
print(z is y, y._version, y.add_(1) is y, y._version, (y.view(2)._base is y), y.data_ptr() == y.view(2).data_ptr())
""",
    "random_streams": """
import torch, random, numpy as np
a = torch.rand(3); torch.randn(2000)
x = torch.rand(5, requires_grad=True)
torch.nn.functional.dropout(x, 0.5).sum().backward()
print(a, x.grad, torch.rand(2), random.random(), np.random.rand(2), torch.nn.Linear(3, 2).weight, torch.randperm(4))
""",
    "exceptions_in_functions": """
import torch, traceback
def multiply(a, b):
    return a @ b
try:
    multiply(torch.ones(2, 3), torch.ones(2, 3))
except RuntimeError:
    traceback.print_exc()
try:
    torch.nn.functional.cross_entropy(torch.ones(2, 3), torch.ones(5))
except Exception:
    print(traceback.format_exc())
try:
    torch.einsum("ij,jk", torch.ones(2, 3), torch.ones(2, 3))
except Exception as error:
    print(type(error), error)
    traceback.print_exception(error)
multiply(torch.ones(1, 2), "a")
""",
    "errors_of_operators": """
import torch
x = torch.ones(2)
for f in (
    lambda: x + "a", lambda: "a" + x, lambda: x @ 3, lambda: x[5], lambda: x[None, "b"], lambda: x < "a",
    lambda: x ** "a", lambda: x.view(3), lambda: x.nothing, lambda: torch.cat([x, 3]), lambda: x.sum(dim=4),
    lambda: bool(x), lambda: x.item(), lambda: x // "a", lambda: x.reshape("a"), lambda: torch.tensor("a"),
    lambda: x.requires_grad_().numpy(), lambda: x.backward(), lambda: torch.nn.Linear(3, 2)(x),
    lambda: x.__setitem__(9, 1), lambda: torch.ones(2, dtype=int),
):
    try:
        print(f())
    except Exception as error:
        print(type(error).__name__, error)
""",
    "warnings_name_the_programs_lines": """
import torch, warnings
torch.set_warn_always(True)
t = torch.ones(2)
torch.tensor(t)
for _ in range(3):
    torch.tensor(t)
torch.nn.functional.softmax(t)
torch.ones(2, 2, 2).T
def f():
    return torch.nn.functional.softmax(t)
f(); f()
torch.nn.functional.mse_loss(torch.ones(2), torch.ones(2, 1))
torch.meshgrid(t, t)
torch.set_warn_always(False)
""",
    "hooks": """
import torch
x = torch.ones(3, requires_grad=True)
y = x * 2
y.register_hook(lambda g: g * 10)
z = y * y
z.retain_grad()
handle = y.register_hook(lambda g: print("gradient", g))
z.sum().backward(retain_graph=True)
print(x.grad, z.grad, y.grad_fn)
def bad(g):
    raise ValueError("from a hook")
y.register_hook(bad)
try:
    z.sum().backward()
except ValueError as error:
    print("caught", error)
print(x.grad)
z.sum().backward()
""",
    "higher_order": """
import torch
x = torch.tensor(3.0, requires_grad=True)
g, = torch.autograd.grad(x ** 3, x, create_graph=True)
print(g, torch.autograd.grad(g, x), x.grad)
print(torch.autograd.functional.hessian(lambda v: (v ** 3).sum(), torch.ones(2)))
a = torch.ones(2, requires_grad=True); b = a * 2
torch.autograd.backward([b.sum(), (b * b).sum()])
print(a.grad, b.grad_fn)
try:
    torch.autograd.grad(b.sum(), b)
    b.sum().backward()
except RuntimeError as error:
    print(error)
""",
    "functions_of_its_own": """
import torch
class Double(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x * 2
    @staticmethod
    def backward(ctx, g):
        print("backward", ctx.saved_tensors, g)
        return g * 2
x = torch.ones(2, requires_grad=True)
y = Double.apply(x)
y.sum().backward()
print(y, x.grad, y.grad_fn)
from torch.utils.checkpoint import checkpoint
w = torch.ones(2, requires_grad=True)
checkpoint(lambda v: v.sin().exp(), w, use_reentrant=False).sum().backward()
print(w.grad)
""",
    "transforms": """
import torch
from torch.func import vmap, grad, jacrev, functional_call
print(vmap(lambda v: (v * v).sum())(torch.arange(6.0).view(2, 3)))
print(grad(lambda v: (v ** 2).sum())(torch.ones(3)), jacrev(torch.sin)(torch.ones(2)))
print(vmap(grad(lambda v: (v ** 3).sum()))(torch.ones(2, 2)))
print(vmap(lambda v: v + torch.rand(1), randomness="different")(torch.zeros(3)))
""",
    "jit_trace": """
import torch
def f(x):
    y = x + 1
    return y * y
traced = torch.jit.trace(f, torch.ones(2))
print([node.kind() for node in traced.graph.nodes()], traced(torch.ones(2)))
""",
    "modes_and_subclasses": """
import torch
from torch.utils._python_dispatch import TorchDispatchMode
from torch.overrides import TorchFunctionMode
class Log(TorchDispatchMode):
    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        print("dispatch", func)
        return func(*args, **(kwargs or {}))
class Calls(TorchFunctionMode):
    def __torch_function__(self, func, types, args=(), kwargs=None):
        print("call", getattr(func, "__name__", func))
        return func(*args, **(kwargs or {}))
class Mine(torch.Tensor):
    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        print("mine", getattr(func, "__name__", func))
        return super().__torch_function__(func, types, args, kwargs or {})
x = torch.ones(2, requires_grad=True)
with Log():
    (x * 2).sum().backward()
with Calls():
    y = x + 1
m = torch.ones(2).as_subclass(Mine)
n = m * 2
print(type(n), n.shape)
with torch.inference_mode():
    i = torch.ones(2) + 1
print(i.is_inference(), i)
packed = []
with torch.autograd.graph.saved_tensors_hooks(lambda t: packed.append(t.shape) or t, lambda t: t):
    (x.exp() * x).sum().backward()
print(packed, x.grad)
""",
    "lifetimes": """
import torch, weakref, gc
x = torch.ones(3)
r = weakref.ref(x); s = weakref.ref(x.clone())
y = x[1:]
del x
print(r() is None, s(), y._base)
z = torch.ones(2, requires_grad=True)
w = (z * 2).sum()
f = w.grad_fn
a = f.next_functions[0][0]
print(f is w.grad_fn, a is w.grad_fn.next_functions[0][0])
r = weakref.ref(w); del w
print(r())
""",
    "training": """
import torch
from torch import nn
torch.manual_seed(1)
model = nn.Sequential(nn.Linear(3, 4), nn.ReLU(), nn.BatchNorm1d(4), nn.Linear(4, 1))
data = torch.randn(8, 3)
for make in (torch.optim.SGD, torch.optim.Adam):
    optimiser = make(model.parameters(), lr=0.1)
    for _ in range(3):
        optimiser.zero_grad()
        loss = nn.functional.mse_loss(model(data), data.sum(1, keepdim=True))
        loss.backward()
        optimiser.step()
print(loss.item(), list(model.parameters()), model)
""",
    "copies": """
import torch, copy, pickle, io
x = torch.arange(4.0, requires_grad=True)
y = copy.deepcopy(x)
print(y, y is x, pickle.loads(pickle.dumps(x)))
buffer = io.BytesIO(); torch.save({"a": x}, buffer); buffer.seek(0)
print(torch.load(buffer), x.tolist(), x.detach().numpy(), [v for v in x], len(x), 1 in x)
print(hash(x) == id(x), x.__dict__)
v = torch.ones(4).requires_grad_()
views = v.split(2)
try:
    views[0].add_(1)
except RuntimeError as error:
    print(error)
w = v * 1
w[0] = 5; q = w.view(2, 2); q += 1
w.sum().backward(); print(v.grad, q.grad_fn, w)
""",
}


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS.keys())
def test_prints_what_plain_python_prints(program: str) -> None:
    assert without_addresses(traced(program)) == without_addresses(plainly(program))


def test_a_warning_is_shown_again_for_the_next_line_only() -> None:
    program = "import torch\nt = torch.ones(1)\nfor _ in range(3):\n    torch.tensor(t)\ntorch.tensor(t)\n"
    assert traced(program).count("To copy construct") == plainly(program).count("To copy construct") == 2


def without_addresses(text: str) -> str:
    return re.sub(r"0x[0-9a-f]+", "0x…", text)
