"""Tensors themselves: making them, their types and shapes, and figures of all that."""

from typing import Final

from tests.courses.program import INLINE, CourseProgram

PROGRAMS: Final = {
    "a first hour with tensors": CourseProgram(
        """
import torch
import numpy as np
# %%
rows = [[1, 2, 3], [4, 5, 6]]
from_lists = torch.tensor(rows)
from_numpy = torch.from_numpy(np.array(rows, dtype=np.float32))
alike = torch.ones_like(from_numpy)
random = torch.rand_like(from_lists, dtype=torch.float)
print(f"A random tensor:\\n{random}\\nshape {random.shape}, {random.dtype}, on {random.device}")
# %%
device = "cuda" if torch.cuda.is_available() else "cpu"
moved = from_numpy.to(device)
print(moved[0], moved[:, 0], moved[..., -1], sep="\\n")
# %%
wide = torch.cat([moved, alike.to(device), moved], dim=1)
product = moved @ moved.T
elementwise = moved * moved
total = product.sum().item()
print(wide.shape, total, type(total))
# %%
elementwise
"""
    ),
    "types of elements": CourseProgram(
        """
import torch
a = torch.arange(12).reshape(3, 4)
# %%
for kind in (torch.float32, torch.float64, torch.float16, torch.bfloat16, torch.int8, torch.bool):
    converted = a.to(kind)
    size = converted.element_size()
    largest = converted.max().item()
    print(kind, size, largest)
# %%
mixed = a + 0.5
ratio = a / 3
floor = a // 3
print(mixed.dtype, ratio.dtype, floor.dtype, torch.result_type(a, 1.0))
# %%
rounded = torch.tensor([-1.5, 0.5, 2.7]).int()
flags = a > 5
count = flags.sum()
bits = torch.tensor([5, 6], dtype=torch.uint8) & 4
half = torch.tensor(1.0).half() / 3
print(rounded, count, bits, half)
# %%
a.double().mean(), a.float().std(dim=1)
"""
    ),
    "distances and norms": CourseProgram(
        """
%matplotlib inline
import torch
import matplotlib.pyplot as plt
# %%
v = torch.tensor([3.0, -4.0])
m = torch.arange(20.0).reshape(5, 4)
print(v.norm(), v.abs().sum(), v.abs().max())
print(m.sum(dim=0, keepdim=True), m.mean(dim=1), m.cumsum(dim=0)[-1])
share = m / m.sum(dim=1, keepdim=True)
# %%
norms = []
for p in range(1, 9):
    norm = torch.linalg.vector_norm(v, ord=p)
    norms.append(norm.item())
plt.plot(range(1, 9), norms, marker="o")
plt.xlabel("p")
plt.ylabel("norm")
plt.show()
# %%
torch.mv(m, torch.ones(4)), torch.dot(v, v), m.T.shape
""",
        INLINE,
        displays=1,
    ),
    "einsum and einops": CourseProgram(
        """
import torch
from einops import rearrange, reduce, repeat
# %%
images = torch.arange(2 * 3 * 4 * 4, dtype=torch.float32).reshape(2, 3, 4, 4)
patches = rearrange(images, "b c (h p) (w q) -> b (h w) (c p q)", p=2, q=2)
pooled = reduce(images, "b c h w -> b c", "mean")
stacked = repeat(pooled, "b c -> b n c", n=3)
print(patches.shape, pooled, stacked.shape)
# %%
queries, keys = torch.randn(2, 5, 8), torch.randn(2, 6, 8)
scores = torch.einsum("bqd,bkd->bqk", queries, keys)
print(torch.allclose(scores, queries @ keys.transpose(1, 2), atol=1e-5))
trace = torch.einsum("ii", torch.eye(4))
outer = torch.einsum("i,j->ij", torch.arange(3.0), torch.arange(2.0))
for power in range(1, 4):
    spread = torch.einsum("bqk,bqk->", scores, scores) / 10**power
print(trace, outer, spread)
"""
    ),
    "chances of dice": CourseProgram(
        """
%matplotlib inline
import torch
from torch.distributions import Multinomial
import matplotlib.pyplot as plt
# %%
fair = torch.ones(6) / 6
rolls = Multinomial(10, fair).sample((200,))
seen = rolls.cumsum(dim=0)
estimates = seen / seen.sum(dim=1, keepdim=True)
# %%
plt.figure(figsize=(5, 3))
for face in range(6):
    final = estimates[-1, face]
    plt.plot(estimates[:, face].numpy(), label=f"{face + 1}")
plt.axhline(y=1 / 6, color="black", linestyle="dashed")
plt.legend();
# %%
torch.multinomial(fair, 5, replacement=True)
""",
        INLINE,
        displays=1,
    ),
    "pictures as numbers": CourseProgram(
        """
import matplotlib.pyplot as plt
import torch
from tensorpad.data import digits
%matplotlib inline
# %%
images, labels = digits()
print(images.shape, labels[:10])
fig, axes = plt.subplots(1, 4)
for axis, image, label in zip(axes, images, labels):
    axis.imshow(image[0], cmap="gray_r")
    axis.set_title(label.item())
    axis.axis("off")
# %%
def turned(image, times):
    flipped = torch.rot90(image, times, dims=(-2, -1))
    noise = 0.1 * torch.randn_like(flipped)
    return (flipped + noise).clamp(0, 16)

batch = torch.stack([turned(image, times) for times, image in enumerate(images[:4])])
shifted = torch.roll(batch, shifts=(1, 1), dims=(-2, -1))
cropped = batch[..., 1:7, 1:7]
mirrored = batch.flip(-1)
for start in (0, 2):
    piece = batch[start : start + 2]
    average = piece.mean()
    print(f"{average:.4f}")
cropped.shape, mirrored.std(), shifted.sum()
""",
        INLINE,
        displays=1,
    ),
    "shapes that stretch": CourseProgram(
        """
import torch
# %%
column, row = torch.arange(3).reshape(3, 1), torch.arange(2).reshape(1, 2)
table = column + row
print(table)
# %%
points = torch.randn(6, 2)
centres = torch.tensor([[0.0, 0.0], [1.0, 1.0]])
for step in range(10):
    distances = ((points[:, None, :] - centres[None]) ** 2).sum(dim=-1)
    nearest = distances.argmin(dim=1)
    error = distances.min(dim=1).values.mean()
    centres = torch.stack([points[nearest == k].mean(dim=0) if (nearest == k).any() else centres[k] for k in range(2)])
print(f"{error:.5f}", centres)
# %%
same = table
table[:] = table * 2
print(id(table) == id(same))
x = torch.zeros(2, 3).unsqueeze(0).expand(4, 2, 3)
x.shape, x.stride()
"""
    ),
}
