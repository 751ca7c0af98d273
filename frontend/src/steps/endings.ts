/** What a stop printed and showed, and why a program stopped, in sentences. */

import type { Strings } from "../i18n/index.ts";
import type { Step } from "../api/schema.ts";
import { added } from "../run/outputs.ts";
import type { Stop } from "../timeline/stops.ts";
import type { Timeline } from "../timeline/timeline.ts";
import { code } from "../ui/text/prose.ts";
import { visible } from "../ui/text/visible.ts";
import { firstLine } from "./mentions.ts";

type Said = Strings["said"];

/** A sentence quotes so many characters. */
const MOST = 60;

/** What a stop printed and displayed, and what its cell shows if it ended here. */
export function outputs(timeline: Timeline, stop: Stop, cells: readonly string[], said: Said): string[] {
  const { stdout, stderr, displays, ended } = added(timeline.response, stop.first, stop.last);
  const shown = timeline.response.cells[ended ?? -1]?.result ?? null;
  const { span } = timeline.at(stop.last) ?? { span: null };
  return [
    ...printed(stdout, said.printed),
    ...printed(stderr, said.wroteError),
    ...(displays > 0 ? [said.displayed] : []),
    ...(shown === null
      ? []
      : [
          said.shows(
            quoted(firstLine(cells, span)),
            quoted(shown.text),
            timeline.response.cells[ended ?? -1]?.title ?? null,
          ),
        ]),
  ];
}

/** The index of the cell that shows its result at a stop; null for none. */
export function showing(timeline: Timeline, { first, last }: Stop): number | null {
  const { ended } = added(timeline.response, first, last);
  return ended !== null && (timeline.response.cells[ended]?.result ?? null) !== null ? ended : null;
}

/** Why the program stopped, and where. */
export function stopping({ response }: Timeline, { span }: Step, said: Said): string {
  const failed = response.cells.find((cell) => cell.error !== null);
  const error = failed?.error ?? null;
  const { status } = response;
  const place =
    span === null
      ? ""
      : said.place(span.line, response.cells.length > 1 ? (response.cells[span.cell]?.title ?? span.cell + 1) : null);
  if (status !== "ok" && status !== "error") return said.stopped[status](place);
  if (error === null) return said.stopped.crashed(place);
  const raised = said.raised(code(visible(error.type)), place, quoted(error.message));
  return said.joined([raised, error.refused ? said.refused(failed?.title ?? null) : said.goesNoFurther]);
}

function printed(text: string, say: (text: string, lines: number) => string): string[] {
  if (text === "") return [];
  const lines = text.replace(/\r?\n$/, "").split("\n");
  return [say(quoted(lines.find((line) => line.trim() !== "") ?? ""), lines.length)];
}

/** The first line of a text as code, cut if it is long; empty for none. */
function quoted(text: string): string {
  const [line = "", ...more] = visible(text).split("\n");
  const characters = Array.from(line);
  const cut = characters.length > MOST || more.length > 0;
  const kept = characters.slice(0, MOST).join("").trim();
  return kept === "" ? "" : code(cut ? `${kept} …` : kept);
}
