import type { graphs as english } from "../en/graphs.ts";
import type { Texts } from "../texts.ts";

export const graphs: Texts<typeof english> = {
  graphs: "计算图",
  graphOf: (name) => `${name} 的计算图`,
  noGraph: "还没有自动求导图。由需要梯度的张量算出结果后，图会显示在这里。",
  notDrawn: "此图未能及时画出，可下载其 DOT 源文件。",
  zoomIn: "放大",
  zoomOut: "缩小",
  zoomFit: "显示整幅图",
  downloadSvg: "下载 SVG",
  downloadDot: "下载 DOT",
  graphKeys: "拖动可平移，按住 Ctrl 滚动滚轮可缩放。键盘：方向键、+、−，按 0 显示整幅图。",
  nodeList: (count) => `节点列表（${count}）`,
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
