/** A graph for somebody else's page: the address of its picture, and the HTML that shows it. */

export type EmbedTheme = "auto" | "light" | "dark";

/** What to draw: a program in the address itself, or a stored one; its graph with this id, or the last of the variable `of`. */
interface EmbeddedPicture {
  readonly program: { readonly cells: readonly string[] } | { readonly snippet: string };
  readonly of: string | null;
  readonly graph: string | null;
  readonly theme: EmbedTheme;
}

/** Servers and proxies between us and a reader take no longer address for granted. */
const MAX_ADDRESS = 8000;

/** The address of the picture that the service (`https://host/`) draws. One address has one program, so its cells are run as one. */
export function pictureAddress(service: string, { program, of, graph, theme }: EmbeddedPicture): string {
  const address = new URL("api/v1/graph.svg", service);
  if ("snippet" in program) address.searchParams.set("snippet", program.snippet);
  else address.searchParams.set("code", program.cells.map((code) => code.trimEnd()).join("\n\n"));
  if (graph !== null) address.searchParams.set("graph", graph);
  else if (of !== null) address.searchParams.set("of", of);
  if (theme !== "auto") address.searchParams.set("theme", theme);
  // A form's + for a space is not understood by everything that copies addresses.
  address.search = address.search.replaceAll("+", "%20");
  return address.href;
}

export function isLong(address: string): boolean {
  return address.length > MAX_ADDRESS;
}

/** The HTML: the picture, which leads to the program. */
export function pictureHtml(address: string, link: string, alt: string): string {
  return `<a href="${escaped(link)}"><img src="${escaped(address)}" alt="${escaped(alt)}"></a>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
