"""Programs of tutorials."""

from typing import Final

PROGRAMS: Final = {
    "clipped policy objective": """
pi = nn.Linear(3, 2)
opt = torch.optim.Adam(pi.parameters())
s = torch.randn(6, 3)
with torch.no_grad():
    old = torch.distributions.Categorical(logits=pi(s))
    a = old.sample()
    olp = old.log_prob(a)
adv = torch.randn(6)
for _ in range(3):
    lp = torch.distributions.Categorical(logits=pi(s)).log_prob(a)
    r = (lp - olp).exp()
    loss = -torch.min(r * adv, r.clamp(0.8, 1.2) * adv).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
""",
    "inner and outer step": """
w = torch.randn(2, requires_grad=True)
opt = torch.optim.SGD([w], 0.1)
for _ in range(2):
    x = torch.randn(4, 2)
    y = x.sum(1)
    inner = ((x @ w - y) ** 2).mean()
    g, = torch.autograd.grad(inner, w, create_graph=True)
    fast = w - 0.1 * g
    outer = ((x @ fast - y) ** 2).mean()
    opt.zero_grad()
    outer.backward()
    opt.step()
""",
    "contrastive loss": """
e = nn.Linear(4, 3)
z = F.normalize(torch.cat([e(torch.randn(3, 4)), e(torch.randn(3, 4))]), dim=1)
sim = z @ z.t() / 0.5
sim.masked_fill_(torch.eye(6, dtype=torch.bool), -9000000000000000.0)
lab = (torch.arange(6) + 3) % 6
F.cross_entropy(sim, lab).backward()
""",
    "residual block with in-place relu": """
class B(nn.Module):

    def __init__(self, c):
        super().__init__()
        self.c1 = nn.Conv2d(c, c, 3, padding=1, bias=False)
        self.b1 = nn.BatchNorm2d(c)
        self.c2 = nn.Conv2d(c, c, 3, padding=1, bias=False)
        self.b2 = nn.BatchNorm2d(c)
        self.relu = nn.ReLU(inplace=True)

    def forward(self, x):
        i = x
        out = self.relu(self.b1(self.c1(x)))
        out = self.b2(self.c2(out))
        out += i
        return self.relu(out)
n = nn.Sequential(B(2), B(2), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(2, 3))
F.cross_entropy(n(torch.randn(3, 2, 4, 4)), torch.tensor([0, 1, 2])).backward()
""",
    "second derivatives in a loss": """
net = nn.Sequential(nn.Linear(1, 8), nn.Tanh(), nn.Linear(8, 1))
opt = torch.optim.Adam(net.parameters())
for _ in range(2):
    x = torch.rand(6, 1, requires_grad=True)
    u = net(x)
    ux = torch.autograd.grad(u, x, torch.ones_like(u), create_graph=True)[0]
    uxx = torch.autograd.grad(ux, x, torch.ones_like(ux), create_graph=True)[0]
    loss = (uxx + u).pow(2).mean() + (net(torch.zeros(1, 1)) - 1).pow(2).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
""",
    "initialisation through data": """
def init_weights(m):
    if type(m) == nn.Linear:
        nn.init.normal_(m.weight, std=0.01)
        m.bias.data.fill_(0.01)
n = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1))
n.apply(init_weights)
n[0].weight.data[:] += 1
n[0].weight.data[0, 0] = 42
print(n[0].weight.data[0])
""",
    "gradients zeroed between passes": """
x = torch.arange(4.0)
x.requires_grad_(True)
y = 2 * torch.dot(x, x)
y.backward()
print(x.grad == 4 * x)
x.grad.zero_()
y = x.sum()
y.backward()
x.grad.zero_()
y = x * x
y.sum().backward()
x.grad.zero_()
u = y.detach()
z = u * x
""",
    "averaged model": """
from torch.optim.swa_utils import AveragedModel
m = nn.Linear(2, 1)
a = AveragedModel(m)
o = torch.optim.SGD(m.parameters(), 0.1)
for _ in range(2):
    o.zero_grad()
    m(torch.ones(1, 2)).sum().backward()
    o.step()
    a.update_parameters(m)
""",
    "two losses on one trunk": """
tr = nn.Linear(4, 5)
h1 = nn.Linear(5, 1)
h2 = nn.Linear(5, 3)
opt = torch.optim.Adam([*tr.parameters(), *h1.parameters(), *h2.parameters()])
for _ in range(2):
    z = F.relu(tr(torch.randn(6, 4)))
    a = F.mse_loss(h1(z).squeeze(-1), torch.randn(6))
    b = F.cross_entropy(h2(z), torch.randint(0, 3, (6,)))
    opt.zero_grad()
    a.backward(retain_graph=True)
    b.backward()
    opt.step()
""",
    "gradients of several batches": """
m = nn.Linear(2, 1)
opt = torch.optim.SGD(m.parameters(), 0.1)
n = 3
opt.zero_grad()
for i, x in enumerate(torch.randn(6, 4, 2)):
    l = m(x).pow(2).mean() / n
    l.backward()
    if (i + 1) % n == 0 or i == 5:
        opt.step()
        opt.zero_grad()
""",
    "gradients of an inner loop": """
m = nn.Linear(2, 1)
opt = torch.optim.SGD(m.parameters(), 0.1)
for ep in range(2):
    opt.zero_grad()
    for mb in torch.randn(4, 2).split(2):
        (m(mb).pow(2).sum() / 4).backward()
    opt.step()
""",
    "heads with einsum": """
q = torch.randn(2, 5, 8)
h = 2
q = q.view(2, 5, h, 4).transpose(1, 2)
a = torch.einsum('bhid,bhjd->bhij', q, q) / 2
o = (a.softmax(-1) @ q).transpose(1, 2).contiguous().view(2, 5, 8)
o2 = (a.softmax(-1) @ q).transpose(1, 2).reshape(2, 5, 8)
o2 += 1
o[0] = 0
""",
    "data set of its own": """
from torch.utils.data import Dataset, DataLoader

class DS(Dataset):

    def __init__(self, n):
        self.x = torch.randn(n, 3)
        self.y = (self.x.sum(1) > 0).long()

    def __len__(self):
        return len(self.x)

    def __getitem__(self, i):
        return (self.x[i], self.y[i])
tr, va = torch.utils.data.random_split(DS(12), [8, 4])
net = nn.Linear(3, 2)
opt = torch.optim.SGD(net.parameters(), 0.1)
for ep in range(2):
    run = 0.0
    for i, (x, y) in enumerate(DataLoader(tr, 4, shuffle=True), 0):
        opt.zero_grad()
        l = F.cross_entropy(net(x), y)
        l.backward()
        opt.step()
        run += l.item()
    with torch.no_grad():
        ok = sum(((net(x).argmax(1) == y).float().sum() for x, y in DataLoader(va, 2)))
        print(run, ok / 4)
""",
    "per-sample gradients": """
m = nn.Linear(2, 1)
ps = dict(m.named_parameters())

def loss(ps, x, y):
    return ((torch.func.functional_call(m, ps, (x,)) - y) ** 2).mean()
g = torch.func.grad(loss)(ps, torch.randn(3, 2), torch.randn(3, 1))
pg = torch.vmap(torch.func.grad(loss), (None, 0, 0))(ps, torch.randn(3, 2), torch.randn(3, 1))
""",
    "image optimised through data": """
img = torch.rand(1, 1, 4, 4, requires_grad=True)
for _ in range(3):
    loss = (img - 0.5).abs().sum()
    loss.backward()
    img.data -= 0.01 * img.grad.data
    img.grad.data.zero_()
""",
    "activation map": """
feats = {}
grads = {}
net = nn.Sequential(nn.Conv2d(1, 2, 3), nn.ReLU(), nn.Flatten(), nn.Linear(8, 3))
net[1].register_forward_hook(lambda m, i, o: feats.update(a=o))
net[1].register_full_backward_hook(lambda m, gi, go: grads.update(a=go[0]))
out = net(torch.rand(1, 1, 4, 4))
out[0, out.argmax()].backward()
cam = F.relu((grads['a'].mean((2, 3), keepdim=True) * feats['a']).sum(1))
cam /= cam.max() + 1e-09
""",
    "two losses, one after the other": """
sh = nn.Linear(3, 4)
a, b = nn.Linear(4, 1), nn.Linear(4, 1)
h = sh(torch.randn(2, 3))
la, lb = a(h).sum(), b(h).sum()
la.backward(retain_graph=True)
lb.backward()
""",
    "copy asked for": """
x = torch.randn(2, 3)
y = x.t().contiguous()
y[0] = 1
z = x.t().reshape(-1)
""",
    "soft update of a target": """
m, e = nn.Linear(2, 1), nn.Linear(2, 1)
for p, t in zip(m.parameters(), e.parameters()):
    t.data.mul_(0.99).add_(0.01 * p.data)
m.weight.data.fill_(0.5)
""",
}
