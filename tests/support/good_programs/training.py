"""Training, by optimisers and by hand: programs that are right, and of which nothing is to be said."""

from typing import Final

PROGRAMS: Final = {
    "weight tying": """
class Tied(nn.Module):
    def __init__(self):
        super().__init__()
        self.embed = nn.Embedding(10, 4)
        self.out = nn.Linear(4, 10, bias=False)
        self.out.weight = self.embed.weight
    def forward(self, ids):
        return self.out(self.embed(ids).mean(1))
model = Tied()
ids = torch.randint(0, 10, (2, 3))
loss = F.cross_entropy(model(ids), torch.tensor([1, 2]))
loss.backward()
print(model.embed.weight.grad.shape)
""",
    "gradient clipping": """
model = nn.Sequential(nn.Linear(3, 8), nn.Tanh(), nn.Linear(8, 1))
optimizer = torch.optim.Adam(model.parameters(), lr=1e-2)
x, y = torch.randn(16, 3), torch.randn(16, 1)
for epoch in range(5):
    optimizer.zero_grad()
    loss = F.mse_loss(model(x), y)
    loss.backward()
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
print(loss.item())
""",
    "moving average of weights": """
import copy
model = nn.Linear(3, 2)
average = copy.deepcopy(model)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for step in range(4):
    loss = model(torch.randn(5, 3)).pow(2).mean()
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    with torch.no_grad():
        for mean, new in zip(average.parameters(), model.parameters()):
            mean.mul_(0.99).add_(new, alpha=0.01)
""",
    "momentum by hand": """
w = torch.randn(3, requires_grad=True)
b = torch.zeros(1, requires_grad=True)
velocity = [torch.zeros_like(w), torch.zeros_like(b)]
x, y = torch.randn(8, 3), torch.randn(8)
for _ in range(5):
    loss = ((x @ w + b - y) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        for parameter, momentum in zip((w, b), velocity):
            momentum.mul_(0.9).add_(parameter.grad)
            parameter -= 0.1 * momentum
            parameter.grad.zero_()
""",
    "early stopping": """
best, patience = float("inf"), 0
model = nn.Linear(2, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.05)
x, y = torch.randn(10, 2), torch.randn(10, 1)
for epoch in range(6):
    loss = F.mse_loss(model(x), y)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    if loss.item() < best:
        best, patience = loss.item(), 0
    else:
        patience += 1
        if patience > 2:
            break
""",
    "dropout": """
model = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Dropout(0.5), nn.Linear(16, 2))
x = torch.randn(6, 4)
model.train()
noisy = model(x)
model.eval()
with torch.no_grad():
    steady = model(x)
""",
    "running statistics": """
running_mean, running_var = torch.zeros(3), torch.ones(3)
for _ in range(4):
    batch = torch.randn(8, 3)
    running_mean.mul_(0.9).add_(batch.mean(0), alpha=0.1)
    running_var.mul_(0.9).add_(batch.var(0), alpha=0.1)
print(running_mean, running_var)
""",
    "micro-batches": """
model = nn.Linear(3, 1)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
x, y = torch.randn(12, 3), torch.randn(12, 1)
micro = 3
optimizer.zero_grad()
for part, goal in zip(x.chunk(micro), y.chunk(micro)):
    loss = F.mse_loss(model(part), goal) / micro
    loss.backward()
optimizer.step()
""",
    "a convolutional network": """
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 4, 3, padding=1)
        self.norm = nn.BatchNorm2d(4)
        self.head = nn.Linear(4, 3)
    def forward(self, x):
        x = F.relu(self.norm(self.conv(x)))
        x = F.max_pool2d(x, 2)
        return self.head(x.mean((2, 3)))
net = Net()
optimizer = torch.optim.AdamW(net.parameters(), lr=1e-3)
for _ in range(3):
    images, labels = torch.randn(4, 1, 8, 8), torch.randint(0, 3, (4,))
    loss = F.cross_entropy(net(images), labels)
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
net.eval()
with torch.no_grad():
    accuracy = (net(images).argmax(1) == labels).float().mean()
""",
    "a recurrent network": """
rnn = nn.LSTM(3, 5, batch_first=True)
head = nn.Linear(5, 1)
x, y = torch.randn(2, 7, 3), torch.randn(2, 1)
output, (hidden, cell) = rnn(x)
loss = F.mse_loss(head(hidden[-1]), y)
loss.backward()
""",
    "second derivatives": """
x = torch.tensor([2.0], requires_grad=True)
y = x**3
(first,) = torch.autograd.grad(y, x, create_graph=True)
(second,) = torch.autograd.grad(first, x)
print(first, second)
""",
    "a straight-through function": """
class Round(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        return x.round()
    @staticmethod
    def backward(ctx, gradient):
        return gradient
w = torch.tensor([0.6, 1.4], requires_grad=True)
loss = (Round.apply(w) ** 2).sum()
loss.backward()
print(w.grad)
""",
    "a straight-through estimate": """
w = torch.tensor([0.6, 1.4], requires_grad=True)
quantised = w + (w.round() - w).detach()
(quantised**2).sum().backward()
print(w.grad)
""",
    "a step against a gradient": """
x = torch.randn(3, 4, requires_grad=True)
noise = torch.randn_like(x)
loss = (x + 0.1 * noise).pow(2).sum()
loss.backward()
with torch.no_grad():
    x -= 0.01 * x.grad
x.grad = None
""",
    "a variational loss": """
mu, log_var = torch.zeros(3, requires_grad=True), torch.zeros(3, requires_grad=True)
z = mu + torch.randn(3) * (0.5 * log_var).exp()
divergence = -0.5 * (1 + log_var - mu**2 - log_var.exp()).sum()
loss = (z**2).sum() + divergence
loss.backward()
""",
    "policy gradients": """
def step(state, action):
    return state + action, -(state**2).sum()
policy = nn.Linear(2, 2)
state, rewards, logs = torch.zeros(2), [], []
for _ in range(4):
    chosen = torch.distributions.Normal(policy(state), 1.0)
    action = chosen.sample()
    logs.append(chosen.log_prob(action).sum())
    state, reward = step(state, action)
    rewards.append(reward)
returns = torch.stack(rewards).flip(0).cumsum(0).flip(0)
loss = -(torch.stack(logs) * (returns - returns.mean()) / (returns.std() + 1e-8)).sum()
loss.backward()
""",
    "a frozen layer": """
for parameter in (layer := nn.Linear(3, 3)).parameters():
    parameter.requires_grad_(False)
head = nn.Linear(3, 1)
loss = head(layer(torch.randn(2, 3))).sum()
loss.backward()
""",
    "a data loader": """
from torch.utils.data import DataLoader, TensorDataset
data = TensorDataset(torch.randn(12, 3), torch.randint(0, 2, (12,)))
model = nn.Linear(3, 2)
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for epoch in range(2):
    correct = total = 0
    for x, y in DataLoader(data, batch_size=4, shuffle=True):
        logits = model(x)
        loss = F.cross_entropy(logits, y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        correct += (logits.argmax(1) == y).sum().item()
        total += len(y)
    print(epoch, correct / total)
""",
    "a loss of logits": """
model = nn.Linear(4, 2)
criterion = nn.BCEWithLogitsLoss()
target = torch.tensor([[0.0, 1.0], [1.0, 1.0]])
logits = model(torch.randn(2, 4))
loss = criterion(logits, target)
loss.backward()
prediction = torch.sigmoid(logits) > 0.5
""",
}
