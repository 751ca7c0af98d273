import { join } from "node:path";

import { defineConfig } from "vite";

/** Builds `embed.js` beside the page: one classic script without imports, for any page of any site. */
export default defineConfig({
  // It brings no files of its own, and leaves those of the page where they are.
  publicDir: false,
  build: {
    outDir: "../backend/tensorpad/static",
    emptyOutDir: false,
    target: "es2022",
    lib: {
      entry: join(import.meta.dirname, "src/element/main.ts"),
      formats: ["iife"],
      name: "tensorpadElement",
      fileName: () => "embed.js",
    },
  },
});
