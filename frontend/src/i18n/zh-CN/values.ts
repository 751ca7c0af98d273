import type { values as english } from "../en/values.ts";
import type { Texts } from "../texts.ts";
import { bytes } from "../units.ts";

/** What an answer may have only a part of. */
const PARTS: Readonly<Record<string, string>> = {
  arrays: "数组",
  "backward passes": "反向传播",
  displays: "展示的内容",
  "error text": "错误文本",
  "functions of a backward pass": "反向传播的函数",
  "functions of graphs": "计算图的函数",
  graphs: "计算图",
  history: "先前的值",
  operations: "运算",
  series: "逐轮数值",
  output: "输出",
  "result text": "结果文本",
  steps: "步骤",
  tensors: "张量",
  "tensors that are held": "被持有的张量",
  "the call that failed": "失败的调用",
  values: "值",
  variables: "变量",
};

export const values: Texts<typeof english> = {
  variables: "变量",
  noVariables: "运行程序后，变量会显示在这里。",
  otherVariables: "其他值",
  earlierVariables: (count) => `前面程序的变量（${count}）`,
  intermediates: (count) => `未命名的张量（${count}）`,
  unnamed: "未命名",
  values: "值",
  gradient: "梯度 .grad",
  noGradient: "没有梯度：backward() 到达叶子张量时才会写入。",
  leaf: "叶子",
  parameter: "参数",
  requiresGrad: "requires_grad",
  sharesMemory: "共享内存：",
  viewOf: "视图，来自",
  stride: "步幅",
  offset: "偏移",
  version: "版本",
  bytes,
  storageBytes: (count) => `存储 ${bytes(count)}`,
  showTensor: (name) => `在计算图和代码中显示 ${name}`,
  dimension: (n) => `第 ${n} 维`,
  index: (dimension) => `第 ${dimension} 维的下标`,
  slice: "显示哪个切片",
  gradientLabel: (shape) => `形状为 ${shape} 的梯度`,
  passing: "经过的梯度，没有保留",
  numpy: "NumPy 数组",
  strides: "步幅（字节）",
  changedHere: "这一步改变了它",
  lens: (element) => `${element} 从何而来`,
  lensAsking: (element) => `正在追溯 ${element}……`,
  lensNone: (element) => `${element} 不是由程序中的运算得到的。`,
  lensFailed: "无法询问服务，请稍后再试。",
  lensRest: (count) => `还有 ${count} 个`,
  closeLens: "关闭",
  heatMap: (shape) => `形状为 ${shape} 的热力图`,
  heatMapKeys: "方向键移动，+ 和 − 缩放，0 显示全部，Enter 追溯元素的来源。按住 Ctrl 滚动滚轮也可缩放。",
  heatMapWhole: "显示整个矩阵",
  heatMapLoading: "正在加载……",
  heatMapFailed: "无法加载这些元素。",
  block: (mean, least, most) => `均值 ${mean}，从 ${least} 到 ${most}`,
  showAll: "全部显示",
  showLess: "收起",
  missing: {
    gone: "服务已不再保留这次运行的数值。",
    unreached: "暂时取不到这些数值。",
  },
  askAgain: "再试一次",
  emptyTensor: "没有元素",
  matrixLabel: (shape) => `形状为 ${shape} 的值`,
  histogram: "直方图",
  histogramLabel: (from, to) => `值的直方图，从 ${from} 到 ${to}`,
  corners: "四角",
  statistics: {
    count: "个数",
    min: "最小",
    max: "最大",
    mean: "均值",
    std: "标准差",
    zeros: "零",
    nan: "nan",
    infinite: "inf",
  },
  truncated: (what, limit) => {
    if (what === "recording") return "跟踪记录已满，程序余下的部分照常运行，但没有被记录。";
    if (what === "trace") return "缺少跟踪记录：程序在交出记录之前就被停止了。";
    if (what === "later cells")
      return `进程在交出完整记录之前就被结束了，跟踪记录到第 ${limit.toLocaleString("zh-CN")} 个单元格为止。`;
    if (what === "rounds")
      return `每个循环只完整记录前 ${limit.toLocaleString("zh-CN")} 轮，以及第 10、100、… 轮；各轮的数值都有记录。`;
    const name = PARTS[what] ?? what;
    return limit === 0
      ? `未能记录，因此没有显示：${name}。`
      : `只显示了一部分：${name}（上限 ${limit.toLocaleString("zh-CN")}）。`;
  },
};
