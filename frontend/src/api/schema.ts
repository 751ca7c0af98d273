// Generated from openapi.json by `npm run generate`; do not edit.

/**
 * What this service is. `limits` holds every limit by its name; a name ends in its unit.
 *
 * `snippets` says whether programs can be stored here.
 */
export interface About {
  readonly version: string;
  readonly versions: Record<string, string>;
  readonly environment: Environment;
  readonly limits: Record<string, number>;
  readonly isolation: Isolation;
  readonly languages: Lang[];
  readonly snippets: boolean;
}

/** What became of a leaf's `.grad`: as it was before, what was added, and the sum, before any hook on it. */
export interface AccumulationRecord {
  readonly tensor: string | null;
  readonly before: number | null;
  readonly added: number | null;
  readonly after: number | null;
}

/** One argument of a call. `text` is short; a tensor in it is its id. `name` is the parameter's, where it is known. */
export interface ArgumentRecord {
  readonly name: string | null;
  readonly text: string;
}

/** Where a NumPy array's elements are, and what they are. `strides` and `offset` count bytes, as NumPy does. */
export interface ArrayLayout {
  readonly shape: number[];
  readonly strides: number[];
  readonly offset: number;
  readonly dtype: string;
  readonly storage: string | null;
}

/** One NumPy array on memory that a tensor looks at too. */
export interface ArrayRecord {
  readonly id: string;
  readonly names: string[];
  readonly layout: ArrayLayout;
  readonly values: Values;
  readonly history: VersionRecord[];
}

/** A backward function: the operation that it belongs to, as torch declares it, and the formulas of its inputs. */
export interface BackwardFormula {
  readonly function: string;
  readonly signature: string;
  readonly inputs: InputFormula[];
}

/**
 * One run of the engine.
 *
 * `kind` is `backward` where leaves' `.grad` accumulate, `grad` where gradients are returned. `span` is the program's call.
 * `inputs` are the slots that the pass was limited to, None where it went to all leaves. `graphs` are the ids of the graphs
 * it ran over, as far as they are in the report. `within` is the pass in a hook or function of which this one was run.
 * `failed` tells that an exception ended the pass. `size` is the number of functions in the graph; `unrecorded` counts
 * those of them that were not watched or whose runs were dropped, newer passes being kept.
 */
export interface BackwardRecord {
  readonly id: string;
  readonly kind: PassKind;
  readonly span: Span | null;
  readonly expression: string | null;
  readonly roots: RootRecord[];
  readonly inputs: Slot[] | null;
  readonly create_graph: boolean;
  readonly retain_graph: boolean;
  readonly graphs: string[];
  readonly gradients: Values[];
  readonly runs: FunctionRun[];
  readonly returned: ReturnedRecord[];
  readonly within: string | null;
  readonly failed: boolean;
  readonly size: number;
  readonly unrecorded: number;
}

/** A name that was bound. `value` is the id of a tensor or array; `text` is the value of a number, string or the like. */
export interface BindingRecord {
  readonly name: string;
  readonly type: string;
  readonly text: string | null;
  readonly value: string | null;
}

/**
 * How one input was stretched to the shape `result`.
 *
 * `input` is its place in the operation's inputs, `shape` the shape that it had. `stretched` are the dimensions of `result`
 * along which its one element was repeated, `added` those that it did not have.
 */
export interface BroadcastRecord {
  readonly input: number;
  readonly shape: number[];
  readonly result: number[];
  readonly stretched: number[];
  readonly added: number[];
}

/**
 * The exception that ended a cell. Null lines and columns mean an unknown place.
 *
 * `explanation` needs the whole trace, so an event of a cell that has just ended has none; the response at the end has.
 */
export interface CellError {
  readonly type: string;
  readonly message: string;
  readonly line: number | null;
  readonly column: number | null;
  readonly end_line: number | null;
  readonly end_column: number | null;
  readonly traceback: string;
  readonly suggestion: string | null;
  readonly refused: boolean;
  readonly cell: number | null;
  readonly explanation: Explanation | null;
}

/** `cell`: a cell has ended; `index` says which. */
export interface CellEvent {
  readonly index: number;
  readonly cell: CellResponse;
}

/** What one cell printed, showed and raised. */
export interface CellResponse {
  readonly status: CellStatus;
  readonly stdout: string;
  readonly stderr: string;
  readonly result: ResultRecord | null;
  readonly displays: Display[];
  readonly error: CellError | null;
}

/** How a cell ended; `not_run` came after one that failed. */
export type CellStatus = "ok" | "error" | "not_run";

/**
 * The derivative of a step by one of its inputs, which is step `target`.
 *
 * `values` is in the input's shape for `elementwise` and `row`; for `matrix` it has a row for each output element and a
 * column for each input element. `formula` is null if there is none in symbols.
 */
export interface ChainDerivative {
  readonly target: number;
  readonly slot: number;
  readonly target_slot: number;
  readonly kind: DerivativeKind;
  readonly values: Values;
  readonly formula: Line | null;
  readonly line: Line;
}

/** One path: its steps, which derivative of each it takes, and their product. */
export interface ChainPath {
  readonly steps: number[];
  readonly derivatives: number[];
  readonly product: Values;
  readonly line: Line;
}

/** One step, from the result (the first) back to the leaves. `gradients` are the result's derivatives by its outputs. */
export interface ChainStep {
  readonly label: string;
  readonly latex: string;
  readonly name: string;
  readonly function: string | null;
  readonly tensor: string | null;
  readonly operation: string | null;
  readonly expression: string | null;
  readonly span: Span | null;
  readonly leaf: boolean;
  readonly gradients: (Values | null)[];
  readonly derivatives: ChainDerivative[];
}

/** A tensor or array that has a new value: `history[version]` of its record. */
export interface ChangeRecord {
  readonly id: string;
  readonly version: number;
}

/** The gradient as one formula in the elements of the leaf, and the result as one; both agree with the numbers. */
export interface ClosedFormLines {
  readonly gradient: Line;
  readonly result: Line;
}

