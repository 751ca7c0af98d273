import type { editor as english } from "../en/editor.ts";
import type { Texts } from "../texts.ts";

export const editor: Texts<typeof english> = {
  inPlace: "原地写入",
  ranTimes: (count) => `此行运行了 ${count} 次，提示的是最后一次。`,
  noGradientYet: "None：反向传播尚未到达这里。",
  gradientNotKept: "None：梯度经过了它，但没有保留。在反向传播之前调用 `retain_grad()` 可以保留。",
  completions: "补全",

  error: "错误",
  noticeAbout: "值得注意，点击查看详情。",
  fix: "修复",
  fixLines: "修复所做的改动",
  applyFix: "应用",
  applyFixAbout: "这样修改代码，按 Ctrl+Z 可撤销。",
  fixApplied: "修复已写入代码，可撤销。",
  fixOutdated: "代码在运行后已修改：请重新运行以获得合适的修复。",

  live: "实时",
  liveAbout: (ms) => `边输入边运行，最后一次按键 ${ms} 毫秒后开始`,

  keys: "按键",
  keysAbout: "编辑器中的按键",
  keyRun: "运行整个程序",
  keyRunOn: "运行到这里，并转到下一处",
  keyComplete: "补全名称",
  keyUndo: "撤销，包括已应用的修复",
  keyComment: "将所选行变为注释或恢复为代码",
  keySelect: "选择外层表达式，并显示其值",
  keyIndent: "缩进（输入过之后）",
  keyLeave: "离开编辑器",
  tabMoves: "Tab 从不缩进，总是移动焦点",
  then: "再按",
};
