/** How far a reader is with the gates of a page, kept in the browser and told to an LMS that speaks SCORM 1.2. */

/** The part of SCORM 1.2's API that a page needs; an LMS puts it on a window around the page. */
export interface Lms {
  LMSInitialize(parameter: ""): string;
  LMSGetValue(element: string): string;
  LMSSetValue(element: string, value: string): string;
  LMSCommit(parameter: ""): string;
  LMSFinish(parameter: ""): string;
}

/** Windows that an LMS may put between itself and the page. */
const MOST_WINDOWS = 10;

/** The API of the LMS around a window; null if there is none. */
export function lmsOf(start: Window): Lms | null {
  let current: Window = start;
  for (let count = 0; count < MOST_WINDOWS; count++) {
    try {
      const { API } = current as Window & { readonly API?: Lms };
      if (API !== undefined) return API;
    } catch {
      return null; // a window of another site
    }
    if (current.parent === current) break;
    current = current.parent;
  }
  return start.opener === null || start.opener === start ? null : lmsOf(start.opener as Window);
}

export type Answers = Readonly<Record<string, string>>;

/** Where answers are kept from visit to visit. */
export interface Memory {
  load(): Answers;
  save(answers: Answers, right: number, count: number): void;
  close(): void;
}

/** In an LMS, with score and completion. */
export class LmsMemory implements Memory {
  readonly #lms: Lms;

  constructor(lms: Lms) {
    this.#lms = lms;
    lms.LMSInitialize("");
  }

  load(): Answers {
    return read(this.#lms.LMSGetValue("cmi.suspend_data"));
  }

  save(answers: Answers, right: number, count: number): void {
    const done = Object.keys(answers).length >= count;
    this.#lms.LMSSetValue("cmi.suspend_data", JSON.stringify(answers));
    this.#lms.LMSSetValue("cmi.core.score.min", "0");
    this.#lms.LMSSetValue("cmi.core.score.max", "100");
    this.#lms.LMSSetValue("cmi.core.score.raw", String(Math.round((100 * right) / Math.max(count, 1))));
    this.#lms.LMSSetValue("cmi.core.lesson_status", done ? "completed" : "incomplete");
    this.#lms.LMSCommit("");
  }

  close(): void {
    this.#lms.LMSFinish("");
  }
}

/** In the browser. Where that keeps nothing, answers last as long as the page. */
export class LocalMemory implements Memory {
  readonly #key: string;

  constructor(page: string) {
    this.#key = `tensorpad handout ${page}`;
  }

  load(): Answers {
    try {
      return read(localStorage.getItem(this.#key) ?? "");
    } catch {
      return {};
    }
  }

  save(answers: Answers): void {
    try {
      localStorage.setItem(this.#key, JSON.stringify(answers));
    } catch {
      // The reader's browser keeps nothing, as it may.
    }
  }

  close(): void {
    // Nothing is open.
  }
}

function read(text: string): Answers {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value !== "object" || value === null) return {};
    return Object.fromEntries(
      Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string"),
    );
  } catch {
    return {};
  }
}
