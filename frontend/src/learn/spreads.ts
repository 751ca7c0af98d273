/** A section as it is laid out: texts with the program that they are about beside them, and exercises. */

import type {
  CardsBlock,
  CellBlock,
  ExerciseBlock,
  LessonResponse,
  Section,
  ParsonsBlock,
  ProseBlock,
} from "../api/schema.ts";

/** What a section has in it. */
export type LessonBlock = Section["blocks"][number];

export type Part =
  /** `cell` is the number of the program beside the texts before and after it; null if there is none. */
  | {
      readonly kind: "spread";
      readonly before: readonly ProseBlock[];
      readonly cell: number | null;
      readonly after: readonly ProseBlock[];
    }
  | ExerciseBlock
  | ParsonsBlock
  | CardsBlock;

/** Texts before a program and after it are about it, as far as the next one. A text that leads to an earlier one has that beside it. */
export function partsOf(blocks: readonly LessonBlock[]): readonly Part[] {
  const parts: Part[] = [];
  let [before, after]: [ProseBlock[], ProseBlock[]] = [[], []];
  let cell: number | null = null;
  const close = (): void => {
    if (before.length > 0 || cell !== null) parts.push({ kind: "spread", before, cell: cell ?? led(before), after });
    [before, cell, after] = [[], null, []];
  };
  for (const block of blocks) {
    if (block.kind === "prose") (cell === null ? before : after).push(block);
    else if (block.kind === "cell") {
      if (cell !== null) close();
      cell = block.number;
    } else {
      close();
      parts.push(block);
    }
  }
  close();
  return parts;
}

/** The program that a text leads to first. */
function led(prose: readonly ProseBlock[]): number | null {
  const number = /data-cell="(\d+)"/.exec(prose.map(({ html }) => html).join(""))?.[1];
  return number === undefined ? null : Number(number);
}

/** What a lesson says before its first heading. */
export function introOf({ sections }: LessonResponse): readonly LessonBlock[] {
  const [first] = sections;
  return first !== undefined && isIntro(first) ? first.blocks : [];
}

/** The sections that are read one at a time. */
export function sectionsOf({ sections }: LessonResponse): readonly Section[] {
  return sections.filter((section, at) => at > 0 || !isIntro(section));
}

function isIntro({ stage, title }: Section): boolean {
  return stage === null && title === "";
}

/** The cells of a lesson, in order. */
export function cellsOf({ sections }: LessonResponse): readonly CellBlock[] {
  return sections.flatMap(({ blocks }) => blocks).filter((block) => block.kind === "cell");
}

/** A program, and what the page calls each of its cells. */
export interface Titled {
  readonly program: readonly string[];
  readonly titles: readonly string[];
}

/** A block's code as it runs: after all cells before the block that do not end in an error. `title` is what it is called itself. */
export function programAt(
  { sections }: LessonResponse,
  block: LessonBlock,
  code: string,
  title: string,
  named: (n: number) => string,
): Titled {
  const blocks = sections.flatMap((section) => section.blocks);
  const before = blocks
    .slice(0, blocks.indexOf(block))
    .filter((one): one is CellBlock => one.kind === "cell" && !one.raises);
  return {
    program: [...before.map((cell) => cell.code), code],
    titles: [...before.map(({ number }) => named(number)), title],
  };
}