/** The type of a plain collection of modules. */
export type CollectionType = "list" | "tuple" | "dict";

/** Elements at some rows and columns of the tensor as a matrix (its last dimension against the others). */
export interface Corners {
  readonly rows: number[];
  readonly columns: number[];
  readonly data: unknown[][];
}

/** The chain rule for one scalar. `reason` and `text` say why there is nothing to show. */
export interface Derivation {
  readonly root: string;
  readonly reason: NoDerivation | null;
  readonly text: string | null;
  readonly steps: ChainStep[];
  readonly leaves: LeafGradient[];
}

/** A program, and a scalar in it. */
export type DerivationRequest = DerivationRequestWithCode | DerivationRequestWithCells;

/** A program, and a scalar in it. */
export interface DerivationRequestWithCells {
  /** The program, as cells of source that run in order in one namespace. */
  readonly cells: string[];
  /** Seeds torch, NumPy and random; null means fresh entropy. */
  readonly seed?: number | null;
  /** Default device of the program. */
  readonly device?: Device;
  /** Seconds of wall time; at most the server's limit, which is the default. */
  readonly timeout_s?: number | null;
  /** Language of explanations; default from Accept-Language. */
  readonly lang?: Lang | null;
  /** Its variable; default: where the last backward pass started. */
  readonly of?: string | null;
  /** Where this backward pass of a run of this program started, instead. */
  readonly backward?: string | null;
  /** Check every leaf element by small changes, too. */
  readonly finite_differences?: boolean;
}

/** A program, and a scalar in it. */
export interface DerivationRequestWithCode {
  /** The program, as one cell of source. */
  readonly code: string;
  /** Seeds torch, NumPy and random; null means fresh entropy. */
  readonly seed?: number | null;
  /** Default device of the program. */
  readonly device?: Device;
  /** Seconds of wall time; at most the server's limit, which is the default. */
  readonly timeout_s?: number | null;
  /** Language of explanations; default from Accept-Language. */
  readonly lang?: Lang | null;
  /** Its variable; default: where the last backward pass started. */
  readonly of?: string | null;
  /** Where this backward pass of a run of this program started, instead. */
  readonly backward?: string | null;
  /** Check every leaf element by small changes, too. */
  readonly finite_differences?: boolean;
}

/** The answer. `derivation` is null if the worker died before it could send it; `message` says why. */
export interface DerivationResponse {
  readonly status: RunStatus;
  readonly message: string | null;
  readonly environment: Environment;
  readonly timing: RunTiming;
  readonly derivation: Derivation | null;
}

/** The form of a local derivative. */
export type DerivativeKind = "elementwise" | "row" | "matrix";

/** A device for a program's tensors; `auto` is the best that the service has. */
export type Device = "auto" | "cpu" | "cuda";

/** Central differences over the traced operations; `values` is null if they were not possible. `text` says all. */
export interface DifferenceCheck {
  readonly values: Values | null;
  readonly dtype: string;
  readonly step: number;
  readonly deviation: number | NonFinite | null;
  readonly tolerance: number;
  readonly agrees: boolean | null;
  readonly text: string;
}

/** A dimension of a tensor that is at fault. `tensor` is None if it is not in the report. */
export interface Dimension {
  readonly tensor: string | null;
  readonly dim: number;
}

/** A graph that the program made itself. `svg` is null if it could not be drawn (`note` says why). */
export interface Display {
  readonly kind: "graph";
  readonly title: string;
  readonly dot: string;
  readonly file: string | null;
  readonly svg: string | null;
  readonly note: string | null;
}

/**
 * One autograd graph, and its picture. `svg` is null if it could not be drawn in time (`truncated` says so).
 *
 * `like` names a later graph of the run with the same structure: the one that the last round of a training loop made. Such
 * a graph comes in a run's answer as an outline: without picture and DOT (`svg` and `dot` are null), values and gradients.
 * `POST /api/v1/graph` with its id as `graph` answers with the whole of it.
 *
 * In the SVG a node has `data-node="<id>"`, an edge `data-edge="<id>"`, the frame of a group `data-group="<id>"`; each of
 * these elements has the id `<graph>-<id>`. A large gradient is null on an edge; `backwards` has it.
 */
export interface DrawnGraph {
  readonly id: string;
  readonly root: string;
  readonly root_name: string;
  readonly backward: boolean;
  readonly nodes: Node[];
  readonly edges: Edge[];
  readonly elided: number;
  readonly groups: Group[];
  readonly folded: Fold[];
  readonly svg: string | null;
  readonly dot: string | null;
  readonly like: string | null;
}

/**
 * One edge in the forward direction, between node ids. `id` is `e1`, `e2`, … in the order of `Graph.edges`.
 *
 * `tensor` is what went forward along it, and `gradient` what came back along it in the newest backward pass: one of the
 * terms that `grad` of the source is the sum of. An edge of a folded node stands for `count` edges and tells neither.
 */
export interface Edge {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly tensor: string | null;
  readonly gradient: Values | null;
  readonly count: number;
}

/** Where a program ran. */
export interface Environment {
  readonly torch: string;
  readonly python: string;
  readonly device: string;
  readonly isolation: string;
}

/** One input element, in words: it went into the result (`value`), or decided which value was taken (`index`). */
export interface ExplainedInput {
  readonly tensor: string | null;
  readonly argument: string;
  readonly element: number[];
  readonly value: string;
  readonly derivative: number | NonFinite | null;
  readonly relation: Relation;
  readonly text: string;
}

/**
 * A finding in words.
 *
 * `text` has inline code between backticks, and figures whose columns line up between lines of three backticks.
 */
export interface Explanation {
  readonly rule: string;
  readonly title: string;
  readonly text: string;
  readonly tensors: string[];
  readonly dims: Dimension[];
  readonly span: Span | null;
  readonly fix: Fix | null;
}

