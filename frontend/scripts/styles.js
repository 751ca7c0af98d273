/** Styles in templates without their comments and their indentation, which no minifier takes out of them. */

const STYLES = /\bcss`[^`]*`/g;

/** @param {string} styles */
export function flushed(styles) {
  return styles
    .replace(/\/\*[^]*?\*\//g, "")
    .replace(/\s*([{};,])\s*\n\s*/g, "$1")
    .replace(/\n\s*/g, "\n")
    .replace(/;\}/g, "}");
}

/** A plugin for Vite. @returns {import("vite").Plugin} */
export function flushStyles() {
  return {
    name: "flush-styles",
    enforce: "pre",
    transform(code, id) {
      return /\/src\/.*\.ts$/.test(id) ? code.replace(STYLES, flushed) : null;
    },
  };
}
