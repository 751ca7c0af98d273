import "../ui/tokens.css";
import "./tp-embed.ts";

import { server } from "../api/server.ts";
import { answerFrom } from "../api/source.ts";
import { mathematicsFrom } from "../derivation/mathematics.ts";
import { locale } from "../i18n/index.ts";
import { themes } from "../theme.ts";
import { parametersOf } from "./parameters.ts";

/** Show what the address asks for. The page around can change its fragment, and so the program, without loading ours anew. */
function show(): void {
  const { parameters, mistakes } = parametersOf(location.search, location.hash, navigator.languages);
  locale.set(parameters.lang);
  themes.use(parameters.theme);
  const view = document.createElement("tp-embed");
  view.parameters = parameters;
  view.mistakes = mistakes;
  document.querySelector("tp-embed")?.remove();
  document.body.prepend(view);
}

answerFrom(server);
mathematicsFrom(() => import("../derivation/katex.ts"));
show();
window.addEventListener("hashchange", show);
