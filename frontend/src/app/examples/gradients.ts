/** Examples of what autograd does, beyond the first gradient. */

import type { Example } from "./example.ts";

export const LEAVES: Example = {
  id: "leaves",
  title: { en: "Leaves and hooks", "zh-CN": "叶子与钩子" },
  sentence: {
    en: "Only leaves keep their gradient; retain_grad and hooks show what passes through the rest.",
    "zh-CN": "只有叶子保留梯度；retain_grad 和钩子能让人看到经过其他张量的梯度。",
  },
  view: "graph",
  cells: (say) => [
    `import torch

x = torch.tensor(3., requires_grad=True)
y = x ** 2
z = y * 4
print(x.is_leaf, y.is_leaf, z.is_leaf)

y.retain_grad()
seen = []
handle = y.register_hook(seen.append)`,
    `z.backward()
${say("z is no leaf, so its gradient was let go", "z 不是叶子，它的梯度没有留下")}
x.grad, y.grad, seen`,
    `${say("a hook may also change what passes", "钩子还能改变经过的梯度")}
handle.remove()
x.grad = None
y = x ** 2
y.register_hook(lambda gradient: gradient.clamp(max=1.))
(y * 4).backward()
x.grad`,
  ],
};

export const ACCUMULATION: Example = {
  id: "accumulation",
  title: { en: "Gradients accumulate", "zh-CN": "梯度会累加" },
  sentence: {
    en: "Each backward() adds to .grad, until somebody clears it.",
    "zh-CN": "每次 backward() 都往 .grad 上加，直到清空为止。",
  },
  view: "values",
  cells: (say) => [
    `import torch

w = torch.tensor([1., 2.], requires_grad=True)
${say("3, then 3 + 3, then 3 + 3 + 3", "3，然后 3 + 3，再然后 3 + 3 + 3")}
for round in range(3):
    (3 * w).sum().backward()
    print(w.grad)`,
    `${say("optimisers clear it like this", "优化器就是这样清空梯度的")}
w.grad = None
loss = (3 * w).sum()
loss.backward(retain_graph=True)
${say("a graph that is kept can be used once more", "保留的计算图还能再用一次")}
loss.backward()
w.grad`,
  ],
};

export const DOUBLE: Example = {
  id: "double-backward",
  title: { en: "Derivative of a derivative", "zh-CN": "导数的导数" },
  sentence: {
    en: "With create_graph the gradient has a graph itself: here it gives 3x², 6x and 6.",
    "zh-CN": "加上 create_graph，梯度自己也有计算图：这里依次得到 3x²、6x 和 6。",
  },
  view: "graph",
  cells: (say) => [
    `import torch

x = torch.tensor(2., requires_grad=True)
y = x ** 3
${say("3 x², as a tensor with a graph of its own", "3x²，是一个自带计算图的张量")}
[first] = torch.autograd.grad(y, x, create_graph=True)
first`,
    `${say("6 x, then 6", "6x，然后是 6")}
[second] = torch.autograd.grad(first, x, create_graph=True)
[third] = torch.autograd.grad(second, x)
second, third`,
  ],
};

export const FUNCTION: Example = {
  id: "function",
  title: { en: "A function of your own", "zh-CN": "自己写的函数" },
  sentence: {
    en: "Write both directions of an operation as an autograd.Function, and let gradcheck compare them.",
    "zh-CN": "用 autograd.Function 写出一个操作的两个方向，再让 gradcheck 比对。",
  },
  view: "graph",
  cells: (say) => [
    `import torch


class Cube(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x):
        ctx.save_for_backward(x)
        return x ** 3

    @staticmethod
    def backward(ctx, gradient):
        (x,) = ctx.saved_tensors
        return 3 * x ** 2 * gradient`,
    `x = torch.tensor([1., 2., 3.], requires_grad=True)
y = Cube.apply(x)
out = y.sum()
out.backward()
x.grad`,
    `${say("numerical differences agree, in double precision", "双精度下，与数值差分一致")}
torch.autograd.gradcheck(Cube.apply, torch.rand(3, dtype=torch.double, requires_grad=True))`,
  ],
};
