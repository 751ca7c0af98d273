"""Gradients: rules, control flow, functions of functions, and what records nothing."""

from typing import Final

from tests.courses.program import INLINE, CourseProgram

PROGRAMS: Final = {
    "a gentle start with gradients": CourseProgram(
        """
import torch
a = torch.tensor([2.0, 3.0], requires_grad=True)
b = torch.tensor([6.0, 4.0], requires_grad=True)
# %%
Q = 3 * a**3 - b**2
Q
# %%
outside = torch.tensor([1.0, 1.0])
Q.backward(gradient=outside)
print(9 * a**2 == a.grad, -2 * b == b.grad)
# %%
x = torch.rand(5, 5)
y = torch.rand(5, 5)
z = torch.rand((5, 5), requires_grad=True)
first, second = x + y, x + z
print(first.requires_grad, second.requires_grad)
"""
    ),
    "slopes and tangents": CourseProgram(
        """
%matplotlib inline
import numpy as np
import torch
from matplotlib import pyplot as plt
# %%
def f(x):
    return 3 * x**2 - 4 * x

h = 1.0
for _ in range(6):
    h *= 0.1
    slope = (f(1 + h) - f(1)) / h
    print(f"h={h:.6f}, slope={slope:.5f}")
# %%
x = torch.arange(0, 3, 0.1, requires_grad=True)
f(x).sum().backward()
plt.plot(x.detach().numpy(), f(x).detach().numpy(), label="f(x)")
plt.plot(x.detach().numpy(), x.grad.numpy(), "m--", label="its slope")
plt.grid()
plt.legend()
plt.show()
""",
        INLINE,
        displays=1,
    ),
    "gradients through control flow": CourseProgram(
        """
import torch
# %%
def f(a):
    b = a * 2
    while b.norm() < 1000:
        b = b * 2
    if b.sum() > 0:
        c = b
    else:
        c = 100 * b
    return c

a = torch.randn(size=(), requires_grad=True)
d = f(a)
d.backward()
a.grad == d / a
# %%
x = torch.arange(4.0, requires_grad=True)
y = x * x
u = y.detach()
z = u * x
z.sum().backward()
print(x.grad == u)
# %%
x.grad.zero_()
y.sum().backward()
x.grad == 2 * x
"""
    ),
    "jacobians and batches of gradients": CourseProgram(
        """
import torch
from torch.func import grad, hessian, jacrev, vmap
# %%
def predict(weight, bias, x):
    return torch.tanh(x @ weight + bias)

weight, bias, x = torch.randn(3, 2), torch.randn(2), torch.randn(5, 3)
jacobian = jacrev(predict, argnums=1)(weight, bias, x[0])
print(jacobian.shape, torch.allclose(jacobian, torch.diag(1 - predict(weight, bias, x[0]) ** 2)))
# %%
def loss(weight, bias, x, y):
    return (predict(weight, bias, x) - y).pow(2).mean()

y = torch.randn(5, 2)
each = vmap(grad(loss), in_dims=(None, None, 0, 0))(weight, bias, x, y)
print(each.shape, torch.allclose(each.mean(0), grad(loss)(weight, bias, x, y), atol=1e-6))
# %%
curvature = hessian(lambda w: (w**3).sum())(torch.tensor([1.0, 2.0]))
for row in curvature:
    top = row.max().item()
    print(top)
curvature
"""
    ),
    "what records nothing": CourseProgram(
        """
import torch
from torch import nn
w = torch.randn(3, 1, requires_grad=True)
X = torch.randn(10, 3)
# %%
with torch.no_grad():
    for start in range(0, 10, 5):
        mean = (X[start : start + 5] @ w).mean()
        print(mean.requires_grad)
# %%
@torch.inference_mode()
def evaluate(model, X):
    return model(X).argmax(dim=1)

model = nn.Sequential(nn.Linear(3, 4), nn.Dropout(0.5), nn.Linear(4, 2))
model.eval()
classes = evaluate(model, X)
classes.is_inference(), classes.shape
# %%
model.train()
model(X).sum().backward()
sizes = {name: tuple(parameter.grad.shape) for name, parameter in model.named_parameters()}
print(sizes)
"""
    ),
}
