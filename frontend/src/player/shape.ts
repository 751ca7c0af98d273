/** What JSON must look like, and where it does not. The shapes of records are generated (`shapes.ts`). */

export type Shape =
  | "any"
  | "text"
  | "whole"
  | "number"
  | "truth"
  | "null"
  | { readonly record: string }
  /** By name; one with a `?` behind its name may be missing. Whatever else there is comes from a later version. */
  | { readonly members: Readonly<Record<string, Shape>> }
  | { readonly list: Shape }
  | { readonly tuple: readonly Shape[] }
  | { readonly map: Shape }
  | { readonly one: readonly (string | number | boolean)[] }
  | { readonly either: readonly Shape[] };

type Shapes = Readonly<Record<string, Shape>>;

/** Where a value is not of a shape, as a path such as `/answer/steps/3/line`; null if it is. */
export function misfit(value: unknown, shape: Shape, shapes: Shapes, path = ""): string | null {
  if (typeof shape === "string") return isSimple(value, shape) ? null : path;
  if ("record" in shape) {
    const known = shapes[shape.record];
    if (known === undefined) throw new Error(`there is no shape of ${shape.record}`);
    return misfit(value, known, shapes, path);
  }
  if ("one" in shape) return shape.one.some((allowed) => allowed === value) ? null : path;
  if ("either" in shape) return eitherMisfit(value, shape.either, shapes, path);
  if ("members" in shape) return membersMisfit(value, shape.members, shapes, path);
  if ("map" in shape) {
    if (!isObject(value)) return path;
    return firstMisfit(Object.entries(value), () => shape.map, shapes, path);
  }
  if (!Array.isArray(value)) return path;
  if ("list" in shape) return firstMisfit(value.entries(), () => shape.list, shapes, path);
  if (value.length !== shape.tuple.length) return path;
  return firstMisfit(value.entries(), (at) => shape.tuple[Number(at)] ?? "any", shapes, path);
}

function isSimple(value: unknown, shape: Extract<Shape, string>): boolean {
  switch (shape) {
    case "any":
      return true;
    case "text":
      return typeof value === "string";
    case "whole":
      return Number.isInteger(value);
    case "number":
      return typeof value === "number";
    case "truth":
      return typeof value === "boolean";
    case "null":
      return value === null;
  }
}

/** Where a value fits none of several shapes: within the only one that it could be meant as, if there is one. */
function eitherMisfit(value: unknown, either: readonly Shape[], shapes: Shapes, path: string): string | null {
  let deepest = path;
  for (const shape of either) {
    const found = misfit(value, shape, shapes, path);
    if (found === null) return null;
    if (found.length > deepest.length) deepest = found;
  }
  return deepest;
}

function membersMisfit(
  value: unknown,
  members: Readonly<Record<string, Shape>>,
  shapes: Shapes,
  path: string,
): string | null {
  if (!isObject(value)) return path;
  for (const [named, shape] of Object.entries(members)) {
    const optional = named.endsWith("?");
    const name = optional ? named.slice(0, -1) : named;
    if (!Object.hasOwn(value, name)) {
      if (optional) continue;
      return `${path}/${name}`;
    }
    const found = misfit(value[name], shape, shapes, `${path}/${name}`);
    if (found !== null) return found;
  }
  return null;
}

function firstMisfit(
  items: Iterable<readonly [number | string, unknown]>,
  shapeOf: (at: number | string) => Shape,
  shapes: Shapes,
  path: string,
): string | null {
  for (const [at, item] of items) {
    const found = misfit(item, shapeOf(at), shapes, `${path}/${at}`);
    if (found !== null) return found;
  }
  return null;
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
