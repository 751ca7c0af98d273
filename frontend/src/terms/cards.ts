/** Shows what a term means, wherever on the page one is looked at. The card is loaded when the first one is. */

import { terms } from "../api/routes.ts";
import { termsFrom } from "../glossary/glossary.ts";
import type { Looked } from "../glossary/events.ts";
import { parts } from "../ui/parts.ts";
import type { TpTermCard } from "./tp-term-card.ts";

const CARD = (): Promise<{ TpTermCard: typeof TpTermCard }> => import("./tp-term-card.ts");
/** A pointer that only passes over a term opens nothing. */
const LINGER_MS = 250;

/** Have terms explained on this page. */
export function explainTerms(): void {
  termsFrom(async (lang) => (await terms(lang)).terms);
  let timer: ReturnType<typeof setTimeout> | undefined;
  let card: TpTermCard | null = null;
  const show = (looked: Looked | null): void => {
    if (looked === null) {
      card?.leave();
      return;
    }
    parts.load(CARD, ({ TpTermCard: Card }) => {
      card ??= document.body.appendChild(new Card());
      card.show(looked);
    });
  };
  window.addEventListener("tp-term", (event) => {
    const { detail } = event as CustomEvent<Looked | null>;
    clearTimeout(timer);
    timer = setTimeout(() => {
      show(detail);
    }, LINGER_MS);
  });
}
