import { afterEach, expect, test } from "vitest";

import widget, { type Model } from "../../src/widget/main.ts";

/** A model with its traits, and what was saved of them. */
class StandIn implements Model {
  readonly saved: Record<string, unknown>[] = [];
  readonly #changed = new Map<string, () => void>();
  readonly #state: Record<string, unknown>;

  constructor(state: Record<string, unknown>) {
    this.#state = state;
  }

  get(name: string): unknown {
    return this.#state[name];
  }

  set(name: string, value: unknown): void {
    const same = this.#state[name] === value;
    this.#state[name] = value;
    if (!same) this.#changed.get(`change:${name}`)?.();
  }

  on(event: string, changed: () => void): void {
    this.#changed.set(event, changed);
  }

  off(event: string): void {
    this.#changed.delete(event);
  }

  save_changes(): void {
    this.saved.push({ ...this.#state });
  }
}

/** A frame of the page with this key, and what it is told. */
function frame(key: string): { readonly told: unknown[]; readonly says: (message: object) => void } {
  const element = document.createElement("iframe");
  element.dataset["tensorpadView"] = key;
  const told: unknown[] = [];
  const view = { postMessage: (message: unknown) => told.push(message) };
  Object.defineProperty(element, "contentWindow", { value: view });
  document.body.append(element);
  return {
    told,
    says: (message) => {
      const event = new MessageEvent("message", { data: { source: "tensorpad", ...message } });
      Object.defineProperty(event, "source", { value: view });
      window.dispatchEvent(event);
    },
  };
}

// Frames of tests load nothing; happy-dom would complain of that.
const { happyDOM } = window as unknown as { happyDOM: { settings: { handleDisabledFileLoadingAsSuccess: boolean } } };
happyDOM.settings.handleDisabledFileLoadingAsSuccess = true;

let leave: (() => void) | null = null;

function joined(): StandIn {
  const model = new StandIn({ key: "k1", step: null, view: "graph", of: null });
  leave = widget.initialize({ model });
  return model;
}

afterEach(() => {
  leave?.();
  document.body.replaceChildren();
});

test("what a reader looks at is in the kernel, and is not told back", () => {
  const model = joined();
  const { told, says } = frame("k1");
  says({ type: "step", detail: { step: 3, of: 9 } });
  expect(model.saved.at(-1)).toMatchObject({ step: 3 });
  says({ type: "look", detail: { view: "memory", of: "loss" } });
  expect(model.saved.at(-1)).toMatchObject({ step: 3, view: "memory", of: "loss" });
  says({ type: "step", detail: { step: 9, of: 9 } });
  expect(model.saved.at(-1)).toMatchObject({ step: null });
  expect(told).toEqual([]);
});

test("what the kernel sets is shown", () => {
  const model = joined();
  const { told } = frame("k1");
  model.set("step", 2);
  model.set("view", "values");
  model.set("of", "loss");
  expect(told).toEqual([
    { target: "tensorpad", type: "goto", step: 2 },
    { target: "tensorpad", type: "view", view: "values" },
    { target: "tensorpad", type: "of", of: "loss" },
  ]);
});

test("a frame that is drawn anew goes on where it was", () => {
  const model = joined();
  const { told, says } = frame("k1");
  says({ type: "run", detail: {} });
  expect(told).toEqual([]);
  says({ type: "step", detail: { step: 3, of: 9 } });
  says({ type: "run", detail: {} });
  expect(told).toEqual([{ target: "tensorpad", type: "goto", step: 3 }]);
  expect(model.get("step")).toBe(3);
});

test("another view, another window and another message change nothing", () => {
  const model = joined();
  const other = frame("k2");
  frame("k1");
  other.says({ type: "step", detail: { step: 3, of: 9 } });
  window.dispatchEvent(
    new MessageEvent("message", { data: { source: "tensorpad", type: "step", detail: { step: 1 } } }),
  );
  expect(model.saved).toEqual([]);
  model.set("step", 2);
  expect(other.told).toEqual([]);
});

test("after it has left, nothing is heard or told", () => {
  const model = joined();
  const { told, says } = frame("k1");
  leave?.();
  says({ type: "step", detail: { step: 3, of: 9 } });
  model.set("step", 4);
  expect([model.saved, told]).toEqual([[], []]);
});
