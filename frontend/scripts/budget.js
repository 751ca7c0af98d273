// Fails the build where a page, or the element, needs too much script before it shows what it is for: its entry, what that imports statically,
// and the view that it opens on.
import { readFileSync } from "node:fs";
import { exit } from "node:process";
import { gzipSync } from "node:zlib";

const GRAPH = "tp-graphs";
const BUDGETS = [
  { page: "The playground", kb: 190, entries: ["index.html", GRAPH] },
  { page: "The embedded page with a graph", kb: 110, entries: ["embed.html", GRAPH] },
  { page: "A lesson with a program", kb: 135, entries: ["learn.html", "tp-program"] },
  {
    page: "The player of recordings, with KaTeX",
    kb: 240,
    files: ["player/player.js", "player/player.css", "player/math.js"],
  },
  { page: "The element before it is live", kb: 10, files: ["embed.js"] },
  { page: "The script of a book", kb: 5, files: ["book/tensorpad.js"] },
  { page: "The script of an exported lesson", kb: 10, files: ["handout/lesson.js"] },
];
const built = new URL("../../backend/tensorpad/static/", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL("manifest.json", built), "utf8"));

/** The key of an entry in the manifest. A module that both pages load has a chunk of its own, known by its name alone. */
const keyOf = (entry) => Object.keys(manifest).find((key) => key === entry || manifest[key].name === entry);

function needed(name, seen = new Set()) {
  if (!seen.has(name)) {
    seen.add(name);
    for (const imported of manifest[name].imports ?? []) needed(imported, seen);
  }
  return seen;
}

const sizes = new Map();
function gzipped(file) {
  if (!sizes.has(file)) sizes.set(file, gzipSync(readFileSync(new URL(file, built))).length);
  return sizes.get(file);
}

const over = BUDGETS.filter(({ page, kb, entries = [], files: alone = [] }) => {
  const names = new Set(entries.flatMap((entry) => [...needed(keyOf(entry))]));
  const files = new Set([...alone, ...[...names].map((name) => manifest[name].file)]);
  const size = [...files].reduce((sum, file) => sum + gzipped(file), 0) / 1000;
  console.log(`${page}: ${size.toFixed(1)} KB gzip of ${kb} KB (${files.size} files).`);
  return size > kb;
});
if (over.length > 0) {
  console.error("A page's script is over its budget: load something lazily or leave it out.");
  exit(1);
}
