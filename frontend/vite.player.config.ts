import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

import { defineConfig, type Plugin } from "vite";

import { CHARACTERS, subset } from "./scripts/fonts.js";
import { flushStyles } from "./scripts/styles.js";
import { SERVED_TEXTS } from "./scripts/texts.js";

const OUT = "../backend/tensorpad/static/player";

/**
 * Puts KaTeX's fonts beside the scripts, with their style and a list of their characters: a page by itself carries those
 * that its formulas use.
 */
function fonts(): Plugin {
  const source = join(dirname(createRequire(import.meta.url).resolve("katex/package.json")), "dist");
  return {
    name: "fonts",
    async closeBundle() {
      const folder = join(import.meta.dirname, OUT, "fonts");
      mkdirSync(folder, { recursive: true });
      for (const file of readdirSync(join(source, "fonts")).filter((name) => name.endsWith(".woff2"))) {
        writeFileSync(join(folder, file), await subset(readFileSync(join(source, "fonts", file))));
      }
      writeFileSync(join(folder, "characters.txt"), CHARACTERS);
      const faces = readFileSync(join(source, "katex.min.css"), "utf8").match(/@font-face\{[^}]*\}/g) ?? [];
      const light = faces.map((face) => face.replace(/,url\([^)]*\) format\("(woff|truetype)"\)/g, ""));
      writeFileSync(join(import.meta.dirname, OUT, "math.css"), light.join(""));
    },
  };
}

/** KaTeX's style without its fonts. */
function noFonts(): Plugin {
  return {
    name: "no-fonts",
    enforce: "pre",
    transform(code, id) {
      return id.includes("katex.min.css") ? code.replace(/@font-face\{[^}]*\}/g, "") : null;
    },
  };
}

/** Templates without the indentation of their lines, which no minifier takes out of them. */
function flush(): Plugin {
  return {
    name: "flush",
    enforce: "pre",
    transform(code, id) {
      return /\/src\/.*\.ts$/.test(id) ? code.replace(/\n[ \t]+/g, "\n") : null;
    },
  };
}

/** Without texts that only the pages of a service use. */
function fewerTexts(): Plugin {
  return {
    name: "fewer-texts",
    enforce: "pre",
    transform(_, id) {
      const part = SERVED_TEXTS.find((name) => new RegExp(`/i18n/[^/]+/${name}[.]ts$`).test(id));
      return part === undefined ? null : `export const ${part} = {};`;
    },
  };
}

const ENTRIES: Readonly<Record<string, string>> = {
  player: "player/main.ts",
  math: "player/math.ts",
  widget: "widget/main.ts",
};

/**
 * Builds the player: `--mode player` the player itself, `--mode math` its KaTeX; each one classic script that loads nothing.
 * `--mode widget` is a module beside them, which notebooks load to have a player and a kernel talk.
 */
export default defineConfig(({ mode }) => ({
  publicDir: false,
  plugins: mode === "math" ? [fonts(), noFonts()] : [flushStyles(), flush(), fewerTexts()],
  build: {
    outDir: OUT,
    emptyOutDir: false,
    target: "es2023",
    cssCodeSplit: false,
    lib: {
      entry: join(import.meta.dirname, "src", ENTRIES[mode] ?? ""),
      formats: [mode === "widget" ? "es" : "iife"],
      name: "tensorpadPlayer",
      fileName: () => `${mode}.js`,
      cssFileName: "player",
    },
  },
}));
