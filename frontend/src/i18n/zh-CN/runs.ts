import type { runs as english } from "../en/runs.ts";
import { spaced, type Texts } from "../texts.ts";

export const runs: Texts<typeof english> = {
  run: "运行",
  cancel: "取消",
  waiting: (ahead) => `前面还有 ${ahead} 个运行`,
  announceDone: (variables) => `运行结束：${variables} 个变量。`,
  announceError: (name, type) => `运行在${spaced(name)}中以 ${type} 结束。`,
  announceAgain: "服务已不再保留这次运行的数值，因此重新运行了一次。",
  announceStarted: "正在运行",
  ended: {
    timeout: "超出时限",
    out_of_memory: "内存不足",
    output_limit: "输出超限",
    crashed: "程序的进程意外终止",
  },
  partial: "在此之前的结果显示在下方。",
};
