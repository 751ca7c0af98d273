import { learnStrings, type LearnStrings } from "../i18n/learn.ts";
import { TpElement } from "../ui/base.ts";

/** An element of the course. */
export class LearnElement extends TpElement {
  /** The texts of the course in the page's language. */
  protected get words(): LearnStrings {
    return learnStrings();
  }
}
