import { join } from "node:path";

import { defineConfig } from "vite";

/** Builds `tensorpad.js` and `tensorpad.css` of the folder `book`, which the Sphinx extension puts into a book. */
export default defineConfig({
  publicDir: false,
  build: {
    outDir: "../backend/tensorpad/static/book",
    emptyOutDir: true,
    target: "es2022",
    lib: {
      entry: join(import.meta.dirname, "src/book/main.ts"),
      formats: ["iife"],
      name: "tensorpadBook",
      fileName: () => "tensorpad.js",
      cssFileName: "tensorpad",
    },
  },
});
