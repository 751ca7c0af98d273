"""Training as people do it: data sets, schedules, stopping early, and the habits of notebooks."""

from typing import Final

from tests.courses.program import INLINE, CourseProgram

PROGRAMS: Final = {
    "a data set of one's own": CourseProgram(
        """
%matplotlib inline
import torch
from torch.utils.data import DataLoader, Dataset
import matplotlib.pyplot as plt
# %%
class Squares(Dataset):
    def __init__(self, number, transform=None):
        self.numbers = torch.arange(float(number))
        self.transform = transform

    def __len__(self):
        return len(self.numbers)

    def __getitem__(self, index):
        x = self.numbers[index]
        y = x**2
        if self.transform:
            x = self.transform(x)
        return x, y

squares = Squares(24, transform=lambda x: x / 24)
loader = DataLoader(squares, batch_size=6, shuffle=True, num_workers=2)
# %%
for batch, (x, y) in enumerate(loader):
    if batch == 0:
        plt.scatter(x, y)
        plt.show()
    largest = y.max().item()
    print(batch, x.shape, largest)
len(loader), len(squares)
""",
        {
            **INLINE,
            ("loader_processes", "num_workers=2"): "the batches are made without processes",
        },
        displays=1,
    ),
    "stopping early": CourseProgram(
        """
import copy
import torch
from torch import nn
from tensorpad.data import sine
# %%
x, y = sine(60)
order = torch.randperm(60)
train, valid = order[:40], order[40:]
model = nn.Sequential(nn.Linear(1, 16), nn.Tanh(), nn.Linear(16, 1))
optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
scheduler = torch.optim.lr_scheduler.ReduceLROnPlateau(optimizer, patience=3)
best, patience, waited = float("inf"), 5, 0
for epoch in range(80):
    model.train()
    optimizer.zero_grad()
    loss = nn.functional.mse_loss(model(x[train]), y[train])
    loss.backward()
    optimizer.step()
    model.eval()
    with torch.no_grad():
        held_out = nn.functional.mse_loss(model(x[valid]), y[valid]).item()
    scheduler.step(held_out)
    if held_out < best:
        best, waited = held_out, 0
        state = copy.deepcopy(model.state_dict())
    else:
        waited += 1
    if waited >= patience:
        print(f"stopped in epoch {epoch}")
        break
model.load_state_dict(state)
print(f"{best:.4f}")
"""
    ),
    "a frozen body and a new head": CourseProgram(
        """
import torch
from torch import nn, optim
# %%
body = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 16), nn.ReLU())
for param in body.parameters():
    param.requires_grad = False
model = nn.Sequential(body, nn.Linear(16, 2))
trainable = sum(p.numel() for p in model.parameters() if p.requires_grad)
everything = sum(p.numel() for p in model.parameters())
print(f"{trainable} of {everything}")
# %%
X, y = torch.randn(64, 8), torch.randint(0, 2, (64,))
optimizer = optim.SGD(filter(lambda p: p.requires_grad, model.parameters()), lr=0.1, momentum=0.9)
before = body[0].weight.clone()
for epoch in range(8):
    optimizer.zero_grad()
    loss = nn.functional.cross_entropy(model(X), y)
    loss.backward()
    optimizer.step()
    accuracy = (model(X).argmax(1) == y).float().mean()
torch.equal(before, body[0].weight), body[0].weight.grad is None
"""
    ),
    "the habits of notebooks": CourseProgram(
        """
!pip install torch --quiet
%load_ext autoreload
%autoreload 2
%matplotlib inline
import warnings; warnings.filterwarnings("ignore")
import argparse, torch
# %%
%%time
parser = argparse.ArgumentParser()
parser.add_argument("--epochs", type=int, default=4)
parser.add_argument("--lr", type=float, default=0.1)
args = parser.parse_args()
# %%
w = torch.zeros(2, requires_grad=True)
opt = torch.optim.SGD([w], lr=args.lr)
for epoch in range(args.epochs):
    loss = ((w - torch.tensor([1.0, -1.0])) ** 2).sum()
    opt.zero_grad(); loss.backward(); opt.step()
    print("epoch", epoch, "loss", loss.item())
# %%
from IPython.display import HTML, display
display(HTML("<b>done</b>"))
_ = w
# %%
w
""",
        {
            ("line_ignored", "!pip install torch --quiet"): "torch is here, and the magics mean nothing",
            ("line_timed", "%%time"): "the time that it measures includes the trace",
        },
        displays=1,
    ),
    "gradients of several batches": CourseProgram(
        """
import torch
from torch import nn
import tqdm.auto as tqdm
# %%
model = nn.Linear(4, 1)
opt = torch.optim.AdamW(model.parameters(), lr=0.05)
sched = torch.optim.lr_scheduler.CosineAnnealingLR(opt, T_max=10)
X, y = torch.randn(48, 4), torch.randn(48, 1)
steps = 2
bar = tqdm.trange(6)
for epoch in bar:
    opt.zero_grad()
    for i in range(4):
        part = slice(12 * i, 12 * i + 12)
        loss = nn.functional.l1_loss(model(X[part]), y[part]) / steps
        loss.backward()
        if (i + 1) % steps == 0:
            opt.step()
            opt.zero_grad()
    sched.step()
    rate = opt.param_groups[0]["lr"]
    bar.set_postfix(loss=loss.item())
print(f"{rate:.4f}")
""",
    ),
    "a running mean": CourseProgram(
        """
import numpy as np
import torch
np.random.seed(1)
# %%
class Meter:
    def __init__(self):
        self.sum = self.count = 0.0

    def update(self, value, n=1):
        self.sum += value * n
        self.count += n
        average = self.sum / self.count
        return average

meter, smooth = Meter(), None
theta = torch.tensor(0.0, requires_grad=True)
noise = np.random.normal(size=30)
for t, value in enumerate(noise):
    sample = float(value)
    loss = (theta - sample) ** 2
    (slope,) = torch.autograd.grad(loss, theta)
    theta = (theta - 0.1 * slope).detach().requires_grad_()
    smooth = sample if smooth is None else 0.9 * smooth + 0.1 * sample
    mean = meter.update(sample)
print(f"{mean:.3f} {smooth:.3f} {theta.item():.3f} {np.mean(noise):.3f}")
"""
    ),
}
