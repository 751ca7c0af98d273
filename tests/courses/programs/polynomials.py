"""One fit by a polynomial for 2,000 rounds, in each of the ways in which a course writes it."""

from typing import Final

from tests.courses.program import CourseProgram

PROGRAMS: Final = {
    "a polynomial without autograd": CourseProgram(
        """
import math
import torch

dtype = torch.float
device = torch.device("cpu")
x = torch.linspace(-math.pi, math.pi, 1500, device=device, dtype=dtype)
y = torch.sin(x)
a, b, c, d = (torch.randn((), device=device, dtype=dtype) for _ in range(4))
# %%
rate = 1e-6
for t in range(2000):
    guess = a + b * x + c * x**2 + d * x**3
    loss = (guess - y).pow(2).sum().item()
    if t % 400 == 399:
        print(t, round(loss, 3))
    slope = 2.0 * (guess - y)
    a -= rate * slope.sum()
    b -= rate * (slope * x).sum()
    c -= rate * (slope * x**2).sum()
    d -= rate * (slope * x**3).sum()
# %%
print(f"y = {a.item():.3f} + {b.item():.3f} x + {c.item():.3f} x^2 + {d.item():.3f} x^3")
"""
    ),
    "a polynomial with autograd": CourseProgram(
        """
import torch
import math
x = torch.linspace(-math.pi, math.pi, 1500)
y = torch.sin(x)
a = torch.randn((), requires_grad=True)
b = torch.randn((), requires_grad=True)
c = torch.randn((), requires_grad=True)
d = torch.randn((), requires_grad=True)
# %%
for t in range(2000):
    guess = a + b * x + c * x**2 + d * x**3
    loss = (guess - y).pow(2).sum()
    if t % 500 == 499:
        print(t, f"{loss.item():.2f}")
    loss.backward()
    with torch.no_grad():
        a -= 1e-6 * a.grad
        b -= 1e-6 * b.grad
        c -= 1e-6 * c.grad
        d -= 1e-6 * d.grad
        a.grad = b.grad = c.grad = d.grad = None
# %%
a, b, c, d
"""
    ),
    "a polynomial with a function of its own": CourseProgram(
        """
import torch

class Legendre(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return 0.5 * (5 * x**3 - 3 * x)

    @staticmethod
    def backward(ctx, arrived):
        (x,) = ctx.saved_tensors
        return arrived * 1.5 * (5 * x**2 - 1)
# %%
print(torch.autograd.gradcheck(Legendre.apply, torch.randn(9, dtype=torch.double, requires_grad=True)))
x = torch.linspace(-3, 3, 1500)
y = torch.sin(x)
a = torch.full((), 0.0, requires_grad=True)
b = torch.full((), -1.0, requires_grad=True)
c = torch.full((), 0.0, requires_grad=True)
d = torch.full((), 0.3, requires_grad=True)
for t in range(2000):
    guess = a + b * Legendre.apply(c + d * x)
    loss = (guess - y).pow(2).mean()
    loss.backward()
    with torch.no_grad():
        for weight in (a, b, c, d):
            weight -= 1e-2 * weight.grad
            weight.grad = None
print(f"{loss.item():.5f}")
"""
    ),
    "a polynomial that changes its form": CourseProgram(
        """
import random
import torch
from torch import nn

class Dynamic(nn.Module):
    def __init__(self):
        super().__init__()
        self.a, self.b, self.c = (nn.Parameter(torch.randn(())) for _ in range(3))

    def forward(self, x):
        y = self.a + self.b * x
        for power in range(2, random.randint(3, 5)):
            y = y + self.c * x**power
        return y
# %%
x = torch.linspace(-1, 1, 800)
y = torch.exp(x)
model = Dynamic()
criterion = nn.MSELoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.05, momentum=0.9)
for t in range(2000):
    loss = criterion(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
print(round(loss.item(), 5))
model
"""
    ),
    "a polynomial of modules": CourseProgram(
        """
import torch
import math
x = torch.linspace(-math.pi, math.pi, 1000)
y = torch.sin(x)
xx = x.unsqueeze(-1).pow(torch.tensor([1, 2, 3]))
model = torch.nn.Sequential(torch.nn.Linear(3, 1), torch.nn.Flatten(0, 1))
loss_fn = torch.nn.MSELoss(reduction="sum")
# %%
for t in range(2000):
    loss = loss_fn(model(xx), y)
    if t % 500 == 499:
        print(t, round(loss.item(), 2))
    model.zero_grad()
    loss.backward()
    with torch.no_grad():
        for param in model.parameters():
            param -= 1e-6 * param.grad
# %%
linear = model[0]
print(f"y = {linear.bias.item():.3f} + {linear.weight[:, 0].item():.3f} x")
"""
    ),
    "a polynomial with an optimiser": CourseProgram(
        """
import torch
import math
x = torch.linspace(-math.pi, math.pi, 1000)
y = torch.sin(x)
xx = x.unsqueeze(-1).pow(torch.tensor([1, 2, 3]))
model = torch.nn.Sequential(torch.nn.Linear(3, 1), torch.nn.Flatten(0, 1))
loss_fn = torch.nn.MSELoss(reduction="sum")
optimizer = torch.optim.RMSprop(model.parameters(), lr=1e-3)
# %%
for t in range(2000):
    loss = loss_fn(model(xx), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
loss
"""
    ),
}
