/**
 * The module of a notebook's widget (anywidget): a view below a cell and its kernel have one step, view and graph.
 *
 * The view is the page that is saved with the notebook, in a frame with the widget's key; it is there without this module, too.
 * So nothing is drawn here: the module hears what frames with the key say, and tells them what the kernel sets.
 */

/** What of a widget's model is used, as anywidget gives it. */
export interface Model {
  get(name: string): unknown;
  set(name: string, value: unknown): void;
  on(event: string, changed: () => void): void;
  off(event: string, changed: () => void): void;
  save_changes(): void;
}

type State = Readonly<Record<string, unknown>>;

/** What a frame is told for each trait. */
const ORDERS: Readonly<Record<string, (value: unknown) => State>> = {
  view: (view) => ({ type: "view", view }),
  of: (of) => ({ type: "of", of }),
  step: (step) => ({ type: "goto", step }),
};

/** Join a model with the frames that have its key, until the result is called. */
function initialize({ model }: { readonly model: Model }): () => void {
  /** What frames show, as far as they have said it. */
  const shown = new Map<string, unknown>();
  const frames = (): HTMLIFrameElement[] =>
    [...document.querySelectorAll<HTMLIFrameElement>("iframe[data-tensorpad-view]")].filter(
      (frame) => frame.dataset["tensorpadView"] === model.get("key"),
    );
  const tell = (name: string, order: (value: unknown) => State): void => {
    for (const frame of frames())
      frame.contentWindow?.postMessage({ target: "tensorpad", ...order(model.get(name)) }, "*");
  };
  const hear = ({ source, data }: MessageEvent<unknown>): void => {
    if (!isRecord(data) || data["source"] !== "tensorpad" || !isRecord(data["detail"])) return;
    if (!frames().some(({ contentWindow }) => contentWindow === source)) return;
    if (data["type"] === "run") {
      // It was drawn anew, as it was at first.
      for (const [name, order] of Object.entries(ORDERS)) if (shown.has(name)) tell(name, order);
      return;
    }
    const state = stateOf(data["type"], data["detail"]);
    for (const [name, value] of Object.entries(state)) {
      shown.set(name, value);
      model.set(name, value);
    }
    model.save_changes();
  };
  const follow = Object.entries(ORDERS).map(([name, order]) => {
    const changed = (): void => {
      if (!shown.has(name) || shown.get(name) !== model.get(name)) tell(name, order);
    };
    model.on(`change:${name}`, changed);
    return () => {
      model.off(`change:${name}`, changed);
    };
  });
  window.addEventListener("message", hear);
  return () => {
    window.removeEventListener("message", hear);
    for (const leave of follow) leave();
  };
}

/** The traits that a message of a frame is about. The end is no step. */
function stateOf(type: unknown, detail: State): State {
  const { step, of, view } = detail;
  if (type === "step" && typeof step === "number") return { step: step === of ? null : step };
  if (type !== "look" || typeof view !== "string") return {};
  return { view, ...(typeof of === "string" ? { of } : {}) };
}

function isRecord(value: unknown): value is State {
  return typeof value === "object" && value !== null;
}

export default { initialize };
