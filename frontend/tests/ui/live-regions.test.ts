import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { describe, expect, it } from "vitest";

const LIVE = /aria-live=(?:"[^"]*"|\$\{[^}]*\})\s*(?<next>[^\s>]*)/g;

describe("live regions", () => {
  it("are said as a whole: a reader would say only the words that changed, wherever they are in a sentence", () => {
    const found = readdirSync("src", { recursive: true, encoding: "utf8" })
      .filter((path) => path.endsWith(".ts"))
      .flatMap((path) =>
        [...readFileSync(join("src", path), "utf8").matchAll(LIVE)].map(({ groups }) => [path, groups?.["next"]]),
      );
    expect(found.length).toBeGreaterThan(0);
    expect(found.filter(([, next]) => next !== 'aria-atomic="true"')).toEqual([]);
  });
});
