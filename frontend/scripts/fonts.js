/** KaTeX's fonts, with the characters alone that formulas have: a page by itself carries them. */
import subsetFont from "subset-font";

/**
 * As KaTeX writes them: letters, digits and signs of a keyboard, Greek, the operators of derivatives, and what brackets and
 * roots of any height are put together from. A browser takes any other from the reader's fonts.
 */
export const CHARACTERS = [
  String.fromCharCode(...Array.from({ length: 95 }, (_, index) => 32 + index)),
  "ΓΔΘΛΞΠΣΥΦΨΩαβγδεζηθικλμνξοπρςστυφχψωϑϕϖϱϵ",
  "±×÷·⋅∗∘⊙⊗⊕−∕∣∥∇∂∞∑∏∫√≤≥≠≈≡≪≫∼∝∈∉←→↦⇒⊤⊥′…⋯⋮⋱¬∧∨\u00a0\u0338",
  "⟨⟩⌊⌋⌈⌉⎛⎜⎝⎞⎟⎠⎡⎢⎣⎤⎥⎦⎧⎨⎩⎪⎫⎬⎭⏐",
].join("");

/** The font with these characters alone, as woff2. */
export function subset(font) {
  return subsetFont(font, CHARACTERS, { targetFormat: "woff2" });
}
