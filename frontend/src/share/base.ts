import { deskStrings, type DeskStrings } from "../i18n/desk.ts";
import { TpElement } from "../ui/base.ts";

/** An element of the playground around a program. */
export class DeskElement extends TpElement {
  /** The texts of the playground in the page's language. */
  protected get words(): DeskStrings {
    return deskStrings();
  }
}
