import { readFileSync } from "node:fs";

import { describe, expect, it } from "vitest";

import { scaleBetween, scaleOf, scaleOfSummary, tint } from "../../src/numbers/scale.ts";

describe("a colour scale", () => {
  it("diverges around zero where there are both signs", () => {
    const scale = scaleOf([-4, 0, 2]);
    expect(tint(-4, scale)).toEqual({ tone: "negative", share: 1 });
    expect(tint(2, scale)).toEqual({ tone: "positive", share: 0.5 });
    expect(tint(0, scale).share).toBe(0);
  });

  it("is sequential otherwise, from zero, or from the least where all are far from it", () => {
    expect(tint(3, scaleOf([0, 1, 4]))).toEqual({ tone: "magnitude", share: 0.75 });
    expect(tint(101, scaleOf([100, 102]))).toEqual({ tone: "magnitude", share: 0.5 });
    expect(tint(1, scaleOf([true, false]))).toEqual({ tone: "magnitude", share: 1 });
  });

  it("puts a single value in the middle, and nothing nowhere", () => {
    expect(tint(3, scaleOf([3, 3]))).toEqual({ tone: "magnitude", share: 0.5 });
    expect(tint(-3, scaleOf([-3]))).toEqual({ tone: "negative", share: 0.5 });
    expect(tint(0, scaleOf([0, 0])).share).toBe(0);
    expect(tint(1, scaleOf(["NaN"])).share).toBe(0);
  });

  it("leaves out what is not finite, and counts the absolute value of what is complex", () => {
    expect(scaleOf([1, "Infinity", "NaN", 2])).toEqual(scaleOf([1, 2]));
    expect(
      scaleOf([
        [3, -4],
        [0, 0],
      ]),
    ).toEqual(scaleBetween(0, 5));
    expect(scaleOf(["9223372036854775807", 0])).toEqual(scaleBetween(0, 2 ** 63));
  });

  it("of a large tensor is not taken up by a few elements far out", () => {
    const statistics = { min: -1000, max: 10, mean: 0, std: 2 };
    expect(tint(6, scaleOfSummary(statistics))).toEqual({ tone: "positive", share: 1 });
    expect(tint(-1000, scaleOfSummary(statistics))).toEqual({ tone: "negative", share: 1 });
    expect(scaleOfSummary({ min: -1, max: 1, mean: 0, std: null })).toEqual(scaleBetween(-1, 1));
    expect(tint(1, scaleOfSummary({ min: null, max: null, mean: null, std: null })).share).toBe(0);
    expect(scaleOfSummary({ min: -0.1, max: 50, mean: 20, std: 1 }).kind).toBe("diverging");
  });
});

type Colour = readonly [number, number, number];

/** The colour of a token in one theme. */
function token(name: string, theme: 0 | 1): Colour {
  const css = readFileSync("src/ui/tokens.css", "utf8");
  const pair = new RegExp(`--${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(css);
  const hex = pair?.[theme + 1] ?? "";
  return [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16) / 255) as unknown as Colour;
}

function linear(colour: Colour): Colour {
  return colour.map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)) as unknown as Colour;
}

function multiplied(rows: readonly Colour[], [a, b, c]: Colour): Colour {
  return rows.map(([x, y, z]) => x * a + y * b + z * c) as unknown as Colour;
}

/** As CSS mixes in oklab, in linear light: https://www.w3.org/TR/css-color-4/#color-conversion-code */
function mixed(one: Colour, other: Colour, share: number): Colour {
  const lab = (colour: Colour): Colour => {
    const cone = multiplied(
      [
        [0.4122214708, 0.5363325363, 0.0514459929],
        [0.2119034982, 0.6806995451, 0.1073969566],
        [0.0883024619, 0.2817188376, 0.6299787005],
      ],
      linear(colour),
    );
    return multiplied(
      [
        [0.2104542553, 0.793617785, -0.0040720468],
        [1.9779984951, -2.428592205, 0.4505937099],
        [0.0259040371, 0.7827717662, -0.808675766],
      ],
      cone.map(Math.cbrt) as unknown as Colour,
    );
  };
  const [from, to] = [lab(other), lab(one)];
  const between = from.map((part, i) => part + ((to[i] ?? 0) - part) * share) as unknown as Colour;
  const cone = multiplied(
    [
      [1, 0.3963377774, 0.2158037573],
      [1, -0.1055613458, -0.0638541728],
      [1, -0.0894841775, -1.291485548],
    ],
    between,
  ).map((part) => part ** 3) as unknown as Colour;
  return multiplied(
    [
      [4.0767416621, -3.3077115913, 0.2309699292],
      [-1.2684380046, 2.6097574011, -0.3413193965],
      [-0.0041960863, -0.7034186147, 1.707614701],
    ],
    cone,
  );
}

function luminance([red, green, blue]: Colour): number {
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

describe.each(["negative", "positive", "magnitude"])("the tone %s", (tone) => {
  it.each([0, 1] as const)("leaves numbers readable in theme %s, and darkens or brightens steadily", (theme) => {
    const ink = luminance(linear(token("ink", theme)));
    const ramp = Array.from({ length: 21 }, (_, step) =>
      luminance(mixed(token(tone, theme), token("panel", theme), step / 20)),
    );
    for (const ground of ramp) {
      const [light, dark] = [Math.max(ground, ink), Math.min(ground, ink)];
      expect((light + 0.05) / (dark + 0.05)).toBeGreaterThanOrEqual(4.5);
    }
    const steps = ramp.slice(1).map((ground, i) => Math.sign(ground - (ramp[i] ?? 0)));
    expect(new Set(steps).size).toBe(1);
  });
});
