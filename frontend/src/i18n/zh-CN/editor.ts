import type { editor as english } from "../en/editor.ts";
import type { Texts } from "../texts.ts";

export const editor: Texts<typeof english> = {
  inPlace: "原地写入",
  error: "错误",
  fix: "修复",
  fixLines: "修复所做的改动",
  applyFix: "应用",
  applyFixAbout: "这样修改代码，按 Ctrl+Z 可撤销。",
  fixApplied: "修复已写入代码，可撤销。",
  fixOutdated: "代码在运行后已修改：请重新运行以获得合适的修复。",
  live: "实时",
};
