import type { broadcast as english } from "../en/broadcast.ts";
import type { Texts } from "../texts.ts";

export const broadcast: Texts<typeof english> = {
  broadcast: {
    title: "广播",
    aligned: "形状，向右对齐",
    operand: "操作数",
    result: "结果",
    fates: {
      kept: "不变",
      stretched: (times) => `1 拉伸为 ${times}`,
      added: (times) => `补出，共 ${times} 份`,
      along: "属于乘积",
      summed: "被求和",
    },
    stretched: (dimension, times) => `第 ${dimension} 维从 1 拉伸为 ${times}`,
    added: (dimension, times) => `在前面补出第 ${dimension} 维，共 ${times} 份`,
    kept: "原样使用",
    becomes: (name, shape, what) => `${name} ${shape}：${what}。`,
    join: "，",
    ghosts: "虚线格子是从未真正复制出来的副本：它们读取的都是那唯一存在的值。",
    valuesOf: (name, shape) => `${name}，按 ${shape} 画出`,
    resultValues: (shape) => `结果，${shape}；用方向键在格子间移动`,
    hint: "指向结果中的一个格子（或用 Tab 和方向键到达它），就能看到它从哪里来。",
    from: (cell, value, sources) => `${cell} = ${value}，来自 ${sources}`,
    feeds: (source, cells) => `${source} 用于 ${cells} 个格子。`,
    and: " 和 ",
    leading: (dimension) => `结果第 ${dimension} 维的下标`,
    unnamed: "未命名",
  },
};
