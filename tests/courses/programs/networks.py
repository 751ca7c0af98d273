"""Networks for pictures, and two that are trained against each other."""

from typing import Final

from tests.courses.program import CourseProgram

PROGRAMS: Final = {
    "convolution by hand": CourseProgram(
        """
import torch
from torch import nn
# %%
def corr2d(X, K):
    h, w = K.shape
    Y = torch.zeros((X.shape[0] - h + 1, X.shape[1] - w + 1))
    for i in range(Y.shape[0]):
        for j in range(Y.shape[1]):
            Y[i, j] = (X[i : i + h, j : j + w] * K).sum()
    return Y

X = torch.ones((6, 8))
X[:, 2:6] = 0
K = torch.tensor([[1.0, -1.0]])
Y = corr2d(X, K)
Y
# %%
conv2d = nn.Conv2d(1, 1, kernel_size=(1, 2), bias=False)
X, Y = X.reshape((1, 1, 6, 8)), Y.reshape((1, 1, 6, 7))
for i in range(10):
    Y_hat = conv2d(X)
    l = (Y_hat - Y) ** 2
    conv2d.zero_grad()
    l.sum().backward()
    conv2d.weight.data[:] -= 3e-2 * conv2d.weight.grad
    if (i + 1) % 2 == 0:
        print(f"epoch {i + 1}, loss {l.sum():.3f}")
# %%
conv2d.weight.data.reshape((1, 2))
"""
    ),
    "a small LeNet": CourseProgram(
        """
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch.utils.data import DataLoader, TensorDataset, random_split
from tensorpad.data import digits

class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 4, 3, padding=1)
        self.norm = nn.BatchNorm2d(4)
        self.pool = nn.MaxPool2d(2, 2)
        self.fc1 = nn.Linear(4 * 4 * 4, 16)
        self.fc2 = nn.Linear(16, 10)

    def forward(self, x):
        x = self.pool(F.relu(self.norm(self.conv1(x))))
        x = torch.flatten(x, 1)
        return self.fc2(F.relu(self.fc1(x)))
# %%
images, labels = digits()
images = (images - images.mean()) / images.std()
chosen = torch.randperm(len(images))[:240]
train, test = random_split(TensorDataset(images[chosen], labels[chosen]), [200, 40])
device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
net = Net().to(device)
criterion = nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(net.parameters(), lr=0.05, momentum=0.9)
# %%
for epoch in range(2):
    running_loss = 0.0
    for i, data in enumerate(DataLoader(train, batch_size=40, shuffle=True), 0):
        inputs, targets = data[0].to(device), data[1].to(device)
        optimizer.zero_grad()
        loss = criterion(net(inputs), targets)
        loss.backward()
        optimizer.step()
        running_loss += loss.item()
    print(f"[{epoch + 1}] loss: {running_loss / (i + 1):.3f}")
# %%
net.eval()
correct = total = 0
with torch.no_grad():
    for inputs, targets in DataLoader(test, batch_size=20):
        _, predicted = torch.max(net(inputs), 1)
        total += targets.size(0)
        correct += (predicted == targets).sum().item()
print(f"{100 * correct // total} %")
"""
    ),
    "a generator and its judge": CourseProgram(
        """
import torch
from torch import nn
# %%
A, b = torch.tensor([[1, 2], [-0.1, 0.5]]), torch.tensor([1, 2])
data = torch.normal(0.0, 1, (160, 2)) @ A + b
net_G = nn.Sequential(nn.Linear(2, 2))
net_D = nn.Sequential(nn.Linear(2, 5), nn.Tanh(), nn.Linear(5, 3), nn.Tanh(), nn.Linear(3, 1))
for module in (net_D, net_G):
    for parameter in module.parameters():
        nn.init.normal_(parameter, 0, 0.02)
loss = nn.BCEWithLogitsLoss(reduction="sum")
trainer_D = torch.optim.Adam(net_D.parameters(), lr=0.05)
trainer_G = torch.optim.Adam(net_G.parameters(), lr=0.005)
# %%
def update_D(X, Z):
    ones, zeros = torch.ones(X.shape[0], 1), torch.zeros(X.shape[0], 1)
    trainer_D.zero_grad()
    fake = net_G(Z)
    loss_D = (loss(net_D(X), ones) + loss(net_D(fake.detach()), zeros)) / 2
    loss_D.backward()
    trainer_D.step()
    return loss_D

def update_G(Z):
    trainer_G.zero_grad()
    loss_G = loss(net_D(net_G(Z)), torch.ones(Z.shape[0], 1))
    loss_G.backward()
    trainer_G.step()
    return loss_G
# %%
for epoch in range(3):
    for start in range(0, 160, 20):
        X = data[start : start + 20]
        Z = torch.normal(0, 1, size=(20, 2))
        d, g = update_D(X, Z).item(), update_G(Z).item()
    print(f"loss_D {d / 20:.3f}, loss_G {g / 20:.3f}")
"""
    ),
    "samples from a network of residuals": CourseProgram(
        """
import torch
from torch import nn
from torch.nn import functional as F
# %%
class Residual(nn.Module):
    def __init__(self, channels, strides=1):
        super().__init__()
        self.conv1 = nn.LazyConv2d(channels, kernel_size=3, padding=1, stride=strides)
        self.conv2 = nn.LazyConv2d(channels, kernel_size=3, padding=1)
        self.conv3 = nn.LazyConv2d(channels, kernel_size=1, stride=strides) if strides > 1 else None
        self.bn1, self.bn2 = nn.LazyBatchNorm2d(), nn.LazyBatchNorm2d()

    def forward(self, X):
        Y = F.relu(self.bn1(self.conv1(X)))
        Y = self.bn2(self.conv2(Y))
        if self.conv3:
            X = self.conv3(X)
        return F.relu(Y + X)
# %%
X = torch.rand(2, 3, 6, 6)
Residual(3)(X).shape
# %%
net = nn.Sequential(Residual(4, strides=2), nn.AdaptiveAvgPool2d((1, 1)), nn.Flatten(), nn.LazyLinear(3))
for layer in net:
    X = layer(X)
    print(layer.__class__.__name__, tuple(X.shape))
# %%
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
data, target = torch.rand(4, 3, 6, 6), torch.tensor([0, 1, 2, 0])
for step in range(5):
    optimizer.zero_grad()
    loss = F.cross_entropy(net(data), target)
    loss.backward()
    optimizer.step()
net[0].bn1.running_mean
"""
    ),
}
