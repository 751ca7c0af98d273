// Where in an answer there is something to fill in: members that it may come without, because they have a default, and numbers
// in single precision. `src/api/filled.ts` walks by these forms, and passes over all else.
//
// A form has the defaults of a record, and the places in it that lead on to others.

const named = (ref) => ref.slice(ref.lastIndexOf("/") + 1);

/** The records with numbers of a tensor in them. */
const NUMBERS = ["FullValues", "SummaryValues"];

/** The names of the schemas that these parts of the description refer to, in whatever depth. */
export function reachable(api, parts) {
  const found = new Set();
  const visit = (part) => {
    if (typeof part !== "object" || part === null) return;
    if (typeof part.$ref === "string" && !found.has(named(part.$ref))) {
      found.add(named(part.$ref));
      visit(api.components.schemas[named(part.$ref)]);
    }
    Object.values(part).forEach(visit);
  };
  parts.forEach(visit);
  return found;
}

/** The members that a record may come without, with their defaults. */
function defaultsOf(schema) {
  const required = new Set(schema.required ?? []);
  return Object.fromEntries(
    Object.entries(schema.properties ?? {}).flatMap(([name, field]) =>
      required.has(name) || field.default === undefined || field.const !== undefined ? [] : [[name, field.default]],
    ),
  );
}

/** The module `src/api/forms.ts`. `requests` are the schemas that the page sends, where a default is the service's concern. */
export function formsOf(api, requests) {
  const { schemas } = api.components;
  const records = Object.keys(schemas).filter((name) => !requests.has(name));
  const defaults = Object.fromEntries(records.map((name) => [name, defaultsOf(schemas[name])]));
  const wanted = new Set(records.filter((name) => NUMBERS.includes(name) || Object.keys(defaults[name]).length > 0));

  /** A union that has a name is the union itself. */
  const unnamed = (schema) => {
    const union = schema.$ref === undefined ? undefined : schemas[named(schema.$ref)];
    return union?.oneOf === undefined ? schema : union;
  };

  const placeOf = (reference) => {
    const schema = unnamed(reference);
    if (schema.$ref !== undefined) return wanted.has(named(schema.$ref)) ? named(schema.$ref) : null;
    const alternatives = schema.anyOf ?? schema.oneOf;
    if (alternatives !== undefined) return together(flat(alternatives));
    if (schema.prefixItems !== undefined) {
      const tuple = schema.prefixItems.map(placeOf);
      return tuple.every((place) => place === null) ? null : { tuple };
    }
    for (const inline of [schema.additionalProperties, ...Object.values(schema.properties ?? {})])
      if (typeof inline === "object" && placeOf(inline) !== null)
        throw new Error(`An object without a name contains records to fill in: ${JSON.stringify(schema)}`);
    const list = schema.items === undefined ? null : placeOf(schema.items);
    return list === null ? null : { list };
  };

  const flat = (alternatives) =>
    alternatives
      .map(unnamed)
      .flatMap((schema) => ((schema.anyOf ?? schema.oneOf) ? flat(schema.anyOf ?? schema.oneOf) : [schema]));

  /** The place of a union: of one thing or null, or of records that their kind tells apart. */
  const together = (alternatives) => {
    const own = alternatives.filter(({ type }) => type !== "null");
    const places = own.map(placeOf);
    if (own.length === 1) return places[0];
    const known = places.filter((place) => place !== null);
    if (known.length === 0) return null;
    if (own.some(({ $ref }) => $ref === undefined) || known.some((place) => typeof place !== "string"))
      throw new Error(`A union cannot be told apart: ${JSON.stringify(alternatives)}`);
    return { kinds: Object.fromEntries(known.map((name) => [tagOf(name), name])) };
  };

  const tagOf = (name) => {
    const { kind } = schemas[name].properties;
    const tag = kind?.const ?? kind?.enum?.[0];
    if (tag === undefined) throw new Error(`${name} is in a union, and has no kind that tells it apart.`);
    return tag;
  };

  const within = (name) =>
    Object.fromEntries(
      Object.entries(schemas[name].properties ?? {}).flatMap(([member, field]) => {
        const place = placeOf(field);
        return place === null ? [] : [[member, place]];
      }),
    );

  // What contains a record that is wanted is wanted, too, until nothing more is found.
  for (let size = -1; size !== wanted.size;) {
    size = wanted.size;
    for (const name of records) if (Object.keys(within(name)).length > 0) wanted.add(name);
  }
  const table = [...wanted].sort().map((name) => {
    const parts = { defaults: defaults[name], within: within(name) };
    return `  ${name}: ${JSON.stringify(parts)},`;
  });
  const rows = records
    .filter((name) => schemas[name].properties !== undefined)
    .sort()
    .map((name) => `  readonly ${name}: schema.${name};`);
  return `import type * as schema from "./schema.ts";

/** Where records are in a record: one, a list or a tuple of them, or one of several that their \`kind\` tells apart. */
export type Place =
  | string
  | { readonly list: Place }
  | { readonly tuple: readonly (Place | null)[] }
  | { readonly kinds: Readonly<Record<string, string>> };

/** The members that a record may come without, and those that lead on to other records. */
export interface Form {
  readonly defaults: Readonly<Record<string, unknown>>;
  readonly within: Readonly<Record<string, Place>>;
}

/** The records of answers, by their names. */
export interface Records {
${rows.join("\n")}
}

/** What to fill in, by record. */
export const FORMS: Readonly<Record<string, Form>> = {
${table.join("\n")}
};
`;
}
