/** The script of a book: puts recorded views in the place of the pictures that readers come to. */

import "./book.css";

import { Block } from "./block.ts";
import { followTheme } from "./theme.ts";

const SELECTOR = "[data-tensorpad]";

function begin(): void {
  const blocks = [...document.querySelectorAll<HTMLElement>(SELECTOR)].map((element) => new Block(element));
  followTheme((theme) => {
    for (const block of blocks) block.show(theme);
  });
}

if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", begin, { once: true });
else begin();
