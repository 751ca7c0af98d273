"""Networks for sequences, and words."""

from typing import Final

from tests.courses.program import INLINE, CourseProgram

PROGRAMS: Final = {
    "a recurrent network by hand": CourseProgram(
        """
import torch
from torch.nn import functional as F
# %%
text = "the time machine by the time traveller for so it will be convenient " * 2
vocab = sorted(set(text))
index = {char: place for place, char in enumerate(vocab)}
corpus = torch.tensor([index[char] for char in text])
size, hidden = len(vocab), 16
W_xh, W_hh, W_hq = (torch.randn(a, b) * 0.1 for a, b in ((size, hidden), (hidden, hidden), (hidden, size)))
b_h, b_q = torch.zeros(hidden), torch.zeros(size)
params = [W_xh, W_hh, b_h, W_hq, b_q]
for param in params:
    param.requires_grad_(True)
# %%
def rnn(inputs, H):
    outputs = []
    for X in inputs:
        H = torch.tanh(X @ W_xh + H @ W_hh + b_h)
        outputs.append(H @ W_hq + b_q)
    return torch.cat(outputs, dim=0), H

def clip(params, theta):
    norm = torch.sqrt(sum(torch.sum(p.grad**2) for p in params))
    if norm > theta:
        for param in params:
            param.grad[:] *= theta / norm
    return norm
# %%
H = torch.zeros(1, hidden)
for start in range(0, 120, 12):
    X = F.one_hot(corpus[start : start + 12], size).float().unsqueeze(1)
    H = H.detach()
    y_hat, H = rnn(X, H)
    loss = F.cross_entropy(y_hat, corpus[start + 1 : start + 13])
    for param in params:
        param.grad = None
    loss.backward()
    norm = clip(params, 0.5)
    with torch.no_grad():
        for param in params:
            param -= 1.0 * param.grad
print(f"perplexity {torch.exp(loss):.2f}")
"""
    ),
    "words as vectors": CourseProgram(
        """
import torch
import torch.nn as nn
import torch.nn.functional as F
import torch.optim as optim
# %%
words = "we are about to study the idea of a computational process and processes are abstract beings".split()
vocab = {word: place for place, word in enumerate(dict.fromkeys(words))}
grams = [([words[i - 2], words[i - 1]], words[i]) for i in range(2, len(words))]
embeds = nn.Embedding(2, 5)
embeds(torch.tensor([1], dtype=torch.long))
# %%
class NGram(nn.Module):
    def __init__(self, vocab_size, dim, context):
        super().__init__()
        self.embeddings = nn.Embedding(vocab_size, dim)
        self.linear1 = nn.Linear(context * dim, 16)
        self.linear2 = nn.Linear(16, vocab_size)

    def forward(self, inputs):
        embedded = self.embeddings(inputs).view((1, -1))
        return F.log_softmax(self.linear2(F.relu(self.linear1(embedded))), dim=1)

losses = []
model = NGram(len(vocab), 6, 2)
optimizer = optim.SGD(model.parameters(), lr=0.05)
for epoch in range(4):
    total_loss = 0
    for context, target in grams:
        ids = torch.tensor([vocab[w] for w in context], dtype=torch.long)
        model.zero_grad()
        loss = nn.NLLLoss()(model(ids), torch.tensor([vocab[target]], dtype=torch.long))
        loss.backward()
        optimizer.step()
        total_loss += loss.item()
    losses.append(total_loss)
print(losses[-1] < losses[0])
model.embeddings.weight[vocab["process"]].shape
"""
    ),
    "an LSTM on a sine": CourseProgram(
        """
%matplotlib inline
import torch
from torch import nn
import matplotlib.pyplot as plt
# %%
wave = torch.sin(torch.arange(0, 20, 0.25))
windows = wave.unfold(0, 9, 4)
X, y = windows[:, :8].unsqueeze(-1), windows[:, 8:]

class Forecast(nn.Module):
    def __init__(self, hidden=8):
        super().__init__()
        self.lstm = nn.LSTM(1, hidden, batch_first=True)
        self.linear = nn.Linear(hidden, 1)

    def forward(self, x):
        out, (h, c) = self.lstm(x)
        return self.linear(out[:, -1])

model = Forecast()
optimizer = torch.optim.Adam(model.parameters(), lr=0.02)
scheduler = torch.optim.lr_scheduler.StepLR(optimizer, step_size=15, gamma=0.5)
history = {"loss": [], "lr": []}
for epoch in range(40):
    optimizer.zero_grad()
    loss = nn.functional.mse_loss(model(X), y)
    loss.backward()
    norm = nn.utils.clip_grad_norm_(model.parameters(), max_norm=1.0)
    optimizer.step()
    scheduler.step()
    lr = scheduler.get_last_lr()[0]
    history["loss"].append(loss.item())
    history["lr"].append(lr)
# %%
fig, (left, right) = plt.subplots(1, 2)
left.plot(history["loss"])
right.step(range(40), history["lr"])
fig
""",
        INLINE,
        displays=1,
    ),
    "attention over key and value": CourseProgram(
        """
import math
import torch
from torch import nn
# %%
def masked_softmax(X, lengths):
    mask = torch.arange(X.size(-1))[None, None] < lengths[:, None, None]
    return nn.functional.softmax(X.masked_fill(~mask, -1e6), dim=-1)

queries, keys = torch.normal(0, 1, (2, 1, 4)), torch.normal(0, 1, (2, 10, 4))
values = torch.arange(40, dtype=torch.float32).reshape(1, 10, 4).repeat(2, 1, 1)
lengths = torch.tensor([2, 6])
scores = torch.bmm(queries, keys.transpose(1, 2)) / math.sqrt(4)
weights = masked_softmax(scores, lengths)
torch.bmm(nn.Dropout(0.5).eval()(weights), values)
# %%
heads = nn.MultiheadAttention(4, 2, batch_first=True)
out, averaged = heads(queries, keys, values)
out.sum().backward()
for name, parameter in heads.named_parameters():
    size = parameter.grad.norm().item()
    print(name, f"{size:.3f}")
averaged.shape
"""
    ),
}
