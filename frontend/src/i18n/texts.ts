/** The shape that the texts of every language have: the same keys, functions of the same arguments. */
export type Texts<T> = {
  readonly [K in keyof T]: T[K] extends (...args: infer A) => string
    ? (...args: A) => string
    : T[K] extends string
      ? string
      : Texts<T[K]>;
};

/** A name as Chinese text goes on after it: with a space where it ends in a letter or digit. */
export function spaced(name: string): string {
  return /[A-Za-z0-9]$/.test(name) ? `${name} ` : name;
}

/** The keys of these texts that more than one of them has. */
type Repeated<Parts> = Parts extends readonly [infer First, ...infer Rest]
  ? (keyof First & KeyOf<Rest[number]>) | Repeated<Rest>
  : never;
/** The keys of each of a union. */
type KeyOf<Part> = Part extends unknown ? keyof Part : never;

type Joined<Parts> = Parts extends readonly [infer First, ...infer Rest] ? First & Joined<Rest> : unknown;

/** The texts of all parts. If two of them have the same key, so that one would be lost, this does not compile. */
export function joined<Parts extends readonly object[]>(
  ...parts: Parts & ([Repeated<Parts>] extends [never] ? unknown : { readonly repeated: Repeated<Parts> })
): Joined<Parts> {
  return Object.assign({}, ...parts) as Joined<Parts>;
}
