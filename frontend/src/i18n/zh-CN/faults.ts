import type { faults as english } from "../en/faults.ts";
import type { Texts } from "../texts.ts";

export const faults: Texts<typeof english> = {
  unreachable: "服务没有响应",
  unreachableHelp: "请检查网络，或确认服务正在运行，然后重新运行。代码仍保留在此页面。",
  offline: "浏览器处于离线状态",
  overloaded: "服务繁忙",
  rateLimited: "来自此地址的运行过于频繁",
  tryAgainIn: (s) => `请在 ${s} 秒后重试。`,
  tryAgainNow: "现在可以重试。",
  runAgain: "重新运行",
  refused: "运行请求被拒绝",
  broken: "服务出错",
  brokenHelp: "这是服务的问题，与你的程序无关。",
  requestId: (id) => `请求 ${id}`,
  cut: "响应中断",
  cutHelp: "连接在运行结束之前断开，请重新运行。",
  cancelled: "已取消",
  cancelledHelp: "运行在得出结果之前被结束。",
  unrecorded: "录制中没有这项内容：它需要由服务器运行程序。",
  showingPrevious: "当前显示的是上一次运行的结果。",
};
