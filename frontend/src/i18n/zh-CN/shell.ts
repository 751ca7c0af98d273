import type { shell as english } from "../en/shell.ts";
import type { Texts } from "../texts.ts";

export const shell: Texts<typeof english> = {
  language: "简体中文",
  unloaded: "页面的一部分未能加载。请检查网络后重试；如果仍然不行，请刷新页面。",
  loadAgain: "重试",
  undo: "撤销",
  redo: "重做",
  colon: "：",
  close: "关闭",
  dismiss: "知道了",
};
