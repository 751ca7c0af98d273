import { join } from "node:path";

import { defineConfig } from "vite";

/** Builds `lesson.js` and `lesson.css` of the folder `handout`, which exported lessons have. */
export default defineConfig({
  publicDir: false,
  build: {
    outDir: "../backend/tensorpad/static/handout",
    emptyOutDir: true,
    target: "es2022",
    lib: {
      entry: join(import.meta.dirname, "src/handout/main.ts"),
      formats: ["iife"],
      name: "tensorpadHandout",
      fileName: () => "lesson.js",
      cssFileName: "lesson",
    },
  },
});
