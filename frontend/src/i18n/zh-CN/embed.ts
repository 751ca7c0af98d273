import type { embed as english } from "../en/embed.ts";
import type { Texts } from "../texts.ts";

export const embed: Texts<typeof english> = {
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
