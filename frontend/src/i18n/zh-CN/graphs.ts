import type { graphs as english } from "../en/graphs.ts";
import type { Texts } from "../texts.ts";

export const graphs: Texts<typeof english> = {
  graphs: "计算图",
  graphOf: (name) => `${name} 的计算图`,
  seeMemory: "看看这些张量的内存",
  noGraph: "还没有计算图。由要求梯度的张量算出结果后，图会显示在这里。",
  graphLeftOut: (kept) =>
    `这一步所属的计算图没有保留：一次运行只保留最新的图（这里是 ${kept} 张）。下面是其中最早的一张，此时其中还没有值。`,
  notDrawn: "此图未能及时画出，可下载其 DOT 源文件。",
  zoomIn: "放大",
  zoomOut: "缩小",
  zoomFit: "显示整张图",
  downloadSvg: "下载 SVG",
  downloadDot: "下载 DOT",
  notSaved: "取不到这个文件：服务已不再保留这次运行，或没有响应。请重新运行程序，然后再保存。",
  pictureKeys: "拖动可平移，按住 Ctrl 滚动滚轮可缩放。键盘：方向键、+、−，按 0 显示整张图。",
  graphKeys:
    "拖动可平移，按住 Ctrl 滚动滚轮可缩放。键盘：方向键、+、−，按 0 显示整张图；按 Enter 进入节点，" +
    "方向键沿边移动，Enter 显示源代码和值，Escape 返回。",
  nodeTable: (count) => `节点表格（${count}）`,
  nodesOf: (name) => `${name} 的计算图的节点`,
  columns: {
    name: "名称",
    kind: "种类",
    operation: "运算",
    backward: "反向函数",
    shape: "形状",
    value: "值",
    gradient: "梯度",
    source: "源代码",
  },
  sourceLine: (cell, line) => `单元格 ${cell} 第 ${line} 行`,
  nodesWithin: (count) => `${count.toLocaleString("zh-CN")} 个节点`,
  waysLabel: "突出显示",
  graphWays: { forward: "前向", both: "全部", backward: "反向" },
  wayHints: { forward: "突出值和运算", both: "两个方向同样显示", backward: "突出梯度和反向函数" },
  unfold: (name) => (name === "" ? "展开" : `展开 ${name}`),
  foldUp: (name) => `折叠 ${name}`,
  outline: {
    drawing: "正在绘制此图。它与后面的一张图结构相同，所以查看时才绘制：程序会再运行一次。",
    failed: "现在无法绘制此图。",
  },
  drawAgain: "重新绘制",
  notRedrawn: "现在无法重新绘制此图，图保持不变。",
  nodeKinds: {
    leaf: "叶子",
    parameter: "参数",
    constant: "常量",
    operation: "运算",
    result: "结果",
    folded: "已折叠",
    elided: "未画出",
  },
  backwardOrder: (n) => `反向传播第 ${n} 步`,
};
