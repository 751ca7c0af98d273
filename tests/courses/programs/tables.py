"""Tables that are read, and what is learnt from them."""

from typing import Final

from tests.courses.program import CourseProgram

PROGRAMS: Final = {
    "a table of houses": CourseProgram(
        """
import os
import pandas as pd
import torch
# %%
os.makedirs(os.path.join("..", "data"), exist_ok=True)
path = os.path.join("..", "data", "houses.csv")
with open(path, "w") as file:
    file.write("rooms,roof,price\\nNA,slate,127500\\n2,NA,106000\\n4,slate,178100\\nNA,NA,140000\\n")
# %%
table = pd.read_csv(path)
table
# %%
inputs, target = table.iloc[:, 0:2], table.iloc[:, 2]
inputs = pd.get_dummies(inputs, dummy_na=True)
inputs = inputs.fillna(inputs.mean())
inputs
# %%
X = torch.tensor(inputs.to_numpy(dtype=float))
y = torch.tensor(target.to_numpy(dtype=float))
for column, name in enumerate(inputs.columns):
    mean = X[:, column].mean().item()
    print(f"{name:12} {mean:.2f}")
X, y
""",
        displays=2,
    ),
    "underfitting and overfitting": CourseProgram(
        """
import math
import numpy as np
import torch
from torch import nn
# %%
max_degree, n_train, n_test = 12, 60, 60
true_w = np.zeros(max_degree)
true_w[0:4] = [5, 1.2, -3.4, 5.6]
features = np.random.normal(size=(n_train + n_test, 1))
poly = np.power(features, np.arange(max_degree).reshape(1, -1))
for i in range(max_degree):
    poly[:, i] /= math.gamma(i + 1)
labels = poly @ true_w + np.random.normal(scale=0.1, size=n_train + n_test)
poly, labels = [torch.tensor(x, dtype=torch.float32) for x in (poly, labels)]
# %%
def evaluate(net, degree, start, stop):
    with torch.no_grad():
        return nn.functional.mse_loss(net(poly[start:stop, :degree]).flatten(), labels[start:stop]).item()

for degree in (2, 4, max_degree):
    net = nn.Sequential(nn.Linear(degree, 1, bias=False))
    trainer = torch.optim.SGD(net.parameters(), lr=0.01)
    for epoch in range(40):
        for start in range(0, n_train, 20):
            trainer.zero_grad()
            output = net(poly[start : start + 20, :degree])
            l = nn.functional.mse_loss(output, labels[start : start + 20].reshape(-1, 1))
            l.backward()
            trainer.step()
    print(degree, round(evaluate(net, degree, 0, n_train), 3), round(evaluate(net, degree, n_train, n_train + n_test), 3))
"""
    ),
    "a validation by folds": CourseProgram(
        """
import pandas as pd
import torch
from torch import nn
# %%
frame = pd.DataFrame({"area": range(40, 100), "rooms": [n % 5 + 1 for n in range(60)], "zone": ["a", "b", "c"] * 20})
frame["price"] = 3.0 * frame["area"] + 10 * frame["rooms"]
numeric = frame[["area", "rooms"]].apply(lambda x: (x - x.mean()) / x.std())
table = pd.concat([numeric, pd.get_dummies(frame["zone"])], axis=1)
X = torch.tensor(table.to_numpy(dtype=float), dtype=torch.float32)
y = torch.tensor(frame["price"].values.reshape(-1, 1), dtype=torch.float32)
table.head()
# %%
def fold(k, i):
    size = len(X) // k
    held = torch.zeros(len(X), dtype=torch.bool)
    held[i * size : (i + 1) * size] = True
    return X[~held], y[~held], X[held], y[held]

def log_rmse(net, features, labels):
    with torch.no_grad():
        clipped = torch.clamp(net(features), 1, float("inf"))
        return torch.sqrt(nn.functional.mse_loss(torch.log(clipped), torch.log(labels))).item()

scores = []
for i in range(3):
    X_train, y_train, X_valid, y_valid = fold(3, i)
    net = nn.Sequential(nn.Linear(X.shape[1], 1))
    optimizer = torch.optim.Adam(net.parameters(), lr=5, weight_decay=0)
    for epoch in range(25):
        optimizer.zero_grad()
        loss = nn.functional.mse_loss(net(X_train), y_train)
        loss.backward()
        optimizer.step()
    score = log_rmse(net, X_valid, y_valid)
    scores.append(score)
    print(f"fold {i + 1}: log rmse {score:.4f}")
sum(scores) / 3
""",
        displays=1,
    ),
}
