"""Programs that build models of several layers."""

from typing import Final

PROGRAMS: Final = {
    "small language model": """
V, C, T = (11, 8, 5)

class GPT(nn.Module):

    def __init__(self):
        super().__init__()
        self.tok = nn.Embedding(V, C)
        self.pos = nn.Embedding(T, C)
        self.head = nn.Linear(C, V, bias=False)
        self.tok.weight = self.head.weight
        self.register_buffer('tril', torch.tril(torch.ones(T, T)))
        self.q = nn.Linear(C, C, bias=False)
        self.k = nn.Linear(C, C, bias=False)
        self.v = nn.Linear(C, C, bias=False)

    def forward(self, idx, targets=None):
        B, T = idx.shape
        x = self.tok(idx) + self.pos(torch.arange(T))
        wei = self.q(x) @ self.k(x).transpose(-2, -1) * C ** (-0.5)
        wei = wei.masked_fill(self.tril[:T, :T] == 0, float('-inf'))
        wei = F.softmax(wei, dim=-1)
        logits = self.head(wei @ self.v(x))
        if targets is None:
            return (logits, None)
        B, T, C_ = logits.shape
        return (logits, F.cross_entropy(logits.view(B * T, C_), targets.view(B * T)))

    def generate(self, idx, n):
        for _ in range(n):
            logits, _ = self(idx[:, -T:])
            probs = F.softmax(logits[:, -1, :], dim=-1)
            idx = torch.cat((idx, torch.multinomial(probs, 1)), dim=1)
        return idx
g = GPT()
opt = torch.optim.AdamW(g.parameters(), lr=0.001)
data = torch.randint(0, V, (50,))
for _ in range(2):
    ix = torch.randint(len(data) - T, (3,))
    xb = torch.stack([data[i:i + T] for i in ix])
    yb = torch.stack([data[i + 1:i + T + 1] for i in ix])
    _, loss = g(xb, yb)
    opt.zero_grad(set_to_none=True)
    loss.backward()
    opt.step()
print(g.generate(torch.zeros((1, 1), dtype=torch.long), 3))
""",
    "bigrams": """
N = torch.zeros((5, 5), dtype=torch.int32)
for a, b in [(0, 1), (1, 2), (2, 0), (0, 1)]:
    N[a, b] += 1
P = (N + 1).float()
P /= P.sum(1, keepdim=True)
g = torch.Generator().manual_seed(1)
ix = torch.multinomial(P[0], 1, replacement=True, generator=g).item()
xs = torch.tensor([0, 1, 2, 0])
ys = torch.tensor([1, 2, 0, 1])
W = torch.randn((5, 5), generator=g, requires_grad=True)
for k in range(3):
    xenc = F.one_hot(xs, num_classes=5).float()
    logits = xenc @ W
    counts = logits.exp()
    probs = counts / counts.sum(1, keepdims=True)
    loss = -probs[torch.arange(4), ys].log().mean() + 0.01 * (W ** 2).mean()
    W.grad = None
    loss.backward()
    W.data += -50 * W.grad
""",
    "batch statistics by hand": """
C = torch.randn(5, 2)
W1 = torch.randn(6, 8) * 0.2
bngain = torch.ones(1, 8)
bnbias = torch.zeros(1, 8)
W2 = torch.randn(8, 5) * 0.01
b2 = torch.zeros(5)
bnmean_running = torch.zeros(1, 8)
bnstd_running = torch.ones(1, 8)
ps = [C, W1, bngain, bnbias, W2, b2]
for p in ps:
    p.requires_grad = True
X = torch.randint(0, 5, (10, 3))
Y = torch.randint(0, 5, (10,))
lossi = []
for i in range(2):
    emb = C[X]
    embcat = emb.view(emb.shape[0], -1)
    hpre = embcat @ W1
    mi = hpre.mean(0, keepdim=True)
    sd = hpre.std(0, keepdim=True)
    hpre = bngain * (hpre - mi) / sd + bnbias
    with torch.no_grad():
        bnmean_running = 0.999 * bnmean_running + 0.001 * mi
        bnstd_running = 0.999 * bnstd_running + 0.001 * sd
    h = torch.tanh(hpre)
    logits = h @ W2 + b2
    loss = F.cross_entropy(logits, Y)
    for p in ps:
        p.grad = None
    loss.backward()
    for p in ps:
        p.data += -0.1 * p.grad
    lossi.append(loss.log10().item())
""",
    "gradient penalty": """
D = nn.Sequential(nn.Linear(3, 5), nn.LeakyReLU(0.2), nn.Linear(5, 1))
G = nn.Linear(2, 3)
od = torch.optim.Adam(D.parameters(), 0.001)
og = torch.optim.Adam(G.parameters(), 0.001)
for it in range(4):
    real = torch.randn(4, 3)
    z = torch.randn(4, 2)
    fake = G(z).detach()
    eps = torch.rand(4, 1)
    xh = (eps * real + (1 - eps) * fake).requires_grad_(True)
    g, = torch.autograd.grad(D(xh).sum(), xh, create_graph=True)
    gp = ((g.norm(2, dim=1) - 1) ** 2).mean()
    ld = D(fake).mean() - D(real).mean() + 10 * gp
    od.zero_grad()
    ld.backward()
    od.step()
    if it % 2 == 1:
        lg = -D(G(torch.randn(4, 2))).mean()
        og.zero_grad()
        lg.backward()
        og.step()
""",
    "generator before discriminator": """
G = nn.Linear(2, 3)
D = nn.Linear(3, 1)
og = torch.optim.Adam(G.parameters())
od = torch.optim.Adam(D.parameters())
bce = nn.BCEWithLogitsLoss()
one = torch.ones(4, 1)
zero = torch.zeros(4, 1)
for _ in range(2):
    og.zero_grad()
    fake = G(torch.randn(4, 2))
    lg = bce(D(fake), one)
    lg.backward()
    og.step()
    od.zero_grad()
    r = bce(D(torch.randn(4, 3)), one)
    f = bce(D(fake.detach()), zero)
    ld = (r + f) / 2
    ld.backward()
    od.step()
""",
    "adversarial training in two passes": """
G = nn.Linear(2, 3)
D = nn.Sequential(nn.Linear(3, 1), nn.Sigmoid())
og = torch.optim.Adam(G.parameters())
od = torch.optim.Adam(D.parameters())
crit = nn.BCELoss()
for _ in range(2):
    D.zero_grad()
    real = torch.randn(4, 3)
    label = torch.full((4,), 1.0, dtype=torch.float)
    out = D(real).view(-1)
    e1 = crit(out, label)
    e1.backward()
    D_x = out.mean().item()
    noise = torch.randn(4, 2)
    fake = G(noise)
    label.fill_(0.0)
    out = D(fake.detach()).view(-1)
    e2 = crit(out, label)
    e2.backward()
    errD = e1 + e2
    od.step()
    G.zero_grad()
    label.fill_(1.0)
    out = D(fake).view(-1)
    eG = crit(out, label)
    eG.backward()
    og.step()
""",
    "soft target update through data": """
q = nn.Linear(3, 1)
qt = nn.Linear(3, 1)
qt.load_state_dict(q.state_dict())
for p in qt.parameters():
    p.requires_grad = False
opt = torch.optim.Adam(q.parameters())
for _ in range(2):
    with torch.no_grad():
        t = torch.randn(4, 1) + 0.9 * qt(torch.randn(4, 3))
    l = F.mse_loss(q(torch.randn(4, 3)), t)
    opt.zero_grad()
    l.backward()
    opt.step()
    with torch.no_grad():
        for p, tp in zip(q.parameters(), qt.parameters()):
            tp.data.mul_(0.995)
            tp.data.add_(0.005 * p.data)
""",
    "actor and critic in one model": """
class AC(nn.Module):

    def __init__(self):
        super().__init__()
        self.base = nn.Linear(4, 8)
        self.pi = nn.Linear(8, 2)
        self.v = nn.Linear(8, 1)

    def forward(self, x):
        h = F.relu(self.base(x))
        return (F.softmax(self.pi(h), dim=-1), self.v(h))
m = AC()
opt = torch.optim.Adam(m.parameters(), 0.01)
saved = []
rewards = []
for t in range(4):
    p, v = m(torch.randn(4))
    d = torch.distributions.Categorical(p)
    a = d.sample()
    saved.append((d.log_prob(a), v))
    rewards.append(1.0)
R = 0
rets = []
for r in rewards[::-1]:
    R = r + 0.99 * R
    rets.insert(0, R)
rets = torch.tensor(rets)
rets = (rets - rets.mean()) / (rets.std() + 1e-08)
pl, vl = ([], [])
for (lp, v), R in zip(saved, rets):
    adv = R - v.item()
    pl.append(-lp * adv)
    vl.append(F.smooth_l1_loss(v, torch.tensor([R])))
opt.zero_grad()
loss = torch.stack(pl).sum() + torch.stack(vl).sum()
loss.backward()
opt.step()
""",
}
