"""Linear models: from scratch, in few lines, with weight decay, and for classes."""

from typing import Final

from tests.courses.program import INLINE, CourseProgram

PROGRAMS: Final = {
    "linear regression from scratch": CourseProgram(
        """
%matplotlib inline
import random
import torch
from matplotlib import pyplot as plt
# %%
def synthetic(w, b, number):
    X = torch.normal(0, 1, (number, len(w)))
    y = X @ w + b
    y += torch.normal(0, 0.01, y.shape)
    return X, y.reshape((-1, 1))

true_w, true_b = torch.tensor([2, -3.4]), 4.2
features, labels = synthetic(true_w, true_b, 200)
plt.scatter(features[:, 1].numpy(), labels.numpy(), 1);
# %%
def batches(size, features, labels):
    order = list(range(len(features)))
    random.shuffle(order)
    for start in range(0, len(order), size):
        index = torch.tensor(order[start : start + size])
        yield features[index], labels[index]

def sgd(params, lr, size):
    with torch.no_grad():
        for param in params:
            param -= lr * param.grad / size
            param.grad.zero_()
# %%
w = torch.normal(0, 0.01, size=(2, 1), requires_grad=True)
b = torch.zeros(1, requires_grad=True)
for epoch in range(3):
    for X, y in batches(10, features, labels):
        l = (X @ w + b - y) ** 2 / 2
        l.sum().backward()
        sgd([w, b], 0.03, 10)
    with torch.no_grad():
        train_l = ((features @ w + b - labels) ** 2 / 2).mean()
        print(f"epoch {epoch + 1}, loss {float(train_l):f}")
print(f"error of w: {true_w - w.reshape(true_w.shape)}")
""",
        INLINE,
        displays=1,
    ),
    "linear regression in few lines": CourseProgram(
        """
import torch
from torch import nn
from torch.utils import data
from tensorpad.data import linear_regression
# %%
features, labels = linear_regression(200, noise=0.05)
loader = data.DataLoader(data.TensorDataset(features, labels), batch_size=20, shuffle=True)
X, y = next(iter(loader))
X.shape, y.shape
# %%
net = nn.Sequential(nn.Linear(2, 1))
net[0].weight.data.normal_(0, 0.01)
net[0].bias.data.fill_(0)
loss = nn.MSELoss()
trainer = torch.optim.SGD(net.parameters(), lr=0.03)
# %%
for epoch in range(3):
    for X, y in loader:
        l = loss(net(X).reshape(y.shape), y)
        trainer.zero_grad()
        l.backward()
        trainer.step()
    with torch.no_grad():
        l = loss(net(features).reshape(labels.shape), labels)
    print(f"epoch {epoch + 1}, loss {l:f}")
net[0].weight.data
"""
    ),
    "too many inputs, and weight decay": CourseProgram(
        """
%matplotlib inline
import torch
import matplotlib.pyplot as plt
from torch import nn
# %%
inputs, n_train, n_test = 50, 20, 40
true_w, true_b = torch.ones((inputs, 1)) * 0.01, 0.05
X = torch.randn(n_train + n_test, inputs)
y = X @ true_w + true_b + 0.01 * torch.randn(n_train + n_test, 1)
# %%
def train(lambd, epochs=15):
    w = torch.randn((inputs, 1), requires_grad=True)
    b = torch.zeros(1, requires_grad=True)
    curve = []
    for epoch in range(epochs):
        penalty = (w**2).sum() / 2
        loss = ((X[:n_train] @ w + b - y[:n_train]) ** 2).mean() / 2 + lambd * penalty
        grad_w, grad_b = torch.autograd.grad(loss, [w, b])
        with torch.no_grad():
            w -= 0.1 * grad_w
            b -= 0.1 * grad_b
            test = ((X[n_train:] @ w + b - y[n_train:]) ** 2).mean()
        curve.append(test.item())
    print("norm of w:", round(w.norm().item(), 3))
    return curve
# %%
for lambd in (0, 3):
    plt.semilogy(train(lambd), label=f"{lambd}")
plt.legend()
plt.show()
# %%
net = nn.Sequential(nn.Linear(inputs, 1))
trainer = torch.optim.SGD([{"params": net[0].weight, "weight_decay": 3}, {"params": net[0].bias}], lr=0.01)
for _ in range(20):
    trainer.zero_grad()
    l = nn.functional.mse_loss(net(X[:n_train]), y[:n_train])
    l.backward()
    trainer.step()
print(f"{l.item():.3f}")
""",
        INLINE,
        displays=1,
    ),
    "softmax regression from scratch": CourseProgram(
        """
import torch
from tensorpad.data import digits
from IPython import display
# %%
images, labels = digits()
order = torch.randperm(len(images))[:400]
X, y = images[order].reshape(-1, 64) / 16, labels[order]
W = torch.normal(0, 0.01, size=(64, 10), requires_grad=True)
b = torch.zeros(10, requires_grad=True)

def softmax(X):
    X_exp = torch.exp(X)
    return X_exp / X_exp.sum(1, keepdim=True)

def net(X):
    return softmax(torch.matmul(X.reshape((-1, W.shape[0])), W) + b)

def cross_entropy(y_hat, y):
    return -torch.log(y_hat[range(len(y_hat)), y])

def accuracy(y_hat, y):
    return float((y_hat.argmax(axis=1).type(y.dtype) == y).sum())
# %%
softmax(torch.normal(0, 1, (2, 5))).sum(1)
# %%
for epoch in range(5):
    right, total = 0.0, 0
    for start in range(0, len(X), 50):
        batch, target = X[start : start + 50], y[start : start + 50]
        y_hat = net(batch)
        l = cross_entropy(y_hat, target).mean()
        l.backward()
        with torch.no_grad():
            for param in (W, b):
                param -= 0.5 * param.grad
                param.grad = None
        right += accuracy(y_hat, target)
        total += target.numel()
    print(f"epoch {epoch}: loss {l.item():.3f}, accuracy {right / total:.3f}")
"""
    ),
    "logistic regression on two moons": CourseProgram(
        """
%matplotlib inline
import torch, matplotlib.pyplot as plt
from torch import nn
from tqdm import tqdm
from tensorpad.data import two_moons
# %%
X, y = two_moons(120)
y = y.float().unsqueeze(1)

class Logistic(nn.Module):
    def __init__(self):
        super().__init__()
        self.lin = nn.LazyLinear(1)

    def forward(self, x):
        return torch.sigmoid(self.lin(x))

model = Logistic()
model
# %%
model(X[:1])
optimizer = torch.optim.Adam(model.parameters(), lr=0.1)
criterion = nn.BCELoss()
losses = []
for step in tqdm(range(60)):
    optimizer.zero_grad()
    loss = criterion(model(X), y)
    loss.backward()
    optimizer.step()
    losses.append(loss.item())
plt.plot(losses)
plt.title("Loss")
plt.show()
# %%
with torch.no_grad():
    accuracy = ((model(X) > 0.5) == y.bool()).float().mean()
accuracy
""",
        INLINE,
        displays=1,
    ),
}
