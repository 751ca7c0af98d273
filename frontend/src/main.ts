import "./ui/tokens.css";
import "./app/tp-app.ts";

import { server } from "./api/server.ts";
import { answerFrom } from "./api/source.ts";
import { mathematicsFrom } from "./derivation/mathematics.ts";
import { locale, wanted } from "./i18n/index.ts";
import { explainTerms } from "./terms/cards.ts";
import { themes } from "./theme.ts";

answerFrom(server);
mathematicsFrom(() => import("./derivation/katex.ts"));
explainTerms();
locale.set(wanted(location.search, navigator.languages));
themes.begin();
// Last, so that the first run is asked for in the right language.
document.body.prepend(document.createElement("tp-app"));
