// Writes src/api/schema.ts, one TypeScript type for each schema of openapi.json, and src/api/forms.ts, which tells where in an
// answer there is something to fill in (see forms.js); and src/player/shapes.ts (see shapes.js). With --check it writes nothing and fails where a file differs. Only what
// FastAPI emits is understood; anything else stops the build rather than becoming `unknown`.
//
// openapi.json itself is what `tensorpad openapi` prints; a test of the backend fails where the two differ.
import { readFileSync, writeFileSync } from "node:fs";
import { argv, exit } from "node:process";
import { formsOf, reachable } from "./forms.js";
import { shapesOf } from "./shapes.js";

const api = JSON.parse(readFileSync(new URL("../openapi.json", import.meta.url), "utf8"));

const quoted = (value) => JSON.stringify(value);
const named = (ref) => ref.slice(ref.lastIndexOf("/") + 1);
const union = (parts) => [...new Set(parts)].filter((part) => part !== RESOLVED).join(" | ");

/** What `src/api/filled.ts` puts the values themselves in the place of. */
const RESOLVED = "RepeatedValues";

function list(item) {
  return /[ |&]/.test(item) ? `(${item})[]` : `${item}[]`;
}

function typeOf(schema) {
  if (schema.$ref !== undefined) return named(schema.$ref);
  if (schema.const !== undefined) return quoted(schema.const);
  if (schema.enum !== undefined) return union(schema.enum.map(quoted));
  const alternatives = schema.anyOf ?? schema.oneOf;
  if (alternatives !== undefined) return union(alternatives.map(typeOf));
  switch (schema.type) {
    case "string":
      return "string";
    case "integer":
    case "number":
      return "number";
    case "boolean":
      return "boolean";
    case "null":
      return "null";
    case "array":
      if (schema.prefixItems !== undefined) return `[${schema.prefixItems.map(typeOf).join(", ")}]`;
      return list(schema.items === undefined ? "unknown" : typeOf(schema.items));
    case "object":
      if (schema.properties !== undefined) return fields("", schema, "");
      return `Record<string, ${typeof schema.additionalProperties === "object" ? typeOf(schema.additionalProperties) : "unknown"}>`;
    case undefined:
      return "unknown";
    default:
      throw new Error(`A schema of type ${quoted(schema.type)} is not understood: ${quoted(schema)}`);
  }
}

const requests = reachable(
  api,
  Object.values(api.paths).flatMap((path) => Object.values(path).map((operation) => operation.requestBody)),
);

/**
 * Whether a member may be missing from what the page sends, or from what it has received: an answer is filled in with the defaults
 * that it came without, and the page asks for all parts of one that it uses.
 */
function isOptional(record, schema, name) {
  // A constant tells the members of a union apart and is always sent, though a default makes it "not required".
  if ((schema.required ?? []).includes(name) || schema.properties[name].const !== undefined) return false;
  return requests.has(record);
}

function comment(text, indent) {
  if (text === undefined) return "";
  const lines = text.trim().split("\n");
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join("\n")}\n${indent} */\n`;
}

function fields(record, schema, indent) {
  const inner = `${indent}  `;
  const rows = Object.entries(schema.properties).map(([name, field]) => {
    const optional = isOptional(record, schema, name) ? "?" : "";
    const key = /^[A-Za-z_]\w*$/.test(name) ? name : quoted(name);
    return `${comment(field.description, inner)}${inner}readonly ${key}${optional}: ${typeOf(field)};`;
  });
  return `{\n${rows.join("\n")}\n${indent}}`;
}

function declaration([name, schema]) {
  const head = comment(schema.description, "");
  if (schema.type === "object" && schema.properties !== undefined)
    return `${head}export interface ${name} ${fields(name, schema, "")}`;
  return `${head}export type ${name} = ${typeOf(schema)};`;
}

const head = "// Generated from openapi.json by `npm run generate`; do not edit.\n\n";
const schemas = Object.entries(api.components.schemas).sort(([a], [b]) => (a < b ? -1 : 1));
const files = {
  "api/schema.ts": `${schemas.map(declaration).join("\n\n")}\n`,
  "api/forms.ts": formsOf(api, requests),
  "player/shapes.ts": shapesOf(api, ["RunResponse", "Derivation", "DrawnGraph", "Opening", "Lens", "NameRecord"]),
};

for (const [name, text] of Object.entries(files)) {
  const target = new URL(`../src/${name}`, import.meta.url);
  if (!argv.includes("--check")) {
    writeFileSync(target, head + text);
    continue;
  }
  let present = "";
  try {
    present = readFileSync(target, "utf8");
  } catch {
    // Reported below: a missing file differs too.
  }
  if (present === head + text) continue;
  console.error(`src/${name} differs from openapi.json: run \`npm run generate\`.`);
  exit(1);
}
