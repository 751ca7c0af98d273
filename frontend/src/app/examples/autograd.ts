import type { Example } from "./example.ts";

/** What the page opens on: a small program whose gradient can be followed by hand. */
export const AUTOGRAD: Example = {
  id: "autograd",
  title: { en: "A first gradient", "zh-CN": "第一个梯度" },
  sentence: {
    en: "Four ones go through a plus, a square and a mean, and backward() brings 4.5 back to each.",
    "zh-CN": "四个 1 经过加法、平方和均值，backward() 给每个元素带回 4.5。",
  },
  cells: () => [
    "import torch\n\nx = torch.ones(2, 2, requires_grad=True)\ny = x + 2\ny",
    "z = y * y * 3\nout = z.mean()\nprint(out.grad_fn.name())\nout",
    "out.backward()\nx.grad",
  ],
};
