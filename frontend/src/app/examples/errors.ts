/** Examples that fail, to be explained. */

import type { Example } from "./example.ts";

export const SHAPE_ERROR: Example = {
  id: "shape-error",
  title: { en: "An error, explained", "zh-CN": "看懂一个报错" },
  sentence: {
    en: "Two matrices that do not fit: the page marks the place, says why, and offers a repair.",
    "zh-CN": "两个对不上的矩阵：页面标出位置，说明原因，并给出修改办法。",
  },
  view: "values",
  cells: (say) => [
    `import torch

images = torch.rand(5, 3)
weights = torch.rand(2, 3)`,
    `${say("(5, 3) @ (2, 3): the inner sizes differ", "(5, 3) @ (2, 3)：内侧的大小不同")}
answer = images @ weights
answer.shape`,
  ],
};

export const OVERWRITTEN: Example = {
  id: "overwritten",
  title: { en: "A value that was needed", "zh-CN": "被覆盖的值" },
  sentence: {
    en: "exp keeps its result for backward(); a write in place destroys it, and torch notices.",
    "zh-CN": "exp 要留着结果供 backward() 使用；原地写入毁了它，torch 会发现。",
  },
  view: "graph",
  cells: (say) => [
    `import torch

x = torch.tensor([0., 1.], requires_grad=True)
y = x.exp()
${say("exp's derivative is its own result, which is gone now", "exp 的导数就是它的结果，而结果已被改写")}
y.add_(1)`,
    "y.sum().backward()\nx.grad",
  ],
};
