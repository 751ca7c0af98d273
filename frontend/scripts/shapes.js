// What the records of a recording look like, by which its reader checks a file that may come from anybody.
import { reachable } from "./forms.js";

const named = (ref) => ref.slice(ref.lastIndexOf("/") + 1);
const SIMPLE = { string: "text", integer: "whole", number: "number", boolean: "truth", null: "null" };

/** The shape of a schema, as `src/player/shape.ts` reads it. */
function shapeOf(schema) {
  if (schema.$ref !== undefined) return { record: named(schema.$ref) };
  if (schema.const !== undefined) return { one: [schema.const] };
  if (schema.enum !== undefined) return { one: schema.enum };
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives !== undefined) return { either: alternatives.map(shapeOf) };
  if (SIMPLE[schema.type] !== undefined) return SIMPLE[schema.type];
  switch (schema.type) {
    case "array":
      if (schema.prefixItems !== undefined) return { tuple: schema.prefixItems.map(shapeOf) };
      return { list: schema.items === undefined ? "any" : shapeOf(schema.items) };
    case "object":
      if (schema.properties !== undefined) return { members: membersOf(schema) };
      return { map: typeof schema.additionalProperties === "object" ? shapeOf(schema.additionalProperties) : "any" };
    case undefined:
      return "any";
    default:
      throw new Error(`A schema of type ${schema.type} is not understood: ${JSON.stringify(schema)}`);
  }
}

/** Each member with its shape; one that may be missing has a `?` behind its name. */
function membersOf(schema) {
  const required = new Set(schema.required ?? []);
  return Object.fromEntries(
    Object.entries(schema.properties).map(([name, field]) => {
      // A constant tells the members of a union apart, and is always sent.
      const sent = required.has(name) || field.const !== undefined;
      return [sent ? name : `${name}?`, shapeOf(field)];
    }),
  );
}

/** The module `src/player/shapes.ts`, with these records and all that are in them. */
export function shapesOf(api, roots) {
  const names = reachable(
    api,
    roots.map((name) => ({ $ref: name })),
  );
  const rows = [...names].sort().map((name) => {
    const schema = api.components.schemas[name];
    return `  ${name}: ${JSON.stringify(schema.properties === undefined ? shapeOf(schema) : { members: membersOf(schema) })},`;
  });
  return `import type { Shape } from "./shape.ts";

/** The shapes of the records in a recording, by their names. */
export const SHAPES: Readonly<Record<string, Shape>> = {
${rows.join("\n")}
};
`;
}
