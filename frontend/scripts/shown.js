// Reads answers, one in each line, and writes what the page shows of them, one line each (`tests/truth/`).
import { createInterface } from "node:readline";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { stdin, stdout } from "node:process";
import { pathToFileURL } from "node:url";
import { rolldown } from "rolldown";

const folder = mkdtempSync(join(tmpdir(), "tensorpad-shown-"));
try {
  const bundle = await rolldown({ input: join(import.meta.dirname, "../tests/truth/shown.ts") });
  const file = join(folder, "shown.mjs");
  await bundle.write({ file, format: "esm" });
  const { shown } = await import(pathToFileURL(file).href);
  for await (const line of createInterface({ input: stdin }))
    stdout.write(`${JSON.stringify(shown(JSON.parse(line)))}\n`);
} finally {
  rmSync(folder, { recursive: true });
}
