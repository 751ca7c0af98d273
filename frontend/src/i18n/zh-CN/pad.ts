import type { pad as english } from "../en/pad.ts";
import type { Texts } from "../texts.ts";

export const pad: Texts<typeof english> = {
  title: "由 Tensorpad 运行的 PyTorch 程序",
  picture: (name) => (name === null ? "计算图" : `${name} 的计算图`),
  source: "程序",
  run: "运行",
  starting: "正在启动…",
  again: "重试",
  unreachable: (host) => `${host} 没有响应，暂时无法运行这个程序。`,
  nothing: "这里还没有程序。请把它写进 <script type=text/x-python>，或用属性“code”“snippet”给出。",
  twice: (names) => `程序给出了不止一次：${names}。请只留一处。`,
  cells: "属性“cells”不是由字符串组成的 JSON 列表。",
  server: "不知道服务器在哪里。请用 <script src> 加载 embed.js，或用属性“server”指明服务器。",
  address: (given) => `属性“server”不是服务器地址：${given}`,
};
