import type { viewer as english } from "../en/viewer.ts";
import { spaced, type Texts } from "../texts.ts";

export const viewer: Texts<typeof english> = {
  viewer: {
    title: "程序做了什么",
    steps: "逐步",
    code: "代码",
    codeOf: (name) => `${spaced(name)}的代码`,
    lines: (n) => `${n} 行`,
    run: "运行",
    stop: "停止",
    runToSee: "运行程序，看看它做了什么。",
    loading: "正在运行程序…",
    open: "在 Tensorpad 中打开",
    openHere: "外层网页不允许打开新窗口。请复制下面的网址，在新窗口中打开：",
    address: "网址",
  },
  player: {
    none: "这个文件不是 Tensorpad 的录制文件。录制文件由 `tensorpad record` 生成。",
    newer: (version) => `这个录制文件的版本是 ${version}，比本页能播放的版本新。请改用更新的 Tensorpad 脚本。`,
    large: (mib) => `这个录制文件超过 ${mib} MiB，没有打开。`,
    damaged: (where) => `这个录制文件已损坏：\`${where}\`。`,
    contradicts: "这个录制文件已损坏：其中的内容互相矛盾。",
    edit: "编辑并运行",
  },
};
