/** Examples of shapes. */

import type { Example } from "./example.ts";

export const BROADCASTING: Example = {
  id: "broadcasting",
  title: { en: "Broadcasting", "zh-CN": "广播" },
  sentence: {
    en: "A column and a row make a table: dimensions of size one stretch, and their gradients are summed back.",
    "zh-CN": "一列加一行得到一张表：大小为 1 的维度会伸展，梯度则求和收回。",
  },
  view: "broadcasting",
  cells: (say) => [
    `import torch

column = torch.tensor([[0.], [10.], [20.]], requires_grad=True)
row = torch.tensor([1., 2., 3., 4.], requires_grad=True)
${say("(3, 1) and (4) meet as (3, 4)", "(3, 1) 与 (4) 相遇，成为 (3, 4)")}
table = column + row
table`,
    `${say("each element was used several times, so its gradients add up", "每个元素都用了多次，梯度因此相加")}
table.sum().backward()
column.grad, row.grad`,
    `${say("expand stretches without copying: its stride is 0", "expand 只伸展而不拷贝：步幅为 0")}
wide = column.detach().expand(3, 4)
wide.stride(), torch.broadcast_shapes((3, 1), (4,))`,
  ],
};

export const INDEXING: Example = {
  id: "indexing",
  title: { en: "Picking elements", "zh-CN": "选取元素" },
  sentence: {
    en: "Slices are views, index lists and masks are copies, and gather picks one element of each row.",
    "zh-CN": "切片是视图，下标列表和掩码是拷贝，gather 从每行各取一个。",
  },
  view: "values",
  cells: (say) => [
    `import torch

scores = torch.tensor([[3., 9., 1.], [8., 2., 5.]], requires_grad=True)
${say("a slice looks at the same memory", "切片看的是同一块内存")}
first = scores[:, 0]
${say("a list of indices and a mask make new tensors", "下标列表和掩码会产生新张量")}
both = scores[[1, 0]]
high = scores[scores > 4]
high`,
    `${say("the best of each row", "每行的最大值")}
best = scores.argmax(dim=1, keepdim=True)
picked = scores.gather(1, best)
${say("only what was picked receives a gradient", "只有选中的元素收到梯度")}
picked.sum().backward()
scores.grad`,
  ],
};

export const ALGEBRA: Example = {
  id: "linear-algebra",
  title: { en: "Linear algebra", "zh-CN": "线性代数" },
  sentence: {
    en: "Solve a system, check the residual, and differentiate the solution by the right-hand side.",
    "zh-CN": "解一个线性方程组，验算残差，再对右端求解的导数。",
  },
  view: "graph",
  cells: (say) => [
    `import torch

A = torch.tensor([[4., 1.], [2., 3.]])
b = torch.tensor([1., 2.], requires_grad=True)
${say("the x with A @ x = b", "满足 A @ x = b 的 x")}
x = torch.linalg.solve(A, b)
residual = A @ x - b
x, residual`,
    `${say("d x[0] / d b is the first row of the inverse", "x[0] 对 b 的导数，就是逆矩阵的第一行")}
x[0].backward()
b.grad, torch.linalg.inv(A)[0]`,
    `${say("eigenvalues, and the product in three spellings", "特征值，以及矩阵乘法的三种写法")}
values = torch.linalg.eigvals(A)
same = torch.einsum("ik,kj->ij", A, A)
print(torch.equal(same, A @ A), torch.equal(A.mm(A), A @ A))
values`,
  ],
};
