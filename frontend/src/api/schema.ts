// Generated from openapi.json by `npm run generate`; do not edit.

/**
 * What this service is. `limits` holds every limit by its name; a name ends in its unit.
 *
 * `snippets` says whether programs can be stored here.
 */
export interface AboutBody {
  readonly version: string;
  readonly versions: Record<string, string>;
  readonly environment: EnvironmentBody;
  readonly limits: Record<string, number>;
  readonly isolation: IsolationBody;
  readonly languages: ("en" | "zh-CN")[];
  readonly snippets: boolean;
}

/** What became of a leaf's `.grad`. */
export interface AccumulationBody {
  readonly tensor: string | null;
  readonly before: number | null;
  readonly added: number | null;
  readonly after: number | null;
}

/** One argument of a call; a tensor in `text` is its id. `name` is the parameter's, where it is known. */
export interface ArgumentBody {
  readonly name: string | null;
  readonly text: string;
}

/** One NumPy array on memory that a tensor looks at too, at the end. */
export interface ArrayBody {
  readonly id: string;
  readonly names: string[];
  readonly layout: ArrayLayoutBody;
  readonly values: FullValuesBody | SummaryValuesBody | OpaqueValuesBody;
  readonly history: VersionBody[];
}

/** Where a NumPy array's elements are, and what they are. `strides` and `offset` count bytes, as NumPy does. */
export interface ArrayLayoutBody {
  readonly shape: number[];
  readonly strides: number[];
  readonly offset: number;
  readonly dtype: string;
  readonly storage: string | null;
}

/** One run of the engine; `runs` stand in its order. */
export interface BackwardBody {
  readonly id: string;
  readonly kind: "backward" | "grad";
  readonly span: SpanBody | null;
  readonly expression: string | null;
  readonly roots: BackwardRootBody[];
  readonly inputs: SlotBody[] | null;
  readonly create_graph: boolean;
  readonly retain_graph: boolean;
  readonly graphs: string[];
  readonly gradients: (FullValuesBody | SummaryValuesBody | OpaqueValuesBody)[];
  readonly runs: FunctionRunBody[];
  readonly returned: ReturnedBody[];
  readonly within: string | null;
  readonly failed: boolean;
  readonly size: number;
  readonly unrecorded: number;
}

/** Where a pass started. */
export interface BackwardRootBody {
  readonly function: string;
  readonly slot: number;
  readonly name: string;
  readonly tensor: string | null;
  readonly gradient: number | null;
}

/** A name that a step bound. `value` is the id of a tensor or array, `text` the value of a number or the like. */
export interface BindingBody {
  readonly name: string;
  readonly type: string;
  readonly text: string | null;
  readonly value: string | null;
}

/**
 * How one input (its place in `inputs`) was stretched to `result`.
 *
 * `stretched` are the dimensions of `result` along which it was repeated, `added` those that it did not have.
 */
