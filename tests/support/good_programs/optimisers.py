"""Optimisers, schedules and losses in the ways in which programs arrange them, all of them right."""

from typing import Final

PROGRAMS: Final = {
    "closure in a loop": """
net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for _ in range(2):
    def closure():
        opt.zero_grad()
        loss = net(torch.ones(3, 2)).pow(2).mean()
        loss.backward()
        return loss
    opt.step(closure)
""",
    "two optimisers in a list": """
a, b = nn.Linear(2, 2), nn.Linear(2, 1)
opts = [torch.optim.SGD(m.parameters(), lr=0.1) for m in (a, b)]
for _ in range(2):
    for o in opts:
        o.zero_grad()
    b(a(torch.ones(3, 2))).pow(2).mean().backward()
    for o in opts:
        o.step()
""",
    "optimiser inside a function": """
def fit(model, n):
    optimizer = torch.optim.Adam(model.parameters(), lr=0.1)
    for _ in range(n):
        optimizer.zero_grad()
        loss = model(torch.ones(3, 2)).pow(2).mean()
        loss.backward()
        optimizer.step()
    return loss.item()
m1, m2 = nn.Linear(2, 1), nn.Linear(2, 1)
fit(m1, 2)
opt = torch.optim.SGD(m2.parameters(), lr=0.1)
for _ in range(2):
    opt.zero_grad()
    m2(torch.ones(3, 2)).sum().backward()
    opt.step()
""",
    "teacher without recording": """
enc = nn.Linear(2, 2)
teacher = nn.Linear(2, 2)
opt = torch.optim.SGD(enc.parameters(), lr=0.1)
for _ in range(2):
    x = torch.ones(3, 2)
    with torch.no_grad():
        goal = teacher(x)
    loss = F.mse_loss(enc(x), goal)
    opt.zero_grad()
    loss.backward()
    opt.step()
""",
    "accuracy beside the loss": """
net = nn.Linear(2, 3)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
correct = 0
x, y = torch.randn(8, 2), torch.randint(0, 3, (8,))
for _ in range(2):
    out = net(x)
    loss = F.cross_entropy(out, y)
    opt.zero_grad()
    loss.backward()
    opt.step()
    correct += (out.argmax(1) == y).sum()
print(correct / 16)
""",
    "best state kept": """
import copy
net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
best, state = float("inf"), None
for _ in range(3):
    opt.zero_grad()
    loss = net(torch.ones(3, 2)).pow(2).mean()
    loss.backward()
    opt.step()
    if loss.item() < best:
        best, state = loss.item(), copy.deepcopy(net.state_dict())
net.load_state_dict(state)
""",
    "two heads in turns": """
class M(nn.Module):
    def __init__(self):
        super().__init__()
        self.body, self.a, self.b = nn.Linear(2, 2), nn.Linear(2, 1), nn.Linear(2, 1)
    def forward(self, x, head):
        return getattr(self, head)(self.body(x))
m = M()
opt = torch.optim.SGD(m.parameters(), lr=0.1)
for head in ("a", "b"):
    opt.zero_grad()
    m(torch.ones(3, 2), head).sum().backward()
    opt.step()
""",
    "retain_grad in a loop": """
net = nn.Linear(2, 2)
for _ in range(2):
    net.zero_grad()
    h = net(torch.ones(3, 2))
    h.retain_grad()
    h.relu().sum().backward()
    print(h.grad.shape)
""",
    "copy that is written": """
x = torch.ones(3, requires_grad=True)
y = (x * 2)
z = y.detach().clone()
z[0] = 7
y.sum().backward()
""",
    "running mean of numbers": """
net = nn.Linear(2, 1)
avg = None
for _ in range(3):
    net.zero_grad()
    loss = net(torch.ones(3, 2)).pow(2).mean()
    loss.backward()
    avg = loss.item() if avg is None else 0.9 * avg + 0.1 * loss.item()
""",
    "schedule by plateau and a norm that is only looked at": """
net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
sched = torch.optim.lr_scheduler.ReduceLROnPlateau(opt)
for _ in range(2):
    opt.zero_grad()
    loss = net(torch.ones(3, 2)).pow(2).mean()
    loss.backward()
    total_norm = nn.utils.clip_grad_norm_(net.parameters(), float("inf"))
    opt.step()
    sched.step(loss)
""",
    "weights clipped through data": """
D = nn.Linear(2, 1)
opt = torch.optim.RMSprop(D.parameters(), lr=0.01)
for _ in range(2):
    opt.zero_grad()
    (-D(torch.ones(3, 2)).mean()).backward()
    opt.step()
    for p in D.parameters():
        p.data.clamp_(-0.01, 0.01)
""",
    "layers of a list given to the optimiser": """
layers = [nn.Linear(2, 2), nn.Linear(2, 1)]
params = [p for l in layers for p in l.parameters()]
opt = torch.optim.SGD(params, lr=0.1)
for _ in range(2):
    opt.zero_grad()
    x = torch.ones(3, 2)
    for l in layers:
        x = l(x)
    x.sum().backward()
    opt.step()
""",
    "samples of dropout": """
net = nn.Sequential(nn.Linear(2, 4), nn.Dropout(0.5), nn.Linear(4, 1))
with torch.no_grad():
    samples = torch.stack([net(torch.ones(1, 2)) for _ in range(4)])
print(samples.std())
""",
    "variational autoencoder": """
enc, dec = nn.Linear(4, 4), nn.Linear(2, 4)
opt = torch.optim.Adam([*enc.parameters(), *dec.parameters()], lr=0.01)
x = torch.rand(3, 4)
mu, logvar = enc(x).chunk(2, dim=1)
z = mu + torch.randn_like(mu) * (logvar / 2).exp()
loss = F.mse_loss(dec(z), x) - 0.5 * (1 + logvar - mu ** 2 - logvar.exp()).mean()
opt.zero_grad()
loss.backward()
opt.step()
""",
    "policy gradient": """
pi = nn.Linear(2, 3)
opt = torch.optim.Adam(pi.parameters())
obs = torch.randn(5, 2)
dist = torch.distributions.Categorical(logits=pi(obs))
act = dist.sample()
loss = -(dist.log_prob(act) * torch.randn(5)).mean()
opt.zero_grad()
loss.backward()
opt.step()
""",
    "detached losses": """
net = nn.Linear(2, 1)
opt = torch.optim.SGD(net.parameters(), lr=.1)
history = []
for _ in range(3):
    loss = net(torch.ones(3, 2)).pow(2).mean()
    opt.zero_grad(); loss.backward(); opt.step()
    history.append(loss.detach())
print(torch.stack(history).mean())
""",
}