/** A change that makes the problem go away: replace `span`, which may be empty, by `replacement`. */
export interface Fix {
  readonly span: Span;
  readonly replacement: string;
  readonly description: string;
}

/**
 * What one folded or elided node stands for; `id` is the node's.
 *
 * `repetition`: `count` rounds of the same operations, between the first and the last round, which are shown; `pattern` has
 * their source or functions. `operation`: steps within one operation (`label`). `module`: a call of a module (`label`,
 * `type`). `inputs`: `count` tensors that nothing tells
 * apart. `rest`: what is too far from the root. `members` are the ids that the nodes would have had, in forward order.
 */
export interface Fold {
  readonly id: string;
  readonly kind: FoldKind;
  readonly label: string;
  readonly count: number;
  readonly members: string[];
  readonly pattern: string[];
  readonly type: string | null;
}

/** What a folded node stands for. */
export type FoldKind = "operation" | "repetition" | "module" | "inputs" | "rest";

/**
 * Every element, nested as the shape is.
 *
 * Not-a-number and infinities are "NaN", "Infinity", "-Infinity"; a complex element is [re, im]; an integer beyond 2**53 is
 * a string of its digits.
 */
export interface FullValues {
  /** Tells this record from the others that may stand in its place. */
  readonly kind: "full";
  readonly data: unknown;
}

/**
 * One function as the engine ran it.
 *
 * `tensor` and `operation` are the forward tensor that it stands for and the operation that made that. `arrived` runs over
 * the output slots, `sent` over `next`, the edges. `hooks` stand in the order in which they were called. `frees` tells that
 * the function let go of what it had saved, so that it cannot run again. `made`, where the pass made a graph of itself
 * (`create_graph`), names the function that made each gradient in `sent`. `completed` is False where an exception ended the
 * pass in it; where a hook before it raised, it did not run at all, and `arrived` is empty.
 */
export interface FunctionRun {
  readonly function: string;
  readonly name: string;
  readonly tensor: string | null;
  readonly operation: string | null;
  readonly next: (Slot | null)[];
  readonly arrived: (number | null)[];
  readonly sent: (number | null)[];
  readonly hooks: HookRecord[];
  readonly accumulation: AccumulationRecord | null;
  readonly frees: boolean;
  readonly made: (string | null)[];
  readonly completed: boolean;
}

/** What a statement of the program's, and no backward pass, made of a leaf's `.grad`; None where it cleared it. */
export interface GradientChangeRecord {
  readonly step: number;
  readonly values: Values | null;
}

/**
 * A program and the graph to draw of it: the one with the id `graph`, or that of the tensor `of`.
 *
 * Nodes and groups are named by their ids in the graph as a run answers with it. A run of the same program has the same.
 * What a run answers with as an outline, because it is like a later graph, is had in full by its id. By its id a graph is
 * drawn of a program that fails after it, too.
 */
export type GraphRequest = GraphRequestWithCode | GraphRequestWithCells | GraphRequestWithSnippet;

/**
 * A program and the graph to draw of it: the one with the id `graph`, or that of the tensor `of`.
 *
 * Nodes and groups are named by their ids in the graph as a run answers with it. A run of the same program has the same.
 * What a run answers with as an outline, because it is like a later graph, is had in full by its id. By its id a graph is
 * drawn of a program that fails after it, too.
 */
export interface GraphRequestWithCells {
  /** The program, as cells of source that run in order in one namespace. */
  readonly cells: string[];
  /** Seeds torch, NumPy and random, as that of the run did. */
  readonly seed?: number;
  /** The graph's root, as a name with indices and attributes: `loss`, `ys[0]`, `m.loss`, `d["a"]`; default: the last graph. */
  readonly of?: string | null;
  /** Id of the graph in a run of the program. */
  readonly graph?: string | null;
  /** Ids of nodes that are to be shown: no folded node hides them. */
  readonly open?: string[];
  /** Ids of module groups that are to be folded. */
  readonly closed?: string[];
  /** `torchviz` draws as that library does. */
  readonly style?: GraphStyle;
  /** `auto` follows the reader's system, where the format can. */
  readonly theme?: Theme;
  /** Language of titles; default from Accept-Language. */
  readonly lang?: Lang | null;
}

/**
 * A program and the graph to draw of it: the one with the id `graph`, or that of the tensor `of`.
 *
 * Nodes and groups are named by their ids in the graph as a run answers with it. A run of the same program has the same.
 * What a run answers with as an outline, because it is like a later graph, is had in full by its id. By its id a graph is
 * drawn of a program that fails after it, too.
 */
export interface GraphRequestWithCode {
  /** The program, as one cell of source. */
  readonly code: string;
  /** Seeds torch, NumPy and random, as that of the run did. */
  readonly seed?: number;
  /** The graph's root, as a name with indices and attributes: `loss`, `ys[0]`, `m.loss`, `d["a"]`; default: the last graph. */
  readonly of?: string | null;
  /** Id of the graph in a run of the program. */
  readonly graph?: string | null;
  /** Ids of nodes that are to be shown: no folded node hides them. */
  readonly open?: string[];
  /** Ids of module groups that are to be folded. */
  readonly closed?: string[];
  /** `torchviz` draws as that library does. */
  readonly style?: GraphStyle;
  /** `auto` follows the reader's system, where the format can. */
  readonly theme?: Theme;
  /** Language of titles; default from Accept-Language. */
  readonly lang?: Lang | null;
}

/**
 * A program and the graph to draw of it: the one with the id `graph`, or that of the tensor `of`.
 *
 * Nodes and groups are named by their ids in the graph as a run answers with it. A run of the same program has the same.
 * What a run answers with as an outline, because it is like a later graph, is had in full by its id. By its id a graph is
 * drawn of a program that fails after it, too.
 */
