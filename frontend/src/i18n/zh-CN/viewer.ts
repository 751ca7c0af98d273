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
  embed: {
    nowhere: "网址里没有程序。请加上 `code=…`、`cells=[…]`、`snippet=…`，或链接中的 `#code/…`。",
    unreadable: "网址里的程序（`#code/…`）无法读取，可能已被截断。请重新复制链接。",
    missing: (id) => `没有编号为 \`${id}\` 的程序。请核对编号，或把程序本身放进网址。`,
    unreachable: "服务没有响应，程序未能载入。",
    again: "重试",
    choice: (name, given, choices) =>
      `网址参数 \`${name}=${given}\` 无效，可选值：${choices.map((one) => `\`${one}\``).join("、")}。`,
    instead: (name, value) => `现按 \`${name}=${value}\` 显示。`,
    notAStep: (given) => `网址参数 \`step=${given}\` 不是步骤编号，应为从 0 开始的整数。现显示程序结束时的状态。`,
    beyond: (given, count) =>
      `\`step=${given}\` 超出范围，此程序的步骤编号为 0 到 ${count - 1}。现显示程序结束时的状态。`,
    notCells: '网址参数 `cells=` 应为 JSON 字符串列表，例如 `["x = 1", "x + 1"]`。',
    several: (names) =>
      `网址里有 ${names.length} 个程序：${names.map((name) => `\`${name}\``).join("、")}。请只保留一个，现显示第一个。`,
    unknown: (name, meant) => `没有参数 \`${name}=\`，应为 \`${meant}=\`。`,
    notThere: (name, names) =>
      names.length === 0
        ? `程序里没有张量 \`${name}\`，\`of=${name}\` 无法显示。`
        : `程序里没有张量 \`${name}\`，\`of=${name}\` 无法显示。现有：${names.map((one) => `\`${one}\``).join("、")}。`,
  },
};
