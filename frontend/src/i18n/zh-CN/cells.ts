import type { cells as english } from "../en/cells.ts";
import type { Texts } from "../texts.ts";

export const cells: Texts<typeof english> = {
  runFirst: (count) => `先运行前面的 ${count} 个程序`,
  program: "程序",
  cell: (n) => `单元格 ${n}`,
  code: (n) => `单元格 ${n} 的代码；按 Esc 再按 Tab 可离开`,
  codeHint: "Python，可用 torch 与 numpy",
  addCell: "在下方添加单元格",
  deleteCell: "删除单元格",
  moveUp: "上移单元格",
  moveDown: "下移单元格",
  runHere: "运行到此单元格",
  runHereAbout: "先运行前面的全部单元格，再运行此单元格。每次运行都从头开始，结果不受以往运行的影响。",
  addLastCell: "在末尾添加单元格",
  deletedCell: (n) => `已删除单元格 ${n}。`,
  cellActions: (n) => `单元格 ${n} 的操作`,
  stdout: "打印输出",
  stderr: "警告与错误输出",
  result: "结果",
  notRun: "未运行：前面的单元格没有正常结束。",
  edited: "运行后已修改",
  errorAt: (line) => `第 ${line} 行`,
  errorIn: (line, cell) => `单元格 ${cell} 第 ${line} 行`,
  traceback: "调用栈",
  libraryFrames: (frames: number, libraries: string) => `… ${libraries} 内部的 ${frames} 层调用 …`,
  hiddenCharacter: (code) => `不可见字符 ${code}`,
};
