"""Programs of courses."""

from typing import Final

PROGRAMS: Final = {
    "rows divided by their sums": """
w = torch.rand(3, 4)
w /= w.sum(1, keepdim=True)
w -= w.mean(dim=0)
x = torch.rand(5, 3)
x -= x.mean(0, keepdim=True)
x /= x.std(0, keepdim=True) + 1e-08
""",
    "softmax regression from scratch": """
def softmax(X):
    X_exp = torch.exp(X)
    partition = X_exp.sum(1, keepdim=True)
    return X_exp / partition
W = torch.normal(0, 0.01, size=(6, 3), requires_grad=True)
b = torch.zeros(3, requires_grad=True)

def net(X):
    return softmax(torch.matmul(X.reshape((-1, W.shape[0])), W) + b)

def cross_entropy(y_hat, y):
    return -torch.log(y_hat[range(len(y_hat)), y])

def sgd(params, lr, batch_size):
    with torch.no_grad():
        for param in params:
            param -= lr * param.grad / batch_size
            param.grad.zero_()
X = torch.randn(4, 2, 3)
y = torch.tensor([0, 2, 1, 1])
for _ in range(2):
    l = cross_entropy(net(X), y)
    l.sum().backward()
    sgd([W, b], 0.1, 4)

def accuracy(y_hat, y):
    if len(y_hat.shape) > 1 and y_hat.shape[1] > 1:
        y_hat = y_hat.argmax(axis=1)
    cmp = y_hat.type(y.dtype) == y
    return float(cmp.type(y.dtype).sum())
print(accuracy(net(X), y) / len(y))
""",
    "cross-correlation": """
def corr2d(X, K):
    h, w = K.shape
    Y = torch.zeros((X.shape[0] - h + 1, X.shape[1] - w + 1))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i:i + h, j:j + w] * K).sum()
    return Y
X = torch.ones((6, 8))
X[:, 2:6] = 0
K = torch.tensor([[1.0, -1.0]])
Y = corr2d(X, K)
conv2d = nn.Conv2d(1, 1, kernel_size=(1, 2), bias=False)
X = X.reshape((1, 1, 6, 8))
Y = Y.reshape((1, 1, 6, 7))
for i in range(3):
    Y_hat = conv2d(X)
    l = (Y_hat - Y) ** 2
    conv2d.zero_grad()
    l.sum().backward()
    conv2d.weight.data[:] -= 0.03 * conv2d.weight.grad
""",
    "recurrent network from scratch": """
def get_params(v, h):

    def normal(shape):
        return torch.randn(size=shape) * 0.01
    ps = [normal((v, h)), normal((h, h)), torch.zeros(h), normal((h, v)), torch.zeros(v)]
    for p in ps:
        p.requires_grad_(True)
    return ps

def rnn(inputs, state, params):
    W_xh, W_hh, b_h, W_hq, b_q = params
    H, = state
    outs = []
    for X in inputs:
        H = torch.tanh(torch.mm(X, W_xh) + torch.mm(H, W_hh) + b_h)
        outs.append(torch.mm(H, W_hq) + b_q)
    return (torch.cat(outs, dim=0), (H,))
params = get_params(5, 4)
state = (torch.zeros(2, 4),)

def grad_clipping(params, theta):
    norm = torch.sqrt(sum((torch.sum(p.grad ** 2) for p in params)))
    if norm > theta:
        for p in params:
            p.grad[:] *= theta / norm
for _ in range(2):
    X = F.one_hot(torch.randint(0, 5, (3, 2)), 5).float()
    Y = torch.randint(0, 5, (6,))
    for s in state:
        s.detach_()
    out, state = rnn(X, state, params)
    l = F.cross_entropy(out, Y).mean()
    for p in params:
        p.grad = None
    l.backward()
    grad_clipping(params, 1)
    with torch.no_grad():
        for p in params:
            p -= 0.5 * p.grad
""",
    "states of an LSTM detached": """
class M(nn.Module):

    def __init__(self):
        super().__init__()
        self.lstm = nn.LSTM(3, 4, batch_first=True)
        self.fc = nn.Linear(4, 2)
        self.hidden = None

    def forward(self, x):
        out, h = self.lstm(x, self.hidden)
        self.hidden = tuple((s.detach() for s in h))
        return self.fc(out)
m = M()
opt = torch.optim.Adam(m.parameters())
for _ in range(3):
    loss = m(torch.randn(2, 5, 3)).pow(2).mean()
    opt.zero_grad()
    loss.backward()
    opt.step()
""",
    "transformer block": """
class Block(nn.Module):

    def __init__(self, d=8, h=2):
        super().__init__()
        self.attn = nn.MultiheadAttention(d, h, batch_first=True)
        self.n1 = nn.LayerNorm(d)
        self.n2 = nn.LayerNorm(d)
        self.ff = nn.Sequential(nn.Linear(d, 16), nn.GELU(), nn.Dropout(0.1), nn.Linear(16, d))

    def forward(self, x):
        m = torch.triu(torch.full((x.size(1), x.size(1)), float('-inf')), diagonal=1)
        a, _ = self.attn(self.n1(x), self.n1(x), self.n1(x), attn_mask=m)
        x = x + a
        return x + self.ff(self.n2(x))
b = Block()
y = b(torch.randn(2, 5, 8))
y.mean().backward()
""",
}
