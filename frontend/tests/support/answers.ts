/** Answers of the service for tests: whole ones, of which a test names only what it is about. */

import type {
  BackwardRecord,
  CellError,
  CellResponse,
  FullValues,
  FunctionRun,
  DrawnGraph,
  Layout,
  Node,
  OperationRecord,
  RoleRecord,
  RunResponse,
  Step,
  SummaryValues,
  TensorRecord,
  VersionRecord,
} from "../../src/api/schema.ts";

export function cell(parts: Partial<CellResponse> = {}): CellResponse {
  return { status: "ok", stdout: "", stderr: "", result: null, displays: [], error: null, title: null, ...parts };
}

export function cellError(parts: Pick<CellError, "type" | "message"> & Partial<CellError>): CellError {
  const nowhere = { line: null, column: null, end_line: null, end_column: null, cell: null };
  return { ...nowhere, traceback: "", suggestion: null, refused: false, explanation: null, ...parts };
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
    series: [],
    notices: [],
    gates: [],
    backwards: [],
    holders: [],
    formulas: [],
    outputs: [],
    repeated: [],
    ...parts,
  };
}

export function node(parts: Partial<Node> & Pick<Node, "id">): Node {
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
    grad_kept: false,
    count: 1,
    operation: null,
    call: null,
    within: null,
    arguments: [],
    group: null,
    ...parts,
  };
}

export function graph(parts: Partial<DrawnGraph> & Pick<DrawnGraph, "id">): DrawnGraph {
  return {
    root: "",
    root_name: "",
    backward: true,
    nodes: [],
    edges: [],
    groups: [],
    folded: [],
    elided: 0,
    svg: null,
    dot: "",
    like: null,
    ...parts,
  };
}

export function step(parts: Partial<Step>): Step {
  return {
    kind: "operation",
    ref: null,
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

export function layout(parts: Partial<Layout> = {}): Layout {
  const scalar = { shape: [], stride: [], offset: 0, dtype: "torch.float32", nbytes: 4 };
  return { ...scalar, device: "cpu", storage: null, ...parts };
}

type TensorParts = Omit<Partial<TensorRecord>, "id" | "layout" | "roles" | "history"> & {
  readonly id: string;
  readonly roles?: readonly Partial<RoleRecord>[];
  readonly layout?: Partial<Layout>;
  readonly history?: readonly (Omit<VersionRecord, "layout"> & Partial<Pick<VersionRecord, "layout">>)[];
};

export function role(parts: Partial<RoleRecord> = {}): RoleRecord {
  return { step: null, requires_grad: false, is_leaf: true, grad_fn: null, is_parameter: false, ...parts };
}

export function tensor({ layout: own, roles = [{}], history = [], ...parts }: TensorParts): TensorRecord {
  return {
    names: [],
    layout: layout(own),
    roles: roles.map(role),
    version: 0,
    view_of: null,
    values: full(0),
    grad: null,
    history: history.map((version) => ({ layout: null, ...version })),
    grad_changes: [],
    paths: [],
    ...parts,
  };
}

export function full(data: unknown): FullValues {
  return { kind: "full", single: false, data };
}

export function summary(parts: Partial<SummaryValues> = {}): SummaryValues {
  return {
    kind: "summary",
    single: false,
    count: 100,
    nan: 0,
    infinite: 0,
    zeros: 0,
    min: 0,
    max: 1,
    mean: 0,
    std: 0,
    histogram: [],
    corners: { rows: [], columns: [], data: [] },
    ...parts,
  };
}

/** A backward pass of these runs, each named by its function; the gradients are numbered in order. */
export function pass(parts: Partial<BackwardRecord> & Pick<BackwardRecord, "id">): BackwardRecord {
  return {
    kind: "backward",
    span: null,
    expression: null,
    roots: [],
    inputs: null,
    create_graph: false,
    retain_graph: false,
    graphs: [],
    gradients: [],
    runs: [],
    returned: [],
    within: null,
    failed: false,
    size: 0,
    unrecorded: 0,
    like: null,
    ...parts,
  };
}

export function functionRun(parts: Partial<FunctionRun> & Pick<FunctionRun, "function">): FunctionRun {
  return {
    name: "MulBackward0",
    tensor: null,
    operation: null,
    next: [],
    arrived: [],
    sent: [],
    hooks: [],
    accumulation: null,
    frees: false,
    made: [],
    completed: true,
    ...parts,
  };
}

export function operation(parts: Partial<OperationRecord> & Pick<OperationRecord, "id">): OperationRecord {
  return {
    name: "torch.add",
    span: null,
    expression: null,
    inputs: [],
    outputs: [],
    arguments: [],
    writes: [],
    memory: [],
    broadcast: [],
    input_shapes: [],
    output_shapes: [],
    parent: null,
    module: null,
    recorded: null,
    like: null,
    ...parts,
  };
}

/** x = arange(6).reshape(2, 3); x.t_(); x.data = ones(1) in double precision */
export function relaidRun(): RunResponse {
  const rows = full([
    [0, 1, 2],
    [3, 4, 5],
  ]);
  const turned = full([
    [0, 3],
    [1, 4],
    [2, 5],
  ]);
  return response({
    tensors: [
      tensor({
        id: "t1",
        names: ["x"],
        layout: { shape: [1], stride: [1], dtype: "torch.float64", storage: "s2" },
        values: full([1]),
        history: [
          { step: 0, version: 0, values: rows, layout: layout({ shape: [2, 3], stride: [3, 1], storage: "s1" }) },
          { step: 1, version: 1, values: turned, layout: layout({ shape: [3, 2], stride: [1, 3], storage: "s1" }) },
          { step: 2, version: 1, values: null },
        ],
      }),
    ],
    storages: [
      { id: "s1", nbytes: 24, device: "cpu", members: [], ranges: [] },
      { id: "s2", nbytes: 8, device: "cpu", members: ["t1"], ranges: [] },
    ],
    operations: [
      operation({ id: "op1", expression: "make()", outputs: ["t1"], output_shapes: [[2, 3]] }),
      operation({
        id: "op2",
        name: "torch.Tensor.t_",
        expression: "x.t_()",
        inputs: ["t1"],
        outputs: ["t1"],
        writes: [{ tensor: "t1", before: 0, after: 1 }],
        memory: [{ kind: "same", of: "t1" }],
        input_shapes: [[2, 3]],
        output_shapes: [[3, 2]],
      }),
    ],
    steps: [
      step({
        ref: "op1",
        outputs: ["t1"],
        bound: [{ name: "x", type: "torch.Tensor", text: null, value: "t1" }],
        changed: [{ id: "t1", version: 0 }],
      }),
      step({
        ref: "op2",
        expression: "x.t_()",
        inputs: ["t1"],
        outputs: ["t1"],
        changed: [{ id: "t1", version: 1 }],
      }),
      step({ ref: "s3", kind: "statement", name: "", changed: [{ id: "t1", version: 2 }] }),
    ],
  });
}
