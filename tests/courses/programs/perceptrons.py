"""Multilayer perceptrons: from scratch, of modules, initialised, regularised, and saved."""

from typing import Final

from tests.courses.program import INLINE, CourseProgram

PROGRAMS: Final = {
    "activations and their slopes": CourseProgram(
        """
%matplotlib inline
import torch
import matplotlib.pyplot as plt
# %%
x = torch.arange(-8.0, 8.0, 0.25, requires_grad=True)
fig, axes = plt.subplots(1, 3, figsize=(9, 2.5))
for axis, function in zip(axes, (torch.relu, torch.sigmoid, torch.tanh)):
    y = function(x)
    x.grad = None
    y.backward(torch.ones_like(x), retain_graph=True)
    steepest = x.grad.max()
    axis.plot(x.detach(), y.detach())
    axis.plot(x.detach(), x.grad)
    axis.set_title(function.__name__)
    print(function.__name__, steepest.item())
plt.tight_layout()
""",
        INLINE,
        displays=1,
    ),
    "a perceptron from scratch": CourseProgram(
        """
import torch
from torch import nn
from tensorpad.data import digits
# %%
images, labels = digits()
X, y = images[:300].reshape(300, -1) / 16, labels[:300]
inputs, outputs, hiddens = 64, 10, 32
W1 = nn.Parameter(torch.randn(inputs, hiddens) * 0.01)
b1 = nn.Parameter(torch.zeros(hiddens))
W2 = nn.Parameter(torch.randn(hiddens, outputs) * 0.01)
b2 = nn.Parameter(torch.zeros(outputs))
params = [W1, b1, W2, b2]
# %%
def relu(X):
    a = torch.zeros_like(X)
    return torch.max(X, a)

def net(X):
    H = relu(X @ W1 + b1)
    return H @ W2 + b2

loss = nn.CrossEntropyLoss(reduction="none")
updater = torch.optim.SGD(params, lr=0.5)
# %%
for epoch in range(6):
    for start in range(0, 300, 60):
        l = loss(net(X[start : start + 60]), y[start : start + 60])
        updater.zero_grad()
        l.mean().backward()
        updater.step()
    mean = l.mean()
    print(f"{mean.item():.3f}")
"""
    ),
    "blocks of one's own": CourseProgram(
        """
import torch
from torch import nn
from torch.nn import functional as F
# %%
class Fixed(nn.Module):
    def __init__(self):
        super().__init__()
        self.rand_weight = torch.rand((20, 20))
        self.linear = nn.LazyLinear(20)

    def forward(self, X):
        X = self.linear(X)
        X = F.relu(X @ self.rand_weight + 1)
        X = self.linear(X)
        while X.abs().sum() > 1:
            X /= 2
        return X.sum()

class Line(nn.Module):
    def __init__(self, *blocks):
        super().__init__()
        for index, block in enumerate(blocks):
            self.add_module(str(index), block)

    def forward(self, X):
        for block in self.children():
            X = block(X)
        return X
# %%
chimera = Line(nn.Linear(8, 20), nn.ReLU(), Fixed())
y = chimera(torch.rand(2, 8))
y.backward()
y
# %%
[(name, tuple(param.shape)) for name, param in chimera.named_parameters()]
# %%
shared = nn.Linear(8, 8)
tied = nn.Sequential(nn.Linear(4, 8), nn.ReLU(), shared, nn.ReLU(), shared, nn.ReLU(), nn.Linear(8, 1))
tied(torch.rand(2, 4))
tied[2].weight.data[0, 0] = 100
print(tied[2].weight.data[0] == tied[4].weight.data[0])
"""
    ),
    "initialisation": CourseProgram(
        """
import torch
from torch import nn
net = nn.Sequential(nn.LazyLinear(8), nn.ReLU(), nn.LazyLinear(1))
# %%
net[0].weight
# %%
X = torch.rand(size=(2, 4))
net(X).shape
# %%
def init_normal(module):
    if type(module) == nn.Linear:
        nn.init.normal_(module.weight, mean=0, std=0.01)
        nn.init.zeros_(module.bias)

def init_xavier(module):
    if type(module) == nn.Linear:
        nn.init.xavier_uniform_(module.weight)

net.apply(init_normal)
print(net[0].weight.data[0], net[0].bias.data[0])
net[0].apply(init_xavier)
with torch.no_grad():
    net[2].weight.fill_(42)
print(net[2].weight.data)
# %%
net(X)
"""
    ),
    "dropout from scratch": CourseProgram(
        """
import torch
from torch import nn
from tensorpad.data import digits
# %%
def dropout_layer(X, dropout):
    assert 0 <= dropout <= 1
    if dropout == 1:
        return torch.zeros_like(X)
    mask = (torch.rand(X.shape) > dropout).float()
    return mask * X / (1.0 - dropout)

X = torch.arange(16, dtype=torch.float32).reshape((2, 8))
for p in (0.0, 0.5, 1.0):
    kept = dropout_layer(X, p).count_nonzero()
    print(p, kept)
# %%
images, labels = digits()
inputs, target = images[:200].reshape(200, -1) / 16, labels[:200]
net = nn.Sequential(nn.Linear(64, 32), nn.ReLU(), nn.Dropout(0.2), nn.Linear(32, 10))
trainer = torch.optim.SGD(net.parameters(), lr=0.3)
net.train()
for epoch in range(20):
    trainer.zero_grad()
    l = nn.functional.cross_entropy(net(inputs), target)
    l.backward()
    trainer.step()
net.eval()
same = torch.equal(net(inputs), net(inputs))
print(round(l.item(), 4), same)
"""
    ),
    "saving and loading": CourseProgram(
        """
import torch
from torch import nn
# %%
class MLP(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(20, 16)
        self.output = nn.Linear(16, 10)

    def forward(self, x):
        return self.output(torch.relu(self.hidden(x)))

net = MLP()
X = torch.randn(size=(2, 20))
Y = net(X)
# %%
torch.save([X, {"x": X}], "tensors")
again, table = torch.load("tensors")
print(torch.equal(again, X), table.keys())
torch.save(net.state_dict(), "mlp.params")
clone = MLP()
clone.load_state_dict(torch.load("mlp.params", weights_only=True))
# %%
clone.eval()
clone(X) == Y
# %%
for name, value in clone.state_dict().items():
    size = value.numel()
    print(name, size)
checkpoint = {"epoch": 3, "model": net.state_dict()}
torch.save(checkpoint, "checkpoint.pt")
torch.load("checkpoint.pt")["epoch"]
"""
    ),
    "vanishing and exploding": CourseProgram(
        """
%matplotlib inline
import torch
from torch import nn
import matplotlib.pyplot as plt
# %%
M = torch.normal(0, 1, size=(4, 4))
for i in range(50):
    M = M @ torch.normal(0, 1, size=(4, 4))
    largest = M.abs().max().item()
print("after 50 products", M.isfinite().all())
# %%
layers = [layer for _ in range(6) for layer in (nn.Linear(8, 8), nn.Sigmoid())]
deep = nn.Sequential(*layers)
deep(torch.randn(4, 8)).sum().backward()
norms = [layer.weight.grad.norm().item() for layer in deep if isinstance(layer, nn.Linear)]
plt.bar(range(len(norms)), norms)
plt.yscale("log")
plt.show()
norms[0] < norms[-1]
""",
        INLINE,
        displays=1,
    ),
}
