# ruff: noqa: E501 - the programs put what belongs together on one line
"""Programs that look at what a trace might disturb print with it just what they print in plain Python."""

import contextlib
import re
from collections.abc import Generator
from typing import Any

import pytest
import torch
import torch._dynamo
import torch.utils.hooks

from tests.support.comparison import plainly, traced
from tests.support.short_form import sampled

PROGRAMS = {
    "warnings_as_records": """
import torch, warnings
with warnings.catch_warnings(record=True) as caught:
    warnings.simplefilter("always")
    t = torch.ones(2)
    torch.tensor(t); torch.tensor(t)
    def soft(v):
        return torch.nn.functional.softmax(v)
    soft(t)
    x = torch.ones(2, requires_grad=True); y = x * 2
    y.grad
    torch.nn.functional.mse_loss(torch.ones(2), torch.ones(2, 1))
    torch.nn.Softmax()(t)
    torch.ones(2, dtype=torch.complex64).float()
    [v for v in (y.grad,)]
    torch.nn.functional.l1_loss(torch.ones(3), torch.ones(3, 1), reduction="sum")
for one in caught:
    print(one.category.__name__, str(one.message)[:60], one.filename, one.lineno, one.line)
""",
    "warnings_as_errors": """
import torch, warnings, traceback
warnings.simplefilter("error")
try:
    torch.tensor(torch.ones(2))
except UserWarning:
    traceback.print_exc()
try:
    torch.nn.functional.mse_loss(torch.ones(2), torch.ones(2, 1))
except UserWarning:
    traceback.print_exc()
try:
    torch.ones(2, dtype=torch.complex64).float()
except UserWarning:
    traceback.print_exc()
""",
    "warnings_shown_once_for_each_place": """
import torch
def f(t):
    return torch.tensor(t)
t = torch.ones(2)
for _ in range(2):
    f(t)
    torch.tensor(t)
def g(t):
    return torch.tensor(t)
g(t)
print(sorted(name for name in globals() if "warn" in name), len(globals().get("__warningregistry__", {})))
""",
    "warnings_of_the_programs_own": """
import torch, warnings
class Checked(torch.nn.Module):
    def forward(self, x):
        warnings.warn("from forward", stacklevel=2)
        warnings.warn("here")
        return x * 2
class Odd(torch.Tensor):
    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        warnings.warn("in the override", stacklevel=2)
        return super().__torch_function__(func, types, args, kwargs or {})
Checked()(torch.ones(1))
Odd([1.0]) + 1
x = torch.ones(1, requires_grad=True)
y = x * 2
y.register_hook(lambda g: warnings.warn("in a hook"))
y.sum().backward()
""",
    "identities_and_in_place": """
import torch
x = torch.arange(6.0)
v = x.view(2, 3); w = v[0]; u = w.T if False else w
addresses = [x.data_ptr(), v.data_ptr(), w.data_ptr()]
print(addresses[0] == addresses[1], id(u) == id(w), v._base is x, w._base is x)
r = x; r += 1; print(r is x, x._version, v._version)
x.add_(1).mul_(2); print(x._version, x)
s = x.untyped_storage(); print(s.data_ptr() == v.untyped_storage().data_ptr(), s._cdata == v.untyped_storage()._cdata)
same = torch.Tensor.contiguous(x); print(same is x, x.contiguous() is x, x.to(torch.float32) is x, x.detach() is x, x.data is x)
print(x.float() is x, x.expand(6) is x, x.reshape(6) is x, x.cpu() is x, x.requires_grad_() is x, x.type(torch.float32) is x)
n = x.detach().numpy(); print(n.base is None, n.flags.owndata, torch.from_numpy(n).data_ptr() == x.data_ptr())
print(x.grad is None, x.grad_fn is None, v.grad_fn, x.is_leaf, x.retains_grad, x.output_nr, x.is_shared(), x.is_pinned())
""",
    "reference_counts": """
import torch, sys, gc
x = torch.ones(3)
print(sys.getrefcount(x))
y = x + 1; z = y.view(3)
print(sys.getrefcount(x), sys.getrefcount(y), sys.getrefcount(z), sys.getrefcount(y._base) if y._base is not None else None)
m = torch.nn.Linear(2, 2); print(sys.getrefcount(m.weight), sys.getrefcount(m.bias))
out = m(torch.ones(1, 2)).sum(); out.backward()
print(sys.getrefcount(m.weight), sys.getrefcount(m.weight.grad), sys.getrefcount(out))
o = object(); print(sys.getrefcount(o)); l = [o]; torch.tensor([1.0]); print(sys.getrefcount(o))
print(x.untyped_storage()._use_count() if hasattr(x.untyped_storage(), "_use_count") else None, x._use_count())
""",
    "collections_of_garbage": """
import torch, weakref, gc
gc.disable()
class Node:
    pass
def make():
    node = Node(); node.self = node; node.t = torch.ones(3); node.u = node.t * 2
    return weakref.ref(node), weakref.ref(node.t), weakref.ref(node.u)
refs = make()
print([r() is None for r in refs])
print(gc.collect() > 0, [r() is None for r in refs])
died = []
t = torch.zeros(2, requires_grad=True)
weakref.finalize(t, died.append, "t")
y = t * 2
weakref.finalize(y, died.append, "y")
out = y.sum(); del t, y
print(died)
out.backward(); print(died)
del out; print(died)
class Resource:
    def __init__(self): self.t = torch.ones(1)
    def __del__(self): died.append("resource")
r = Resource(); (r.t + 1); del r; print(died)
d = weakref.WeakValueDictionary(); d["a"] = torch.ones(1); print(len(d)); k = torch.ones(1); d["b"] = k; (k + 1, k * 2); print(len(d)); del k; print(len(d))
from torch.utils.weak import WeakIdKeyDictionary, WeakTensorKeyDictionary
w = WeakTensorKeyDictionary(); a = torch.ones(1); w[a] = 1; b = a * 2; w[b] = 2; del b; print(len(w))
gc.enable()
""",
    "saved_memory_is_freed": """
import torch, weakref
x = torch.ones(3, requires_grad=True)
y = x.exp()
saved = weakref.ref(y)
z = y.sum()
del y
print(saved() is None, z.grad_fn.next_functions[0][0]._saved_result)
z.backward()
try:
    z.grad_fn.next_functions[0][0]._saved_result
except RuntimeError as error:
    print(error)
""",
    "tensor_attributes_survive": """
import torch, weakref
x = torch.ones(3, requires_grad=True); x.note = "mine"
y = x * 2; y.mark = object(); m = id(y.mark)
box = [y]; out = y.sum(); del y, box
print(out.grad_fn.next_functions[0][0].name(), x.note, x.__dict__)
class T(torch.Tensor):
    pass
t = torch.ones(2).as_subclass(T); t.extra = 1; print((t + 1).__class__.__name__, t.__dict__, (t + 1).__dict__)
""",
    "random_streams_after": """
import torch, random, numpy as np
x = torch.randn(3000, requires_grad=True)
torch.nn.functional.dropout(x).sum().backward(); torch.bernoulli(torch.full((3,), .5)); torch.multinomial(torch.ones(4), 2)
g = torch.Generator().manual_seed(3); a = torch.rand(2, generator=g)
with torch.random.fork_rng():
    torch.manual_seed(9); torch.rand(5)
print(torch.rand(3), random.random(), np.random.rand(2), g.get_state().sum(), torch.get_rng_state().sum(), torch.initial_seed())
print(random.getstate()[1][:3], np.random.get_state()[1][:3], hash(torch.get_rng_state().numpy().tobytes()) != 0)
""",
    "tracebacks": """
import torch, traceback, sys
class Net(torch.nn.Module):
    def __init__(self):
        super().__init__()
        self.a = torch.nn.Linear(2, 3)
        self.b = torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.ReLU())
    def forward(self, x):
        return self.b(self.a(x))
try:
    Net()(torch.ones(1, 2))
except RuntimeError as error:
    traceback.print_exc()
    print(len(traceback.extract_tb(error.__traceback__)))
try:
    try:
        torch.ones(2).view(3)
    except RuntimeError as first:
        raise ValueError("second") from first
except ValueError:
    traceback.print_exc()
try:
    torch.nn.functional.adaptive_max_pool1d(torch.ones(1, 1, 2), 0)
except RuntimeError:
    traceback.print_exc()
try:
    torch.ops.aten.add(torch.ones(2), "a", out=(1, 2))
except Exception:
    traceback.print_exc()
try:
    raise ExceptionGroup("several", [ValueError(1), TypeError(2)])
except* ValueError as group:
    traceback.print_exception(group)
except* TypeError:
    pass
x = torch.ones(2, requires_grad=True)
class Bad(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x): return x * 2
    @staticmethod
    def backward(ctx, g): raise KeyError("in backward")
try:
    Bad.apply(x).sum().backward()
except KeyError:
    traceback.print_exc()
print("".join(traceback.format_stack()).count("cell 1") >= 1)
def deep(n):
    return torch.ones(1) + 1 / 0 if n == 0 else deep(n - 1)
try:
    deep(3)
except ZeroDivisionError:
    traceback.print_exc(limit=2)
sys.stdout.flush()
torch.linalg.inv(torch.zeros(2, 2))
""",
    "subclasses": """
import torch
class Logged(torch.Tensor):
    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        print("f", getattr(func, "__name__", func), [t.__name__ for t in types], len(args), sorted(kwargs or {}))
        return super().__torch_function__(func, types, args, kwargs or {})
a = torch.arange(4.0).as_subclass(Logged)
b = a * 2 + torch.ones(4)
print(type(b).__name__, type(b[1:]).__name__)
b[0] = 5; torch.cat([b, torch.ones(1)]); torch.nn.functional.softmax(b, dim=0); b.sum(dim=0, keepdim=True)
torch.nn.functional.cross_entropy(b[None], torch.tensor([1]))
class Wrapper(torch.Tensor):
    @staticmethod
    def __new__(cls, inner):
        return torch.Tensor._make_wrapper_subclass(cls, inner.shape, dtype=inner.dtype, requires_grad=inner.requires_grad)
    def __init__(self, inner): self.inner = inner
    def __repr__(self): return f"Wrapper({self.inner})"
    __torch_function__ = torch._C._disabled_torch_function_impl
    @classmethod
    def __torch_dispatch__(cls, func, types, args=(), kwargs=None):
        print("d", func)
        unwrap = lambda v: v.inner if isinstance(v, cls) else v
        out = func(*map(unwrap, args), **(kwargs or {}))
        return cls(out) if isinstance(out, torch.Tensor) else out
w = Wrapper(torch.ones(2)); v = w + 1; print(v); print(v.sum())
class Diagonal:
    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        print("duck", func.__name__); return 7
print(torch.add(Diagonal(), 1), torch.mean(Diagonal()), torch.ones(1) + Diagonal() if False else "")
class NoTorch(torch.Tensor):
    __torch_function__ = torch._C._disabled_torch_function_impl
n = torch.ones(2).as_subclass(NoTorch); print(type(n + 1))
class P(torch.nn.Parameter): pass
p = P(torch.ones(2)); print(type(p), type(p * 2), isinstance(p, torch.nn.Parameter))
u = torch.nn.UninitializedParameter() if hasattr(torch.nn, "UninitializedParameter") else torch.nn.parameter.UninitializedParameter()
print(type(u)); u.materialize((2,)); print(type(u), u.shape)
lazy = torch.nn.LazyLinear(3); print(lazy(torch.ones(1, 2)).shape, lazy)
""",
    "user_modes": """
import torch
from torch.overrides import TorchFunctionMode, BaseTorchFunctionMode, resolve_name
from torch.utils._python_dispatch import TorchDispatchMode
class F(TorchFunctionMode):
    def __init__(self, name): self.name = name; super().__init__()
    def __torch_function__(self, func, types, args=(), kwargs=None):
        print(self.name, resolve_name(func), len(args)); return func(*args, **(kwargs or {}))
class D(TorchDispatchMode):
    def __torch_dispatch__(self, func, types, args=(), kwargs=None):
        print("dispatch", func, len(args)); return func(*args, **(kwargs or {}))
x = torch.ones(2, requires_grad=True)
with F("outer"), F("inner"):
    y = (x * 2).sum()
    y.backward()
    torch.ones(3).mean()
    torch.nn.functional.relu(x)
    x.shape, x.grad
with D():
    z = x * 3; z.sum().backward()
    with F("in"):
        torch.arange(3) + 1
with BaseTorchFunctionMode():
    print(x + 1)
class Replace(TorchFunctionMode):
    def __torch_function__(self, func, types, args=(), kwargs=None):
        if func is torch.Tensor.add: func = torch.Tensor.sub
        return func(*args, **(kwargs or {}))
with Replace():
    print(torch.ones(1) + 1, torch.ones(1).add(1))
with torch._C.DisableTorchFunctionSubclass():
    print(torch.ones(1) + 1)
with torch._C.DisableTorchFunction():
    print(torch.ones(1) + 1)
try:
    with F("raising"):
        raise KeyError(1)
except KeyError:
    print(torch.overrides._get_current_function_mode_stack() is not None)
""",
    "devices_and_precision": """
import torch
with torch.device("meta"):
    m = torch.ones(2); n = torch.nn.Linear(2, 3); q = n(m)
    print(m.device, n.weight.device, q.device, q)
with torch.device("cpu"):
    print(torch.ones(1) + torch.zeros(1), torch.tensor(1.0).device)
torch.set_default_device("meta"); print(torch.empty(3).device); torch.set_default_device(None); print(torch.empty(3).device, torch.get_default_device())
torch.set_default_dtype(torch.float64); print(torch.ones(1).dtype, torch.tensor(1.0).dtype); torch.set_default_dtype(torch.float32)
a = torch.randn(4, 4); b = torch.randn(4, 4)
with torch.autocast("cpu", dtype=torch.bfloat16):
    c = a @ b; d = torch.nn.functional.softmax(c, 0); print(c.dtype, d.dtype, (a + b).dtype, torch.is_autocast_enabled("cpu"))
    l = torch.nn.Linear(4, 2); o = l(a); o.sum().backward(); print(o.dtype, l.weight.grad.dtype)
print(c, d, torch.get_autocast_dtype("cpu"))
@torch.autocast("cpu", dtype=torch.bfloat16)
def f(x): return x @ x
print(f(a).dtype)
with torch.inference_mode():
    i = torch.ones(2) * 2
try:
    (i.requires_grad_() * i).sum().backward()
except RuntimeError as error:
    print(error)
torch.use_deterministic_algorithms(True); print(torch.empty(2), torch.are_deterministic_algorithms_enabled()); torch.use_deterministic_algorithms(False)
""",
    "gradient_modes": """
import torch
x = torch.ones(2, requires_grad=True)
@torch.no_grad()
def f(v): return v * 2
@torch.inference_mode()
def g(v): return v * 2
@torch.enable_grad()
def h(v): return v * 2
with torch.no_grad(): print(f(x).requires_grad, g(x).is_inference(), h(x).requires_grad, torch.is_grad_enabled())
with torch.set_grad_enabled(False): y = x * 2
torch.set_grad_enabled(False); z = x * 3; torch.set_grad_enabled(True)
print(y.requires_grad, z.requires_grad, (x * 1).requires_grad, torch.is_inference_mode_enabled())
@torch.no_grad()
def numbers(v):
    for _ in range(3):
        v = v * 2
        yield v
print([(v, v.requires_grad) for v in numbers(x)])
with torch.autograd.set_detect_anomaly(True):
    (x * 2).sum().backward()
with torch.autograd.graph.save_on_cpu():
    (x.exp() * x).sum().backward()
print(x.grad)
with torch.autograd.forward_ad.dual_level():
    d = torch.autograd.forward_ad.make_dual(torch.ones(2), torch.full((2,), 3.0)); e = d * d
    print(torch.autograd.forward_ad.unpack_dual(e))
with torch.autograd.graph.allow_mutation_on_saved_tensors():
    a = torch.ones(2, requires_grad=True); b = a.clone(); c = (b * b).sum(); b.sin_(); c.backward(); print(a.grad)
""",
    "transforms_of_functions": """
import torch
from torch.func import vmap, grad, jacrev, jacfwd, hessian, vjp, jvp, functional_call, stack_module_state, functionalize
f = lambda v: (v.sin() * v).sum()
x = torch.arange(3.0)
print(grad(f)(x), jacrev(torch.exp)(x), jacfwd(torch.exp)(x), hessian(f)(x), vmap(grad(f))(torch.stack([x, x + 1])))
out, pull = vjp(lambda v: v ** 2, x); print(out, pull(torch.ones(3)))
print(jvp(lambda v: v ** 2, (x,), (torch.ones(3),)), functionalize(lambda v: v.add_(1))(x.clone()))
m = torch.nn.Linear(3, 1)
print(functional_call(m, dict(m.named_parameters()), (x,)), vmap(m)(torch.ones(2, 3)))
print(vmap(lambda a, b: a @ b, in_dims=(0, None))(torch.ones(2, 3), torch.ones(3)), vmap(lambda v: v.sum() * 2, chunk_size=1)(torch.ones(2, 2)))
print(torch.autograd.functional.jacobian(lambda v: v ** 2, x), torch.autograd.functional.vhp(f, x, torch.ones(3)))
print(torch.autograd.gradcheck(torch.sin, torch.ones(2, dtype=torch.float64, requires_grad=True)))
try:
    vmap(lambda v: v.item())(x)
except RuntimeError as error:
    print(error)
y = x.clone().requires_grad_()
g, = torch.autograd.grad((y ** 3).sum(), y, is_grads_batched=False, create_graph=True); print(g, g.requires_grad)
print(torch.autograd.grad(y * 2, y, torch.eye(3), is_grads_batched=True))
""",
    "scripts": """
import torch, io
def f(x, n: int):
    for _ in range(n):
        x = x * 2 + 1
    return x
class M(torch.nn.Module):
    def __init__(self): super().__init__(); self.w = torch.nn.Parameter(torch.ones(2))
    def forward(self, x): return x * self.w
t = torch.jit.trace(M(), torch.ones(2)); print(t.code, t(torch.ones(2)), t.graph)
t2 = torch.jit.trace(lambda a: (a.sin() + a[0]).relu(), torch.ones(2)); print(t2.graph)
s = torch.jit.trace_module(M(), {"forward": torch.ones(2)}); print(s.graph)
from torch.fx import symbolic_trace
g = symbolic_trace(M()); print(g.code, g.graph, g(torch.ones(2)))
""",
    "exports": """
import torch
class M(torch.nn.Module):
    def __init__(self): super().__init__(); self.l = torch.nn.Linear(2, 3)
    def forward(self, x): return self.l(x).relu() + 1
from torch.fx.experimental.proxy_tensor import make_fx
print(make_fx(lambda v: v.sin() + 1)(torch.ones(2)).graph)
from torch._subclasses.fake_tensor import FakeTensorMode
with FakeTensorMode() as mode:
    a = torch.ones(2, 3); print(a @ torch.ones(3, 2), (a * 2).shape)
from torch.utils.flop_counter import FlopCounterMode
with FlopCounterMode(display=False) as flops:
    torch.ones(3, 4) @ torch.ones(4, 5)
print(flops.get_total_flops())
""",
    "compiled_functions": """
import torch
@torch.compile(backend="eager")
def f(x):
    y = x.sin()
    return y + x * 2
x = torch.ones(3, requires_grad=True)
y = f(x); y.sum().backward()
print(y, x.grad)
print(f(torch.ones(4)))
m = torch.compile(torch.nn.Sequential(torch.nn.Linear(2, 2), torch.nn.ReLU()), backend="eager", fullgraph=True)
print(m(torch.ones(1, 2)))
def backend(graph, inputs):
    print([node.name for node in graph.graph.nodes]); return graph
print(torch.compile(lambda v: v.cos() + v[0], backend=backend)(torch.ones(2)))
""",
    "functions_compiled_whole": """
import torch
@torch.compile(backend="eager", fullgraph=True)
def f(x, n):
    y = x * 2
    if (m := n - 1) > 0:
        z = y + m
    else:
        z = y
    for i in range(2):
        z = z + i
    try:
        z = z.sin()
    except ValueError as e:
        pass
    def inner(a):
        b = a + 1
        return b
    return inner(z)
print(f(torch.ones(2), 3), f(torch.ones(2), 1))
def backend(graph, inputs):
    print([node.name for node in graph.graph.nodes]); return graph
@torch.compile(backend=backend, fullgraph=True)
def h(x): return x * 3
print(h(torch.ones(3)))
""",
    "dynamo_counts_and_explains": """
import torch
def f(x):
    x = x + 1
    print("break")
    return x * 2
c = torch.compile(f, backend="eager")
print(c(torch.ones(2)), c(torch.ones(2)))
print(torch._dynamo.utils.counters["frames"]["total"], dict(torch._dynamo.utils.counters["stats"]))
torch._dynamo.reset()
from torch._dynamo.testing import CompileCounter
counter = CompileCounter()
g = torch.compile(lambda a: (a * a).sum(), backend=counter)
g(torch.ones(3)); g(torch.ones(3)); g(torch.ones(5))
print(counter.frame_count, counter.op_count)
torch._dynamo.reset()
""",
    "data_loaders": """
import torch
from torch.utils.data import DataLoader, TensorDataset, Dataset, random_split
data = TensorDataset(torch.arange(10.0).view(5, 2), torch.arange(5))
torch.manual_seed(4)
for a, b in DataLoader(data, batch_size=2, shuffle=True, num_workers=0): print(a, b)
class Squares(Dataset):
    def __len__(self): return 4
    def __getitem__(self, i): return torch.tensor(float(i)) ** 2, {"name": str(i)}
for batch in DataLoader(Squares(), batch_size=3): print(batch)
a, b = random_split(data, [2, 3]); print(list(a.indices), len(b))
class Broken(Dataset):
    def __len__(self): return 2
    def __getitem__(self, i): return torch.ones(2) @ torch.ones(3)
next(iter(DataLoader(Broken())))
""",
    "copies_and_pickles": """
import torch, copy, pickle, io
x = torch.ones(3, requires_grad=True); v = x.detach()[1:]; y = x * 2
print(copy.copy(x) is x, copy.deepcopy(x).is_leaf, copy.deepcopy([v, v])[0]._is_view(), pickle.loads(pickle.dumps((v, v)))[1])
a, b = pickle.loads(pickle.dumps((v, x.detach()))); print(a.untyped_storage().data_ptr() == b.untyped_storage().data_ptr(), a.storage_offset())
try:
    copy.deepcopy(y)
except RuntimeError as error:
    print(error)
m = torch.nn.Linear(2, 2); n = copy.deepcopy(m); n.load_state_dict(m.state_dict()); print(n.weight is m.weight, torch.equal(n.weight, m.weight))
f = io.BytesIO(); torch.save(m.state_dict(), f); print(len(f.getvalue())); f.seek(0); print(torch.load(f))
import torch.utils._pytree as p; print(p.tree_map(lambda t: t + 1, {"a": torch.ones(1), "b": [torch.zeros(1)]}))
x.sum().backward(); c = copy.deepcopy(x); print(c.grad, c.grad is x.grad, x.clone().grad_fn.name())
print(len(pickle.dumps(x)), sorted(x.__dict__), sorted(m.__dict__), m.weight.__reduce_ex__(2)[0].__name__)
o = torch.optim.Adam(m.parameters()); m(torch.ones(1, 2)).sum().backward(); o.step(); s = o.state_dict(); o.load_state_dict(s); print(s)
""",
    "threads": """
import torch, threading
from concurrent.futures import ThreadPoolExecutor
x = torch.ones(3, requires_grad=True)
results = {}
def work(n):
    y = (x.detach() * n).requires_grad_()
    (y * y).sum().backward()
    results[n] = y.grad
threads = [threading.Thread(target=work, args=(n,)) for n in range(3)]
[t.start() for t in threads]; [t.join() for t in threads]
print(sorted((n, g.tolist()) for n, g in results.items()))
with ThreadPoolExecutor(2) as pool: print(list(pool.map(lambda n: (torch.ones(2) * n).sum().item(), range(4))))
y = x * 2
t = threading.Thread(target=lambda: y.sum().backward()); t.start(); t.join(); print(x.grad)
local = threading.local(); local.t = torch.ones(1); print(local.t + 1, torch.get_num_threads() > 0)
fut = torch.jit.fork(lambda a: a + 1, torch.ones(1)); print(torch.jit.wait(fut))
class Bad(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x): return x * 1
    @staticmethod
    def backward(ctx, g): return g * threading.current_thread().ident * 0 + g
Bad.apply(x).sum().backward(); print(x.grad)
""",
    "generators_and_coroutines": """
import torch, asyncio, contextvars
def numbers():
    x = torch.ones(1)
    try:
        while True:
            x = x * 2
            got = yield x
            if got is not None: x = got + x
    finally:
        print("closed", x * 3)
g = numbers(); print(next(g), g.send(torch.ones(1)), next(g)); g.close()
var = contextvars.ContextVar("v", default=torch.zeros(1))
async def work(n):
    var.set(torch.ones(1) * n); await asyncio.sleep(0); return var.get() + 1
async def main(): return await asyncio.gather(*(work(n) for n in range(3)))
print(asyncio.run(main()), var.get())
context = contextvars.copy_context(); context.run(var.set, torch.ones(3)); print(context[var], var.get())
def partial():
    with torch.no_grad():
        yield torch.ones(1, requires_grad=True) * 2
p = partial(); a = next(p); print(torch.is_grad_enabled()); list(p); print(torch.is_grad_enabled(), a.requires_grad)
async def agen():
    for i in range(2): yield torch.tensor(i)
async def collect(): return [t async for t in agen()]
print(asyncio.run(collect()))
""",
    "hooks_of_every_kind": """
import torch
m = torch.nn.Sequential(torch.nn.Linear(2, 3), torch.nn.Tanh(), torch.nn.Linear(3, 1))
m.register_forward_pre_hook(lambda mod, i: print("pre", type(mod).__name__, i))
m[0].register_forward_hook(lambda mod, i, o: print("forward", o))
m[1].register_forward_hook(lambda mod, i, o: o * 2)
m[0].register_full_backward_hook(lambda mod, gi, go: print("backward", gi, go))
m[2].register_full_backward_pre_hook(lambda mod, go: print("backward pre", go))
for p in m.parameters(): p.register_hook(lambda g: print("param", g))
m[0].weight.register_post_accumulate_grad_hook(lambda p: print("accumulated", p.grad))
x = torch.ones(1, 2, requires_grad=True)
out = m(x); out.register_hook(lambda g: g * 2); out.grad_fn.register_hook(lambda gi, go: print("node", go))
out.grad_fn.register_prehook(lambda go: print("node pre", go)); out.sum().backward(); print(x.grad, out.grad_fn.metadata)
torch.nn.modules.module.register_module_forward_hook(lambda mod, i, o: print("global", type(mod).__name__))
m(x); torch.nn.modules.module._global_forward_hooks.clear()
a = torch.ones(2, requires_grad=True); b = a * 2; c = b * b
torch.autograd.graph.register_multi_grad_hook([a, b], lambda gs: print("multi", gs)); c.sum().backward(retain_graph=True)
h = b.register_hook(lambda g: print("once", g)); h.remove(); c.sum().backward(); print(a.grad, b._backward_hooks)
o = torch.optim.SGD(m.parameters(), 0.1); o.register_step_pre_hook(lambda *args: print("step pre")); o.register_step_post_hook(lambda *args: print("step post")); o.step()
""",
    "custom_functions": """
import torch
class Clamp(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, low, high):
        ctx.save_for_backward(x); ctx.low, ctx.high = low, high; ctx.set_materialize_grads(False)
        return x.clamp(low, high), x.sign()
    @staticmethod
    def backward(ctx, g, s):
        x, = ctx.saved_tensors; print("needs", ctx.needs_input_grad, s)
        return g * ((x > ctx.low) & (x < ctx.high)), None, None
x = torch.linspace(-2, 2, 5, requires_grad=True)
y, s = Clamp.apply(x, -1, 1); y.sum().backward(); print(x.grad, y.grad_fn.name(), y.grad_fn._forward_cls if hasattr(y.grad_fn, "_forward_cls") else None)
class InPlace(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x): ctx.mark_dirty(x); return x.mul_(2)
    @staticmethod
    def backward(ctx, g): return g * 2
z = x * 1; w = InPlace.apply(z); print(w is z, z._version, z.grad_fn.name()); w.sum().backward(); print(x.grad)
class Double(torch.autograd.Function):
    generate_vmap_rule = True
    @staticmethod
    def forward(x): return x ** 2
    @staticmethod
    def setup_context(ctx, inputs, output): ctx.save_for_backward(*inputs)
    @staticmethod
    def backward(ctx, g): return g * 2 * ctx.saved_tensors[0]
    @staticmethod
    def jvp(ctx, t): return t
v = torch.tensor(3.0, requires_grad=True); g, = torch.autograd.grad(Double.apply(v), v, create_graph=True); print(g, torch.autograd.grad(g, v), torch.func.vmap(Double.apply)(torch.ones(3)))
from torch.utils.checkpoint import checkpoint, checkpoint_sequential
for reentrant in (True, False):
    w = torch.ones(2, requires_grad=True); checkpoint(lambda a: torch.nn.functional.dropout(a.exp()), w, use_reentrant=reentrant).sum().backward(); print(w.grad)
@torch.library.custom_op("mine::twice", mutates_args=())
def twice(x: torch.Tensor) -> torch.Tensor: return x * 2
print(twice(torch.ones(2)), torch.ops.mine.twice(torch.ones(1)))
""",
    "in_place_and_views": """
import torch
x = torch.ones(4, requires_grad=True); y = x * 1; v = y[:2]; u = y.view(2, 2)
v.mul_(3); print(y, u, y.grad_fn.name(), v.grad_fn.name(), u.grad_fn.name(), [t._version for t in (x, y, v, u)])
u[0] = 0; print(y, v, v.grad_fn.name()); y.sum().backward(); print(x.grad)
for f in (lambda: x.add_(1), lambda: x[0:1].add_(1), lambda: x.view(2, 2).zero_()):
    try: f()
    except RuntimeError as error: print(error)
a = torch.ones(2, requires_grad=True); b = a.exp(); b.add_(1)
try: b.sum().backward()
except RuntimeError as error: print(error)
with torch.no_grad(): a.add_(1); a[0] = 7; print(a, a._version)
a.data.mul_(2); print(a, a._version); a.grad = torch.ones(2); a.grad += 1; print(a.grad); a.grad.zero_(); print(a.grad, a.grad._version)
d = a.detach(); d += 1; print(a, a._version, d._version)
n = torch.zeros(3); m = n.numpy(); m += 1; print(n, n._version); n.set_(torch.ones(2)); print(n, n._version); n.resize_(3); print(n.shape)
w = torch.arange(6).view(2, 3); w.t_(); print(w.shape, w.stride(), w.is_contiguous()); w.transpose_(0, 1); w.squeeze_(); w.unsqueeze_(0); print(w.shape)
q = torch.zeros(3); q[torch.tensor([0, 2])] = 1.0; q[q > 0] += 1; q.index_put_((torch.tensor([1]),), torch.tensor(9.0)); print(q, q._version)
p = torch.nn.Parameter(torch.ones(1)); p.data = torch.zeros(2); print(p, p.shape); o = torch.ones(2); torch.add(o, 1, out=o); print(o, o._version)
c1, c2 = torch.ones(4, requires_grad=True).clone().chunk(2)
try: c1.add_(1)
except RuntimeError as error: print(error)
print((x * 2).requires_grad_(True).is_leaf, (x * 2).detach_().is_leaf, x.swapaxes(0, 0).shape if x.dim() > 1 else "")
""",
    "numpy_and_others": """
import torch, numpy as np, array
a = np.arange(4.0); t = torch.from_numpy(a); a[0] = 9; print(t, t.dtype, np.asarray(t) is a, np.shares_memory(a, t.numpy()))
print(np.add(t, 1), type(np.add(t, 1)), np.sin(t), t + a, type(a + t), a * torch.ones(4), np.multiply(a, t))
print(torch.as_tensor(a).data_ptr() == t.data_ptr(), torch.tensor(a).data_ptr() == t.data_ptr(), torch.asarray(a)._version)
print(t.__array__().flags.writeable, t.numpy(force=True).base is None, torch.from_dlpack(a), np.from_dlpack(t))
print(torch.frombuffer(array.array("f", [1, 2]), dtype=torch.float32), torch.tensor([np.float32(1), 2]), float(t[0]), int(t[1]), list(t), t.tolist(), complex(t[2]))
print(np.array([torch.ones(1), torch.ones(1)]).dtype, np.stack([torch.ones(2), torch.ones(2)]), f"{t[0]:.2f}", f"{t}", "%s" % t[1], round(float(t[3]), 1), [*t])
for bad in (lambda: torch.ones(1, requires_grad=True).numpy(), lambda: np.sin(torch.ones(1, requires_grad=True)), lambda: torch.ones(2).numpy().resize(3)):
    try: print(bad())
    except Exception as error: print(type(error).__name__, error)
r = np.ones(2); r.flags.writeable = False
w = torch.from_numpy(r)
print(t == a, (t == 1).any(), 3 in t, bool(t[0]), divmod(t, 2), -t, abs(t), ~torch.tensor([True]), t ** 2, 2 ** t, t @ t, t // 2, t % 2, 1 / t, t << 1 if t.dtype == torch.int64 else "")
""",
    "the_interpreters_hooks": """
import sys, torch
seen = []
def tracer(frame, event, arg):
    if frame.f_code is f.__code__:
        if event == "line" and frame.f_lineno > f.__code__.co_firstlineno:
            seen.append((frame.f_lineno, frame.f_code.co_name, sorted(frame.f_locals)))
        return tracer
def f(x):
    y = x + 1
    z = y * 2
    return z
sys.settrace(tracer)
f(torch.ones(1))
sys.settrace(None)
print(seen)
def where():
    return sys._getframe(1).f_lineno, sys._getframe(1).f_code.co_name
class W(torch.Tensor):
    @classmethod
    def __torch_function__(cls, func, types, args=(), kwargs=None):
        print(sys._getframe(1).f_code.co_name, sys._getframe(1).f_lineno)
        return super().__torch_function__(func, types, args, kwargs or {})
def g(v):
    return v + 1
g(torch.ones(1).as_subclass(W))
import inspect
print([frame.function for frame in inspect.stack() if frame.filename.startswith("<cell")], inspect.getsource(f))
old = sys.getrecursionlimit(); sys.setrecursionlimit(200)
def deep(t, n): return t if n == 0 else deep(t + 1, n - 1)
try: deep(torch.zeros(1), 1000)
except RecursionError as error: print(error)
sys.setrecursionlimit(old)
print(locals() is globals(), __name__, sys.modules["__main__"].__dict__ is globals())
""",
    "modules_and_optimisers": """
import torch
from torch import nn
torch.manual_seed(0)
m = nn.Sequential(nn.Embedding(5, 4), nn.LayerNorm(4), nn.LSTM(4, 3, batch_first=True))
y, (h, c) = m(torch.tensor([[1, 2, 3]])); y.sum().backward(); print(y, m[0].weight.grad)
for make in (torch.optim.SGD, torch.optim.Adam, torch.optim.AdamW, torch.optim.RMSprop, torch.optim.Adagrad, torch.optim.LBFGS):
    n = nn.Linear(2, 1); o = make(n.parameters(), lr=0.01)
    def closure():
        o.zero_grad(); l = n(torch.ones(3, 2)).pow(2).mean(); l.backward(); return l
    print(make.__name__, [o.step(closure).item() for _ in range(3)], n.weight)
    s = torch.optim.lr_scheduler.StepLR(o, 1); s.step(); print(s.get_last_lr())
att = nn.MultiheadAttention(4, 2, batch_first=True); a, w = att(torch.ones(1, 3, 4), torch.ones(1, 3, 4), torch.ones(1, 3, 4)); print(a, w)
conv = nn.Sequential(nn.Conv2d(1, 2, 3), nn.BatchNorm2d(2), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Dropout(0.5), nn.Linear(8, 2))
l = nn.CrossEntropyLoss()(conv(torch.randn(3, 1, 6, 6)), torch.tensor([0, 1, 1])); l.backward(); print(l, conv[0].weight.grad.norm(), conv[1].running_mean)
nn.utils.clip_grad_norm_(conv.parameters(), 1.0); nn.init.xavier_uniform_(conv[0].weight); print(conv[0].weight.sum(), conv)
p = nn.utils.parametrizations.weight_norm(nn.Linear(2, 2)); p(torch.ones(1, 2)).sum().backward(); print(p.weight, [k for k, _ in p.named_parameters()])
print(torch.nn.utils.parameters_to_vector(m.parameters()).shape, sum(q.numel() for q in m.parameters()), conv.training, conv.eval()(torch.ones(1, 1, 6, 6)))
o.zero_grad(); print(n.weight.grad); m.zero_grad(set_to_none=False); print(m[0].weight.grad.sum(), next(m.parameters()).dtype, m.half()[0].weight.dtype)
""",
    "sparse_and_others": """
import torch
s = torch.tensor([[0, 1.0], [2, 0]]).to_sparse(); print(s, s.to_dense(), s @ torch.ones(2, 1), s.coalesce().indices(), s.to_sparse_csr() if False else "")
c = torch.tensor([1 + 2j, 3]); print(c.conj(), c.conj().is_conj(), c.real, c.imag._base is not None, torch.view_as_real(c), c.abs(), c.conj().resolve_conj().is_conj(), (c.conj() * 2).is_conj(), c.conj().imag.is_neg())
q = torch.quantize_per_tensor(torch.ones(2), 0.1, 10, torch.quint8); print(q.int_repr(), q.dequantize())
n = torch.nested.nested_tensor([torch.ones(2), torch.ones(3)]); print(n.is_nested, (n * 2).unbind())
h = torch.ones(2, dtype=torch.complex32); print((h * 2).dtype, h.real)
b = torch.ones(2, dtype=torch.bfloat16); print(b + 1, b.float(), b.view(torch.int16)); e = torch.empty(0); print(e.sum(), e.shape, torch.cat([e, torch.ones(1)]))
z = torch.zeros(()); print(z, z.shape, z.item(), z[None], torch.tensor(float("nan")) == torch.tensor(float("nan")), torch.tensor([float("inf"), -0.0]), torch.finfo(torch.float32).eps)
from collections import namedtuple
print(torch.max(torch.tensor([[1, 2], [4, 3]]), dim=0), torch.return_types.max, torch.sort(torch.tensor([2, 1])).indices, type(torch.ones(2).topk(1)))
f8 = torch.ones(2).to(torch.float8_e4m3fn); print(f8.dtype, f8.float()); print(torch.iinfo(torch.int8), torch.promote_types(torch.int8, torch.float16), torch.result_type(torch.ones(1), 1.0))
m = torch.ones(2, device="meta"); print(m * 2, (m + m).sum()); print(torch.masked.masked_tensor(torch.ones(2), torch.tensor([True, False])))
""",
    "printing": """
import torch
torch.set_printoptions(precision=2, sci_mode=True); print(torch.tensor([1.234567, 1000.0])); torch.set_printoptions(profile="default")
x = torch.ones(2, requires_grad=True); print(x, x * 2, (x * 2).sum(), torch.ones(1200), [x], {"a": x}, repr(x), str(x * 1.5), format(x.detach()[0], ".3f"))
print(torch.nn.Parameter(torch.ones(1)), torch.ones(1).requires_grad_().exp().grad_fn, x.grad_fn, torch.Size([1, 2]), torch.float32, torch.device("cpu"))
print(torch.ones(1).untyped_storage(), torch.Generator(), torch.strided, torch.contiguous_format)
""",
}


@pytest.mark.parametrize("program", sampled(PROGRAMS.values(), every=2), ids=PROGRAMS.keys())
def test_prints_what_plain_python_prints(program: str) -> None:
    with as_in_a_fresh_process():
        expected = without_addresses(plainly(program))
    with as_in_a_fresh_process():
        assert without_addresses(traced(program)) == expected


@contextlib.contextmanager
def as_in_a_fresh_process() -> Generator[None]:
    """Give again the warnings that torch gives once in a process, and number hooks from the same number."""
    handles: Any = torch.utils.hooks.RemovableHandle
    handles.next_id = 0
    torch._dynamo.reset()
    torch._dynamo.utils.counters.clear()
    torch.set_warn_always(True)
    try:
        yield
    finally:
        torch.set_warn_always(False)


def without_addresses(text: str) -> str:
    """Without what differs between any two runs in one process: addresses, and the numbers in names of scripted classes."""
    return re.sub(r"___torch_mangle_\d+\.", "", re.sub(r"0x[0-9a-f]+", "0x…", text))
