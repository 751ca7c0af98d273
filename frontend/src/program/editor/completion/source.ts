/** Completion: the program's names with what they are now, Python's own, and the members of torch, NumPy and tensors. */

import {
  autocompletion,
  closeCompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
  completionStatus,
} from "@codemirror/autocomplete";
import { globalCompletion, localCompletionSource } from "@codemirror/lang-python";
import { syntaxTree } from "@codemirror/language";
import type { Extension } from "@codemirror/state";
import { EditorView } from "@codemirror/view";

import { namesOf } from "../../../api/names.ts";
import type { NameRecord, VariableRecord } from "../../../api/schema.ts";
import { visible } from "../../../ui/text/visible.ts";
import { facts } from "../../../timeline/layouts.ts";
import type { Timeline } from "../../../timeline/timeline.ts";
import { requiresGrad } from "../../../timeline/member.ts";
import { surroundings } from "../page.ts";
import { importedBy } from "./imports.ts";
import { wantedAfter } from "./members.ts";

const WORD = /^\w*$/;
const TYPES: Readonly<Record<NameRecord["kind"], string>> = {
  function: "function",
  method: "method",
  class: "class",
  module: "namespace",
  property: "property",
  constant: "constant",
};

async function complete(context: CompletionContext): Promise<CompletionResult | null> {
  const { state, pos } = context;
  const { program } = state.facet(surroundings);
  if (/String|Comment/.test(syntaxTree(state).resolveInner(pos, -1).name)) return null;
  const { sources, timeline } = program();
  const before = state.sliceDoc(state.doc.lineAt(pos).from, pos);
  const imports = importedBy(sources);
  const wanted = wantedAfter(before, imports, timeline?.response ?? null);
  if (wanted === null)
    return context.explicit ? offered(context, pos, await ownNames(context, timeline, imports)) : null;
  const from = pos - wanted.word.length;
  if (wanted.owner === null) return offered(context, from, await ownNames(context, timeline, imports));
  return offered(context, from, [...(await namesOf(wanted.owner)).values()].map(member));
}

function offered(context: CompletionContext, from: number, options: readonly Completion[]): CompletionResult | null {
  return context.aborted || options.length === 0 ? null : { from, options, validFor: WORD };
}

/** The names of the last run, then the modules that the program has, then what else is in the code, then Python's. */
async function ownNames(
  context: CompletionContext,
  timeline: Timeline | null,
  imports: ReadonlyMap<string, string>,
): Promise<Completion[]> {
  const variables = (timeline?.response.variables ?? []).map((known) => variable(known, timeline));
  const modules = [...imports].map(([label, path]) => ({
    label,
    type: TYPES.module,
    detail: path === label ? "" : path,
  }));
  const local = localCompletionSource(context)?.options ?? [];
  const python = (await globalCompletion(context))?.options ?? [];
  const found = new Map<string, Completion>();
  for (const option of [...variables, ...modules, ...local, ...python]) {
    if (!found.has(option.label)) found.set(option.label, option);
  }
  return [...found.values()];
}

function variable({ name, type, text, tensor }: VariableRecord, timeline: Timeline | null): Completion {
  const member = tensor === null ? null : (timeline?.member(tensor) ?? null);
  const detail = member === null ? shortType(type) : `${facts(member)}${requiresGrad(member) ? " ∇" : ""}`;
  return {
    label: name,
    type: "variable",
    detail,
    boost: 2,
    ...(member === null ? {} : { info: () => textNode(text) }),
  };
}

function member({ name, kind, signature, summary }: NameRecord): Completion {
  return {
    label: name,
    type: TYPES[kind],
    // Names that end in an underscore write in place, and are meant more rarely.
    boost: kind === "module" || name.endsWith("_") ? -1 : 0,
    ...(signature === "" ? {} : { detail: signature }),
    ...(signature === "" && summary === "" ? {} : { info: () => documentation(name, signature, summary) }),
  };
}

function documentation(name: string, signature: string, summary: string): HTMLElement {
  const box = document.createElement("div");
  if (signature !== "") {
    const code = document.createElement("code");
    code.textContent = `${name}${signature}`;
    box.append(code);
  }
  if (summary !== "") {
    const text = document.createElement("p");
    text.textContent = summary;
    box.append(text);
  }
  return box;
}

function textNode(text: string): HTMLElement {
  const box = document.createElement("pre");
  box.textContent = visible(text);
  return box;
}

function shortType(type: string): string {
  return type.split(".").at(-1) ?? type;
}

/** An open list closes when the editor loses the focus; what is still being looked up then must not open one. */
const givesUp = EditorView.domEventHandlers({
  blur: (_event, view) => {
    if (completionStatus(view.state) === "pending") closeCompletion(view);
  },
});

export const completion: Extension = [autocompletion({ override: [complete], maxRenderedOptions: 12 }), givesUp];