export interface GraphRequestWithSnippet {
  /** The program, as the id of a stored one. */
  readonly snippet: string;
  /** Seeds torch, NumPy and random, as that of the run did. */
  readonly seed?: number;
  /** The graph's root, as a name with indices and attributes: `loss`, `ys[0]`, `m.loss`, `d["a"]`; default: the last graph. */
  readonly of?: string | null;
  /** Id of the graph in a run of the program. */
  readonly graph?: string | null;
  /** Ids of nodes that are to be shown: no folded node hides them. */
  readonly open?: string[];
  /** Ids of module groups that are to be folded. */
  readonly closed?: string[];
  /** `torchviz` draws as that library does. */
  readonly style?: GraphStyle;
  /** `auto` follows the reader's system, where the format can. */
  readonly theme?: Theme;
  /** Language of titles; default from Accept-Language. */
  readonly lang?: Lang | null;
}

/** Our cards, or the boxes that the torchviz package draws. */
export type GraphStyle = "tensorpad" | "torchviz";

/**
 * Nodes that belong together: what one call of a module did (`m1`), or one round of something repeated (`r1`).
 *
 * `label` is the module's path (`model.0`), empty for a round. `type` is the module's class. A round is number `round` of
 * `rounds`. `parent` is the group around it.
 */
export interface Group {
  readonly id: string;
  readonly kind: GroupKind;
  readonly label: string;
  readonly type: string | null;
  readonly call: number | null;
  readonly parent: string | null;
  readonly round: number;
  readonly rounds: number;
}

/** What holds the nodes of a group together. */
export type GroupKind = "module" | "repetition";

/** `alive` or `ready`. */
export interface Health {
  readonly status: string;
}

/** A tensor that something holds, and the path to it. */
export interface HeldRecord {
  readonly path: string;
  readonly tensor: string;
}

/**
 * A plain list, tuple or dictionary of modules, which is an attribute of a module: `parameters()` passes it over.
 *
 * `count` is how many modules it has, `held` are their parameters.
 */
export interface HiddenRecord {
  readonly path: string;
  readonly type: CollectionType;
  readonly count: number;
  readonly held: HeldRecord[];
}

/** Counts between consecutive edges; there is one edge more than counts. */
export interface Histogram {
  readonly counts: number[];
  readonly edges: (number | NonFinite)[];
}

/** What kind of variable holds tensors. */
export type HolderKind = "module" | "optimizer" | "container";

/**
 * A variable that holds tensors: a module that is in no other variable's module, an optimiser, or a list of tensors.
 *
 * `held` are the parameters of a module or an optimiser, and the tensors of a list (`container`). Of a module, `plain` are
 * the leaves with `requires_grad` that are mere attributes of it or of its parts, and `hidden` the lists of modules.
 */
export interface HolderRecord {
  readonly kind: HolderKind;
  readonly name: string;
  readonly type: string;
  readonly held: HeldRecord[];
  readonly plain: HeldRecord[];
  readonly hidden: HiddenRecord[];
}

/** How a hook was registered. */
export type HookKind = "tensor" | "prehook" | "posthook" | "accumulated";

/**
 * A hook of the program's that was called.
 *
 * `kind` tells how it was registered: `tensor` (`Tensor.register_hook`), `prehook` and `posthook` (on a function),
 * `accumulated` (`register_post_accumulate_grad_hook`). `slot` is the output slot of a tensor hook, `span` the definition.
 * `before` and `after` are what it was about: one gradient; the gradients in all slots of a prehook, on all edges of a
 * posthook; the leaf's `.grad`. `raised` tells that it ended with an exception, so that nothing came after it.
 */
export interface HookRecord {
  readonly kind: HookKind;
  readonly name: string;
  readonly span: Span | null;
  readonly slot: number | null;
  readonly before: (number | null)[];
  readonly after: (number | null)[];
  readonly raised: boolean;
}

/**
 * One operator inside an operation, or inside its `parent`, which stands before it in the list.
 *
 * `inputs` and `outputs` are places in the list of tensors; one that was written `in_place` stands there once more.
 */
export interface InnerOperation {
  readonly parent: number | null;
  readonly name: string;
  readonly arguments: ArgumentRecord[];
  readonly inputs: number[];
  readonly outputs: number[];
  readonly in_place: boolean;
}

/** A tensor at one moment inside an operation. `tensor` is its id where the run itself has it, too. */
export interface InnerTensor {
  readonly label: string;
  readonly tensor: string | null;
  readonly shape: number[];
  readonly dtype: string;
  readonly values: Values;
}

/**
 * The gradient of one input, or of several together: `text` is torch's C++, `latex` the same if it can be written.
 *
 * `grad` (`grads[0]`, … for several outputs) is the gradient that arrives; `result` is the operation's output.
 */
export interface InputFormula {
  readonly inputs: string[];
  readonly text: string;
  readonly latex: string | null;
}

/** The isolation of every worker. */
export interface Isolation {
  readonly profile: string;
  readonly layers: LayerHeld[];
}

/** A language of texts. */
export type Lang = "en" | "zh-CN";

/** One layer of isolation: whether the start-up self-test found it to hold, and why not. */
export interface LayerHeld {
  readonly name: string;
  readonly held: boolean;
  readonly detail: string;
}

/**
 * Where a tensor's elements are, and what they are: everything of a tensor that `resize_`, `t_` or `x.data = y` changes.
 *
 * `stride` and `offset` count elements. `storage` is None if the elements are in no storage of the report. `nbytes` are the
 * bytes of its own elements, as `tensor.nbytes`: of a view only those that it sees, and of an expanded one each as often as
 * it sees it. None where torch counts none (`sparse_coo`), and beyond what a count can be.
 */
export interface Layout {
  readonly shape: number[];
  readonly stride: number[];
  readonly offset: number;
  readonly dtype: string;
  readonly device: string;
  readonly storage: string | null;
  readonly nbytes: number | null;
}

/**
 * The gradient of one leaf: the sum over its paths, and what autograd returned. `deviation` is the largest difference,
 * relative to the largest element (at least 1); `statement` says what was checked.
 */
