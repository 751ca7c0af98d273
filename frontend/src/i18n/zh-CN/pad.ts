import type { pad as english } from "../en/pad.ts";
import type { Texts } from "../texts.ts";

export const pad: Texts<typeof english> = {
  title: "由 Tensorpad 运行的 PyTorch 程序",
  picture: (name) => (name === null ? "计算图" : `${name} 的计算图`),
  source: "程序",
  run: "运行",
  step: "逐步查看",
  starting: "正在启动…",
  again: "重试",
  unreachable: (host) => `${host} 没有响应，暂时无法运行这个程序。`,
  unread: (address) =>
    address.startsWith("file:")
      ? "从本地文件打开的网页不能读取其他文件。请把两者放到服务器上，或打开 tensorpad run --format html 生成的网页。"
      : `无法读取录制文件 ${address}。请确认文件存在，并且本页可以读取它。`,
  nothing: "这里还没有程序。请写在 <script type=text/x-python> 里，或用属性“code”或“snippet”指定。",
  twice: (names) => `程序重复：${names}。请只保留一处。`,
  cells: "属性“cells”应为 JSON 字符串列表。",
  server: "没有指定服务器。请用 <script src> 加载 embed.js，或设置属性“server”。",
  address: (given) => `属性“server”的值不是服务器地址：${given}`,
};
