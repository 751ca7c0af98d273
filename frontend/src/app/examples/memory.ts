/** Examples of memory: who shares it, and who writes to it. */

import type { Example } from "./example.ts";

export const VIEWS: Example = {
  id: "views",
  title: { en: "Views share memory", "zh-CN": "视图共享内存" },
  sentence: {
    en: "view, transpose and slices are windows on one piece of memory; clone is a piece of its own.",
    "zh-CN": "view、转置和切片都是同一块内存上的窗口；clone 则另有一块内存。",
  },
  view: "memory",
  cells: (say) => [
    `import torch

a = torch.arange(12.)
${say("three windows on the memory of a", "在 a 的内存上开三扇窗")}
grid = a.view(3, 4)
turned = grid.t()
row = grid[1]
${say("and a copy", "再做一份拷贝")}
copy = grid.clone()`,
    `${say("one write, seen through every window but not in the copy", "写一次，每扇窗都看得见，拷贝里却没有")}
row[0] = 100.
print(a[4], turned[0, 1], copy[1, 0])
grid.data_ptr() == a.data_ptr(), copy.data_ptr() == a.data_ptr()`,
    `${say("a transposed tensor is not contiguous, so reshape has to copy it", "转置后的张量不连续，reshape 只好拷贝")}
flat = turned.reshape(12)
flat[0] = -1.
turned.is_contiguous(), a[0]`,
  ],
};

export const IN_PLACE: Example = {
  id: "in-place",
  title: { en: "In place, and versions", "zh-CN": "原地操作与版本" },
  sentence: {
    en: "An operation that ends in _ writes into the tensor's memory and counts its version up.",
    "zh-CN": "名字以 _ 结尾的操作直接写进张量的内存，并让版本号加一。",
  },
  view: "memory",
  cells: (say) => [
    `import torch

x = torch.tensor([1., 2., 3.])
before = x.data_ptr()
${say("a new tensor takes the name", "名字给了一个新张量")}
x = x + 10
print(x.data_ptr() == before)`,
    `before = x.data_ptr()
${say("the same memory, written twice", "同一块内存，写了两次")}
x += 1
x.mul_(2)
print(x.data_ptr() == before, x._version)
x`,
    `${say("out= and copy_ write into memory that is there already", "out= 和 copy_ 写进已有的内存")}
total = torch.zeros(3)
torch.add(x, 1, out=total)
total.copy_(x)
total._version`,
  ],
};

export const NUMPY: Example = {
  id: "numpy",
  title: { en: "The bridge to NumPy", "zh-CN": "通往 NumPy 的桥" },
  sentence: {
    en: "numpy() and from_numpy share memory in both directions; torch.tensor copies.",
    "zh-CN": "numpy() 与 from_numpy 双向共享内存；torch.tensor 则会拷贝。",
  },
  view: "memory",
  cells: (say) => [
    `import numpy as np
import torch

t = torch.ones(4)
a = t.numpy()
${say("what torch writes, NumPy reads", "torch 写下的，NumPy 读得到")}
t.add_(1)
a`,
    `b = np.arange(3.)
shared = torch.from_numpy(b)
copied = torch.tensor(b)
${say("and the other way round", "反过来也一样")}
b[0] = 50.
shared, copied`,
    `${say("a tensor that requires gradients has to be detached first", "要求梯度的张量须先 detach")}
w = torch.ones(2, requires_grad=True)
w.detach().numpy()`,
  ],
};
