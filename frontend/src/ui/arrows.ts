/** Who takes the arrow keys. */

const TAKING = [
  "input",
  "textarea",
  "select",
  "audio",
  "video",
  "dialog",
  "[contenteditable='true']",
  ...[
    "tab",
    "slider",
    "listbox",
    "menu",
    "menuitem",
    "grid",
    "gridcell",
    "tree",
    "radio",
    "spinbutton",
    "combobox",
  ].map((role) => `[role='${role}']`),
].join(", ");

/** Whether an arrow key that was pressed there means something to what has the focus, so that the page leaves it alone. */
export function takesArrows(path: readonly EventTarget[]): boolean {
  return path.some((target) => target instanceof HTMLElement && (target.matches(TAKING) || scrolls(target)));
}

/** Whether the arrows to the side scroll what is in it. */
function scrolls(element: HTMLElement): boolean {
  if (element === document.body || element === document.documentElement) return false;
  if (element.scrollWidth <= element.clientWidth) return false;
  return ["auto", "scroll"].includes(getComputedStyle(element).overflowX);
}
