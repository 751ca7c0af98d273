/** What is said of an address that cannot be used as it is. */

import type { Strings } from "../i18n/index.ts";
import type { Mistake } from "./parameters.ts";

export function mistakeText(mistake: Mistake, { embed }: Strings): string {
  switch (mistake.kind) {
    case "choice": {
      const said = embed.choice(mistake.name, mistake.given, mistake.choices);
      return mistake.instead === "" ? said : `${said}${embed.instead(mistake.name, mistake.instead)}`;
    }
    case "step":
      return embed.notAStep(mistake.given);
    case "cells":
      return embed.notCells;
    case "several":
      return embed.several(mistake.names);
    case "beyond":
      return embed.beyond(mistake.given, mistake.count);
    case "notThere":
      return embed.notThere(mistake.name, mistake.names);
    case "unknown":
      return embed.unknown(mistake.name, mistake.meant);
  }
}