export interface LeafGradient {
  readonly step: number;
  readonly label: string;
  readonly tensor: string | null;
  readonly path_count: number;
  readonly paths: ChainPath[];
  readonly total: Values;
  readonly autograd: Values;
  readonly deviation: number | NonFinite;
  readonly tolerance: number;
  readonly agrees: boolean;
  readonly chain_rule: Line;
  readonly closed_form: ClosedFormLines | null;
  readonly finite_differences: DifferenceCheck | null;
  readonly statement: string;
}

/** Where an element came from. `reason` says why nothing is known; `count` is how many inputs there are in all. */
export interface Lens {
  readonly operation: string;
  readonly reason: NoLens | null;
  readonly name: string;
  readonly expression: string | null;
  readonly output: number;
  readonly tensor: string | null;
  readonly shape: number[];
  readonly element: number[];
  readonly value: string;
  readonly inputs: ExplainedInput[];
  readonly count: number;
  readonly complete: boolean;
  readonly detail: string;
  readonly span: Span | null;
  readonly text: string;
}

/** A program, and an element of an operation's output in it. */
export type LensRequest = LensRequestWithCode | LensRequestWithCells;

/** A program, and an element of an operation's output in it. */
export interface LensRequestWithCells {
  /** The program, as cells of source that run in order in one namespace. */
  readonly cells: string[];
  /** Seeds torch, NumPy and random; null means fresh entropy. */
  readonly seed?: number | null;
  /** Default device of the program. */
  readonly device?: Device;
  /** Seconds of wall time; at most the server's limit, which is the default. */
  readonly timeout_s?: number | null;
  /** Language of explanations; default from Accept-Language. */
  readonly lang?: Lang | null;
  /** The operation's id in a run of this program. */
  readonly operation: string;
  /** Which of its outputs. */
  readonly output?: number;
  /** One index for each dimension; negatives count from the end. */
  readonly element?: number[];
}

/** A program, and an element of an operation's output in it. */
export interface LensRequestWithCode {
  /** The program, as one cell of source. */
  readonly code: string;
  /** Seeds torch, NumPy and random; null means fresh entropy. */
  readonly seed?: number | null;
  /** Default device of the program. */
  readonly device?: Device;
  /** Seconds of wall time; at most the server's limit, which is the default. */
  readonly timeout_s?: number | null;
  /** Language of explanations; default from Accept-Language. */
  readonly lang?: Lang | null;
  /** The operation's id in a run of this program. */
  readonly operation: string;
  /** Which of its outputs. */
  readonly output?: number;
  /** One index for each dimension; negatives count from the end. */
  readonly element?: number[];
}

/** The answer. `lens` is null if the worker died before it could send it; `message` says why. */
export interface LensResponse {
  readonly status: RunStatus;
  readonly message: string | null;
  readonly environment: Environment;
  readonly timing: RunTiming;
  readonly lens: Lens | null;
}

/** One statement of mathematics, twice. */
export interface Line {
  readonly text: string;
  readonly latex: string;
}

/** Where an output's elements lie: in `new` memory, in the `same` tensor, in a `view`. */
export type MemoryKind = "new" | "same" | "view";

/**
 * Where an output's elements lie.
 *
 * `new`: in memory of its own. `same`: the output is the very input `of`. `view`: another tensor on the memory of `of`, a
 * tensor or array that was there before (None: on memory that was there, but which no input names).
 */
export interface MemoryRecord {
  readonly kind: MemoryKind;
  readonly of: string | null;
}

/**
 * The innermost `nn.Module` whose call an operation belongs to: its path (`model.0`), its class, and which call it was.
 *
 * `call` is the same for all operations of one call, and `path` starts with a variable's name, or with the class of the
 * outermost module where no variable holds it.
 */
export interface ModuleRecord {
  readonly path: string;
  readonly type: string;
  readonly call: number;
}

/** What a name of torch stands for. */
export type NameKind = "function" | "method" | "class" | "module" | "property" | "constant";

/** One public name. `signature` and `summary` are the first lines of its documentation, or empty. */
export interface NameRecord {
  readonly name: string;
  readonly kind: NameKind;
  readonly signature: string;
  readonly summary: string;
}

/**
 * The names that a parameter had through the program's modules (`model.0.weight`) from one step on.
 *
 * `step` is that step's place in the timeline, None if it lies beyond what the timeline holds.
 */
export interface NamesRecord {
  readonly step: number | null;
  readonly names: string[];
}

/** The names of the module or class at `path`, in alphabetical order. */
export interface NamesResponse {
  readonly path: string;
  readonly names: NameRecord[];
}

/** Why there is no derivation. */
export type NoDerivation = "no_scalar" | "not_found" | "not_scalar" | "no_graph" | "too_large" | "freed" | "complex" | "custom" | "unsupported";

/** Why it is not known where an element came from. */
export type NoLens = "no_operation" | "no_output" | "no_element" | "too_large" | "not_repeatable" | "unsupported";

/** Why an operation is not opened. */
export type NoOpening = "no_operation" | "in_trace" | "one_step" | "too_large" | "not_repeatable" | "unsupported";

/** Why a part of a tensor cannot be shown. */
export type NoWindow = "no_subject" | "no_gradient" | "no_matrix" | "not_yet" | "not_kept" | "not_dense" | "too_large" | "unsupported";

/**
 * One node.
 *
 * A leaf or parameter is a tensor together with its `AccumulateGrad` function; a constant is a tensor that an operation
 * used and that needs no gradient; an operation is a backward function together with the tensor that the operation gave;
 * the result is the operation that the graph was walked from. A folded node stands for `count` others that
 * `Graph.folded` lists, an elided node for `count` that are not shown.
 *
 * `id` is the tensor's id for a leaf or constant (`t3`), else the function's (`f7`), `k1`, `k2`, … for folded nodes, and
 * `rest` for the elided node. `label` is what to call the node in one line. `grad` is what accumulated in a leaf, and what
 * arrived at an operation. `grad_kept` tells that it is the tensor's `.grad`: a leaf's, or one after `retain_grad()`; what
 * only passed through is gone after the pass. `order` is the place in which the engine ran the function, from 0.
 * `operation` is the forward operation (`op4`), `call` its public name, `arguments` what it was given besides tensors, as
 * text. A function that is one of several steps of an operation, but not the one that gave its result, has that as
 * `within`. `group` is the innermost group.
 */
