/** `/embed.js`: one classic script for other people's pages. It defines `<tensor-pad>`, and follows plain frames. */

import { followFrames } from "./frames.ts";
import { serverOf } from "./server.ts";
import { TensorPad } from "./tensor-pad.ts";

const NAME = "tensor-pad";

// A page may load the script twice, or have another with this element.
if (customElements.get(NAME) === undefined) {
  TensorPad.home = serverOf(document.currentScript);
  if (TensorPad.home !== null) followFrames(TensorPad.home);
  customElements.define(NAME, TensorPad);
}
