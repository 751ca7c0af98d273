import "../ui/tokens.css";
import "./tp-embed.ts";

import { locale } from "../i18n/index.ts";
import { themes } from "../theme.ts";
import { parametersOf } from "./parameters.ts";

const { parameters, mistakes } = parametersOf(location.search, location.hash, navigator.languages);
locale.set(parameters.lang);
themes.use(parameters.theme);
const view = document.createElement("tp-embed");
view.parameters = parameters;
view.mistakes = mistakes;
document.body.prepend(view);
