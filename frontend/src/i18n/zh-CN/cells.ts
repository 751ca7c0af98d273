import type { cells as english } from "../en/cells.ts";
import { spaced, type Texts } from "../texts.ts";

export const cells: Texts<typeof english> = {
  runFirst: (count) => `先运行前面的 ${count} 个程序`,
  program: "程序",
  cell: (n) => `单元格 ${n}`,
  cellNamed: (n) => `单元格 ${n}`,
  code: (name) => `${spaced(name)}的代码；按 Esc 再按 Tab 可离开`,
  stdout: "打印输出",
  stderr: "警告与错误输出",
  result: "结果",
  enlarge: "放大",
  savePicture: "保存图片",
  notRun: "未运行：前面的程序没有正常结束。",
  edited: "运行后已修改",
  errorAt: (line) => `第 ${line} 行`,
  errorIn: (line, name) => `${spaced(name)}第 ${line} 行`,
  traceback: "调用栈",
  libraryFrames: (frames: number, libraries: string) => `… ${libraries} 内部的 ${frames} 层调用 …`,
  hiddenCharacter: (code) => `不可见字符 ${code}`,
};