export interface BroadcastBody {
  readonly input: number;
  readonly shape: number[];
  readonly result: number[];
  readonly stretched: number[];
  readonly added: number[];
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

/** A tensor or array whose value a step changed: to `history[version]`. */
export interface ChangeBody {
  readonly id: string;
  readonly version: number;
}

/** The gradient as one formula in the elements of the leaf, and the result as one; both agree with the numbers. */
export interface ClosedFormBody {
  readonly gradient: LineBody;
  readonly result: LineBody;
}

/** Elements at some rows and columns of the tensor seen as a matrix (its last dimension against the others). */
export interface CornersBody {
  readonly rows: number[];
  readonly columns: number[];
  readonly data: unknown[][];
}

/** The chain rule for one scalar. `reason` and `text` say why there is nothing to show. */
export interface DerivationBody {
  readonly root: string;
  readonly reason: "no_scalar" | "not_found" | "not_scalar" | "no_graph" | "too_large" | "freed" | "unsupported" | null;
  readonly text: string | null;
  readonly steps: DerivationStepBody[];
  readonly leaves: LeafDerivationBody[];
}

/** A program, and a scalar in it. */
export interface DerivationRequest {
  /** One cell of source. */
  readonly code?: string | null;
  /** Cells of source, run in order in one namespace. */
  readonly cells?: string[] | null;
  /** Seeds torch, NumPy and random; null means fresh entropy. */
  readonly seed?: number | null;
  /** Default device of the program. */
  readonly device?: "auto" | "cpu" | "cuda";
  /** Seconds of wall time; at most the server's limit, which is the default. */
  readonly timeout_s?: number | null;
  /** Language of explanations; default from Accept-Language. */
  readonly lang?: "en" | "zh-CN" | null;
  /** Its variable; default: where the last backward pass started. */
  readonly of?: string | null;
  /** Check every leaf element by small changes, too. */
  readonly finite_differences?: boolean;
}

/** The answer. `derivation` is null where the program's process did not live to give it; `message` says why. */
export interface DerivationResponse {
  readonly status: "ok" | "error" | "timeout" | "out_of_memory" | "output_limit" | "crashed";
  readonly message: string | null;
  readonly derivation: DerivationBody | null;
  readonly environment: EnvironmentBody;
  readonly timing: TimingBody;
}

/** One step, from the result (the first) back to the leaves. `gradients` are the result's derivatives by its outputs. */
export interface DerivationStepBody {
  readonly label: string;
  readonly latex: string;
  readonly name: string;
  readonly function: string | null;
  readonly tensor: string | null;
  readonly operation: string | null;
  readonly expression: string | null;
  readonly span: SpanBody | null;
  readonly leaf: boolean;
  readonly gradients: (FullValuesBody | SummaryValuesBody | OpaqueValuesBody | null)[];
  readonly derivatives: LocalDerivativeBody[];
}

/** A dimension at fault, counted from 0. `tensor` is null where the report does not hold the tensor. */
export interface DimensionBody {
  readonly tensor: string | null;
  readonly dim: number;
}

/** A graph that the program made itself. `svg` is null where it could not be drawn (`note` says why). */
export interface DisplayBody {
  readonly kind: "graph";
  readonly title: string;
  readonly svg: string | null;
  readonly dot: string;
  readonly note?: string | null;
}

/**
 * One edge, in the forward direction. In the SVG it carries `data-edge="<id>"`, and the id `<graph>-<id>`.
 *
 * `tensor` went forward along it; `gradient` came back, and is null where none did, or where it is large (`backwards` has
 * it then). `count` edges are drawn as one where they lead to or from a folded node.
 */
export interface EdgeBody {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly tensor: string | null;
  readonly gradient: FullValuesBody | SummaryValuesBody | OpaqueValuesBody | null;
  readonly count: number;
}

/** Where the program ran. */
export interface EnvironmentBody {
  readonly torch: string;
  readonly python: string;
  readonly device: string;
  readonly isolation: string;
}

/**
 * The exception that ended a cell. Null lines and columns mean an unknown place.
 *
 * `explanation` needs the whole trace, so an event of a cell that has just ended has none; the response at the end has.
 */
export interface ErrorBody {
  readonly type: string;
  readonly message: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly end_line: number | null;
  readonly end_column: number | null;
  readonly traceback: string;
  readonly explanation?: ExplanationBody | null;
}

/**
 * Why something happened, in the language of the request. `rule` names the kind of explanation, in any language.
 *
 * `title`, `text` and `description` hold inline code between backticks; `text` also figures, whose columns line up, between
 * lines of three backticks.
 */
export interface ExplanationBody {
  readonly rule: string;
  readonly title: string;
  readonly text: string;
  readonly tensors: string[];
  readonly dims: DimensionBody[];
  readonly span: SpanBody | null;
  readonly fix: FixBody | null;
}

/** Central differences over the traced operations; `values` is null where they were not possible. `text` says all. */
export interface FiniteDifferencesBody {
  readonly values: FullValuesBody | SummaryValuesBody | OpaqueValuesBody | null;
  readonly dtype: string;
  readonly step: number;
  readonly deviation: number | "NaN" | "Infinity" | "-Infinity" | null;
  readonly tolerance: number;
  readonly agrees: boolean | null;
  readonly text: string;
}

/** A change of the source that makes the problem go away: `replacement` in the place of `span`, which may be empty. */
export interface FixBody {
  readonly span: SpanBody;
  readonly replacement: string;
  readonly description: string;
}

/**
 * What one folded or elided node stands for; `id` is the node's. `members` are the ids of the nodes that it hides.
 *
 * `operation`: inner steps of one operation (`label`). `repetition`: `count` rounds like the first and the last, which are
 * drawn; `pattern` says what a round does. `module`: a call of a module. `inputs`: `count` inputs that nothing tells apart.
 * `rest`: `count` nodes too far from the root, of which `members` are those that were recorded.
 */
export interface FoldBody {
  readonly id: string;
  readonly kind: "operation" | "repetition" | "module" | "inputs" | "rest";
  readonly label: string;
  readonly count: number;
  readonly members: string[];
  readonly pattern: string[];
  readonly type: string | null;
}

/** A backward function by its torch name, the declaration of the operation that it belongs to, and its formulas. */
export interface FormulaBody {
  readonly function: string;
  readonly signature: string;
  readonly inputs: InputFormulaBody[];
}

/**
 * Every element, nested as the shape is.
 *
 * Not-a-number and infinities are "NaN", "Infinity", "-Infinity"; a complex element is [re, im]; an integer beyond 2**53 is
 * a string of its digits.
 */
export interface FullValuesBody {
  readonly data: unknown;
  readonly kind: "full";
}

/** One backward function as the engine ran it. `arrived` runs over its slots, `sent` over the edges `next`. */
export interface FunctionRunBody {
  readonly function: string;
  readonly name: string;
  readonly tensor: string | null;
  readonly operation: string | null;
  readonly next: (SlotBody | null)[];
  readonly arrived: (number | null)[];
  readonly sent: (number | null)[];
  readonly hooks: HookBody[];
  readonly accumulation: AccumulationBody | null;
  readonly frees: boolean;
  readonly made: (string | null)[];
  readonly completed: boolean;
}

/** What a statement of the program, and no backward pass, made of a leaf's `.grad`; null where it cleared it. */
export interface GradientChangeBody {
  readonly step: number;
  readonly values: FullValuesBody | SummaryValuesBody | OpaqueValuesBody | null;
}

/**
 * One autograd graph, and its picture. `svg` is null where it could not be drawn in time (`truncated` says so).
 *
 * `like` names a later graph of the run with the same structure: the one that the last round of a training loop made. Such
 * a graph comes in a run's answer as an outline: without picture and DOT (`svg` and `dot` are null), values and gradients.
 * `POST /api/v1/graph` with its id as `graph` answers with the whole of it. `elided` counts what the elided node stands
 * for.
 */
export interface GraphBody {
  readonly id: string;
  readonly root: string;
  readonly root_name: string;
  readonly backward: boolean;
  readonly nodes: NodeBody[];
  readonly edges: EdgeBody[];
  readonly svg: string | null;
  readonly dot: string | null;
  readonly groups: GroupBody[];
  readonly folded: FoldBody[];
  readonly elided: number;
  readonly like: string | null;
}

/**
 * A program and the graph to draw of it: the one with the id `graph`, or the last whose root has the name `of`.
 *
 * Nodes and groups are named by their ids in the graph as a run answers with it. A run of the same program has the same.
 * What a run answers with as an outline, because it is like a later graph, is had in full by its id. By its id a graph is
 * drawn of a program that fails after it, too.
 */
export interface GraphRequest {
  /** The program. */
  readonly code?: string | null;
  /** The program as cells, instead of `code`. */
  readonly cells?: string[] | null;
  /** The id of a stored program, instead of `code`. */
  readonly snippet?: string | null;
  /** Seeds torch, NumPy and random, as that of the run did. */
  readonly seed?: number;
  /** Variable name of the graph's root; default: the last graph. */
  readonly of?: string | null;
  /** Id of the graph in a run of the program. */
  readonly graph?: string | null;
  /** Ids of nodes that are to be shown: no folded node hides them. */
  readonly open?: string[];
  /** Ids of module groups that are to be folded. */
  readonly closed?: string[];
  /** `torchviz` draws as that library does. */
  readonly style?: "tensorpad" | "torchviz";
  /** `auto` follows the reader's system, where the format can. */
  readonly theme?: "light" | "dark" | "auto";
  /** Language of titles; default from Accept-Language. */
  readonly lang?: "en" | "zh-CN" | null;
}

/**
 * Nodes that belong together. In the SVG they are in a frame with `data-group="<id>"`, and the id `<graph>-<id>`.
 *
 * `module`: what one call of a module did; `label` is its path, `type` its class. `repetition`: round `round` of `rounds`.
 * `parent` is the group around it.
 */
export interface GroupBody {
  readonly id: string;
  readonly kind: "module" | "repetition";
  readonly label: string;
  readonly type: string | null;
  readonly call: number | null;
  readonly parent: string | null;
  readonly round: number;
  readonly rounds: number;
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

/** A hook of the program's that was called: what it was about, before and after. */
export interface HookBody {
  readonly kind: "tensor" | "prehook" | "posthook" | "accumulated";
  readonly name: string;
  readonly span: SpanBody | null;
  readonly slot: number | null;
  readonly before: (number | null)[];
  readonly after: (number | null)[];
  readonly raised: boolean;
}

/**
 * One step inside the operation, or inside the step `parent`. `inputs` and `outputs` are places in `tensors`; a tensor
 * that was written in place stands there once more. A tensor among `arguments` is its label.
 */
export interface InnerOperationBody {
  readonly parent: number | null;
  readonly name: string;
  readonly arguments: ArgumentBody[];
  readonly inputs: number[];
  readonly outputs: number[];
  readonly in_place: boolean;
}

/** A tensor at one moment inside the operation. `tensor` is its id where the run has it too; `label` is always there. */
export interface InnerTensorBody {
  readonly label: string;
  readonly tensor: string | null;
  readonly shape: number[];
  readonly dtype: string;
  readonly values: FullValuesBody | SummaryValuesBody | OpaqueValuesBody;
}

/** The gradient of one input, or of several together, in torch's own words and, where it can be written, in LaTeX. */
export interface InputFormulaBody {
  readonly inputs: string[];
  readonly text: string;
  readonly latex: string | null;
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
 * Where a tensor's elements are, and what they are: everything of a tensor that `resize_`, `t_` or `x.data = y` changes.
 *
 * `stride` and `offset` count elements, as torch does. `storage` is null if the elements are in no storage of the answer.
 */
export interface LayoutBody {
  readonly shape: number[];
  readonly stride: number[];
  readonly offset: number;
  readonly dtype: string;
  readonly device: string;
  readonly storage: string | null;
}

/**
 * The gradient of one leaf: the sum over its paths, and what autograd gave. `deviation` is the largest difference,
 * relative to the largest element (at least 1); `statement` says what was checked.
 */
export interface LeafDerivationBody {
  readonly step: number;
  readonly label: string;
  readonly tensor: string | null;
  readonly path_count: number;
  readonly paths: PathBody[];
  readonly total: FullValuesBody | SummaryValuesBody | OpaqueValuesBody;
  readonly autograd: FullValuesBody | SummaryValuesBody | OpaqueValuesBody;
  readonly deviation: number | "NaN" | "Infinity" | "-Infinity";
  readonly tolerance: number;
  readonly agrees: boolean;
  readonly chain_rule: LineBody;
  readonly closed_form: ClosedFormBody | null;
  readonly finite_differences: FiniteDifferencesBody | null;
  readonly statement: string;
}

/** Where an element came from. `reason` says why nothing is known; `count` is how many inputs there are in all. */
export interface LensBody {
  readonly operation: string;
  readonly reason: "no_operation" | "no_output" | "no_element" | "too_large" | "not_repeatable" | "unsupported" | null;
  readonly name: string;
  readonly expression: string | null;
  readonly span: SpanBody | null;
  readonly output: number;
  readonly tensor: string | null;
  readonly shape: number[];
  readonly element: number[];
  readonly value: string;
  readonly inputs: LensInputBody[];
  readonly count: number;
  readonly complete: boolean;
  readonly text: string;
}

/**
 * One input element. `value`: it went into the result, with a local derivative or none (null); `index`: it decided which
 * value was taken. `text` says so.
 */
export interface LensInputBody {
  readonly tensor: string | null;
  readonly argument: string;
  readonly element: number[];
  readonly value: string;
  readonly derivative: number | "NaN" | "Infinity" | "-Infinity" | null;
  readonly relation: "value" | "index";
  readonly text: string;
}

/** A program, and an element of an operation's output in it. */
export interface LensRequest {
  /** One cell of source. */
  readonly code?: string | null;
  /** Cells of source, run in order in one namespace. */
  readonly cells?: string[] | null;
  /** Seeds torch, NumPy and random; null means fresh entropy. */
  readonly seed?: number | null;
  /** Default device of the program. */
  readonly device?: "auto" | "cpu" | "cuda";
  /** Seconds of wall time; at most the server's limit, which is the default. */
  readonly timeout_s?: number | null;
  /** Language of explanations; default from Accept-Language. */
  readonly lang?: "en" | "zh-CN" | null;
  /** The operation's id in a run of this program. */
  readonly operation: string;
  /** Which of its outputs. */
  readonly output?: number;
  /** One index for each dimension; negatives count from the end. */
  readonly element?: number[];
}

/** The answer. `lens` is null where the program's process did not live to give it; `message` says why. */
export interface LensResponse {
  readonly status: "ok" | "error" | "timeout" | "out_of_memory" | "output_limit" | "crashed";
  readonly message: string | null;
  readonly lens: LensBody | null;
  readonly environment: EnvironmentBody;
  readonly timing: TimingBody;
}

/** One line of mathematics, as plain text and as LaTeX. */
export interface LineBody {
  readonly text: string;
  readonly latex: string;
}

/**
 * The derivative of a step by one of its inputs, which is step `target`.
 *
 * `values` is in the input's shape for `elementwise` and `row`; for `matrix` it has a row for each output element and a
 * column for each input element. `formula` is null where there is none in symbols.
 */
export interface LocalDerivativeBody {
  readonly target: number;
  readonly slot: number;
  readonly target_slot: number;
  readonly kind: "elementwise" | "row" | "matrix";
  readonly values: FullValuesBody | SummaryValuesBody | OpaqueValuesBody;
  readonly formula: LineBody | null;
  readonly line: LineBody;
}

/** Where an output lies: in new memory, in that of `of` (a view), or it is the very input `of` (same). */
export interface MemoryBody {
  readonly kind: "new" | "same" | "view";
  readonly of: string | null;
}

/** The innermost module whose call an operation belongs to; `call` is the same for all operations of one call. */
export interface ModuleBody {
  readonly path: string;
  readonly type: string;
  readonly call: number;
}

/** One public name. `signature` and `summary` are the beginning of its documentation, or empty. */
export interface NameBody {
  readonly name: string;
  readonly kind: "function" | "method" | "class" | "module" | "property" | "constant";
  readonly signature: string;
  readonly summary: string;
}

/** The names of the module or class at `path`, in alphabetical order. */
export interface NamesBody {
  readonly path: string;
  readonly names: NameBody[];
}

/**
 * One node of a drawn graph. In the SVG its elements carry `data-node="<id>"`, and the id `<graph>-<id>`.
 *
 * A leaf, parameter, constant or result stands for a tensor, an operation for a backward function and its output. A folded
 * node stands for `count` others, which `folded` lists; an elided node for `count` that are not drawn. `operation` is the
 * forward operation and `call` its name; `within` the operation of which the function is an inner step; `arguments` what
 * the operation was given besides tensors. `group` is the innermost group.
 */
export interface NodeBody {
  readonly id: string;
  readonly kind: "leaf" | "parameter" | "constant" | "operation" | "result" | "folded" | "elided";
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
  readonly operation: string | null;
  readonly call: string | null;
  readonly within: string | null;
  readonly arguments: string[];
  readonly group: string | null;
}

/** A tensor whose elements cannot be listed; `text` says why or shows its representation. */
export interface OpaqueValuesBody {
  readonly text: string;
  readonly kind: "opaque";
}

/**
 * What an operation did inside, known from making it again. `reason` says why there is nothing to show, `text` says all.
 *
 * `exact` is false where the numbers differ by rounding from those of the run, `complete` where steps were left out.
 */
export interface OpeningBody {
  readonly operation: string;
  readonly reason: "no_operation" | "in_trace" | "one_step" | "too_large" | "not_repeatable" | "unsupported" | null;
  readonly name: string;
  readonly expression: string | null;
  readonly span: SpanBody | null;
  readonly tensors: InnerTensorBody[];
  readonly operations: InnerOperationBody[];
  readonly exact: boolean;
  readonly complete: boolean;
  readonly text: string;
}

/** A program, and an operation in it. */
export interface OpeningRequest {
  /** One cell of source. */
  readonly code?: string | null;
  /** Cells of source, run in order in one namespace. */
  readonly cells?: string[] | null;
  /** Seeds torch, NumPy and random; null means fresh entropy. */
  readonly seed?: number | null;
  /** Default device of the program. */
  readonly device?: "auto" | "cpu" | "cuda";
  /** Seconds of wall time; at most the server's limit, which is the default. */
  readonly timeout_s?: number | null;
  /** Language of explanations; default from Accept-Language. */
  readonly lang?: "en" | "zh-CN" | null;
  /** The operation's id in a run of this program. */
  readonly operation: string;
}

/** The answer. `opening` is null where the program's process did not live to give it; `message` says why. */
export interface OpeningResponse {
  readonly status: "ok" | "error" | "timeout" | "out_of_memory" | "output_limit" | "crashed";
  readonly message: string | null;
  readonly opening: OpeningBody | null;
  readonly environment: EnvironmentBody;
  readonly timing: TimingBody;
}

/**
 * One torch operation that the program's source caused.
 *
 * `parent` is the operation that called this one on behalf of the program's call; it has no step of its own.
 * `memory`, `input_shapes` and `output_shapes` run parallel to `inputs` and `outputs`, or are empty.
 */
export interface OperationBody {
  readonly id: string;
  readonly name: string;
  readonly span: SpanBody | null;
  readonly expression: string | null;
  readonly inputs: string[];
  readonly outputs: string[];
  readonly arguments: ArgumentBody[];
  readonly in_place: boolean;
  readonly writes: WriteBody[];
  readonly memory: MemoryBody[];
  readonly broadcast: BroadcastBody[];
  readonly input_shapes: number[][];
  readonly output_shapes: number[][];
  readonly parent: string | null;
  readonly module: ModuleBody | null;
}

/** `stdout`: text that a cell printed to its `stream`, `stdout` or `stderr`. */
export interface OutputEvent {
  readonly cell: number;
  readonly stream: string;
  readonly text: string;
}

/** One path: its steps, which derivative of each it takes, and their product. */
export interface PathBody {
  readonly steps: number[];
  readonly derivatives: number[];
  readonly product: FullValuesBody | SummaryValuesBody | OpaqueValuesBody;
  readonly line: LineBody;
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

/** The bytes of a storage from the first to past the last that a tensor or array looks at. */
export interface RangeBody {
  readonly id: string;
  readonly start: number;
  readonly end: number;
}

/** A cell's last expression, as a notebook shows it. */
export interface ResultBody {
  readonly text: string;
  readonly tensor: string | null;
}

/** A gradient that `torch.autograd.grad` gave. */
export interface ReturnedBody {
  readonly function: string;
  readonly slot: number;
  readonly gradient: number | null;
}

/** A program to run. */
export interface RunBody {
  /** One cell of source. */
  readonly code?: string | null;
  /** Cells of source, run in order in one namespace. */
  readonly cells?: string[] | null;
  /** Seeds torch, NumPy and random; null means fresh entropy. */
  readonly seed?: number | null;
  /** Default device of the program. */
  readonly device?: "auto" | "cpu" | "cuda";
  /** Seconds of wall time; at most the server's limit, which is the default. */
  readonly timeout_s?: number | null;
  /** Language of explanations; default from Accept-Language. */
  readonly lang?: "en" | "zh-CN" | null;
  /** `off` runs the program alone, with its output. */
  readonly trace?: "full" | "off";
}

/**
 * What a program did, and everything that is known of its tensors.
 *
 * A program that fails is an answer (`status`), not a fault of the request. `message` says in a sentence what ended a
 * program that did not end by itself. `backwards` are the backward passes, `formulas` those of every backward function that
 * they and the graphs name. `notices` are what a program that succeeded did and its author may not have meant.
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
  readonly operations: OperationBody[];
  readonly arrays: ArrayBody[];
  readonly graphs: GraphBody[];
  readonly environment: EnvironmentBody;
  readonly timing: TimingBody;
  readonly truncated: TruncationBody[];
  readonly notices: ExplanationBody[];
  readonly backwards: BackwardBody[];
  readonly formulas: FormulaBody[];
}

/** One of the output slots of a backward function: a forward tensor's place in its operation's outputs. */
export interface SlotBody {
  readonly function: string;
  readonly slot: number;
}

/** A stored program. `page` is the path of the page that opens it. */
export interface SnippetBody {
  readonly id: string;
  readonly page: string;
  readonly cells: string[];
  readonly lang: "en" | "zh-CN" | null;
  readonly view: string | null;
  readonly step: number | null;
  readonly graph: string | null;
}

/** A program to store, and where its link is to lead. */
export interface SnippetRequest {
  /** Cells of source. */
  readonly cells: string[];
  /** Language in which the page opens; default: its reader's. */
  readonly lang?: "en" | "zh-CN" | null;
  /** View in which the page opens, such as `memory`. */
  readonly view?: string | null;
  /** Step of the timeline at which the page opens. */
  readonly step?: number | null;
  /** Id of the graph that the page shows. */
  readonly graph?: string | null;
}

/** A piece of source. Lines count from 1, columns from 0 in characters; the end is exclusive. */
export interface SpanBody {
  readonly cell: number;
  readonly line: number;
  readonly column: number;
  readonly end_line: number;
  readonly end_column: number;
}

/**
 * One step of the timeline, in the order in which they were done.
 *
 * A `statement` that has run, a `call` of a function of the program's that begins, an `operation`, a `backward` pass that
 * begins, a backward `function` that the engine has run. `id` is the operation's, pass's or function's, where there is one;
 * `name`, `expression`, `inputs` and `outputs` are the operation's. `scope` is the function whose names `bound` and
 * `unbound` are, empty at the level of the cell; `frame` tells one call of it from another, 0 at the level of the cell.
 */
export interface StepBody {
  readonly id: string;
  readonly kind: "statement" | "call" | "operation" | "backward" | "function";
  readonly name: string;
  readonly span: SpanBody | null;
  readonly expression: string | null;
  readonly inputs: string[];
  readonly outputs: string[];
  readonly scope: string;
  readonly frame: number;
  readonly bound: BindingBody[];
  readonly unbound: string[];
  readonly changed: ChangeBody[];
}

/** One piece of memory, the tensors that look at it, and which of its bytes each tensor and NumPy array looks at. */
export interface StorageBody {
  readonly id: string;
  readonly nbytes: number;
  readonly device: string;
  readonly members: string[];
  readonly ranges: RangeBody[];
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

/**
 * One tensor, at the end; `history` has every value before, with the layout that it had then if that was another.
 *
 * `grad_changes` are what the program itself did to its gradient; what backward passes added is in `backwards`.
 */
export interface TensorBody {
  readonly id: string;
  readonly names: string[];
  readonly layout: LayoutBody;
  readonly requires_grad: boolean;
  readonly is_leaf: boolean;
  readonly is_parameter: boolean;
  readonly grad_fn: string | null;
  readonly version: number | null;
  readonly view_of: string | null;
  readonly values: FullValuesBody | SummaryValuesBody | OpaqueValuesBody;
  readonly grad: FullValuesBody | SummaryValuesBody | OpaqueValuesBody | null;
  readonly history: VersionBody[];
  readonly grad_changes: GradientChangeBody[];
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

/**
 * The value that a tensor or array had from a step on (its place in `steps`; null: beyond what `steps` holds).
 *
 * `version` is torch's version counter, null where there is none. `values` is null for the last, which is the tensor's.
 * `layout` is the layout that a tensor had then, null if it is the one that it has at the end.
 */
export interface VersionBody {
  readonly step: number | null;
  readonly version: number | null;
  readonly values: FullValuesBody | SummaryValuesBody | OpaqueValuesBody | null;
  readonly layout: LayoutBody | null;
}

/**
 * A part of a matrix. `reason` and `text` say why it could not be had.
 *
 * `data` holds the numbers in base64: row-major, little-endian, in `format`; of a `complex` matrix, real and imaginary
 * parts in turn. Where a side of `block` is more than 1, `data` holds the means of blocks (of absolute values, where
 * complex), and `minimum` and `maximum`, which are empty otherwise, their extremes; the last block of a side may be
 * smaller.
 */
export interface WindowBody {
  readonly subject: string;
  readonly gradient: boolean;
  readonly reason: "no_subject" | "no_gradient" | "no_matrix" | "not_yet" | "not_kept" | "not_dense" | "too_large" | "unsupported" | null;
  readonly text: string | null;
  readonly dtype: string;
  readonly shape: number[];
  readonly leading: number[];
  readonly rows: number[];
  readonly columns: number[];
  readonly block: number[];
  readonly format: "uint8" | "int64" | "uint64" | "float32" | "float64";
  readonly complex: boolean;
  readonly data: string;
  readonly minimum: string;
  readonly maximum: string;
}

/** A program, and a part of a tensor or array in it. */
export interface WindowRequest {
  /** One cell of source. */
  readonly code?: string | null;
  /** Cells of source, run in order in one namespace. */
  readonly cells?: string[] | null;
  /** Seeds torch, NumPy and random; null means fresh entropy. */
  readonly seed?: number | null;
  /** Default device of the program. */
  readonly device?: "auto" | "cpu" | "cuda";
  /** Seconds of wall time; at most the server's limit, which is the default. */
  readonly timeout_s?: number | null;
  /** Language of explanations; default from Accept-Language. */
  readonly lang?: "en" | "zh-CN" | null;
  /** The id of a tensor or array in a run of this program. */
  readonly subject: string;
  /** Its gradient at the end, instead of its value. */
  readonly gradient?: boolean;
  /** As it was right after this step; default: at the end. */
  readonly step?: number | null;
  /** One index for each dimension before the last two. */
  readonly leading?: number[];
  /** Rows of the matrix, which for a vector has one; default: all. */
  readonly rows?: [number, number] | null;
  /** Its columns; default: all. */
  readonly columns?: [number, number] | null;
  /** Rows to send; more are put together into blocks. */
  readonly height?: number;
  /** Columns to send. */
  readonly width?: number;
}

/** The answer. `window` is null where the program's process did not live to give it; `message` says why. */
export interface WindowResponse {
  readonly status: "ok" | "error" | "timeout" | "out_of_memory" | "output_limit" | "crashed";
  readonly message: string | null;
  readonly window: WindowBody | null;
  readonly environment: EnvironmentBody;
  readonly timing: TimingBody;
}

/** A tensor that was written in place, with its version counter before and after. */
export interface WriteBody {
  readonly tensor: string;
  readonly before: number | null;
  readonly after: number | null;
}
