"""Programs with backward passes of every kind, by name. Each runs by itself; what it prints does not matter."""

from tests.notebook.sources import our_cells

_BEGINNING = """
import torch
import torch.nn.functional as F
x = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
"""

_SOURCES = {
    "tutorial": """
y = x + 2
z = y * y * 3
out = z.mean()
out.backward()
""",
    "polynomial": """
y = x**2 + 2 * x + 1
out = y.sum()
out.backward()
""",
    "a constant in between": """
c = torch.ones(2, 2)
y = x * c
z = y - c / 2
z.sum().backward()
""",
    "broadcast of a row": """
w = torch.tensor([0.5, -1.5], requires_grad=True)
y = x * w
z = y + w
z.pow(2).sum().backward()
""",
    "broadcast of a scalar": """
s = torch.tensor(2.0, requires_grad=True)
y = s * x
z = y / s
z.sum().backward()
""",
    "matrix product": """
a = torch.randn(2, 3, requires_grad=True)
y = x @ a
z = y.relu()
z.sum().backward()
""",
    "batched product and einsum": """
a = torch.randn(4, 2, 2)
y = torch.einsum('bij,jk->bik', a, x)
z = y @ a
z.sum().backward()
""",
    "used many times": """
y = x * 2
z = y + y * y + y.exp()
(z * y).sum().backward()
""",
    "diamond": """
y = x.sin()
a = y * 2
b = y.cos()
out = (a * b).sum()
out.backward()
""",
    "transcendental": """
y = x.exp()
z = y.log() + y.sqrt() + torch.sigmoid(y) + torch.tanh(x)
z.sum().backward()
""",
    "reductions": """
y = x * 1.5
z = y.sum(0) + y.mean(1) + y.max(dim=0).values + y.prod(1)
z.sum().backward()
""",
    "maximum with indices": """
y = x * 3
values, indices = y.max(dim=1)
values.sum().backward()
""",
    "sorting and picking": """
y = x * 3
v, i = y.flatten().sort(descending=True)
t, _ = y.topk(1)
(v[:2].sum() + t.sum()).backward()
""",
    "unbind": """
y = x * 2
a, b = y.unbind()
(a * 3).sum().backward()
""",
    "split and cat": """
y = x * 2
a, b = y.split(1, dim=1)
z = torch.cat([b, a * 2], dim=1)
z.sum().backward()
""",
    "chunk and stack": """
y = x * 2
a, b = y.chunk(2)
z = torch.stack([a, b * b])
z.mean().backward()
""",
    "singular values": """
y = x * 1.0
u, s, v = torch.linalg.svd(y)
s.sum().backward()
""",
    "solving": """
y = x + 1
inverse = torch.linalg.inv(y)
z = torch.linalg.det(y) + inverse.sum()
z.backward()
""",
    "views": """
y = x * 2
v = y.view(4)
t = y.t()
r = v.reshape(2, 2) + t
r[0].sum().backward()
""",
    "indexing": """
y = x * 2
a = y[0, 1]
b = y[:, 0]
c = y[torch.tensor([0, 0])]
(a + b.sum() + c.sum()).backward()
""",
    "masking": """
y = x * 2
m = y > 3
z = y[m]
v = torch.where(m, y, y * 0.1)
(z.sum() + v.sum()).backward()
""",
    "gather and scatter": """
i = torch.tensor([[0, 0], [1, 0]])
y = x * 2
g = y.gather(1, i)
s = torch.zeros(2, 2).scatter_add(0, i, g)
(s * s).sum().backward()
""",
    "expand and permute": """
y = (x * 2).unsqueeze(0).expand(3, 2, 2)
z = y.permute(2, 0, 1)
(z * z).sum().backward()
""",
    "in place": """
y = x * 2
y += 1
y.mul_(x)
y.sum().backward()
""",
    "in place on a view": """
y = x * 2
v = y[0]
v.mul_(3)
z = y + 1
z.sum().backward()
""",
    "in place through a chain of views": """
y = x.clone()
v = y.view(4)
w = v[1:3]
w += x[0]
v[0] = 5.0
(y * y).sum().backward()
""",
    "a view that is used after a write through another": """
y = x * 2
first, second = y[0], y[1]
first.mul_(3)
same = second
z = y * y
(second.sum() + z.sum()).backward()
""",
    "a view that needs a gradient since a write through another": """
b = torch.zeros(3)
v, w = b[:2], b[1:]
v.mul_(x[0])
z = b * b
(z.sum() + w.sum()).backward()
""",
    "a view that autograd refuses to follow": """
y = x * 2
with torch.no_grad():
    kept = [y[0]]
    kept[0].zero_()
(y * y).sum().backward()
""",
    "a function that writes to what it is given": """
class Double(torch.autograd.Function):
    @staticmethod
    def forward(ctx, t):
        t.mul_(2)
        ctx.mark_dirty(t)
        return t
    @staticmethod
    def backward(ctx, gradient):
        return gradient * 2
y = x + 1
z = Double.apply(y)
(z * z).sum().backward()
""",
    "a function with outputs of which one is unused and one is no number of its own": """
class Sorted(torch.autograd.Function):
    @staticmethod
    def forward(ctx, t):
        values, places = t.flatten().sort()
        ctx.mark_non_differentiable(places)
        ctx.set_materialize_grads(False)
        return values, places, t * 2
    @staticmethod
    def backward(ctx, values, places, double):
        assert values is None and places is None
        return double * 2
v, i, d = Sorted.apply(x)
(d * d).sum().backward()
""",
    "assignment to a part": """
y = torch.zeros(2, 2)
y[0] = x[1]
y[1, 0] = x.sum()
(y * y).sum().backward()
""",
    "a leaf changed under no_grad": """
y = x * 2
y.sum().backward()
with torch.no_grad():
    x -= 0.1 * x.grad
z = x * 3
z.sum().backward()
""",
    "no_grad border": """
y = x * 2
with torch.no_grad():
    c = y * 3
z = y * c
z.sum().backward()
""",
    "detach border": """
y = x * 2
d = y.detach()
z = y * d + x
z.sum().backward()
""",
    "retain_grad": """
y = x * 2
y.retain_grad()
z = y * y
z.sum().backward()
print(y.grad)
""",
    "gradient for a tensor of several elements": """
y = x * x
g = torch.tensor([[1.0, 0.0], [0.5, 2.0]])
y.backward(gradient=g)
""",
    "gradient that is also used elsewhere": """
y = x + 0
g = torch.ones(2, 2)
y.backward(g)
g += 1
""",
    "two passes over one graph": """
y = x * x
out = y.sum()
out.backward(retain_graph=True)
out.backward()
""",
    "two graphs into one leaf": """
y = x * 2
y.sum().backward()
z = x.exp()
z.sum().backward()
""",
    "several roots": """
a = (x * 2).sum()
b = (x * x).sum()
torch.autograd.backward([a, b])
""",
    "a root inside another root's graph": """
y = x * 2
z = y * y
torch.autograd.backward([z, y], [torch.ones(2, 2), torch.full((2, 2), 5.0)])
""",
    "inputs that limit a pass": """
w = torch.tensor([0.5, -1.5], requires_grad=True)
y = x * w
z = y * y
z.sum().backward(inputs=[w])
""",
    "inputs that are no leaves": """
w = torch.tensor([0.5, -1.5], requires_grad=True)
y = x * w
z = y * y
z.sum().backward(inputs=[y, x])
""",
    "grad": """
y = x * x
out = y.sum()
g, = torch.autograd.grad(out, x)
""",
    "grad of what is no leaf": """
y = x * x
z = y.exp()
g, h = torch.autograd.grad(z.sum(), [y, z])
""",
    "grad with an unused input": """
w = torch.tensor([0.5, -1.5], requires_grad=True)
g = torch.autograd.grad((x * x).sum(), [x, w], allow_unused=True)
""",
    "double backward": """
y = x**3
g, = torch.autograd.grad(y.sum(), x, create_graph=True)
penalty = (g * g).sum()
penalty.backward()
""",
    "backward with create_graph": """
y = x**3
y.sum().backward(create_graph=True)
h = x.grad.sum()
x.grad = None
h.backward()
""",
    "third derivative": """
y = x**4
for _ in range(3):
    y, = torch.autograd.grad(y.sum(), x, create_graph=True)
y.sum().backward()
""",
    "hessian": """
h = torch.autograd.functional.hessian(lambda t: (t**3).sum(), x.detach())
""",
    "function of the program's own": """
class Cube(torch.autograd.Function):
    @staticmethod
    def forward(ctx, t):
        ctx.save_for_backward(t)
        return t**3
    @staticmethod
    def backward(ctx, g):
        t, = ctx.saved_tensors
        return 3 * t * t * g
y = Cube.apply(x)
z = y * 2
z.sum().backward()
""",
    "function of the program's own with several outputs": """
class Both(torch.autograd.Function):
    @staticmethod
    def forward(ctx, a, b):
        return a + b, a - b
    @staticmethod
    def backward(ctx, g, h):
        return g + h, g - h
y = x * 2
s, d = Both.apply(y, x)
(s * 3).sum().backward()
""",
    "tensor hooks": """
y = x * 2
y.register_hook(lambda g: g * 10)
y.register_hook(lambda g: g + 1)
x.register_hook(lambda g: -g)
(y * y).sum().backward()
""",
    "hooks on functions": """
y = x * 2
z = y.exp()
y.grad_fn.register_hook(lambda out, into: (out[0] * 2, None))
z.grad_fn.register_prehook(lambda into: (into[0] * 3,))
z.sum().backward()
""",
    "hooks after accumulation": """
def double(p):
    p.grad.mul_(2)
x.register_post_accumulate_grad_hook(double)
y = x * x
y.sum().backward()
(x * 3).sum().backward()
""",
    "a hook that raises": """
y = x * 2
def fail(g):
    raise ValueError('no')
z = y * 3
y.register_hook(fail)
z.sum().backward()
""",
    "a hook that is removed": """
y = x * 2
h = y.register_hook(lambda g: g * 5)
z = y * y
z.sum().backward(retain_graph=True)
h.remove()
z.sum().backward()
""",
    "a pass inside a hook": """
y = x * 2
q = torch.ones(2, requires_grad=True)
def inner(g):
    with torch.enable_grad():
        (q * q).sum().backward()
y.register_hook(inner)
(y * 3).sum().backward()
""",
    "backward twice": """
y = (x * x).sum()
y.backward()
y.backward()
""",
    "a value written that backward needs": """
y = x.exp()
z = y * y
y += 1
z.sum().backward()
""",
    "loop": """
y = x
for i in range(6):
    y = y * (i + 1) if i % 2 else y.sin() + y
y.sum().backward()
""",
    "recurrence": """
h = torch.zeros(2)
w = torch.eye(2, requires_grad=True)
for row in x:
    h = torch.tanh(w @ h + row)
h.sum().backward()
""",
    "recursion and functions": """
def power(t, n):
    return t if n == 1 else t * power(t, n - 1)
y = power(x, 4)
y.sum().backward()
""",
    "linear layer and loss": """
layer = torch.nn.Linear(2, 3)
logits = layer(x)
loss = F.cross_entropy(logits, torch.tensor([0, 2]))
loss.backward()
""",
    "perceptron trained for three steps": """
model = torch.nn.Sequential(torch.nn.Linear(2, 4), torch.nn.ReLU(), torch.nn.Linear(4, 1))
optimiser = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
for step in range(3):
    optimiser.zero_grad()
    hidden = model[0](x.detach())
    prediction = model[2](model[1](hidden))
    loss = ((prediction - 1) ** 2).mean()
    loss.backward()
    optimiser.step()
""",
    "convolution": """
image = torch.randn(1, 1, 6, 6, requires_grad=True)
conv = torch.nn.Conv2d(1, 2, 3)
y = conv(image)
z = F.max_pool2d(y.relu(), 2)
z.sum().backward()
""",
    "norms and dropout": """
bn = torch.nn.BatchNorm1d(2)
ln = torch.nn.LayerNorm(2)
y = bn(x)
z = ln(y * x)
d = F.dropout(z, 0.5)
(d * d).sum().backward()
""",
    "embedding": """
table = torch.nn.Embedding(5, 2)
e = table(torch.tensor([1, 1, 3]))
(e * e).sum().backward()
""",
    "attention": """
attention = torch.nn.MultiheadAttention(4, 2, batch_first=True)
q = torch.randn(1, 3, 4, requires_grad=True)
o, weights = attention(q, q, q)
o.sum().backward()
""",
    "recurrent layer": """
lstm = torch.nn.LSTM(2, 3)
o, (h, c) = lstm(x.unsqueeze(1))
(h * 2).sum().backward()
""",
    "full backward hook of a module": """
layer = torch.nn.Linear(2, 2)
layer.register_full_backward_hook(lambda m, gi, go: None)
y = layer(x)
(y * y).sum().backward()
""",
    "checkpoint": """
from torch.utils.checkpoint import checkpoint
y = x * 2
z = checkpoint(lambda t: t.sin().exp(), y, use_reentrant=True)
z.sum().backward()
""",
    "complex numbers": """
c = torch.complex(x, x * 2)
d = c * c.conj()
d.real.sum().backward()
""",
    "double precision": """
y = x.double()
z = y.log().float()
z.sum().backward()
""",
    "a gradient of zeros and not-a-numbers": """
y = x * 0
z = torch.sqrt(y)
z.sum().backward()
""",
    "empty tensor": """
e = torch.zeros(0, 3, requires_grad=True)
y = e * 2
y.sum().backward()
""",
}
# The course's cells on gradients; `np` is imported in one before them.
_COURSE = "import numpy as np\n" + "".join(cell + "\n" for cell in our_cells()[-22:] if "dot" not in cell)

PROGRAMS = {name: _BEGINNING + source for name, source in (*_SOURCES.items(), ("course", _COURSE))}
"""Source by name."""
