// Generated from openapi.json by `npm run generate`; do not edit.

/** What this service is. `limits` holds every limit by its name; a name ends in its unit. */
export interface AboutBody {
  readonly version: string;
  readonly versions: Record<string, string>;
  readonly environment: EnvironmentBody;
  readonly limits: Record<string, number>;
  readonly isolation: IsolationBody;
  readonly languages: ("en" | "zh-CN")[];
}

/** What one cell printed, showed and raised. */
export interface CellBody {
  readonly status: "ok" | "error" | "not_run";
  readonly stdout: string;
  readonly stderr: string;
  readonly result: ResultBody | null;
  readonly displays: DisplayBody[];
  readonly error: ErrorBody | null;
}

/** `cell`: a cell has ended; `index` says which. */
export interface CellEvent {
  readonly status: "ok" | "error" | "not_run";
  readonly stdout: string;
  readonly stderr: string;
  readonly result: ResultBody | null;
  readonly displays: DisplayBody[];
  readonly error: ErrorBody | null;
  readonly index: number;
}

/** Elements at some rows and columns of the tensor seen as a matrix (its last dimension against the others). */
export interface CornersBody {
  readonly rows: number[];
  readonly columns: number[];
  readonly data: unknown[][];
}

/** A graph that the program made itself. `svg` is null where it could not be drawn (`note` says why). */
export interface DisplayBody {
  readonly kind: "graph";
  readonly title: string;
  readonly svg: string | null;
  readonly dot: string;
  readonly note?: string | null;
}

/** One edge, in the forward direction. In the SVG it carries `data-edge="<id>"`, and the id `<graph>-<id>`. */
export interface EdgeBody {
  readonly id: string;
  readonly source: string;
  readonly target: string;
}

/** Where the program ran. */
export interface EnvironmentBody {
  readonly torch: string;
  readonly python: string;
  readonly device: string;
  readonly isolation: string;
}

/** The exception that ended a cell. Null lines and columns mean an unknown place. */
export interface ErrorBody {
  readonly type: string;
  readonly message: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly end_line: number | null;
  readonly end_column: number | null;
  readonly traceback: string;
  readonly explanation?: null;
}

/**
 * Every element, nested as the shape is.
 *
 * Not-a-number and infinities are "NaN", "Infinity", "-Infinity"; a complex element is [re, im].
 */
export interface FullValuesBody {
  readonly data: unknown;
  readonly kind: "full";
}

/** One autograd graph, and its picture. `svg` is null where it could not be drawn in time (`truncated` says so). */
export interface GraphBody {
  readonly id: string;
  readonly root: string;
  readonly root_name: string;
  readonly backward: boolean;
  readonly nodes: NodeBody[];
  readonly edges: EdgeBody[];
  readonly svg: string | null;
  readonly dot: string;
}

/** A program and the graph to draw of it. */
export interface GraphRequest {
  /** The program. */
  readonly code: string;
  /** Variable name of the graph's root; default: the last graph. */
  readonly of?: string | null;
  /** `torchviz` draws as that library does. */
  readonly style?: "tensorpad" | "torchviz";
  /** `auto` follows the reader's system, where the format can. */
  readonly theme?: "light" | "dark" | "auto";
  /** Language of titles; default from Accept-Language. */
  readonly lang?: "en" | "zh-CN" | null;
}

/** `alive` or `ready`. */
export interface HealthBody {
  readonly status: string;
}

/** Counts between consecutive edges; there is one edge more than counts. */
export interface HistogramBody {
  readonly counts: number[];
  readonly edges: (number | "NaN" | "Infinity" | "-Infinity")[];
}

/** The isolation of every worker. */
export interface IsolationBody {
  readonly profile: string;
  readonly layers: LayerBody[];
}

/** One layer of isolation: whether the start-up self-test found it to hold, and why not. */
export interface LayerBody {
  readonly name: string;
  readonly held: boolean;
  readonly detail: string;
}

/**
 * One node of a drawn graph. In the SVG its elements carry `data-node="<id>"`, and the id `<graph>-<id>`.
 *
 * A leaf, parameter or result stands for a tensor, an operation for a backward function and its output, an elided node for
 * `count` functions that are not drawn.
 */
export interface NodeBody {
  readonly id: string;
  readonly kind: "leaf" | "parameter" | "operation" | "result" | "elided";
  readonly label: string;
  readonly tensor: string | null;
  readonly names: string[];
  readonly shape: number[] | null;
  readonly dtype: string | null;
  readonly function: string | null;
  readonly expression: string | null;
  readonly span: SpanBody | null;
  readonly order: number | null;
  readonly value: FullValuesBody | SummaryValuesBody | OpaqueValuesBody | null;
  readonly grad: FullValuesBody | SummaryValuesBody | OpaqueValuesBody | null;
  readonly count: number;
}

