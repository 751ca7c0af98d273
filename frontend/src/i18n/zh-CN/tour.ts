import type { tour as english } from "../en/tour.ts";
import type { Texts } from "../texts.ts";

export const tour: Texts<typeof english> = {
  fromFile: "打开文件",
  fromFileAbout: "Jupyter 笔记本或 Python 文件。也可以直接拖到页面上，或粘贴进来。",
  fileUnread: (name) => `${name} 里没有可以打开的 Python 单元格。请选择 .ipynb 或 .py 文件。`,
  aboutService: "关于这个服务",
  course: "学习",
  courseOn: "继续学习课程",
  welcome: "刚开始学 PyTorch？",
  welcomeAbout: "课程用一节节短课讲张量与自动求导：先预测，再运行，再看明白原因。也可以自己在演练场里随便试。",
  welcomeCourse: "开始课程",
  welcomeTour: "看看演练场",
  tourStart: "看看怎么用",
  tourSkip: "跳过",
  tourNext: "下一步",
  tourDone: "开始",
  tourProgress: (n, count) => `${n} / ${count}`,
  tourStops: {
    program: {
      title: "单元格里就是普通的 PyTorch",
      text: "随便改，按 Ctrl+Enter 运行。所有单元格在一个全新的进程里从头运行，不会留下上一次的任何东西。",
    },
    graph: {
      title: "自动求导建出的计算图",
      text: "值往下走，梯度往回走。点一个节点，就能找到它对应的代码和值。",
    },
    timeline: {
      title: "一步一步看",
      text: "每个运算、backward() 的每个函数都是一步。拖动，或者用方向键，整个页面就显示那一刻。",
    },
    values: {
      title: "每个张量的真实样子",
      text: "值旁边是梯度，视图旁边是原来的张量。点一个数字，看它从哪里来。",
    },
  },
};
