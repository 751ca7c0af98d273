import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { expect, it } from "vitest";

import { embed } from "../../src/i18n/en/embed.ts";
import { header } from "../../src/i18n/en/header.ts";
import { share } from "../../src/i18n/en/share.ts";
import { tour } from "../../src/i18n/en/tour.ts";
import { writing } from "../../src/i18n/en/writing.ts";
import { SERVED_TEXTS } from "../../scripts/texts.js";

const LEFT_OUT: Readonly<Record<string, object>> = { embed, header, share, tour, writing };
const TEXTS = /\/i18n\/(en|zh-CN)\//;

/** The modules that a script is made of, by their paths, but for texts. Imports of types alone leave nothing in it. */
function modulesOf(path: string, found = new Map<string, string>()): Map<string, string> {
  if (found.has(path) || TEXTS.test(path)) return found;
  const source = readFileSync(path, "utf8").replace(/^import type [^;]*;/gm, "");
  found.set(path, source);
  for (const [, from = ""] of source.matchAll(/(?:from |import\(|^import )"(\.[^"]+\.ts)"/gm))
    modulesOf(join(dirname(path), from), found);
  return found;
}

it("a player uses no text that it is built without", () => {
  expect(Object.keys(LEFT_OUT)).toEqual(SERVED_TEXTS);
  const keys = new Set(Object.values(LEFT_OUT).flatMap((texts) => Object.keys(texts)));
  const modules = modulesOf("src/player/main.ts");
  expect(modules.size).toBeGreaterThan(100);
  const used = [...modules].flatMap(([path, source]) =>
    [...source.matchAll(/\b(?:t|strings|words)\.(\w+)/g)].flatMap(([, key = ""]) =>
      keys.has(key) ? [`${path}: ${key}`] : [],
    ),
  );
  expect(used).toEqual([]);
});
