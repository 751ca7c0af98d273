/** Answers of the service for tests: whole ones, of which a test names only what it is about. */

import type { CellBody, NodeBody, RunResponse, StepBody } from "../../src/api/schema.ts";

export function cell(parts: Partial<CellBody> = {}): CellBody {
  return { status: "ok", stdout: "", stderr: "", result: null, displays: [], error: null, ...parts };
}

export function response(parts: Partial<RunResponse> = {}): RunResponse {
  return {
    id: "r1",
    status: "ok",
    message: null,
    cells: [cell()],
    variables: [],
    tensors: [],
    storages: [],
    steps: [],
    operations: [],
    arrays: [],
    graphs: [],
    environment: { torch: "2", python: "3", device: "cpu", isolation: "strict" },
    timing: { queued_ms: 0, run_ms: 1, render_ms: 1, total_ms: 2 },
    truncated: [],
    notices: [],
    backwards: [],
    formulas: [],
    ...parts,
  };
}

export function node(parts: Partial<NodeBody> & Pick<NodeBody, "id">): NodeBody {
  return {
    kind: "operation",
    label: parts.id,
    tensor: null,
    names: [],
    shape: null,
    dtype: null,
    function: null,
    expression: null,
    span: null,
    order: null,
    value: null,
    grad: null,
    count: 1,
    operation: null,
    call: null,
    within: null,
    arguments: [],
    group: null,
    ...parts,
  };
}

export function step(parts: Partial<StepBody> & Pick<StepBody, "id">): StepBody {
  return {
    kind: "operation",
    name: "torch.add",
    span: null,
    expression: null,
    inputs: [],
    outputs: [],
    scope: "",
    frame: 0,
    bound: [],
    unbound: [],
    changed: [],
    ...parts,
  };
}
