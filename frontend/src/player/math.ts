/** The script that brings KaTeX to a page with a recording. */

import { drawMath, mathStyle } from "../derivation/katex.ts";

globalThis.tensorpadMathematics = { drawMath, mathStyle };