/** A tensor whose elements cannot be listed; `text` says why or shows its representation. */
export interface OpaqueValuesBody {
  readonly text: string;
  readonly kind: "opaque";
}

/** `stdout`: text that a cell printed to its `stream`, `stdout` or `stderr`. */
export interface OutputEvent {
  readonly cell: number;
  readonly stream: string;
  readonly text: string;
}

/** A fault of a request or of the service, after RFC 9457. */
export interface ProblemBody {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly request_id: string;
  readonly errors: (Record<string, unknown>)[];
}

/** `queued`: the run's id, and how many wait before it. */
export interface QueuedEvent {
  readonly id: string;
  readonly ahead: number;
}

/** A cell's last expression, as a notebook shows it. */
export interface ResultBody {
  readonly text: string;
  readonly tensor: string | null;
}

/** A program to run: either `code`, or `cells` that share one namespace and run in order. */
export interface RunBody {
  /** One cell of source. */
  readonly code?: string | null;
  /** Cells of source, run in order in one namespace. */
  readonly cells?: string[] | null;
  /** Seeds torch, NumPy and random; null means fresh entropy. */
  readonly seed?: number | null;
  /** Default device of the program. */
  readonly device?: "auto" | "cpu" | "cuda";
  /** `off` runs the program alone, with its output. */
  readonly trace?: "full" | "off";
  /** Seconds of wall time; at most the server's limit, which is the default. */
  readonly timeout_s?: number | null;
  /** Language of explanations; default from Accept-Language. */
  readonly lang?: "en" | "zh-CN" | null;
}

/**
 * What a program did, and everything that is known of its tensors.
 *
 * A program that fails is an answer (`status`), not a fault of the request. `message` says in a sentence what ended a
 * program that did not end by itself.
 */
export interface RunResponse {
  readonly id: string;
  readonly status: "ok" | "error" | "timeout" | "out_of_memory" | "output_limit" | "crashed";
  readonly message: string | null;
  readonly cells: CellBody[];
  readonly variables: VariableBody[];
  readonly tensors: TensorBody[];
  readonly storages: StorageBody[];
  readonly steps: StepBody[];
  readonly graphs: GraphBody[];
  readonly environment: EnvironmentBody;
  readonly timing: TimingBody;
  readonly truncated: TruncationBody[];
}

/** A piece of source. Lines count from 1, columns from 0 in characters; the end is exclusive. */
export interface SpanBody {
  readonly cell: number;
  readonly line: number;
  readonly column: number;
  readonly end_line: number;
  readonly end_column: number;
}

/** One torch operation that the program's source caused, in the order in which they ran. */
export interface StepBody {
  readonly id: string;
  readonly kind: "operation";
  readonly name: string;
  readonly span: SpanBody | null;
  readonly expression: string | null;
  readonly inputs: string[];
  readonly outputs: string[];
}

/** One piece of memory and the tensors that look at it. */
export interface StorageBody {
  readonly id: string;
  readonly nbytes: number;
  readonly device: string;
  readonly members: string[];
}

/** What is told of a large tensor: statistics over its finite elements, a histogram, its corners. */
export interface SummaryValuesBody {
  readonly count: number;
  readonly nan: number;
  readonly infinite: number;
  readonly zeros: number;
  readonly min: number | "NaN" | "Infinity" | "-Infinity" | null;
  readonly max: number | "NaN" | "Infinity" | "-Infinity" | null;
  readonly mean: number | "NaN" | "Infinity" | "-Infinity" | null;
  readonly std: number | "NaN" | "Infinity" | "-Infinity" | null;
  readonly histogram: HistogramBody;
  readonly corners: CornersBody;
  readonly kind: "summary";
}

/** One tensor, at the end. `offset` and `stride` count elements, as torch does. */
export interface TensorBody {
  readonly id: string;
  readonly names: string[];
  readonly shape: number[];
  readonly dtype: string;
  readonly device: string;
  readonly requires_grad: boolean;
  readonly is_leaf: boolean;
  readonly is_parameter: boolean;
  readonly grad_fn: string | null;
  readonly storage: string | null;
  readonly offset: number;
  readonly stride: number[];
  readonly version: number | null;
  readonly view_of: string | null;
  readonly values: FullValuesBody | SummaryValuesBody | OpaqueValuesBody;
  readonly grad: FullValuesBody | SummaryValuesBody | OpaqueValuesBody | null;
}

/** Milliseconds, by share. */
export interface TimingBody {
  readonly queued_ms: number;
  readonly run_ms: number;
  readonly render_ms: number;
  readonly total_ms: number;
}

/** Something of which only a part is told, and the limit that it met. */
export interface TruncationBody {
  readonly what: string;
  readonly limit: number;
}

/** One name of the program's namespace, at the end. */
export interface VariableBody {
  readonly name: string;
  readonly type: string;
  readonly text: string;
  readonly tensor: string | null;
}
