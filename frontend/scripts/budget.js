// Fails the build where the script that the page needs at once (its entry and what that imports statically) is too large.
import { readFileSync } from "node:fs";
import { exit } from "node:process";
import { gzipSync } from "node:zlib";

const BUDGET_KB = 190;
const built = new URL("../../backend/tensorpad/static/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL("manifest.json", built), "utf8"));

function initial(name, seen = new Set()) {
  if (!seen.has(name)) {
    seen.add(name);
    for (const imported of manifest[name].imports ?? []) initial(imported, seen);
  }
  return seen;
}

const files = [...initial("index.html")].map((name) => manifest[name].file);
const size = files.reduce((sum, file) => sum + gzipSync(readFileSync(new URL(file, built))).length, 0) / 1000;
console.log(`Initial script: ${size.toFixed(1)} KB gzip of ${BUDGET_KB} KB (${files.length} files).`);
if (size > BUDGET_KB) {
  console.error("The page's script is over its budget: load something lazily or leave it out.");
  exit(1);
}
