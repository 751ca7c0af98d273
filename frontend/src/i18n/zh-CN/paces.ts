import type { paces as english } from "../en/paces.ts";
import type { Texts } from "../texts.ts";

export const paces: Texts<typeof english> = {
  label: "每次走多远",
  about: "箭头和滑块每次走多远。Shift →：越过调用；Shift ↓：进入调用；Shift ↑：跳出函数。",
  names: {
    step: "逐步",
    statement: "逐语句",
    call: "逐次调用",
    round: "逐轮",
    backward: "逐次反向传播",
    change: "逐次变化",
  },
  changeOf: (name) => `逐次变化：${name}`,
  to: (name, by) => `${by > 0 ? "前进" : "后退"}（${name}）`,
  none: (name, why) => `${name}（${why}）`,
  without: {
    step: "",
    statement: "",
    call: "没有自己的函数",
    round: "没有反复执行的循环",
    backward: "没有",
    change: "请先点选张量",
  },
  roundOf: (n, count) => `第 ${n} 轮，共 ${count} 轮`,
  roundShort: (n, count) => `第 ${n} / ${count} 轮`,
  passMark: (name) => `从 ${name} 开始的反向传播`,
  play: "逐步播放",
  pause: "暂停",
  speed: "速度",
  times: (factor) => `${factor} 倍`,
};
