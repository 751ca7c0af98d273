/** What an answer says once, put back wherever it belongs. */

/** What has been parsed, and is nobody else's yet. */
export type Fresh = Record<string, unknown>;

/** What a step leaves to its operation. */
const OF_OPERATIONS = ["span", "name", "expression", "inputs", "outputs"] as const;

/** Changes an answer in place. Returns the values that it has several times. */
export function spread(answer: Fresh): readonly unknown[] {
  const operations = byId(answer["operations"]);
  for (const operation of operations.values()) likeOperation(operation, operations.get(operation["like"]));
  const passes = byId(answer["backwards"]);
  for (const pass of passes.values()) likePass(pass, passes.get(pass["like"]));
  for (const step of list(answer["steps"])) {
    const operation = step["kind"] === "operation" ? operations.get(step["ref"]) : undefined;
    if (operation === undefined) continue;
    for (const member of OF_OPERATIONS) step[member] ??= operation[member];
  }
  answer["repeated"] ??= [];
  // A recording from before there were gates asks nothing, and one from before there were series has none.
  answer["gates"] ??= [];
  answer["series"] ??= [];
  return list(answer["repeated"]);
}

/** An operation with what it came without because another one has it. */
function likeOperation(operation: Fresh, other: Fresh | undefined): void {
  if (other === undefined) return;
  if (operation["arguments"] === undefined && other["arguments"] !== undefined) {
    const [inputs, others] = [operation, other].map(({ inputs }) => (inputs ?? []) as string[]) as [string[], string[]];
    operation["arguments"] = list(other["arguments"]).map(({ name, text }) => ({
      name,
      text: inputs[others.lastIndexOf(text as string)] ?? text,
    }));
  }
  if (operation["module"] !== undefined) like(operation["module"] as Fresh, other["module"] as Fresh);
  like(operation, other);
}

/** A pass with what it and its runs came without because another one and its runs have it. */
function likePass(pass: Fresh, other: Fresh | undefined): void {
  if (other === undefined) return;
  const runs = list(other["runs"]);
  for (const [at, run] of list(pass["runs"]).entries()) like(run, runs[at] ?? {});
  like(pass, other);
}

function like(record: Fresh, other: Fresh): void {
  for (const [member, value] of Object.entries(other)) if (record[member] === undefined) record[member] = value;
}

/** The records of a part by their ids, in their order. */
function byId(part: unknown): Map<unknown, Fresh> {
  return new Map(list(part).map((record) => [record["id"], record]));
}

/** The records of a part; none if the answer has not got it. */
function list(part: unknown): Fresh[] {
  return (part ?? []) as Fresh[];
}
