/** The cells of a program that can be changed, as every page shows them. */

import { html, type TemplateResult } from "lit";

import { parts } from "../ui/parts.ts";
import type { Editing } from "./editing.ts";
import type { Viewing } from "./viewing.ts";

const PROGRAM = (): Promise<unknown> => import("../program/tp-program.ts");

/**
 * The program. Its element, with the editor, is loaded when it is first shown. Where `setup` cells come before it, they fold, and
 * their number stays what it is.
 */
export function programView(viewing: Viewing, { cells, live }: Editing, setup: number | null = null): TemplateResult {
  const { session, asks, timeline, viewpoint, lit, pinned } = viewing;
  parts.load(PROGRAM);
  return html`<tp-program
    .cells=${cells}
    .session=${session}
    .timeline=${timeline}
    .step=${viewpoint.step}
    .lit=${lit}
    .pinned=${pinned}
    .live=${live}
    .asks=${asks}
    .setup=${setup}
  ></tp-program>`;
}