export interface Node {
  readonly id: string;
  readonly kind: NodeKind;
  readonly label: string;
  readonly tensor: string | null;
  readonly names: string[];
  readonly shape: number[] | null;
  readonly dtype: string | null;
  readonly function: string | null;
  readonly expression: string | null;
  readonly span: Span | null;
  readonly order: number | null;
  readonly value: Values | null;
  readonly grad: Values | null;
  readonly grad_kept: boolean;
  readonly count: number;
  readonly operation: string | null;
  readonly call: string | null;
  readonly within: string | null;
  readonly arguments: string[];
  readonly group: string | null;
}

/** What a node of a graph is. */
export type NodeKind = "leaf" | "parameter" | "constant" | "operation" | "result" | "folded" | "elided";

/** A number that JSON does not have. */
export type NonFinite = "NaN" | "Infinity" | "-Infinity";

/** How numbers are laid out in bytes, little-endian. */
export type NumberFormat = "uint8" | "int64" | "uint64" | "float32" | "float64";

/** A tensor whose elements cannot be listed; `text` says why, or is its representation. */
export interface OpaqueValues {
  /** Tells this record from the others that may stand in its place. */
  readonly kind: "opaque";
  readonly text: string;
}

/**
 * What an operation did inside, known from making it again. `reason` says why there is nothing to show, `text` says all.
 *
 * `exact` is false if the numbers differ by rounding from those of the run, `complete` if steps were left out. A tensor
 * among the `arguments` of a step is its label.
 */
export interface Opening {
  readonly operation: string;
  readonly reason: NoOpening | null;
  readonly name: string;
  readonly expression: string | null;
  readonly tensors: InnerTensor[];
  readonly operations: InnerOperation[];
  readonly exact: boolean;
  readonly complete: boolean;
  readonly detail: string;
  readonly span: Span | null;
  readonly text: string;
}

/** A program, and an operation in it. */
export type OpeningRequest = OpeningRequestWithCode | OpeningRequestWithCells;

/** A program, and an operation in it. */
export interface OpeningRequestWithCells {
  /** The program, as cells of source that run in order in one namespace. */
  readonly cells: string[];
  /** Seeds torch, NumPy and random; null means fresh entropy. */
  readonly seed?: number | null;
  /** Default device of the program. */
  readonly device?: Device;
  /** Seconds of wall time; at most the server's limit, which is the default. */
  readonly timeout_s?: number | null;
  /** Language of explanations; default from Accept-Language. */
  readonly lang?: Lang | null;
  /** The operation's id in a run of this program. */
  readonly operation: string;
}

/** A program, and an operation in it. */
export interface OpeningRequestWithCode {
  /** The program, as one cell of source. */
  readonly code: string;
  /** Seeds torch, NumPy and random; null means fresh entropy. */
  readonly seed?: number | null;
  /** Default device of the program. */
  readonly device?: Device;
  /** Seconds of wall time; at most the server's limit, which is the default. */
  readonly timeout_s?: number | null;
  /** Language of explanations; default from Accept-Language. */
  readonly lang?: Lang | null;
  /** The operation's id in a run of this program. */
  readonly operation: string;
}

/** The answer. `opening` is null if the worker died before it could send it; `message` says why. */
export interface OpeningResponse {
  readonly status: RunStatus;
  readonly message: string | null;
  readonly environment: Environment;
  readonly timing: RunTiming;
  readonly opening: Opening | null;
}

/**
 * One torch operation that the program's source caused. `expression` is the source text of `span`, shortened.
 *
 * `memory`, `input_shapes` and `output_shapes` run parallel to `inputs` and `outputs`. `broadcast` has an entry for each
 * input that was stretched. `recorded` tells whether autograd was recording, None where no input required a gradient.
 */
export interface OperationRecord {
  readonly id: string;
  readonly name: string;
  readonly span: Span | null;
  readonly expression: string | null;
  readonly inputs: string[];
  readonly outputs: string[];
  readonly arguments: ArgumentRecord[];
  readonly writes: WriteRecord[];
  readonly memory: MemoryRecord[];
  readonly broadcast: BroadcastRecord[];
  readonly input_shapes: number[][];
  readonly output_shapes: number[][];
  readonly parent: string | null;
  readonly module: ModuleRecord | null;
  readonly recorded: boolean | null;
}

/** `stdout`: text that a cell printed to its `stream`, `stdout` or `stderr`. */
export interface OutputEvent {
  readonly cell: number;
  readonly stream: StreamName;
  readonly text: string;
}

/**
 * What a cell had shown after the first `steps` steps of the timeline.
 *
 * `stdout` and `stderr` are lengths in characters, `displays` is a number. There is a record where a cell begins, after
 * each step that added something, and where the cell ends (`ended`): then its result or error is shown, too.
 */
export interface OutputRecord {
  readonly cell: number;
  readonly steps: number;
  readonly stdout: number;
  readonly stderr: number;
  readonly displays: number;
  readonly ended: boolean;
}

/** Whether a backward pass accumulated in leaves, or gave its gradients back. */
export type PassKind = "backward" | "grad";

/** A fault of a request or of the service, after RFC 9457. */
export interface ProblemDetails {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly request_id: string;
  readonly errors: (Record<string, unknown>)[];
}

/** The kinds of problems; a problem's `type` ends in one. */
export type ProblemSlug = "malformed" | "not-found" | "no-graph" | "method" | "not-acceptable" | "slow-body" | "cancelled" | "long-address" | "too-large" | "media-type" | "invalid" | "program" | "rate-limit" | "no-store" | "no-format" | "internal" | "drawing" | "unavailable" | "overloaded" | "not-built" | "store-full";

