/** The colours of a heat map, taken from the page's style in its present theme, so that a canvas and a table agree. */

import { type Scale, tint, type Tone } from "../../numbers/scale.ts";

const STOPS = 16;
const SHADES = 256;
const TONES: readonly Tone[] = ["negative", "positive", "magnitude"];
const SINGLE = ["ink", "muted", "card", "panel", "line-strong", "lit", "accent", "odd"] as const;
type Single = (typeof SINGLE)[number];

/** Colours as a canvas takes them. */
export class Palette {
  readonly #shades: Readonly<Record<Tone, Uint32Array>>;
  readonly #single: ReadonlyMap<Single, string>;
  readonly #odd: number;

  /** Reads the style of `host`, in which the page's colours are known. */
  constructor(host: HTMLElement) {
    const read = reader(host);
    const shades = TONES.map((tone): [Tone, Uint32Array] => [
      tone,
      ramp(
        Array.from({ length: STOPS + 1 }, (_, stop) =>
          read(`color-mix(in oklab, var(--${tone}) ${(100 * stop) / STOPS}%, var(--panel))`),
        ),
      ),
    ]);
    this.#shades = Object.fromEntries(shades) as Record<Tone, Uint32Array>;
    const single = SINGLE.map((name): [Single, Colour] => [
      name,
      read(name === "odd" ? "color-mix(in oklab, var(--bad-line) 70%, var(--panel))" : `var(--${name})`),
    ]);
    this.#single = new Map(single.map(([name, [r, g, b]]) => [name, `rgb(${r} ${g} ${b})`]));
    this.#odd = packed(single.find(([name]) => name === "odd")?.[1] ?? [255, 0, 0]);
  }

  css(name: Single): string {
    return this.#single.get(name) ?? "red";
  }

  /** The colour of a number as the bytes of a pixel, which are in the order of this machine. */
  pixel(size: number, scale: Scale): number {
    if (Number.isNaN(size)) return this.#odd;
    const { tone, share } = tint(size, scale);
    return this.#shades[tone][Math.round(share * (SHADES - 1))] ?? this.#odd;
  }
}

type Colour = readonly [number, number, number];

/** Reads a colour of the style as red, green and blue, whatever space it was mixed in. */
function reader(host: HTMLElement): (colour: string) => Colour {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = 1;
  const context = canvas.getContext("2d", { willReadFrequently: true });
  return (colour) => {
    const probe = document.createElement("span");
    probe.style.color = colour;
    (host.shadowRoot ?? host).append(probe);
    const computed = getComputedStyle(probe).color;
    probe.remove();
    if (context === null) return [0, 0, 0];
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = computed;
    context.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = context.getImageData(0, 0, 1, 1).data;
    return [red, green, blue];
  };
}

function ramp(stops: readonly Colour[]): Uint32Array {
  return Uint32Array.from({ length: SHADES }, (_, shade) => {
    const at = (shade / (SHADES - 1)) * (stops.length - 1);
    const [before, after] = [stops[Math.floor(at)], stops[Math.ceil(at)]];
    if (before === undefined || after === undefined) return 0;
    const mixed = before.map((part, index) => part + ((after[index] ?? part) - part) * (at % 1));
    return packed([mixed[0] ?? 0, mixed[1] ?? 0, mixed[2] ?? 0]);
  });
}

function packed(colour: Colour): number {
  return new Uint32Array(Uint8ClampedArray.from([...colour, 255]).buffer)[0] ?? 0;
}
