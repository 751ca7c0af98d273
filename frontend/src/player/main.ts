/** The player of recordings: one classic script. The recording is in the page itself, or the page around sends it. */

import "../ui/tokens.css";
import "./tp-player.ts";

import { answerFrom } from "../api/source.ts";
import { mathematicsFrom } from "../derivation/mathematics.ts";
import { locale } from "../i18n/index.ts";
import { themes } from "../theme.ts";
import { built, fetchedBuilt } from "./built.ts";
import { cargoOf } from "./cargo.ts";
import { optionsOf } from "./options.ts";
import { read } from "./reading.ts";
import { recorded } from "./recorded.ts";

async function play(bytes: Uint8Array<ArrayBuffer>, given: unknown): Promise<void> {
  const options = optionsOf(given);
  locale.set(options.lang);
  themes.use(options.theme);
  const recording = await read(bytes);
  if (!("kind" in recording)) answerFrom(recorded(recording));
  const player = document.createElement("tp-player");
  player.options = options;
  player.recording = recording;
  document.querySelector("tp-player")?.remove();
  document.body.prepend(player);
}

const inlined = document.getElementById("recording");
mathematicsFrom(inlined === null ? fetchedBuilt : built);
if (inlined === null) {
  window.addEventListener("message", ({ source, data }: MessageEvent<unknown>) => {
    const cargo = source === window.parent ? cargoOf(data) : null;
    if (cargo !== null) void play(cargo.bytes, cargo.options);
  });
} else {
  const text = atob(inlined.textContent.trim());
  const options: unknown = JSON.parse(document.getElementById("options")?.textContent ?? "null");
  void play(
    Uint8Array.from(text, (character) => character.charCodeAt(0)),
    options,
  );
}
