import { expect, test } from "vitest";

import { flushed } from "../scripts/styles.js";

test("styles keep what they say, without comments and indentation", () => {
  const styles = `css\`
    /* A comment:
       of two lines. */
    :host,
    a :hover {
      width: calc(100% - \${GAP}px);
      margin: 0 auto;
    }
    @media (min-width: 300px) {
      b > c {
        content: "; {";
      }
    }
  \``;
  expect(flushed(styles)).toBe(
    'css`\n:host,a :hover{width: calc(100% - ${GAP}px);margin: 0 auto}@media (min-width: 300px){b > c{content: "; {"}}`',
  );
});
