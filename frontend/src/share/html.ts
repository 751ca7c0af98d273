/** The HTML that shows a program in somebody else's page. */

import type { EmbeddedProgram, ViewParameters } from "./embed.ts";

/** The picture, which leads to the program. */
export function pictureHtml(address: string, link: string, alt: string): string {
  return `<a href="${escaped(link)}"><img src="${escaped(address)}" alt="${escaped(alt)}"></a>`;
}

/** The live view in a frame, for pages that take no script. */
export function frameHtml(address: string, title: string, height: number): string {
  return `<iframe src="${escaped(address)}" title="${escaped(title)}" width="100%" height="${height}" frameborder="0" loading="lazy"></iframe>`;
}

/** The element, and the script that defines it. */
export function padHtml(script: string, program: EmbeddedProgram, parameters: ViewParameters): string {
  const attributes: [string, string][] = [];
  for (const [name, value] of Object.entries(parameters)) if (value !== null) attributes.push([name, value]);
  const written = (more: readonly [string, string][]): string =>
    [...more, ...attributes].map(([name, value]) => ` ${name}="${escaped(value)}"`).join("");
  const loading = `<script async src="${escaped(script)}"></script>`;
  if ("snippet" in program) return `${loading}\n<tensor-pad${written([["snippet", program.snippet]])}></tensor-pad>`;
  // Nothing can be escaped in a script, so what would end or change it goes into an attribute.
  if (program.cells.some((code) => /<\/script|<!--/i.test(code)))
    return `${loading}\n<tensor-pad${written([["cells", JSON.stringify(program.cells)]])}></tensor-pad>`;
  const scripts = program.cells.map((code) => `<script type="text/x-python">\n${code.trimEnd()}\n</script>\n`);
  // After an empty line Markdown, too, takes each script as it is.
  return `${loading}\n<tensor-pad${written([])}>\n\n${scripts.join("\n")}</tensor-pad>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
