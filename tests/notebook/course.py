# %% arrays have a shape, a number of dimensions, a size and a type
import numpy as np

row = np.array([2, 4, 6, 8])
table = np.array([[1, 2, 3], [4, 5, 6]])
print("row:", row)
print("table:\n", table)
print(table.shape, table.ndim, table.size, table.dtype)

# %% arithmetic goes element by element, and slices take parts
print(row + 1, row * 2, row**2)
print(row[1], table[0, 2], row[:2])

# %% empty memory is not initialised
import torch

t = torch.empty(4, 2)
t

# %% random numbers from zero to one
t = torch.rand(4, 2)
t

# %% zeros of a given type
t = torch.zeros(3, 4, dtype=torch.long)
t

# %% from data
t = torch.tensor([2.5, 7])
t

# %% a new tensor takes type and device from an old one, unless told otherwise
t = t.new_ones(4, 2, dtype=torch.float64)
print(t)

# %% like another, of another type
t = torch.randn_like(t, dtype=torch.float)
print(t)

# %% shape and size are the same thing
print(t.shape)
print(t.size())

# %% many ways to create
print(torch.Tensor(2, 3).shape)
print(torch.tensor([[1, 2], [3, 4]]))
print(torch.ones(2, 3), torch.zeros(2, 3), torch.eye(3))
print(torch.arange(0, 5, 1), torch.linspace(0, 1, steps=5))
print(torch.rand(2, 3), torch.randn(2, 3))
print(torch.normal(mean=0, std=1, size=(2, 3)))
u = torch.randn(2, 3)
t = torch.randperm(6)
print(t)

# %% shapes that do not fit each other
print(t.shape)
print(u.shape)

# %% six elements
print(t)

# %% repeat makes more of them
t = t.repeat(2, 1)
t

# %% and view gives them another shape
t = t.view(4, 3)
t

# %% addition as an operator
u = torch.rand(4, 3)
print(t)
print(u)

t + u

# %% addition as a function
print(torch.add(t, u))

# %% addition into a given tensor
total = torch.empty(4, 3)
torch.add(t, u, out=total)
print(total)

# %% joining
t = torch.cat((torch.tensor([0, 1, 2, 3]), torch.zeros(8)), dim=0)
t

# %% twelve elements as a matrix
t = t.view(4, 3)
t

# %% an index gives a view of the first row
print(t)
print(u)

u = t[0, :]
u

# %% which shares memory: a change of one is a change of the other
u += 1
print(u)
print(u.data_ptr() == t.data_ptr())

t

# %% a clone shares nothing
u = t[0, :].clone()
u += 1
print(u)

t

# %% view gives other shapes, and works one size out by itself
u = t.view(12)
v = t.view(-1, 6)

print(t.size(), u.size(), v.size())

# %% of the same memory
t += 1
print(t)
print(u)

# %% clone first, then view, is a copy
copy = t.clone().view(12)
t -= 1
print(t)
print(copy)

# %% item gives a Python number
t = torch.randn(1)
print(t)

print(t.item())

# %% eigenvalues, an inverse, and a change of variables
M = torch.tensor([[2, -1, -1], [-1, 2, -1], [-1, -1, 2]], dtype=torch.float32)
values, vectors = torch.linalg.eig(M)
S = torch.tensor(
    [
        [1 / torch.sqrt(torch.tensor(2.0)), 1, 0],
        [0, 2 / torch.sqrt(torch.tensor(2.0)), -1],
        [0, 0, 1],
    ],
    dtype=torch.float32,
)
print(values.real, vectors.real)
print(torch.linalg.inv(S))
print(torch.mv(S, torch.tensor([3, 2, 1], dtype=torch.float32)))

# %% broadcasting stretches a row and a column to the same shape
t = torch.arange(1, 4).view(1, 3)
print(t)
u = torch.arange(1, 3).view(2, 1)
print(u)
print(t + u)

# %% a sum is a new object
t = torch.tensor([5, 6])
u = torch.tensor([7, 8])
before = id(u)
u = u + t
print(id(u) == before)

# %% assigning to all elements keeps the object
t = torch.tensor([5, 6])
u = torch.tensor([7, 8])
before = id(u)
u[:] = u + t
print(id(u) == before)

# %% and so does a sum into the object
t = torch.tensor([5, 6])
u = torch.tensor([7, 8])
before = id(u)
torch.add(t, u, out=u)
print(id(u) == before)

# %% an array made from a tensor shares its memory
a = torch.ones(4)
b = a.numpy()
print(a, b)

a += 1
print(a, b)
b += 1
print(a, b)

# %% a tensor made from an array does, too
a = np.ones(4)
b = torch.from_numpy(a)
print(a, b)

a += 1
print(a, b)
b += 1
print(a, b)

# %% but torch.tensor copies
c = torch.tensor(a)
a += 1
print(a, c)

# %% on a device, where there is one
if torch.cuda.is_available():
    device = torch.device("cuda")
    u = torch.ones_like(t, device=device)
    print((t.to(device) + u).to("cpu", torch.double))

# %% a leaf has no grad_fn
x = torch.ones(2, 2, requires_grad=True)
print(x)
print(x.grad_fn)

# %% a result has one
y = x + 2
print(y)

y.grad_fn

# %% which tells leaves from the rest
print(x.is_leaf, y.is_leaf)

# %% further operations
z = y * y * 3
out = z.mean()
print(z, out)

# %% requires_grad can be set in place
a = torch.randn(2, 2)
a = (a * 3) / (a - 1)
print(a.requires_grad)
a.requires_grad_(True)
print(a.requires_grad)
b = (a * a).sum()
print(b.grad_fn)

# %% backward from a scalar
out = z.mean()
out.backward(retain_graph=True)

# %% fills the gradient of the leaf
print(x.grad)

# %% a drawing of the graph
from torchviz import make_dot

x = torch.ones(2, 2, requires_grad=True)
y = x + 2
z = y * y * 3
out = z.mean()
dot = make_dot(out, params=dict(x=x))
dot.render("./pictures/first", format="png")
dot.view()

# %% and its gradient
out.backward(retain_graph=True)
print(x)
print(y)
print(z)

x.grad

# %% the same with other numbers
x = torch.tensor([[2.0, 3.0], [4.0, 5.0]], requires_grad=True)
y = x + 2
z = y * y * 3
out = z.mean()
print(f"x:\n{x}\ny:\n{y}\nz:\n{z}\nout:\n{out}")
out.backward()
print(f"gradient:\n{x.grad}")
try:
    dot = make_dot(out, params=dict(x=x))
    dot.render("./pictures/second", format="png")
    print("saved")
except ImportError:
    print("no torchviz")
except Exception as error:
    print(f"not drawn: {error}")

# %% shown once more
dot.view()

# %% a polynomial
x = torch.tensor([1.0, 2.0, 3.0, 4.0], requires_grad=True)
y = x**2 + 2 * x + 1
out = y.sum()
print(f"out: {out}")
out.backward()
print(f"gradient: {x.grad}")

# %% the gradient as a result
x.grad

# %% only the leaf keeps it
print(x.is_leaf, y.is_leaf)

# %% a hook sees the gradient of what is no leaf
x = torch.tensor([1.0, 2.0, 3.0, 4.0], requires_grad=True)
y = x**2
hook = y.register_hook(lambda grad: print(f"gradient of y: {grad}"))
z = y * 2
out = z.sum()
out.backward()
hook.remove()
print(f"gradient of x: {x.grad}")
