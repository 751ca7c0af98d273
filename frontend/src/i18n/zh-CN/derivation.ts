import type { derivation as english } from "../en/derivation.ts";
import type { Texts } from "../texts.ts";

export const derivation: Texts<typeof english> = {
  derivation: {
    title: "推导",
    about: "链式法则，用的是这个程序自己的函数和数值。",
    before: "运行程序后即可看到推导。",
    of: "求导对象",
    automatic: "最后一次反向传播的起点",
    check: "用微小变化验证",
    checking: "把每个叶子的每个元素稍微调大、调小，再测量结果。",
    asking: "正在推导……",
    again: "重新推导",
    failed: "没有得到结果",
    ended: (message) => `程序提前结束：${message}`,

    steps: "每一步自己的导数",
    stepsAbout: "从结果一直到叶子。指向一步，它的节点和源代码就会亮起。",
    start: "推导的起点：结果本身",
    leaf: "叶子",
    arrives: (of) => `到达 ${of} 的梯度`,
    show: (name) => `在计算图和代码中显示 ${name}`,
    numbers: "全部数值",
    product: "沿每条路径相乘，再把各路径相加",
    gradientOf: (name) => `${name} 的梯度`,
    path: (n) => `路径 ${n}`,
    pathThrough: (labels) => `经过 ${labels}`,
    morePaths: (count) => `还有 ${count} 条路径没有写出。`,
    sum: "相加得到",
    onePath: "只有一条路径",
    closed: "写成一个公式",
    where: "其中",
    autograd: "自动求导",
    total: "链式法则",
    differences: "微小变化",
  },
};
