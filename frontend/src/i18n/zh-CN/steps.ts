import type { steps as english } from "../en/steps.ts";
import type { Texts } from "../texts.ts";

export const steps: Texts<typeof english> = {
  viewsLabel: "运行的各种视图",
  views: { graph: "计算图", values: "值" },
  timeline: "时间线",
  step: (n, count) => `第 ${n} 步，共 ${count} 步`,
  atEnd: "程序结束时",
  firstStep: "第一步",
  stepBack: "后退一步",
  stepForward: "前进一步",
  lastStep: "到结束",
};