/** `queued`: the run's id, and how many wait before it. */
export interface QueuedEvent {
  readonly id: string;
  readonly ahead: number;
}

/** The bytes of a storage from the first to past the last that a tensor or array (`id`) looks at. */
export interface RangeRecord {
  readonly id: string;
  readonly start: number;
  readonly end: number;
}

/** Whether an element's value went into a result, or decided which value was taken. */
export type Relation = "value" | "index";

/** A cell's last expression, as a notebook shows it. */
export interface ResultRecord {
  readonly text: string;
  readonly tensor: string | null;
}

/** What `torch.autograd.grad` gave for one input: the gradient that arrived at that slot. Its function did not run. */
export interface ReturnedRecord {
  readonly function: string;
  readonly slot: number;
  readonly gradient: number | null;
}

/**
 * What a tensor was to autograd from one step on, and whether it was a parameter.
 *
 * `step` is that step's place in the timeline, None if it lies beyond what the timeline holds. `grad_fn` is torch's name of
 * the function in `tensor.grad_fn`, None where there is none.
 */
export interface RoleRecord {
  readonly step: number | null;
  readonly requires_grad: boolean;
  readonly is_leaf: boolean;
  readonly grad_fn: string | null;
  readonly is_parameter: boolean;
}

/** Where a pass started: a function's output slot, what the program calls the tensor, and the gradient it began with. */
export interface RootRecord {
  readonly function: string;
  readonly slot: number;
  readonly name: string;
  readonly tensor: string | null;
  readonly gradient: number | null;
}

/** A program to run. */
export type RunBody = RunBodyWithCode | RunBodyWithCells;

/** A program to run. */
export interface RunBodyWithCells {
  /** The program, as cells of source that run in order in one namespace. */
  readonly cells: string[];
  /** Seeds torch, NumPy and random; null means fresh entropy. */
  readonly seed?: number | null;
  /** Default device of the program. */
  readonly device?: Device;
  /** Seconds of wall time; at most the server's limit, which is the default. */
  readonly timeout_s?: number | null;
  /** Language of explanations; default from Accept-Language. */
  readonly lang?: Lang | null;
  /** `off` runs the program alone, with its output. */
  readonly trace?: TraceLevel;
}

/** A program to run. */
export interface RunBodyWithCode {
  /** The program, as one cell of source. */
  readonly code: string;
  /** Seeds torch, NumPy and random; null means fresh entropy. */
  readonly seed?: number | null;
  /** Default device of the program. */
  readonly device?: Device;
  /** Seconds of wall time; at most the server's limit, which is the default. */
  readonly timeout_s?: number | null;
  /** Language of explanations; default from Accept-Language. */
  readonly lang?: Lang | null;
  /** `off` runs the program alone, with its output. */
  readonly trace?: TraceLevel;
}

/**
 * What a program did, and everything that is known of its tensors.
 *
 * A program that fails is an answer (`status`), not a fault of the request. `message` says in a sentence what ended a
 * program that did not end by itself. `backwards` are the backward passes, `formulas` those of every backward function that
 * they and the graphs name. `holders` are the modules, optimisers and lists of tensors at the end. `outputs` tell what each
 * cell had printed by which step. `notices` are what a program that succeeded did and its author may not have meant.
 */
export interface RunResponse {
  readonly id: string;
  readonly status: RunStatus;
  readonly message: string | null;
  readonly cells: CellResponse[];
  readonly variables: VariableRecord[];
  readonly tensors: TensorRecord[];
  readonly storages: StorageRecord[];
  readonly steps: Step[];
  readonly operations: OperationRecord[];
  readonly arrays: ArrayRecord[];
  readonly graphs: DrawnGraph[];
  readonly environment: Environment;
  readonly timing: RunTiming;
  readonly truncated: TruncationRecord[];
  readonly notices: Explanation[];
  readonly backwards: BackwardRecord[];
  readonly formulas: BackwardFormula[];
  readonly holders: HolderRecord[];
  readonly outputs: OutputRecord[];
}

/** How a program ended. */
export type RunStatus = "ok" | "error" | "timeout" | "out_of_memory" | "output_limit" | "crashed";

/** Milliseconds, by share. */
export interface RunTiming {
  readonly queued_ms: number;
  readonly run_ms: number;
  readonly render_ms: number;
  readonly total_ms: number;
}

/** One of the output slots of a backward function: where the gradient of one output of its operation arrives. */
export interface Slot {
  readonly function: string;
  readonly slot: number;
}

/** A program to store, and where its link is to lead. */
export interface SnippetRequest {
  /** Cells of source, one of them at least with code in it. */
  readonly cells: string[];
  /** Language in which the page opens; default: its reader's. */
  readonly lang?: Lang | null;
  /** View in which the page opens, such as `memory`. */
  readonly view?: string | null;
  /** Step of the timeline at which the page opens. */
  readonly step?: number | null;
  /** Id of the graph that the page shows. */
  readonly graph?: string | null;
}

/** A piece of a cell's source. Lines count from 1, columns from 0 in characters (not bytes); the end is exclusive. */
export interface Span {
  readonly cell: number;
  readonly line: number;
  readonly column: number;
  readonly end_line: number;
  readonly end_column: number;
}

/**
 * A step of the timeline, with its operation if it has one.
 *
 * `id` is that of the operation, pass or function (`ref`), else made from the step's index. `name`, `expression`, `inputs`
 * and `outputs` are the operation's.
 */
export interface Step {
  readonly kind: StepKind;
  readonly span: Span | null;
  readonly ref: string | null;
  readonly scope: string;
  readonly frame: number;
  readonly bound: BindingRecord[];
  readonly unbound: string[];
  readonly changed: ChangeRecord[];
  readonly id: string;
  readonly name: string;
  readonly expression: string | null;
  readonly inputs: string[];
  readonly outputs: string[];
}

