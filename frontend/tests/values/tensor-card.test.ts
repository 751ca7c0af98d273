import { afterEach, describe, expect, it } from "vitest";

import type { RunResponse } from "../../src/api/schema.ts";
import { locale } from "../../src/i18n/index.ts";
import { holdingsAt } from "../../src/timeline/holdings.ts";
import { timelineOf } from "../../src/timeline/timeline.ts";
import { cardOf } from "../../src/values/cards.ts";
import { TpTensorCard } from "../../src/values/tp-tensor-card.ts";
import { full, layout, response, step, tensor } from "../support/answers.ts";

/** x = zeros(4); x.resize_(8) */
const RESIZED = response({
  tensors: [
    tensor({
      id: "t1",
      names: ["x"],
      layout: { shape: [8], stride: [1], nbytes: 32, storage: "s1" },
      values: full([0, 0, 0, 0, 0, 0, 0, 0]),
      history: [
        {
          step: 0,
          version: 0,
          values: full([0, 0, 0, 0]),
          layout: layout({ shape: [4], stride: [1], nbytes: 16, storage: "s1" }),
        },
        { step: 1, version: 1, values: null },
      ],
    }),
  ],
  storages: [{ id: "s1", nbytes: 2048, device: "cpu", members: ["t1"], ranges: [] }],
  steps: [
    step({ ref: "op1", outputs: ["t1"], changed: [{ id: "t1", version: 0 }] }),
    step({ ref: "op2", inputs: ["t1"], outputs: ["t1"], changed: [{ id: "t1", version: 1 }] }),
  ],
});

/** What a person reads in a part of the card of the first tensor. */
async function read(part: string, answer: RunResponse, at: number | null): Promise<string> {
  const timeline = timelineOf(answer);
  const [holding] = holdingsAt(timeline, at);
  if (holding === undefined) throw new Error("no tensor");
  const element = new TpTensorCard();
  element.card = cardOf(timeline, at, holding, []);
  document.body.append(element);
  await element.updateComplete;
  return element.renderRoot.querySelector(part)?.textContent.replace(/\s+/g, " ").trim() ?? "";
}

const withBytes = (nbytes: number | null) => response({ tensors: [tensor({ id: "t1", layout: { nbytes } })] });

describe("the card of a tensor, as it is read", () => {
  afterEach(() => {
    document.body.replaceChildren();
    locale.set("en");
  });

  it("has the bytes of its own elements at the step, and those of its storage apart", async () => {
    expect(await read(".facts", RESIZED, 0)).toBe("(4,) float32 cpu 16 B");
    expect(await read(".facts", RESIZED, 1)).toBe("(8,) float32 cpu 32 B");
    expect(await read("footer", RESIZED, 1)).toMatch(/ storage 2 KiB$/);
    locale.set("zh-CN");
    expect(await read(".facts", RESIZED, 0)).toBe("(4,) float32 cpu 16 B");
    expect(await read("footer", RESIZED, 1)).toMatch(/ 存储 2 KiB$/);
  });

  it("has them in a unit that fits, none where there are none to count, and 0 of an empty tensor", async () => {
    expect(await read(".facts", withBytes(1536), null)).toBe("() float32 cpu 1.5 KiB");
    expect(await read(".facts", withBytes(4e12), null)).toBe("() float32 cpu 3.6 TiB");
    expect(await read(".facts", withBytes(0), null)).toBe("() float32 cpu 0 B");
    expect(await read(".facts", withBytes(null), null)).toBe("() float32 cpu");
  });
});
