"""Training loops of many kinds, as they should be, and what is done beside them."""

from typing import Final

PROGRAMS: Final = {
    "input held fast": """
x = torch.ones(4, 2, requires_grad=True)
net = nn.Sequential(nn.Linear(2, 4), nn.ReLU(), nn.Linear(4, 1))
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for _ in range(2):
    opt.zero_grad()
    net(x.detach()).pow(2).mean().backward()
    opt.step()
""",
    "training loop with a scheduler and clipping": """
net = nn.Sequential(nn.Linear(2, 4), nn.ReLU(), nn.Dropout(0.1), nn.Linear(4, 1))
opt = torch.optim.Adam(net.parameters(), lr=0.1)
sched = torch.optim.lr_scheduler.StepLR(opt, 1)
crit = nn.MSELoss()
x, y = torch.randn(8, 2), torch.randn(8, 1)
total, losses = 0.0, []
for epoch in range(3):
    opt.zero_grad()
    loss = crit(net(x), y)
    loss.backward()
    norm = torch.nn.utils.clip_grad_norm_(net.parameters(), 1.0)
    opt.step()
    sched.step()
    total += loss.item()
    losses.append(loss.item())
net.eval()
with torch.no_grad():
    accuracy = ((net(x) > 0) == (y > 0)).float().mean()
""",
    "target network and moving average": """
import copy
q = nn.Linear(2, 3)
target = copy.deepcopy(q)
opt = torch.optim.SGD(q.parameters(), lr=0.1)
for _ in range(2):
    s, s2, r = torch.randn(4, 2), torch.randn(4, 2), torch.randn(4)
    a = torch.randint(0, 3, (4,))
    goal = r + 0.9 * target(s2).max(1)[0].detach()
    loss = F.smooth_l1_loss(q(s).gather(1, a[:, None]).squeeze(1), goal)
    opt.zero_grad()
    loss.backward()
    opt.step()
    with torch.no_grad():
        for p, t in zip(q.parameters(), target.parameters()):
            t.mul_(0.9).add_(p, alpha=0.1)
""",
    "frozen base": """
base, head = nn.Linear(2, 2), nn.Linear(2, 1)
for p in base.parameters():
    p.requires_grad_(False)
opt = torch.optim.SGD(head.parameters(), lr=0.1)
for _ in range(2):
    opt.zero_grad()
    head(base(torch.randn(3, 2))).pow(2).mean().backward()
    opt.step()
""",
    "tied weights": """
class LM(nn.Module):
    def __init__(self):
        super().__init__()
        self.emb = nn.Embedding(5, 3)
        self.out = nn.Linear(3, 5, bias=False)
        self.out.weight = self.emb.weight
    def forward(self, x):
        return self.out(self.emb(x))
lm = LM()
opt = torch.optim.SGD(lm.parameters(), lr=0.1)
tokens = torch.tensor([0, 1, 2])
opt.zero_grad()
F.cross_entropy(lm(tokens), tokens).backward()
opt.step()
""",
    "input that is optimised": """
net = nn.Linear(2, 2).requires_grad_(False)
x = torch.randn(1, 2, requires_grad=True)
opt = torch.optim.SGD([x], lr=0.1)
for _ in range(2):
    opt.zero_grad()
    F.cross_entropy(net(x), torch.tensor([0])).backward()
    opt.step()
""",
    "gradients of several batches": """
net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
opt.zero_grad()
for i in range(4):
    loss = net(torch.randn(3, 2)).pow(2).mean() / 2
    loss.backward()
    if i % 2:
        opt.step()
        opt.zero_grad()
""",
    "steps by hand": """
w = torch.randn(2, requires_grad=True)
for _ in range(3):
    loss = ((torch.randn(4, 2) @ w - 1) ** 2).mean()
    loss.backward()
    with torch.no_grad():
        w -= 0.1 * w.grad
        w.grad.zero_()
""",
    "steps by hand through data": """
w = torch.randn(2, requires_grad=True)
for _ in range(3):
    loss = ((torch.randn(4, 2) @ w - 1) ** 2).mean()
    loss.backward()
    w.data -= 0.1 * w.grad.data
    w.grad.data.zero_()
""",
    "one pass for several losses": """
net = nn.Linear(2, 1)
total = 0
for _ in range(3):
    total = total + net(torch.randn(3, 2)).pow(2).mean()
total.backward()
""",
    "straight-through and hooks": """
x = torch.tensor([0.2, 0.7], requires_grad=True)
y = x + (x.round() - x).detach()
y.register_hook(lambda g: g * 2)
def clamp(g):
    return g.clamp(-1, 1)
x.register_hook(clamp)
y.sum().backward()
grads = []
z = torch.ones(2, requires_grad=True) * 2
z.register_hook(lambda g: grads.append(g))
z.sum().backward()
""",
    "view taken after the write": """
w = torch.ones(4, requires_grad=True).clone()
w[0] = 3
tail = w[2:]
tail.retain_grad()
tail.sum().backward()
print(tail.grad)
""",
    "distances of all pairs": """
x, y = torch.randn(5), torch.randn(5)
d = (x[:, None] - y).abs()
mask = torch.arange(4)[:, None] >= torch.arange(4)
""",
    "attention mask and masked mean": """
q, k, v = (torch.randn(2, 3, 4) for _ in range(3))
scores = q @ k.mT / 2
mask = torch.tril(torch.ones(3, 3)).bool()
att = scores.masked_fill(~mask, float("-inf")).softmax(-1) @ v
m = torch.tensor([1., 1., 0.])
mean = (torch.randn(3) * m).sum() / m.sum()
""",
    "functions": """
def make():
    return nn.Sequential(nn.Linear(2, 2), nn.Tanh(), nn.Linear(2, 1))
def train(model, optimizer, steps):
    history = []
    for _ in range(steps):
        optimizer.zero_grad()
        loss = F.mse_loss(model(torch.randn(4, 2)), torch.randn(4, 1))
        loss.backward()
        optimizer.step()
        history.append(loss.item())
    return history
model = make()
opt = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
history = train(model, opt, 3)
""",
    "lesson on zero_grad": """
w = torch.ones(2, requires_grad=True)
opt = torch.optim.SGD([w], lr=0.1)
w.sum().backward()
print(w.grad)
opt.zero_grad()
print(w.grad)
""",
    "recurrent network in pieces": """
rnn = nn.LSTM(2, 3)
head = nn.Linear(3, 1)
opt = torch.optim.Adam([*rnn.parameters(), *head.parameters()])
state = None
for _ in range(2):
    out, state = rnn(torch.randn(4, 1, 2), state)
    state = tuple(s.detach() for s in state)
    loss = head(out).pow(2).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
""",
    "transformer and its best loss": """
net = nn.TransformerEncoderLayer(4, 2, 8, batch_first=True)
opt = torch.optim.AdamW(net.parameters())
best = None
for _ in range(2):
    loss = net(torch.randn(2, 3, 4)).pow(2).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
    if best is None or loss < best:
        best = loss.detach()
pred = net(torch.randn(2, 3, 4)).argmax(-1)
""",
    "closure": """
w = torch.tensor([3.0], requires_grad=True)
opt = torch.optim.LBFGS([w], max_iter=4)
def closure():
    opt.zero_grad()
    loss = (w - 1).pow(2).sum()
    loss.backward()
    return loss
opt.step(closure)
""",
    "gradient penalty": """
x = torch.randn(3, 2, requires_grad=True)
net = nn.Linear(2, 1)
g, = torch.autograd.grad(net(x).sum(), x, create_graph=True)
((g.norm(dim=1) - 1) ** 2).mean().backward()
""",
    "parameters, buffers and an alias": """
class P(nn.Module):
    def __init__(self):
        super().__init__()
        self.w = nn.Parameter(torch.ones(2))
        self.layers = nn.ModuleList([nn.Linear(2, 2), nn.Linear(2, 1)])
        self.register_buffer("mean", torch.zeros(2))
        self.seen = [self.layers[0]]
    def forward(self, x):
        for layer in self.layers:
            x = layer(x - self.mean if x.shape[-1] == 2 else x)
        return x * self.w[0]
p = P()
opt = torch.optim.SGD(p.parameters(), lr=0.1)
opt.zero_grad()
F.mse_loss(p(torch.randn(3, 2)), torch.zeros(3, 1)).backward()
opt.step()
""",
}
