/** Lessons for tests. */

import type { CellBlock, ExerciseBlock, LessonResponse, Section, ProseBlock } from "../../src/api/schema.ts";

export function prose(html: string): ProseBlock {
  return { kind: "prose", html };
}

export function cellBlock(number: number, parts: Partial<CellBlock> = {}): CellBlock {
  return { kind: "cell", number, label: "", code: `code ${number}`, raises: false, ...parts };
}

export function exercise(label: string): ExerciseBlock {
  return { kind: "exercise", label, html: "", start: "", check: "", solution: "", explanations: [] };
}

export function lesson(sections: Section[]): LessonResponse {
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
    lang: "en",
    next: null,
    previous: null,
    sections,
  };
}
