import { describe, expect, it } from "vitest";

import { formsOf, reachable } from "../../scripts/forms.js";

const ref = (name: string): object => ({ $ref: `#/components/schemas/${name}` });
const list = (items: object): object => ({ type: "array", items });
const object = (properties: object, required: readonly string[] = []): object => ({
  type: "object",
  properties,
  required,
});

const FULL = object({ kind: { enum: ["full"] }, data: {} }, ["kind", "data"]);
const OPAQUE = object({ kind: { enum: ["opaque"] }, text: { type: "string" } }, ["kind", "text"]);

/** The generated table for these schemas. */
function forms(schemas: object, requests: readonly string[] = []): unknown {
  const text = formsOf({ components: { schemas } }, new Set(requests));
  const table = /FORMS[^=]*= (\{[^]*\});/.exec(text)?.[1] ?? "";
  return JSON.parse(table.replaceAll(/^ {2}(\w+):/gm, '"$1":').replace(/,\n\}$/, "}")) as unknown;
}

describe("the generated table of what to fill in", () => {
  it("has the defaults of members that are not required, and the ways that lead to them", () => {
    const Leaf = object({ id: { type: "string" }, hooks: { ...list({ type: "string" }), default: [] } }, ["id"]);
    const Branch = object({ leaves: list(ref("Leaf")), one: { anyOf: [ref("Leaf"), { type: "null" }] } }, [
      "leaves",
      "one",
    ]);
    expect(forms({ Leaf, Branch, Other: object({ text: { type: "string" } }, ["text"]) })).toEqual({
      Leaf: { defaults: { hooks: [] }, within: {} },
      Branch: { defaults: {}, within: { leaves: { list: "Leaf" }, one: "Leaf" } },
    });
  });

  it("tells the members of a union apart, also where only one of them has something to fill in", () => {
    const values = { anyOf: [{ anyOf: [ref("FullValues"), ref("OpaqueValues")] }, { type: "null" }] };
    const found = forms({ FullValues: FULL, OpaqueValues: OPAQUE, Tensor: object({ values }, ["values"]) });
    expect(found).toMatchObject({ Tensor: { within: { values: { kinds: { full: "FullValues" } } } } });
  });

  it("has tuples", () => {
    const Leaf = object({ at: { type: "integer", default: 0 } });
    const found = forms({ Leaf, Pair: object({ both: { prefixItems: [{ type: "string" }, ref("Leaf")] } }, ["both"]) });
    expect(found).toMatchObject({ Pair: { within: { both: { tuple: [null, "Leaf"] } } } });
  });

  it("leaves alone what the page sends: there a default is the service's concern", () => {
    const Ask = object({ seed: { type: "integer", default: 0 } });
    expect(forms({ Ask }, ["Ask"])).toEqual({});
    expect(reachable({ components: { schemas: { Ask, Body: object({ ask: ref("Ask") }) } } }, [ref("Body")])).toEqual(
      new Set(["Body", "Ask"]),
    );
  });

  it("stops at a union that nothing tells apart, rather than leaving it out", () => {
    const union = { anyOf: [ref("FullValues"), { type: "string" }] };
    expect(() => forms({ FullValues: FULL, Tensor: object({ union }, ["union"]) })).toThrow("told apart");
  });
});
