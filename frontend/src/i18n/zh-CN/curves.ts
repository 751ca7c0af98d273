import type { curves as english } from "../en/curves.ts";
import type { Texts } from "../texts.ts";

export const curves: Texts<typeof english> = {
  curves: "循环中的数值",
  otherCurves: (count) => `其余曲线（${count}）`,
  rounds: (count) => `${count} 轮`,
  curveTitle: (measure) =>
    ({
      value: "",
      norm: "范数",
      minimum: "最小值",
      maximum: "最大值",
      gradient_norm: ".grad 的范数",
      update_norm: "更新量的范数",
    })[measure],
  curveAt: (round, value) => `第 ${round} 轮：${value}`,
  curveExtent: (least, most, logarithmic) => `${least} 至 ${most}${logarithmic ? "，对数刻度" : ""}`,
  curveLabel: (name, rounds, first, last) => `${name} 在 ${rounds} 轮中的曲线，从 ${first} 到 ${last}`,
};
