import { beforeEach, describe, expect, it } from "vitest";

import { isForKeys, takeKeys, useKeys } from "../../src/ui/keys.ts";

describe("a key of the page, where two programs take it", () => {
  const program = (): HTMLElement => {
    const made = document.createElement("section");
    made.innerHTML = "<button></button>";
    document.body.append(made);
    takeKeys(made);
    return made;
  };
  let first: HTMLElement;
  let second: HTMLElement;

  beforeEach(() => {
    document.body.innerHTML = "<p>Text</p>";
    first = program();
    second = program();
  });

  /** Who may take a key that is pressed there. */
  const takers = (target: Element | null): HTMLElement[] => {
    let found: HTMLElement[] = [];
    const listen = (event: Event): void => {
      found = [first, second].filter((one) => isForKeys(one, event));
    };
    window.addEventListener("keydown", listen, { once: true });
    target?.dispatchEvent(new Event("keydown", { bubbles: true, composed: true }));
    return found;
  };
  const press = (target: Element | null): boolean | undefined =>
    target?.dispatchEvent(new Event("pointerdown", { bubbles: true, composed: true }));

  it("is for any of them as long as none was used", () => {
    expect(takers(document.querySelector("p"))).toEqual([first, second]);
  });

  it("is for the one that has the focus, whichever was used last", () => {
    press(first.querySelector("button"));
    expect(takers(second.querySelector("button"))).toEqual([second]);
  });

  it("is for the one that was used last where none has the focus", () => {
    press(second.querySelector("button"));
    press(document.querySelector("p"));
    expect(takers(document.querySelector("p"))).toEqual([second]);
    useKeys(first);
    expect(takers(document.querySelector("p"))).toEqual([first]);
  });

  it("is for what is in the one that is meant, in whichever shadow root", () => {
    const within = (made: HTMLElement): HTMLElement => {
      const inner = document.createElement("div");
      const part = document.createElement("p");
      made.append(inner);
      inner.attachShadow({ mode: "open" }).append(part);
      return part;
    };
    const parts = [within(first), within(second)];
    let found: HTMLElement[] = [];
    const listen = (event: Event): void => {
      found = parts.filter((part) => isForKeys(part, event));
    };
    window.addEventListener("keydown", listen, { once: true });
    second.querySelector("button")?.dispatchEvent(new Event("keydown", { bubbles: true, composed: true }));
    expect(found).toEqual([parts[1]]);
  });

  it("is for those that are left once the one used last is gone", () => {
    press(second.querySelector("button"));
    second.remove();
    expect(takers(document.querySelector("p"))).toEqual([first, second]);
  });
});
