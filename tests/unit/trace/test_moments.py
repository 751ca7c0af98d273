"""After each statement the trace holds what plain torch holds: every value, version, gradient and layout.

The programs write to memory in all the ways that there are, above all those that torch does not count, or counts apart.
"""

import pytest

from tests.support.moments import plain_moments, traced_moments

_BEGINNING = """
import torch
import numpy as np
from torch import nn
"""

_PROGRAMS = {
    "views of views": """
x = torch.arange(12.0).reshape(3, 4)
v = x[1:]
w = v.t()
u = w[1]
u.add_(10)
w.mul_(2)
x[0] = 7
v.zero_()
""",
    "writes through data": """
x = torch.ones(3, requires_grad=True)
(x * x).sum().backward()
x.data -= 0.1 * x.grad
d = x.data
d.mul_(5)
d.mul_(2)
with torch.no_grad():
    x.add_(1)
e = x.detach()
e.add_(1)
d.add_(1)
""",
    "data of a parameter that was initialised in place": """
m = nn.Linear(2, 1)
w = m.weight
d = m.weight.data
m.weight.data.fill_(1)
m.bias.data.zero_()
""",
    "data of a large tensor": """
w = torch.ones(100, 100, requires_grad=True)
corner = w[:2, :2]
for _ in range(3):
    w.data -= 1
part = w.data[:2, :2]
part -= 1
w.data -= 1
with torch.no_grad():
    w -= 1
""",
    "tensors that change places": """
x = torch.ones(2, requires_grad=True)
y = torch.arange(6.0).view(2, 3)
z = y[0]
torch.utils.swap_tensors(x, y)
y.sum().backward()
x += 1
z.mul_(3)
a = y * 2
b = y * 3
del a, b
""",
    "a module that is converted by changing places": """
torch.__future__.set_swap_module_params_on_conversion(True)
m = nn.Linear(2, 1)
m(torch.ones(2)).sum().backward()
w = m.weight
m.double()
m.load_state_dict({"weight": torch.ones(1, 2), "bias": torch.zeros(1)})
torch.__future__.set_swap_module_params_on_conversion(False)
m(torch.ones(2, dtype=torch.double)).sum().backward()
""",
    "a copy of the Python object": """
import copy
x = torch.ones(2)
y = copy.copy(x)
y.add_(1)
x.mul_(3)
z = copy.deepcopy(x)
z.zero_()
""",
    "a gradient that is cleared through data": """
x = torch.ones(3, requires_grad=True)
(x * x).sum().backward()
x.grad.data.zero_()
(x * 3).sum().backward()
""",
    "a gradient that has a name": """
x = torch.ones(2, requires_grad=True)
(x * x).sum().backward()
g = x.grad
(x * 2).sum().backward()
other = 1
g.mul_(10)
a = g.numpy()
a[0] = 3
x.grad += 1
x.grad = None
(x * 2).sum().backward()
""",
    "a gradient that is sparse": """
m = nn.Embedding(4, 2, sparse=True)
w = m.weight
m(torch.tensor([1, 1, 3])).sum().backward()
d = m.weight.grad.to_dense()
optimizer = torch.optim.SGD(m.parameters(), lr=0.1)
optimizer.step()
optimizer.zero_grad()
w.data[0] = 5
""",
    "running statistics": """
m = nn.BatchNorm1d(2)
mean, variance, count = m.running_mean, m.running_var, m.num_batches_tracked
x = torch.randn(4, 2)
y = m(x)
y = m(x)
other = 1
m.eval()
y = m(x)
n = nn.InstanceNorm1d(2, track_running_stats=True)
mean = n.running_mean
y = n(torch.randn(2, 2, 3))
other = 2
""",
    "steps of an optimiser": """
m = nn.Linear(2, 1)
w, b = m.weight, m.bias
optimizer = torch.optim.Adam(m.parameters(), lr=0.1)
for _ in range(2):
    optimizer.zero_grad()
    m(torch.ones(3, 2)).sum().backward()
    norm = nn.utils.clip_grad_norm_(m.parameters(), 0.5)
    optimizer.step()
moment = optimizer.state[w]["exp_avg"]
optimizer.step()
""",
    "an optimiser in one kernel": """
w = torch.ones(2, requires_grad=True)
(w * w).sum().backward()
optimizer = torch.optim.Adam([w], lr=0.1, fused=True)
optimizer.step()
moment = optimizer.state[w]["exp_avg"]
optimizer.step()
""",
    "hooks that take a gradient": """
w = torch.ones(2, requires_grad=True)
def step(parameter):
    with torch.no_grad():
        parameter -= parameter.grad
    parameter.grad = None
handle = w.register_post_accumulate_grad_hook(step)
(w * w).sum().backward()
handle.remove()
def clamp(parameter):
    parameter.grad.clamp_(max=1)
handle = w.register_post_accumulate_grad_hook(clamp)
(w * 3).sum().backward()
(w * 3).sum().backward()
""",
    "copying into a model": """
m, n = nn.Linear(2, 2), nn.Linear(2, 2)
w = n.weight
keys = n.load_state_dict(m.state_dict())
k = n.state_dict()["weight"]
k.add_(1)
""",
    "memory shared with arrays": """
x = torch.ones(3)
a = x.numpy()
a[0] = 5
b = np.asarray(x)
b *= 2
x.add_(1)
ignored = np.multiply(a, 3, out=a)
y = torch.from_numpy(a)
y[1] = 0
c = a[::-1]
c[0] = 9
""",
    "memory that is written without torch": """
x = torch.zeros(3)
x.numpy()[0] = 5
np.add(x.numpy(), 1, out=x.numpy())
memory = memoryview(x.numpy())
memory[1] = 4.0
lent = [np.asarray(x)]
lent[0][2] = 7
y = torch.from_dlpack(x)
y.add_(1)
buffer = bytearray(8)
z = torch.frombuffer(buffer, dtype=torch.float32)
buffer[0:4] = b"\\x00\\x00\\x80?"
other = 1
""",
    "large memory that is written without torch": """
a = np.zeros((100, 100))
x = torch.from_numpy(a)
part = x[0, :2]
a[0, 0] = 5
a += 1
x.add_(1)
a[0, 1] = 7
w = torch.zeros(100, 100)
corner = w[:2, :2]
w.numpy()[0, 0] = 3
w.data[0, 1] = 4
w.numpy()[1, 1] = 5
""",
    "writes where indices say": """
x = torch.zeros(3, 3)
x.scatter_(0, torch.tensor([[0, 1, 2]]), 5.0)
x.index_put_((torch.tensor([0, 0]), torch.tensor([1, 1])), torch.tensor([1.0, 2.0]), accumulate=True)
x[torch.tensor([True, False, True])] = -1
x.masked_fill_(x > 4, 9)
x.T.fill_diagonal_(3)
s = torch.as_strided(x, (2, 2), (1, 1))
s[0, 0] = -1
r = torch.add(x, x, out=torch.empty(3, 3))
""",
    "inference mode": """
with torch.inference_mode():
    x = torch.ones(3)
    y = x + 1
    y.mul_(2)
z = y.clone()
z.add_(1)
""",
    "functions that write to what they are given": """
class Double(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        x.mul_(2)
        ctx.mark_dirty(x)
        return x
    @staticmethod
    def backward(ctx, gradient):
        return gradient * 2
a = torch.ones(3, requires_grad=True)
b = a + 1
c = Double.apply(b)
c.sum().backward()
""",
    "generators": """
def running(count):
    total = torch.zeros(2)
    for i in range(count):
        total += i
        yield total
numbers = running(3)
a = next(numbers)
b = next(numbers)
c = next(numbers)
""",
    "what goes wrong": """
x = torch.ones(3)
x.add_(1)
try:
    x.add_(torch.ones(4))
except RuntimeError:
    x.add_(1)
x.add_(1)
""",
    "layouts that torch counts": """
x = torch.arange(6.0).reshape(2, 3).clone()
v = x[1]
x.unsqueeze_(0)
x.squeeze_(0)
x.t_()
x.add_(1)
x.transpose_(0, 1)
v.mul_(2)
x.resize_(2, 2)
x.resize_(3, 3).fill_(4)
x.as_strided_((2, 2), (1, 2), 1)
y = torch.zeros(4)
del v
x.set_(y)
y.add_(1)
x.swapaxes_(0, 0)
""",
    "layouts of a square": """
x = torch.arange(4.0).reshape(2, 2).clone()
x.t_()
x[0, 1] = 9
x.t_()
""",
    "the data of another tensor": """
a = torch.zeros(2)
b = torch.arange(3.0).to(torch.float64)
v = a[:1]
a.data = b
b.add_(1)
del v
a.mul_(2)
a.data = a.data.view(3, 1)
a.data = torch.ones(1)
a.data = a.data
b.zero_()
""",
    "the data of another tensor that is large": """
a = torch.zeros(100, 100)
b = torch.arange(6000.0).reshape(60, 100)
a.data = b
c = a[0, :3]
b.add_(1)
a.data = a.data.t()
a.data = a.data[:2, :2]
b.zero_()
del c
a.data = torch.ones(2)
a.add_(1)
""",
    "weights that are given new memory in every round": """
w = torch.ones(2, requires_grad=True)
for _ in range(3):
    (w * w).sum().backward()
    w.data = w.data - 0.1 * w.grad
    w.grad = None
other = 1
w.data = w.data.double()
""",
    "modules of another type": """
m = nn.Linear(2, 1)
w, b = m.weight, m.bias
m.half()
w.data.add_(1)
m.double()
m.to(torch.float32)
y = m(torch.ones(1, 2))
m.requires_grad_(False)
""",
    "layouts in a function": """
def flipped(x):
    x.t_()
    x.data = x.data.contiguous()
    return x
x = torch.arange(6.0).reshape(2, 3).clone()
y = flipped(x)
z = flipped(y)
def replaced(x, y):
    x.set_(y)
    y.add_(1)
    return x
w = replaced(z, torch.zeros(2))
w.set_(torch.ones(3)).add_(1)
""",
    "complex numbers": """
z = torch.tensor([1 + 2j, 3 - 1j])
i = z.imag
i.add_(1)
c = z.conj()
n = c.imag
z.mul_(1j)
""",
}


@pytest.mark.parametrize("name", _PROGRAMS)
def test_each_statement_leaves_what_plain_torch_leaves(name: str) -> None:
    source = _BEGINNING + _PROGRAMS[name]
    for plain, traced in zip(plain_moments(source), traced_moments(source), strict=True):
        assert {name: traced.get(name) for name in plain} == plain
