/** The value of the code at a position: the syntax tree has the expression, the findings its value. */

import { syntaxTree } from "@codemirror/language";
import type { EditorState } from "@codemirror/state";

import type { Timeline } from "../../timeline/timeline.ts";
import { findings } from "./findings.ts";
import type { Range } from "../../ui/text/spans.ts";
import {
  boundIn,
  gradientIn,
  nameIn,
  type OperationSight,
  outputOf,
  type Seen,
  type Sight,
  type StatementSight,
} from "./sights.ts";

type Node = ReturnType<typeof syntaxTree>["topNode"];

/** An expression in the code and the value that it had. */
export interface Expression extends Range {
  readonly seen: Seen;
}

/** The innermost expression around a position of which a value is known. */
export function expressionAt(state: EditorState, position: number, side: -1 | 1): Expression | null {
  for (let node: Node | null = syntaxTree(state).resolveInner(position, side); node !== null; node = node.parent) {
    if (/Statement$|^Body$|Definition$|^Script$/.test(node.name)) return null;
    const seen = seenAt(state, node);
    if (seen !== null) return { from: node.from, to: node.to, seen };
  }
  return null;
}

/** The expression that is exactly this range, but for white space and brackets around it. */
export function expressionIn(state: EditorState, range: Range): Expression | null {
  const { from, to } = trimmed(state, range);
  if (from >= to) return null;
  let node: Node | null = syntaxTree(state).resolveInner(from, 1);
  while (node !== null && (node.to < to || node.from > from)) node = node.parent;
  for (; node?.from === from && node.to === to; node = node.parent) {
    const seen = seenAt(state, node);
    if (seen !== null) return { from, to, seen };
  }
  return null;
}

function seenAt(state: EditorState, node: Node): Seen | null {
  const { report, sights } = state.field(findings);
  if (report === null) return null;
  const { timeline } = report;
  if (node.name === "ParenthesizedExpression") {
    const inner = node.firstChild?.nextSibling ?? null;
    return inner === null ? null : seenAt(state, inner);
  }
  const operation = sights.find(({ from, to, value }) => value.kind === "operation" && covers(node, from, to));
  if (operation?.value.kind === "operation") return outputOf(timeline, operation.value satisfies OperationSight);
  const statement = innermost(sights, node);
  return statement === null ? null : seenIn(state, timeline, statement, node);
}

function covers(node: Node, from: number, to: number): boolean {
  return node.from === from && node.to === to;
}

/** The value of a name, of a name's `.grad`, or of the whole right side of an assignment. */
function seenIn(state: EditorState, timeline: Timeline, statement: StatementSight, node: Node): Seen | null {
  const text = (part: Node): string => state.sliceDoc(part.from, part.to);
  if (node.name === "VariableName") return nameIn(timeline, statement, text(node), isTarget(node));
  if (node.name === "MemberExpression") {
    const owner = node.firstChild;
    const property = node.lastChild;
    if (owner?.name === "VariableName" && property?.name === "PropertyName" && text(property) === "grad")
      return gradientIn(timeline, statement, text(owner), isTarget(node));
    return null;
  }
  const assigned = node.parent?.name === "AssignStatement" && node.nextSibling === null;
  return assigned && node.prevSibling?.name === "AssignOp" ? boundIn(timeline, statement) : null;
}

/** Whether a name is what an assignment, a loop or a parameter list binds. */
function isTarget(node: Node): boolean {
  let part = node;
  let parent = node.parent;
  while (parent !== null && /^(TupleExpression|ParenthesizedExpression|ArrayExpression)$/.test(parent.name)) {
    part = parent;
    parent = parent.parent;
  }
  if (parent?.name === "ParamList" || parent?.name === "FunctionDefinition") return true;
  if (parent?.name !== "AssignStatement" && parent?.name !== "ForStatement") return false;
  for (let next = part.nextSibling; next !== null; next = next.nextSibling) {
    if (next.name === "AssignOp" || next.name === "in") return true;
  }
  return false;
}

function innermost(sights: readonly { from: number; to: number; value: Sight }[], node: Node): StatementSight | null {
  let found: { size: number; value: StatementSight } | null = null;
  for (const { from, to, value } of sights) {
    if (value.kind !== "statement" || from > node.from || to < node.to) continue;
    if (found === null || to - from < found.size) found = { size: to - from, value };
  }
  return found?.value ?? null;
}

function trimmed(state: EditorState, { from, to }: Range): Range {
  const text = state.sliceDoc(from, to);
  return { from: from + (text.length - text.trimStart().length), to: to - (text.length - text.trimEnd().length) };
}
