/** A program in somebody else's page: the addresses of its picture and of its live view. */

import type { Lang } from "../i18n/lang.ts";
import { encode } from "./fragment.ts";

export type EmbedTheme = "auto" | "light" | "dark";

/** A program in the address itself, or a stored one. */
export type EmbeddedProgram = { readonly cells: readonly string[] } | { readonly snippet: string };

/** What to draw: a program's graph with this id, or the last of the variable `of`. */
interface EmbeddedPicture {
  readonly program: EmbeddedProgram;
  readonly of: string | null;
  readonly graph: string | null;
  readonly theme: string;
  readonly lang: Lang;
}

/** Parameters of the live view, by their names there; null for what is as usual. */
export type ViewParameters = Readonly<Record<string, string | null>>;

/** Servers and proxies between us and a reader take no longer address for granted. */
const MAX_ADDRESS = 8000;

/** The address of the picture that the service (`https://host/`) draws. One address has one program, so its cells are run as one. */
export function pictureAddress(service: string, { program, of, graph, theme, lang }: EmbeddedPicture): string {
  const address = new URL("api/v1/graph.svg", service);
  if ("snippet" in program) address.searchParams.set("snippet", program.snippet);
  else address.searchParams.set("code", program.cells.map((code) => code.trimEnd()).join("\n\n"));
  if (graph !== null) address.searchParams.set("graph", graph);
  else if (of !== null) address.searchParams.set("of", of);
  if (theme !== "auto") address.searchParams.set("theme", theme);
  address.searchParams.set("lang", lang);
  return plain(address);
}

/** The address of the live view. The program is in its fragment, so that a long one makes no long request. */
export async function viewAddress(
  service: string,
  program: EmbeddedProgram,
  parameters: ViewParameters,
): Promise<string> {
  const address = new URL("embed", service);
  if ("snippet" in program) address.searchParams.set("snippet", program.snippet);
  for (const [name, value] of Object.entries(parameters)) if (value !== null) address.searchParams.set(name, value);
  if ("cells" in program) address.hash = await encode({ cells: program.cells });
  return plain(address);
}

export function isLong(address: string): boolean {
  return address.length > MAX_ADDRESS;
}

/** A form's + for a space is not understood by everything that copies addresses. */
function plain(address: URL): string {
  address.search = address.search.replaceAll("+", "%20");
  return address.href;
}
