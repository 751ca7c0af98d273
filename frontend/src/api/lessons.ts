/** Lessons, as the contract of the API has them. */

export interface LessonSummary {
  readonly slug: string;
  readonly number: number;
  readonly course: string;
  readonly title: string;
  readonly question: string;
  readonly goals: readonly string[];
  readonly minutes: number;
  readonly needs: readonly string[];
  readonly languages: readonly string[];
}

export interface LessonsResponse {
  readonly lessons: readonly LessonSummary[];
}

export interface ProseBlock {
  readonly kind: "prose";
  readonly html: string;
}

export interface CellBlock {
  readonly kind: "cell";
  readonly number: number;
  readonly label: string;
  readonly code: string;
  readonly raises: boolean;
}

export interface ExerciseBlock {
  readonly kind: "exercise";
  readonly label: string;
  readonly html: string;
  readonly start: string;
  readonly check: string;
  readonly solution: string;
  readonly explanations: readonly { readonly code: string; readonly because: string }[];
}

export interface ParsonsLine {
  readonly text: string;
  readonly indent: number;
  readonly distractor: boolean;
}

export interface ParsonsBlock {
  readonly kind: "parsons";
  readonly label: string;
  readonly html: string;
  readonly lines: readonly ParsonsLine[];
  readonly check: string;
}

export interface CardsRow {
  readonly code: string;
  readonly cells: readonly string[];
}

export interface CardsBlock {
  readonly kind: "cards";
  readonly head: readonly string[];
  readonly rows: readonly CardsRow[];
  readonly setup: string;
}

export type LessonBlock = ProseBlock | CellBlock | ExerciseBlock | ParsonsBlock | CardsBlock;

export type LessonStage = "example" | "predict" | "investigate" | "modify" | "make" | "mistake" | "quiz" | "summary";

export interface LessonSection {
  readonly stage: LessonStage | null;
  readonly title: string;
  readonly blocks: readonly LessonBlock[];
}

export interface LessonLink {
  readonly slug: string;
  readonly number: number;
  readonly title: string;
  readonly question: string;
}

export interface Lesson extends LessonSummary {
  readonly next: LessonLink | null;
  readonly previous: LessonLink | null;
  readonly sections: readonly LessonSection[];
}
