// Fails the build where a script is too large that a page needs at once: an entry with what it imports statically.
import { readFileSync } from "node:fs";
import { exit } from "node:process";
import { gzipSync } from "node:zlib";

const built = new URL("../../backend/tensorpad/static/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL("manifest.json", built), "utf8"));

function initial(name, seen = new Set()) {
  if (!seen.has(name)) {
    seen.add(name);
    for (const imported of manifest[name].imports ?? []) initial(imported, seen);
  }
  return seen;
}

/** The files of a script, and how many kilobytes they may be, compressed. */
const SCRIPTS = [
  { name: "The page", files: [...initial("index.html")].map((name) => manifest[name].file), budget: 190 },
  { name: "The element before it is live", files: ["embed.js"], budget: 10 },
];

for (const { name, files, budget } of SCRIPTS) {
  const size = files.reduce((sum, file) => sum + gzipSync(readFileSync(new URL(file, built))).length, 0) / 1000;
  console.log(`${name}: ${size.toFixed(1)} KB gzip of ${budget} KB (${files.length} files).`);
  if (size > budget) {
    console.error(`${name} is over its budget: load something lazily or leave it out.`);
    exit(1);
  }
}
