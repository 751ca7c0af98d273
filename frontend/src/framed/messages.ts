/** What the embedded page and the page around it tell each other. Neither trusts the other: messages are checked by their shape. */

import type { Fault } from "../api/faults.ts";
import type { CellError, RunResponse } from "../api/schema.ts";
import type { Lang } from "../i18n/index.ts";
import type { ThemeChoice } from "../theme.ts";
import type { Viewed } from "../viewer/events.ts";
import { isViewerView, type ViewerView } from "../viewer/views.ts";
import { langOf, themeOf } from "./choices.ts";

/** What the page around asks for. */
export type Wish =
  | { readonly kind: "goto"; readonly step: number | null }
  | { readonly kind: "view"; readonly view: ViewerView }
  /** To show the graph of a variable. */
  | { readonly kind: "of"; readonly of: string }
  | { readonly kind: "theme"; readonly theme: ThemeChoice }
  | { readonly kind: "lang"; readonly lang: Lang }
  /** To say the height once more: whoever asks came too late to hear it. */
  | { readonly kind: "height" }
  | { readonly kind: "run" }
  | { readonly kind: "stop" };

/** The wish in a message; null if it is none of ours, or makes no sense. */
export function wishOf(data: unknown): Wish | null {
  if (typeof data !== "object" || data === null) return null;
  const { target, type, step, view, of, theme, lang } = data as Record<string, unknown>;
  if (target !== "tensorpad") return null;
  switch (type) {
    case "goto":
      if (step === null) return { kind: "goto", step };
      return typeof step === "number" && Number.isSafeInteger(step) && step >= 0 ? { kind: "goto", step } : null;
    case "view":
      return typeof view === "string" && isViewerView(view) ? { kind: "view", view } : null;
    case "of":
      return typeof of === "string" ? { kind: "of", of } : null;
    case "theme": {
      const choice = typeof theme === "string" ? themeOf(theme) : null;
      return choice === null ? null : { kind: "theme", theme: choice };
    }
    case "lang": {
      const known = typeof lang === "string" ? langOf(lang) : null;
      return known === null ? null : { kind: "lang", lang: known };
    }
    case "height":
    case "run":
    case "stop":
      return { kind: type };
    default:
      return null;
  }
}

/** What the page around is told, without its `source`. */
export type Message =
  | { readonly type: "height"; readonly height: number }
  | {
      readonly type: "run";
      readonly detail: { readonly id: string; readonly status: string; readonly seconds: number };
    }
  | {
      readonly type: "step";
      readonly detail: {
        readonly step: number;
        readonly of: number;
        readonly line: number | null;
        readonly cell: number | null;
        readonly sentence: string;
      };
    }
  | { readonly type: "look"; readonly detail: { readonly view: ViewerView; readonly of: string | null } }
  | { readonly type: "answer"; readonly detail: Statement }
  | {
      readonly type: "error";
      readonly detail: { readonly type: string; readonly message: string; readonly line?: number };
    };

/** What a person did, as verb, object and result of an xAPI statement. */
export interface Statement {
  readonly verb: { readonly id: string; readonly display: Readonly<Record<string, string>> };
  readonly object: {
    readonly objectType: "Activity";
    readonly id: string;
    readonly definition: { readonly name: Readonly<Record<string, string>> };
  };
  readonly result: {
    readonly completion: boolean;
    readonly success?: boolean;
    readonly duration?: string;
    readonly response?: string;
  };
}

const EXPERIENCED: Statement["verb"] = {
  id: "http://adlnet.gov/expapi/verbs/experienced",
  display: { "en-US": "experienced", "zh-CN": "体验了" },
};

/** The program as xAPI names what a person dealt with. */
export interface Activity {
  /** Its address. */
  readonly id: string;
  readonly name: string;
  readonly lang: Lang;
}

/** Makes messages of what happens in a view. A step is an experience the first time that it is looked at. */
export class Reporter {
  readonly #looked = new Set<number>();

  /** The messages for what happened. */
  of(viewed: Viewed, activity: Activity): Message[] {
    switch (viewed.kind) {
      case "ran":
        this.#looked.clear();
        return ofRun(viewed.response, activity);
      case "failed":
        return [{ type: "error", detail: { type: viewed.fault.kind, message: faultMessage(viewed.fault) } }];
      case "look":
        return [{ type: "look", detail: { view: viewed.view, of: viewed.of } }];
      case "step": {
        const { step, count, line, cell, sentence } = viewed;
        const told: Message = { type: "step", detail: { step, of: count, line, cell, sentence } };
        if (this.#looked.has(step)) return [told];
        this.#looked.add(step);
        const object = activityAt({ ...activity, id: `${activity.id}/step/${step}`, name: sentence });
        const result = { completion: this.#looked.size >= count, response: String(step) };
        return [told, { type: "answer", detail: { verb: EXPERIENCED, object, result } }];
      }
    }
  }
}

function ofRun({ id, status, cells, timing, message }: RunResponse, activity: Activity): Message[] {
  const seconds = timing.total_ms / 1000;
  const error = cells.map((cell) => cell.error).find((raised) => raised !== null) ?? null;
  const result = { completion: true, success: status === "ok", duration: `PT${seconds.toFixed(2)}S` };
  return [
    { type: "run", detail: { id, status, seconds } },
    ...(status === "ok" ? [] : [{ type: "error", detail: errorDetail(error, status, message) } as const]),
    { type: "answer", detail: { verb: EXPERIENCED, object: activityAt(activity), result } },
  ];
}

function errorDetail(
  error: CellError | null,
  status: string,
  message: string | null,
): Extract<Message, { type: "error" }>["detail"] {
  if (error === null) return { type: status, message: message ?? "" };
  return { type: error.type, message: error.message, ...(error.line === null ? {} : { line: error.line }) };
}

function faultMessage(fault: Fault): string {
  return "problem" in fault ? (fault.problem?.detail ?? "") : "";
}

function activityAt({ id, name, lang }: Activity): Statement["object"] {
  return { objectType: "Activity", id, definition: { name: { [lang]: name } } };
}
