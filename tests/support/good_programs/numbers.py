"""Arithmetic, indices and pictures: programs that are right, and of which nothing is to be said."""

from typing import Final

PROGRAMS: Final = {
    "label smoothing": """
logits = torch.randn(4, 5, requires_grad=True)
target = torch.tensor([0, 2, 1, 4])
smooth = torch.full((4, 5), 0.1 / 5)
smooth.scatter_(1, target.unsqueeze(1), 0.9 + 0.1 / 5)
loss = -(smooth * logits.log_softmax(1)).sum(1).mean()
loss.backward()
""",
    "log-sum-exp by hand": """
x = torch.tensor([1000.0, 1001.0, 999.0])
top = x.max()
total = top + (x - top).exp().sum().log()
print(total, torch.logsumexp(x, 0))
""",
    "normalisation by hand": """
x = torch.randn(8, 4)
mean, variance = x.mean(0), x.var(0, unbiased=False)
normal = (x - mean) / torch.sqrt(variance + 1e-5)
print(normal.mean(0), normal.std(0))
""",
    "ReLU by clamp": """
x = torch.tensor([-2.0, -0.5, 0.5, 2.0], requires_grad=True)
y = x.clamp(min=0)
y.sum().backward()
print(y, x.grad)
""",
    "one-hot labels": """
labels = torch.tensor([0, 2, 1, 2])
hot = F.one_hot(labels, num_classes=3).float()
back = hot.argmax(dim=1)
print((back == labels).all())
""",
    "bincount": """
values = torch.tensor([0, 1, 1, 3, 2, 1])
counts = torch.bincount(values, minlength=5)
frequency = counts / counts.sum()
print(counts, frequency)
""",
    "sampling": """
probabilities = torch.tensor([0.1, 0.2, 0.7])
picks = torch.multinomial(probabilities, 20, replacement=True)
share = (picks == 2).float().mean()
""",
    "hashing": """
key = torch.arange(10)
h = key * 2654435761
h = h ^ (h >> 16)
bucket = h % 8
""",
    "random numbers by remainders": """
state = torch.tensor([42])
numbers = []
for _ in range(5):
    state = (state * 1103515245 + 12345) % 2147483648
    numbers.append(state.item() / 2147483648)
""",
    "a picture of bytes": """
image = torch.randint(0, 256, (3, 4, 4), dtype=torch.uint8)
x = image.float() / 255
mean = x.mean((1, 2), keepdim=True)
restored = (x * 255).round().clamp(0, 255).to(torch.uint8)
print(torch.equal(restored, image))
""",
    "where with a safe input": """
v = torch.tensor([0.0, 4.0], requires_grad=True)
safe = torch.where(v > 0, v, torch.ones_like(v))
root = torch.where(v > 0, safe.sqrt(), torch.zeros_like(v))
root.sum().backward()
print(v.grad)
""",
    "least squares": """
x = torch.linspace(-3, 3, 50)
y = torch.sin(x)
features = torch.stack([x**0, x, x**2, x**3], dim=1)
solution = torch.linalg.lstsq(features, y.unsqueeze(1)).solution
error = (features @ solution - y.unsqueeze(1)).abs().max()
""",
    "nearest neighbours": """
a = torch.randn(4, 3)
distance = torch.cdist(a, a)
nearest = (distance + torch.eye(4) * 1e9).argmin(1)
""",
    "sorting": """
x = torch.tensor([3.0, 1.0, 2.0], requires_grad=True)
values, order = x.sort()
loss = (values * torch.tensor([1.0, 2.0, 3.0])).sum()
loss.backward()
print(x.grad, order)
""",
    "reading tables": """
x = torch.arange(12).reshape(3, 4)
rows, columns = x.sum(1), x.sum(0)
print(x[:, 1], x[x > 5], x.T, rows, columns)
""",
    "writing by index": """
x = torch.zeros(3, 3)
x[0, 1] = 2.0
x[:, 2] = torch.tensor([1.0, 2.0, 3.0])
x[x == 0] = -1.0
x[torch.tensor([0, 2])] += 1
""",
    "histograms": """
histogram = torch.zeros(4)
histogram.index_add_(0, torch.tensor([0, 1, 1, 3]), torch.ones(4))
histogram.scatter_add_(0, torch.tensor([0, 0]), torch.ones(2))
""",
    "an outer product": """
a = torch.tensor([1.0, 2.0, 3.0])
b = torch.tensor([4.0, 5.0, 6.0])
table = a[:, None] * b[None, :]
print(table, torch.outer(a, b))
""",
    "quantiles": """
x = torch.randn(100)
low, high = x.quantile(0.05), x.quantile(0.95)
inside = ((x >= low) & (x <= high)).sum()
scaled = (x - x.min()) / (x.max() - x.min())
""",
    "expanding to read": """
with torch.no_grad():
    table = torch.arange(4.0).expand(3, 4)
    shifted = table + torch.arange(3.0).unsqueeze(1)
""",
    "times as integers": """
seconds = torch.tensor([1_700_000_001, 1_700_000_002])
elapsed = (seconds - seconds[0]).float()
""",
}
