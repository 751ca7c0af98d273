/** Examples of models that learn. */

import type { Example } from "./example.ts";

export const REGRESSION: Example = {
  id: "regression",
  title: { en: "Fit a line by hand", "zh-CN": "手工拟合直线" },
  sentence: {
    en: "Gradient descent with nothing but tensors: forward, backward, step, clear, again.",
    "zh-CN": "只用张量做梯度下降：前向、反向、更新、清空梯度，再来一遍。",
  },
  view: "values",
  cells: (say) => [
    `import torch

${say("points near the line 3 x + 1", "直线 3x + 1 附近的点")}
x = torch.linspace(-1, 1, 20)
y = 3 * x + 1 + 0.1 * torch.randn(20)
slope = torch.zeros(1, requires_grad=True)
offset = torch.zeros(1, requires_grad=True)`,
    `for round in range(30):
    loss = ((slope * x + offset - y) ** 2).mean()
    loss.backward()
    ${say("the step is not to be differentiated", "更新这一步不必求导")}
    with torch.no_grad():
        for parameter in (slope, offset):
            parameter -= 0.3 * parameter.grad
            parameter.grad = None
print(loss.item())
slope, offset`,
  ],
};

export const TRAINING: Example = {
  id: "training",
  title: { en: "Train a small network", "zh-CN": "训练一个小网络" },
  sentence: {
    en: "An nn.Module with an optimiser learns the exclusive or; the graph is grouped by its layers.",
    "zh-CN": "nn.Module 配上优化器，学会异或；计算图按层分组。",
  },
  view: "graph",
  cells: (say) => [
    `import torch
from torch import nn

model = nn.Sequential(nn.Linear(2, 4), nn.Tanh(), nn.Linear(4, 1))
inputs = torch.tensor([[0., 0.], [0., 1.], [1., 0.], [1., 1.]])
wanted = torch.tensor([[0.], [1.], [1.], [0.]])
optimiser = torch.optim.Adam(model.parameters(), lr=0.1)`,
    `for round in range(60):
    loss = nn.functional.mse_loss(model(inputs), wanted)
    optimiser.zero_grad()
    loss.backward()
    optimiser.step()
${say("the last loss, and what the network says now", "最后的损失，以及网络现在的回答")}
print(f"{loss.item():.4f}")
model(inputs).round().flatten()`,
  ],
};
