/** First answers to gates, for a service that counts them: which gate, and which answer of those that the lesson names. */

import { countAnswer } from "../api/routes.ts";
import type { LessonResponse, TallyRequest } from "../api/schema.ts";
import { wrongAnswer } from "../gates/answers.ts";
import type { GateAnswer } from "../gates/events.ts";
import { cellsOf } from "./spreads.ts";

/** An answer as it is counted, without what a person wrote. Null where the gate is not in the lesson as it is there. */
export function tallyOf(lesson: LessonResponse, { gate, code, given, right }: GateAnswer): TallyRequest | null {
  const cell = cellsOf(lesson).find((one) => one.code === code);
  if (cell === undefined) return null;
  const place = { lang: lesson.lang, cell: cell.number, line: gate.line };
  if (right) return { ...place, verdict: "right" };
  const wrong = wrongAnswer(gate, given);
  return wrong === null ? { ...place, verdict: "other" } : { ...place, verdict: "wrong", wrong: wrong + 1 };
}

/** Have an answer counted. Nobody who learns is told of a count that failed. */
export function count(lesson: LessonResponse, answer: GateAnswer): void {
  const tally = tallyOf(lesson, answer);
  if (tally !== null) countAnswer(lesson.slug, tally).catch(() => undefined);
}
