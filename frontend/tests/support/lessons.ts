/** Lessons for tests. */

import type { CellBlock, ExerciseBlock, Lesson, LessonSection, ProseBlock } from "../../src/api/lessons.ts";

export function prose(html: string): ProseBlock {
  return { kind: "prose", html };
}

export function cellBlock(number: number, parts: Partial<CellBlock> = {}): CellBlock {
  return { kind: "cell", number, label: "", code: `code ${number}`, raises: false, ...parts };
}

export function exercise(label: string): ExerciseBlock {
  return { kind: "exercise", label, html: "", start: "", check: "", solution: "", explanations: [] };
}

export function lesson(sections: readonly LessonSection[]): Lesson {
  return {
    slug: "views",
    number: 8,
    course: "tensorpad",
    title: "Views",
    question: "Which?",
    goals: [],
    minutes: 10,
    needs: [],
    languages: ["en"],
    next: null,
    previous: null,
    sections,
  };
}
