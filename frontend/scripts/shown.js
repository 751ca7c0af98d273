// For the comparison of the page with plain PyTorch (`tests/truth/`): reads answers, one in each line, and writes what the page
// shows of them at each step, one line each; with `--printed` the texts of the elements at the end. With `--examples`, writes the
// page's examples instead: the cells of one in each line.
import { createInterface } from "node:readline";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { argv, stdin, stdout } from "node:process";
import { pathToFileURL } from "node:url";
import { rolldown } from "rolldown";

const folder = mkdtempSync(join(tmpdir(), "tensorpad-shown-"));
try {
  const bundle = await rolldown({ input: join(import.meta.dirname, "../tests/truth/shown.ts") });
  const file = join(folder, "shown.mjs");
  await bundle.write({ file, format: "esm" });
  const { examples, printed, shown } = await import(pathToFileURL(file).href);
  const write = (what) => stdout.write(`${JSON.stringify(what)}\n`);
  if (argv.includes("--examples")) examples().forEach(write);
  else
    for await (const line of createInterface({ input: stdin }))
      write((argv.includes("--printed") ? printed : shown)(JSON.parse(line)));
} finally {
  rmSync(folder, { recursive: true });
}
