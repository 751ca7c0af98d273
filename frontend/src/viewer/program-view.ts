/** The cells of a program that can be changed, as every page shows them. */

import { html, type TemplateResult } from "lit";

import { parts } from "../ui/parts.ts";
import type { Editing } from "./editing.ts";
import type { Viewing } from "./viewing.ts";

const PROGRAM = (): Promise<unknown> => import("../program/tp-program.ts");

/** The program. Its element, with the editor, is loaded when it is first shown. */
export function programView(viewing: Viewing, { cells, live }: Editing): TemplateResult {
  const { session, timeline, viewpoint, lit, pinned } = viewing;
  parts.load(PROGRAM);
  return html`<tp-program
    .cells=${cells}
    .session=${session}
    .timeline=${timeline}
    .step=${viewpoint.step}
    .lit=${lit}
    .pinned=${pinned}
    .live=${live}
  ></tp-program>`;
}
