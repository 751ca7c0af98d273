import { copyFileSync, mkdirSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

import { defineConfig, type Plugin } from "vite";

import { flushStyles } from "./scripts/styles.js";

const OUT = "../backend/tensorpad/static";

/** What all views are made of. */
const BASE =
  /node_modules|\/src\/(?:address|theme|platform|preferences)\.ts|\/src\/(?:api|i18n|ui|run|numbers|timeline|navigation)\/|\/src\/values\/tp-missing\.ts/;

/** Copies the viewer of the API's documentation next to its own small page (public/docs). */
function docsViewer(): Plugin {
  const source = dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));
  return {
    name: "docs-viewer",
    apply: "build",
    closeBundle() {
      const folder = join(import.meta.dirname, OUT, "docs");
      mkdirSync(folder, { recursive: true });
      for (const file of ["swagger-ui.css", "swagger-ui-bundle.js"])
        copyFileSync(join(source, file), join(folder, file));
    },
  };
}

/** Leaves of KaTeX's fonts the format that every browser reads which can run the page. */
function oneFontFormat(): Plugin {
  return {
    name: "one-font-format",
    enforce: "pre",
    transform(code, id) {
      if (!id.includes("katex.min.css")) return null;
      return code.replace(/,url\([^)]*\.woff\) format\("woff"\),url\([^)]*\.ttf\) format\("truetype"\)/g, "");
    },
  };
}

export default defineConfig({
  // The root is the server's to say: built files find one another by relative addresses.
  base: "./",
  plugins: [flushStyles(), docsViewer(), oneFontFormat()],
  build: {
    outDir: OUT,
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2023",
    // Every file by its own address: the page's policy allows no script or font from data: URLs.
    assetsInlineLimit: 0,
    rolldownOptions: {
      input: ["index.html", "embed.html", "learn.html"],
      output: {
        // A page waits for its slowest file: what every view needs is one, though some of it is then loaded before it is used.
        codeSplitting: { groups: [{ name: "base", test: BASE, minShareCount: 3 }] },
      },
    },
    modulePreload: { polyfill: false },
  },
  server: { proxy: { "/api": "http://127.0.0.1:8000" } },
});
