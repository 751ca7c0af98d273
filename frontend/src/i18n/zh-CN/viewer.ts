import type { viewer as english } from "../en/viewer.ts";
import type { Texts } from "../texts.ts";

export const viewer: Texts<typeof english> = {
  viewer: {
    title: "程序做了什么",
    steps: "逐步",
    code: "代码",
    codeOf: (n) => `单元格 ${n} 的代码`,
    lines: (n) => `${n} 行`,
    run: "运行",
    stop: "停止",
    runToSee: "运行程序，看看它做了什么。",
    loading: "正在运行程序…",
    open: "在 Tensorpad 中打开",
    openHere: "外层网页不允许打开新窗口。请复制下面的网址，在新窗口中打开：",
    address: "网址",
  },
  embed: {
    nowhere: "这个视图的网址里没有程序。请加上 `code=…`、`cells=[…]`、`snippet=…`，或链接中的 `#code/…`。",
    unreadable: "网址里的程序（`#code/…`）无法读取，可能被截断了：请重新复制链接。",
    missing: (id) => `没有编号为 \`${id}\` 的程序。请核对编号，或把程序本身放进网址。`,
    unreachable: "服务没有响应，程序未能载入。",
    again: "重试",
    choice: (name, given, choices) =>
      `这个视图的网址里 \`${name}=${given}\` 没有意义，可选的有 ${choices.map((one) => `\`${one}\``).join("、")}。`,
    instead: (name, value) => `目前按 \`${name}=${value}\` 处理。`,
    notAStep: (given) => `这个视图的网址里 \`step=${given}\` 不是步骤编号：请写从 0 开始的整数。现在显示的是结尾。`,
    beyond: (given, count) => `程序没有 \`step=${given}\`：步骤编号从 0 到 ${count - 1}。现在显示的是结尾。`,
    notCells: '这个视图的网址里 `cells=` 不是 JSON 字符串列表，应写成 `["x = 1", "x + 1"]` 这样。',
    several: (names) =>
      `这个视图的网址用 ${names.map((name) => `\`${name}\``).join("、")} 给出了 ${names.length} 个程序。请只留一个；现在显示的是第一个。`,
    unknown: (name, meant) => `这个视图没有参数 \`${name}=\`，应写成 \`${meant}=\`。`,
    notThere: (name, names) =>
      names.length === 0
        ? `程序里没有 \`of=\` 可以显示的张量 \`${name}\`。`
        : `程序里没有 \`of=\` 可以显示的张量 \`${name}\`，有的是 ${names.map((one) => `\`${one}\``).join("、")}。`,
  },
};
