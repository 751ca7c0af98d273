/** What the page shows after each statement of a program, for a comparison with plain PyTorch. */

import { as } from "../../src/api/filled.ts";
import type { Step } from "../../src/api/schema.ts";
import { EXAMPLES } from "../../src/app/examples/catalogue.ts";
import { program } from "../../src/app/examples/example.ts";
import type { Values } from "../../src/api/values.ts";
import { type Holding, holdingsAt } from "../../src/timeline/holdings.ts";
import { flat } from "../../src/numbers/grid.ts";
import { isIntegral, texts } from "../../src/numbers/text.ts";
import { isTensor } from "../../src/timeline/member.ts";
import { type Arrived, NOTHING_ARRIVED, withChunk } from "../../src/run/arrived.ts";
import { type Timeline, timelineOf } from "../../src/timeline/timeline.ts";

/** A tensor or array on its card. `values` and `grad` are null where the card lists none. */
interface Shown {
  readonly id: string;
  readonly array: boolean;
  readonly shape: readonly number[];
  readonly stride: readonly number[];
  readonly offset: number;
  readonly dtype: string;
  readonly device: string | null;
  readonly storage: string | null;
  readonly requires_grad: boolean;
  readonly is_leaf: boolean;
  readonly grad_fn: string | null;
  readonly is_parameter: boolean;
  readonly version: number | null;
  readonly values: readonly unknown[] | null;
  readonly grad: readonly unknown[] | "large" | null;
}

/** A moment: the statement's place, and what the names hold in the frame of the cells and in the statement's own. */
interface Moment {
  readonly place: readonly [number, number, number];
  readonly frame: number;
  readonly globals: Readonly<Record<string, Shown>>;
  readonly locals: Readonly<Record<string, Shown>>;
  /** Other names, of numbers and the like, by frame. */
  readonly others: readonly string[];
}

/** The cells of each example of the page. */
export function examples(): (readonly string[])[] {
  return EXAMPLES.map((example) => program(example, "en"));
}

/** An answer as it was sent, and the chunks of values that it deferred. */
interface Sent {
  readonly answer: unknown;
  readonly chunks: readonly unknown[];
}

/** The timeline of an answer when all chunks have come. */
function timelineOfAll({ answer, chunks }: Sent): Timeline {
  const arrived = chunks.reduce<Arrived>(
    (before, chunk, at) => withChunk(before, at, as("ValuesResponse")(chunk).values),
    NOTHING_ARRIVED,
  );
  return timelineOf(as("RunResponse")(answer), arrived);
}

/** What is shown after each statement of a program. */
export function shown(sent: Sent): Moment[] {
  const timeline = timelineOfAll(sent);
  const { response } = timeline;
  return response.steps.flatMap((step, index): Moment[] => {
    const { span } = step;
    if (!ends(step) || span === null) return [];
    const held = new Map(holdingsAt(timeline, index).map((holding) => [holding.id, holding]));
    const frames = timeline.frames(index);
    const own = frames.find(({ frame }) => frame === step.frame);
    const cells = frames.find(({ frame }) => frame === 0);
    const globals = named(cells?.names ?? [], held);
    // A parameter is named by its module, which no frame has as a name of its own.
    for (const holding of held.values())
      for (const name of holding.names) if (name.includes(".")) globals[name] = card(holding);
    return [
      {
        place: [span.cell, span.line, span.column],
        frame: step.frame,
        globals,
        locals: step.frame === 0 ? {} : named(own?.names ?? [], held),
        others: (own?.names ?? []).flatMap(({ name, value }) => (value === null ? [name] : [])),
      },
    ];
  });
}

/** The texts of all elements of each tensor that has a name at the end. */
export function printed(sent: Sent): Readonly<Record<string, readonly string[]>> {
  const timeline = timelineOfAll(sent);
  return Object.fromEntries(
    holdingsAt(timeline, null).flatMap(({ names: [name], version: { values, member } }) => {
      const { shape, dtype } = member.layout;
      if (name === undefined || values.kind !== "full") return [];
      return [[name, texts(flat(values.data, shape), isIntegral(dtype))]];
    }),
  );
}

function ends({ kind }: Step): boolean {
  return kind === "statement";
}

function named(
  names: readonly { readonly name: string; readonly value: string | null }[],
  held: ReadonlyMap<string, Holding>,
): Record<string, Shown> {
  return Object.fromEntries(
    names.flatMap(({ name, value }) => {
      const holding = value === null ? undefined : held.get(value);
      return holding === undefined ? [] : [[name, card(holding)]];
    }),
  );
}

function card({ id, member, version, gradient }: Holding): Shown {
  const tensor = isTensor(member) ? member : null;
  const { layout } = member;
  return {
    id,
    array: tensor === null,
    shape: layout.shape,
    stride: "stride" in layout ? layout.stride : layout.strides,
    offset: layout.offset,
    dtype: layout.dtype,
    device: "device" in layout ? layout.device : null,
    storage: layout.storage,
    requires_grad: tensor?.role.requires_grad ?? false,
    is_leaf: tensor?.role.is_leaf ?? true,
    grad_fn: tensor?.role.grad_fn ?? null,
    is_parameter: tensor?.role.is_parameter ?? false,
    version: version.counter,
    values: listed(version.values),
    // The gradient that passed through a tensor is not in its `.grad`, and its card says so.
    grad: gradient?.kept === true ? (listed(gradient.values) ?? "large") : null,
  };
}

/** Every number, row by row; of a complex one its two parts. */
function listed({ kind, ...values }: Values): readonly unknown[] | null {
  return kind === "full" && "data" in values ? [values.data].flat(Infinity) : null;
}