/** What a step of the timeline is. */
export type StepKind = "statement" | "call" | "operation" | "backward" | "function" | "error";

/**
 * One piece of memory, the tensors that look at it, and which of its bytes each tensor and NumPy array looks at.
 *
 * Where tensors looked at it only for a time, as their histories tell, it has no members.
 */
export interface StorageRecord {
  readonly id: string;
  readonly nbytes: number;
  readonly device: string;
  readonly members: string[];
  readonly ranges: RangeRecord[];
}

/** A stored program. `page` is the path of the page that opens it. */
export interface StoredSnippet {
  readonly id: string;
  readonly page: string;
  readonly cells: string[];
  readonly lang: Lang | null;
  readonly view: string | null;
  readonly step: number | null;
  readonly graph: string | null;
}

/** One of the two streams that a program prints to. */
export type StreamName = "stdout" | "stderr";

/** A large tensor: statistics over its finite elements, a histogram, its corners. */
export interface SummaryValues {
  /** Tells this record from the others that may stand in its place. */
  readonly kind: "summary";
  readonly count: number;
  readonly nan: number;
  readonly infinite: number;
  readonly zeros: number;
  readonly min: number | NonFinite | null;
  readonly max: number | NonFinite | null;
  readonly mean: number | NonFinite | null;
  readonly std: number | NonFinite | null;
  readonly histogram: Histogram;
  readonly corners: Corners;
}

/**
 * One tensor as it stood when it was last looked at.
 *
 * `history` holds every value that it had, oldest first, each with the step that gave it, and its layout where that was
 * another one; `roles` what it was to autograd, oldest first; `grad_changes` what the program itself did to its gradient.
 * `names` are those at the end; the steps bind variables, and `paths` has the names through modules, oldest first.
 */
export interface TensorRecord {
  readonly id: string;
  readonly names: string[];
  readonly layout: Layout;
  readonly roles: RoleRecord[];
  readonly version: number | null;
  readonly view_of: string | null;
  readonly values: Values;
  readonly grad: Values | null;
  readonly history: VersionRecord[];
  readonly grad_changes: GradientChangeRecord[];
  readonly paths: NamesRecord[];
}

/**
 * A part of a matrix. `reason` and `text` say why it could not be had.
 *
 * `data` has the numbers in base64: row-major, little-endian, in `format`; of a `complex` matrix, real and imaginary parts
 * in turn. If a side of `block` is more than 1, `data` has the means of blocks (of absolute values, if complex), and
 * `minimum` and `maximum`, which are empty otherwise, their extremes; the last block of a side may be smaller.
 */
export interface TensorWindow {
  readonly subject: string;
  readonly gradient: boolean;
  readonly reason: NoWindow | null;
  readonly tensor: string | null;
  readonly dtype: string;
  readonly shape: number[];
  readonly leading: number[];
  readonly rows: [number, number];
  readonly columns: [number, number];
  readonly block: [number, number];
  readonly format: NumberFormat;
  readonly complex: boolean;
  readonly data: string;
  readonly minimum: string;
  readonly maximum: string;
  readonly text: string | null;
}

/** Colours for a light or a dark page; `auto` follows the reader's system. */
export type Theme = "light" | "dark" | "auto";

/** Whether a run is recorded. */
export type TraceLevel = "full" | "off";

/** Something of which only a part is reported. */
export interface TruncationRecord {
  readonly what: string;
  readonly limit: number;
}

/** What is told of a tensor's elements: each of them, a summary, or why they cannot be listed. */
export type Values = FullValues | OpaqueValues | SummaryValues;

/** One name of the program's global namespace. `tensor` is set where the value is a tensor. */
export interface VariableRecord {
  readonly name: string;
  readonly type: string;
  readonly text: string;
  readonly tensor: string | null;
}

/**
 * The value that a tensor or array had from one step on.
 *
 * `step` is that step's place in the timeline, None if it lies beyond what the timeline holds. `version` is torch's version
 * counter, None where there is none. `values` is None for the last one, which is the record's own `values`. `layout` is
 * the layout that a tensor had then, None if it is the one that its record has.
 */
export interface VersionRecord {
  readonly step: number | null;
  readonly version: number | null;
  readonly values: Values | null;
  readonly layout: Layout | null;
}

/** A program, and a part of a tensor or array in it. */
export type WindowRequest = WindowRequestWithCode | WindowRequestWithCells;

/** A program, and a part of a tensor or array in it. */
export interface WindowRequestWithCells {
  /** The program, as cells of source that run in order in one namespace. */
  readonly cells: string[];
  /** Seeds torch, NumPy and random; null means fresh entropy. */
  readonly seed?: number | null;
  /** Default device of the program. */
  readonly device?: Device;
  /** Seconds of wall time; at most the server's limit, which is the default. */
  readonly timeout_s?: number | null;
  /** Language of explanations; default from Accept-Language. */
  readonly lang?: Lang | null;
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

/** A program, and a part of a tensor or array in it. */
export interface WindowRequestWithCode {
  /** The program, as one cell of source. */
  readonly code: string;
  /** Seeds torch, NumPy and random; null means fresh entropy. */
  readonly seed?: number | null;
  /** Default device of the program. */
  readonly device?: Device;
  /** Seconds of wall time; at most the server's limit, which is the default. */
  readonly timeout_s?: number | null;
  /** Language of explanations; default from Accept-Language. */
  readonly lang?: Lang | null;
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

/** The answer. `window` is null if the worker died before it could send it; `message` says why. */
export interface WindowResponse {
  readonly status: RunStatus;
  readonly message: string | null;
  readonly environment: Environment;
  readonly timing: RunTiming;
  readonly window: TensorWindow | null;
}

/** A tensor that an operation wrote in place, with its version counter before and after (None: it keeps none). */
export interface WriteRecord {
  readonly tensor: string;
  readonly before: number | null;
  readonly after: number | null;
}
