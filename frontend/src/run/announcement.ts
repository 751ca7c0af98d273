/** What a screen reader announces of a run. */

import type { Strings } from "../i18n/index.ts";
import { called } from "./notebook.ts";
import type { Session } from "./session.ts";

/** The announcement for a session that has changed; null for none. */
export function announcement(session: Session, texts: Strings): string | null {
  switch (session.kind) {
    case "running":
      return session.phase.kind === "sent" ? texts.announceStarted : null;
    case "done": {
      const { cells, variables } = session.answer.response;
      if (session.answer.again === true) return texts.announceAgain;
      const failed = cells.findIndex(({ error }) => error !== null);
      const error = cells[failed]?.error ?? null;
      return error === null
        ? texts.announceDone(variables.length)
        : texts.announceError(called(cells, failed, texts), error.type);
    }
    case "idle":
    case "failed":
      return null;
  }
}
