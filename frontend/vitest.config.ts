import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["tests/**/*.test.ts"],
    environment: "happy-dom",
    setupFiles: ["tests/support/setup.ts"],
    // One page for all files of a thread: to make one for each takes ten times as long as the tests.
    pool: "threads",
    isolate: false,
  },
});
