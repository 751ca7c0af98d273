/** How far a person is with the lessons: what they have read, answered and written. Plain data, kept in this browser and in files. */

/** An answer to a gate. `right` is what it was at the first try. */
export interface KeptAnswer {
  readonly given: string;
  readonly right: boolean;
}

export interface LessonProgress {
  /** The section that was read last, by its index. */
  readonly at: number;
  /** Whether the lesson was read to its end. */
  readonly done: boolean;
  /** Answers by the keys of gates. */
  readonly answers: Readonly<Record<string, KeptAnswer>>;
  /** What a person made of the code of a cell or an exercise, by its name. */
  readonly edits: Readonly<Record<string, string>>;
  /** The exercises that were done, by their labels. */
  readonly passed: readonly string[];
}

export interface Progress {
  readonly lessons: Readonly<Record<string, LessonProgress>>;
  /** The lesson that was read last, by its slug. */
  readonly last: string | null;
}

const VERSION = 1;
export const NOT_BEGUN: LessonProgress = { at: 0, done: false, answers: {}, edits: {}, passed: [] };
export const NO_PROGRESS: Progress = { lessons: {}, last: null };

/** With something changed in a lesson, which is then the last. */
export function advanced(progress: Progress, slug: string, change: Partial<LessonProgress>): Progress {
  const before = progress.lessons[slug] ?? NOT_BEGUN;
  return { lessons: { ...progress.lessons, [slug]: { ...before, ...change } }, last: slug };
}

/** With an answer; the first one decides whether the gate was predicted. */
export function withAnswer(lesson: LessonProgress, key: string, given: string, right: boolean): LessonProgress {
  const first = lesson.answers[key]?.right ?? right;
  return { ...lesson, answers: { ...lesson.answers, [key]: { given, right: first } } };
}

/** How many gates were answered, and how many of them were right at the first try. */
export function score({ answers }: LessonProgress): { readonly right: number; readonly count: number } {
  const all = Object.values(answers);
  return { right: all.filter(({ right }) => right).length, count: all.length };
}

/** All of what two browsers know: where both know something of a lesson, the one that is further. */
export function merged(one: Progress, other: Progress): Progress {
  const slugs = new Set([...Object.keys(one.lessons), ...Object.keys(other.lessons)]);
  const lessons = [...slugs].map((slug) => {
    const [mine, theirs] = [one.lessons[slug] ?? NOT_BEGUN, other.lessons[slug] ?? NOT_BEGUN];
    const both: LessonProgress = {
      at: Math.max(mine.at, theirs.at),
      done: mine.done || theirs.done,
      answers: { ...theirs.answers, ...mine.answers },
      edits: { ...theirs.edits, ...mine.edits },
      passed: [...new Set([...mine.passed, ...theirs.passed])],
    };
    return [slug, both] as const;
  });
  return { lessons: Object.fromEntries(lessons), last: other.last ?? one.last };
}

/** As it is kept and saved. */
export function written(progress: Progress): string {
  return JSON.stringify({ kind: "tensorpad-progress", version: VERSION, ...progress });
}

/** What was written, whatever that is now; null if it is none. Parts that cannot be used are left out. */
export function read(text: string): Progress | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (!isRecord(value) || value["kind"] !== "tensorpad-progress" || value["version"] !== VERSION) return null;
  const { lessons, last } = value;
  if (!isRecord(lessons)) return null;
  const kept = Object.entries(lessons).flatMap(([slug, lesson]): [string, LessonProgress][] =>
    isRecord(lesson) ? [[slug, asLesson(lesson)]] : [],
  );
  return { lessons: Object.fromEntries(kept), last: typeof last === "string" ? last : null };
}

function asLesson({ at, done, answers, edits, passed }: Record<string, unknown>): LessonProgress {
  const kept = Object.entries(isRecord(answers) ? answers : {}).flatMap(([key, answer]): [string, KeptAnswer][] =>
    isRecord(answer) && typeof answer["given"] === "string"
      ? [[key, { given: answer["given"], right: answer["right"] === true }]]
      : [],
  );
  const codes = Object.entries(isRecord(edits) ? edits : {}).filter(
    (edit): edit is [string, string] => typeof edit[1] === "string",
  );
  return {
    at: typeof at === "number" && Number.isSafeInteger(at) && at >= 0 ? at : 0,
    done: done === true,
    answers: Object.fromEntries(kept),
    edits: Object.fromEntries(codes),
    passed: Array.isArray(passed) ? passed.filter((label): label is string => typeof label === "string") : [],
  };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
