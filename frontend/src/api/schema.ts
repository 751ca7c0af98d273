// Generated from openapi.json by `npm run generate`; do not edit.

/**
 * What this service is. `limits` holds every limit by its name; a name ends in its unit.
 *
 * `snippets` says whether programs can be stored here.
 */
export interface About {
  /** Version of Tensorpad. */
  readonly version: string;
  /** Versions of Tensorpad and of what it runs on, by name. */
  readonly versions: Record<string, string>;
  /** Versions of the packages that programs can import beside Python's own library, by name. */
  readonly packages: Record<string, string>;
  /** Where programs run. */
  readonly environment: Environment;
  /** Every limit by its name, which ends in its unit: `_s` seconds, `_bytes` bytes; the rest are counts. */
  readonly limits: Record<string, number>;
  /** How programs are isolated. */
  readonly isolation: Isolation;
  /** Languages of texts. */
  readonly languages: Lang[];
  /** Whether programs can be stored here. */
  readonly snippets: boolean;
}

/** A run that goes on by itself. Its answer is to be had at `Location`. */
export interface AcceptedRun {
  /** Id of the run. */
  readonly id: string;
}

/** What became of a leaf's `.grad`: as it was before, what was added, and the sum, before any hook on it. */
export interface AccumulationRecord {
  /** Id of the leaf. */
  readonly tensor: string | null;
  /** Its `.grad` before. */
  readonly before: number | null;
  /** What was added. */
  readonly added: number | null;
  /** The sum. */
  readonly after: number | null;
}

/** One argument of a call. `text` is short; a tensor in it is its id. `name` is the parameter's, where it is known. */
export interface ArgumentRecord {
  /** Name of the parameter, where it is known. */
  readonly name: string | null;
  /** The argument, shortened; a tensor is its id. */
  readonly text: string;
}

/** Where a NumPy array's elements are, and what they are. `strides` and `offset` count bytes, as NumPy does. */
export interface ArrayLayout {
  /** Its shape. */
  readonly shape: number[];
  /** Bytes from one element to the next, by dimension. */
  readonly strides: number[];
  /** Bytes from the start of the storage to the first element. */
  readonly offset: number;
  /** NumPy's name of its dtype. */
  readonly dtype: string;
  /** Id of its storage. */
  readonly storage: string | null;
}

/** One NumPy array on memory that a tensor looks at too. */
export interface ArrayRecord {
  /** `a1`, `a2`, …. */
  readonly id: string;
  /** What the program calls it at the end. */
  readonly names: string[];
  /** Where its elements are. */
  readonly layout: ArrayLayout;
  /** Its value at the end. */
  readonly values: SentValues;
  /** Every value that it had, oldest first. */
  readonly history: VersionRecord[];
}

/** A backward function: the operation that it belongs to, as torch declares it, and the formulas of its inputs. */
export interface BackwardFormula {
  /** torch's name of the backward function. */
  readonly function: string;
  /** The operation that it belongs to, as torch declares it. */
  readonly signature: string;
  /** The gradient of each input. */
  readonly inputs: InputFormula[];
}

/**
 * One run of the engine.
 *
 * `kind` is `backward` where leaves' `.grad` accumulate, `grad` where gradients are returned. `span` is the program's call.
 * `inputs` are the slots that the pass was limited to, null where it went to all leaves. `graphs` are the ids of the graphs
 * it ran over, as far as they are in the report. `within` is the pass in a hook or function of which this one was run.
 * `failed` tells that an exception ended the pass. `size` is the number of functions in the graph; `unrecorded` counts
 * those of them that were not watched or whose runs were dropped, newer passes being kept.
 *
 * `like` names an earlier pass that ran the same functions from the same place of the source. What is missing then is as in
 * that one: its members, and those of its `runs`, each of the run at the same place.
 */
export interface BackwardRecord {
  /** `b1`, `b2`, …. */
  readonly id: string;
  /** Whether gradients accumulate in leaves, or are given back. */
  readonly kind: PassKind;
  /** Where the program called it. */
  readonly span: Span | null;
  /** Source of the call. */
  readonly expression: string | null;
  /** Where it started. */
  readonly roots: RootRecord[];
  /** The slots that it was limited to; null if it went to all leaves. */
  readonly inputs: Slot[] | null;
  /** Whether it made a graph of itself. */
  readonly create_graph: boolean;
  /** Whether it kept the graph. */
  readonly retain_graph: boolean;
  /** Ids of the graphs that it ran over. */
  readonly graphs: string[];
  /** Every gradient of the pass once; all else names it by its place here. */
  readonly gradients: SentValues[];
  /** The functions, in the order in which the engine ran them. */
  readonly runs: FunctionRun[];
  /** What `torch.autograd.grad` gave. */
  readonly returned: ReturnedRecord[];
  /** Id of the pass in which this one was run. */
  readonly within: string | null;
  /** Whether an exception ended it. */
  readonly failed: boolean;
  /** How many functions its graph has. */
  readonly size: number;
  /** How many of them are not told. */
  readonly unrecorded: number;
  /** Id of an earlier pass, which has the members that are missing here; null if this one is told in full. */
  readonly like: string | null;
}

/** What one of several requests is answered with: as if it had been sent alone. */
export interface BatchAnswer {
  /** The status that it would have had. */
  readonly status: number;
  /** The answer of the run; null if there is none. */
  readonly run: RunResponse | null;
  /** Why there is none; null if there is one. */
  readonly problem: ProblemDetails | null;
}

/** Programs to run. */
export interface BatchBody {
  /** What would be the body of one run each. */
  readonly runs: RunBody[];
}

/** The answers to several requests, in their order. */
export interface BatchResponse {
  /** One for each request. */
  readonly answers: BatchAnswer[];
}

/** A name that was bound. `value` is the id of a tensor or array; `text` is the value of a number, string or the like. */
export interface BindingRecord {
  /** The name. */
  readonly name: string;
  /** The class of its value. */
  readonly type: string;
  /** The value of a number, string or the like. */
  readonly text: string | null;
  /** Id of a tensor or array. */
  readonly value: string | null;
}

/**
 * How one input was stretched to the shape `result`.
 *
 * `input` is its place in the operation's inputs, `shape` the shape that it had. `stretched` are the dimensions of `result`
 * along which its one element was repeated, `added` those that it did not have.
 */
export interface BroadcastRecord {
  /** Place of the input. */
  readonly input: number;
  /** The shape that it had. */
  readonly shape: number[];
  /** The shape that it was stretched to. */
  readonly result: number[];
  /** Dimensions of the result along which its one element was repeated. */
  readonly stretched: number[];
  /** Dimensions of the result that it did not have. */
  readonly added: number[];
}

/** A row of a table whose first cell is a program. */
export interface CardRow {
  /** The program. */
  readonly code: string;
  /** The cells, as HTML that the service made. */
  readonly cells: string[];
}

/** A table of small programs. */
export interface CardsBlock {
  /** Tells this record from the others that may stand in its place. */
  readonly kind: "cards";
  /** The cells of its head, as HTML. */
  readonly head: string[];
  /** Its rows. */
  readonly rows: CardRow[];
  /** The source that runs before each program. */
  readonly setup: string;
}

/** A program. It runs after all cells before it that raise nothing. */
export interface CellBlock {
  /** Tells this record from the others that may stand in its place. */
  readonly kind: "cell";
  /** Its number among the cells of the lesson, from 1. */
  readonly number: number;
  /** Its name; empty if it has none. */
  readonly label: string;
  /** Its source, with its gates. */
  readonly code: string;
  /** Whether it is meant to fail. */
  readonly raises: boolean;
}

/**
 * The exception that ended a cell. Null lines and columns mean an unknown place.
 *
 * `explanation` needs the whole trace, so an event of a cell that has just ended has none; the response at the end has.
 */
export interface CellError {
  /** Class of the exception. */
  readonly type: string;
  /** Its message. */
  readonly message: string;
  /** First line, from 1. */
  readonly line: number | null;
  /** First column, from 0. */
  readonly column: number | null;
  /** Last line. */
  readonly end_line: number | null;
  /** Column past the last. */
  readonly end_column: number | null;
  /** The traceback, as Python prints it. */
  readonly traceback: string;
  /** A name near to one that was not found. */
  readonly suggestion: string | null;
  /** Whether the compiler raised it, so that nothing ran. */
  readonly refused: boolean;
  /** The cell that the lines are in; null: its own. */
  readonly cell: number | null;
  /** What is known of the cause; null in events of a stream. */
  readonly explanation: Explanation | null;
}

/** `cell`: a cell has ended; `index` says which. */
export interface CellEvent {
  /** Which cell has ended, from 0. */
  readonly index: number;
  /** What it printed, showed and raised. */
  readonly cell: CellResponse;
}

/**
 * What one cell printed, showed and raised.
 *
 * `title` is in the response at the end, and not in events of a stream.
 */
export interface CellResponse {
  /** How the cell ended. */
  readonly status: CellStatus;
  /** What it printed to standard output. */
  readonly stdout: string;
  /** What it printed to standard error. */
  readonly stderr: string;
  /** The value of its last expression; null if there is none. */
  readonly result: ResultRecord | null;
  /** The graphs, figures, pictures and tables that it displayed, in order. */
  readonly displays: Display[];
  /** The exception that ended it; null if none did. */
  readonly error: CellError | null;
  /** What the request calls it (`titles`); null if it does not. */
  readonly title: string | null;
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
  /** Place of the input in the list of steps. */
  readonly target: number;
  /** Which output of this step is meant. */
  readonly slot: number;
  /** Which output of the input's step is meant. */
  readonly target_slot: number;
  /** The form of `values`. */
  readonly kind: DerivativeKind;
  /** The derivative in numbers. */
  readonly values: Values;
  /** The derivative in symbols; null if there is none. */
  readonly formula: Line | null;
  /** The derivative, with its name, as a line of the derivation. */
  readonly line: Line;
}

/** One path: its steps, which derivative of each it takes, and their product. */
export interface ChainPath {
  /** Places of its steps, from the result to the leaf. */
  readonly steps: number[];
  /** Which derivative of each step it takes. */
  readonly derivatives: number[];
  /** Product of these derivatives, in the leaf's shape. */
  readonly product: Values;
  /** The product as a line of the derivation. */
  readonly line: Line;
}

/** One step, from the result (the first) back to the leaves. `gradients` are the result's derivatives by its outputs. */
export interface ChainStep {
  /** What to call its value. */
  readonly label: string;
  /** The same in LaTeX. */
  readonly latex: string;
  /** torch's name of its backward function. */
  readonly name: string;
  /** Id of its backward function in a graph of the run. */
  readonly function: string | null;
  /** Id of the tensor that it stands for. */
  readonly tensor: string | null;
  /** Id of the operation that made the tensor. */
  readonly operation: string | null;
  /** Source of the operation. */
  readonly expression: string | null;
  /** Where the source is. */
  readonly span: Span | null;
  /** Whether it is a leaf. */
  readonly leaf: boolean;
  /** The result's derivative by each of its outputs; null for one that is not used. */
  readonly gradients: (Values | null)[];
  /** Its derivatives by its inputs. */
  readonly derivatives: ChainDerivative[];
}

/** A tensor or array that has a new value: `history[version]` of its record. */
export interface ChangeRecord {
  /** Id of the tensor or array. */
  readonly id: string;
  /** Place of the new value in its history. */
  readonly version: number;
}

/** The gradient as one formula in the elements of the leaf, and the result as one; both agree with the numbers. */
export interface ClosedFormLines {
  /** The gradient by one element of the leaf. */
  readonly gradient: Line;
  /** The result itself. */
  readonly result: Line;
}

/** The type of a plain collection of modules. */
export type CollectionType = "list" | "tuple" | "dict";

/** Elements at some rows and columns of the tensor as a matrix (its last dimension against the others). */
export interface Corners {
  /** The rows that are told. */
  readonly rows: number[];
  /** The columns that are told. */
  readonly columns: number[];
  /** A list for each row, with an element for each column. */
  readonly data: unknown[][];
}

/** Values that are not in this answer: `GET /api/v1/runs/{id}/values/{chunk}` has them at `index` of its list. */
export interface DeferredValues {
  /** Tells this record from the others that may stand in its place. */
  readonly kind: "deferred";
  /** Number of the chunk. */
  readonly chunk: number;
  /** Place in the chunk's list, from 0. */
  readonly index: number;
}

/** The chain rule for one scalar. `reason` and `text` say why there is nothing to show. */
export interface Derivation {
  /** What the program calls the scalar. */
  readonly root: string;
  /** Why there is nothing to show; null if there is. */
  readonly reason: NoDerivation | null;
  /** The reason in a sentence. */
  readonly text: string | null;
  /** The steps, from the result back to the leaves. */
  readonly steps: ChainStep[];
  /** The gradient of each leaf. */
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
  /** As in the run that the question is about, so that steps and ids are the same. */
  readonly trace?: "full" | SomeRounds;
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
  /** As in the run that the question is about, so that steps and ids are the same. */
  readonly trace?: "full" | SomeRounds;
  /** Its variable; default: where the last backward pass started. */
  readonly of?: string | null;
  /** Where this backward pass of a run of this program started, instead. */
  readonly backward?: string | null;
  /** Check every leaf element by small changes, too. */
  readonly finite_differences?: boolean;
}

/** The answer. `derivation` is null if the worker died before it could send it; `message` says why. */
export interface DerivationResponse {
  /** How the program ended. */
  readonly status: RunStatus;
  /** What ended it early, or what it raised; null if it ran to its end. */
  readonly message: string | null;
  /** Where the program ran. */
  readonly environment: Environment;
  /** How long it took. */
  readonly timing: RunTiming;
  /** The answer; null if the worker died before it could send it. */
  readonly derivation: Derivation | null;
}

/** The form of a local derivative. */
export type DerivativeKind = "elementwise" | "row" | "matrix";

/** A device for a program's tensors; `auto` is the best that the service has. */
export type Device = "auto" | "cpu" | "cuda";

/** Central differences over the traced operations; `values` is null if they were not possible. `text` says all. */
export interface DifferenceCheck {
  /** The differences; null if they were not possible. */
  readonly values: Values | null;
  /** The dtype that was calculated in. */
  readonly dtype: string;
  /** The change of each element. */
  readonly step: number;
  /** Largest difference from autograd's gradient, relative to its largest element (at least 1). */
  readonly deviation: number | NonFinite | null;
  /** The deviation up to which they agree. */
  readonly tolerance: number;
  /** Whether they agree. */
  readonly agrees: boolean | null;
  /** The check in a sentence. */
  readonly text: string;
}

/** A dimension of a tensor that is at fault. `tensor` is None if it is not in the report. */
export interface Dimension {
  /** Id of the tensor; null if it is not in the report. */
  readonly tensor: string | null;
  /** The dimension, from 0. */
  readonly dim: number;
}

/**
 * A graph, or media, that the program displayed. Media are safe to show; an SVG among them as a picture (`<img>`).
 *
 * `svg` is null if a graph could not be drawn, `data` empty if media cannot be shown; `note` says why.
 */
export interface Display {
  /** What it is. */
  readonly kind: "graph" | "media";
  /** What to call it; empty if nothing is known. */
  readonly title: string;
  /** The source of a graph as DOT. */
  readonly dot: string;
  /** The name that a graph was to be saved under. */
  readonly file: string | null;
  /** The type of media; null for a graph. */
  readonly mime: "image/jpeg" | "image/png" | "image/svg+xml" | "text/html" | "text/latex" | null;
  /** The media: base64 for PNG and JPEG, text for the others; empty if they cannot be shown. */
  readonly data: string;
  /** The value as text. */
  readonly text: string;
  /** Pixels across at which a bitmap is meant to be shown; null: its own. */
  readonly width: number | null;
  /** Whether it takes the place of what its cell displayed before. */
  readonly clears: boolean;
  /** The picture of a graph; null if it could not be drawn. */
  readonly svg: string | null;
  /** Why there is no picture. */
  readonly note: string | null;
}

/** `display`: a cell displayed something, before its end; `index` counts the displays of the cell. */
export interface DisplayEvent {
  /** Which cell, from 0. */
  readonly cell: number;
  /** Which of its displays, from 0. */
  readonly index: number;
  /** What it displayed. */
  readonly display: Display;
}

/**
 * One autograd graph, and its picture. `svg` is null if it could not be drawn in time (`truncated` says so).
 *
 * `like` names a later graph of the run with the same structure: the one that the last round of a training loop made. Such
 * a graph comes in a run's answer as an outline: without picture and DOT (`svg` and `dot` are null), values and gradients.
 * `POST /api/v1/graph` with its id as `graph` answers with the whole of it.
 *
 * In the SVG a node has `data-node="<id>"`, an edge `data-edge="<id>"`, the frame of a group `data-group="<id>"`. Ids of
 * elements differ from picture to picture, so that several can be in one page. A large gradient is null on an edge;
 * `backwards` has it.
 */
export interface DrawnGraph {
  /** Id of the graph: `g1`, `g2`, …. */
  readonly id: string;
  /** Id of the node that it was walked from. */
  readonly root: string;
  /** What the program calls its result. */
  readonly root_name: string;
  /** Whether a backward pass ran over it. */
  readonly backward: boolean;
  /** The nodes in forward order, inputs before uses. */
  readonly nodes: Node[];
  /** The edges in the forward direction. */
  readonly edges: Edge[];
  /** How many functions are not shown. */
  readonly elided: number;
  /** Groups of nodes; each comes before those inside it. */
  readonly groups: Group[];
  /** What each folded or elided node stands for. */
  readonly folded: Fold[];
  /** The picture; null for an outline, or if it could not be drawn in time; not there if it was not asked for. */
  readonly svg: string | null;
  /** The picture's source as DOT; null for an outline; not there if it was not asked for. */
  readonly dot: string | null;
  /** Id of a later graph of the run with the same structure; null if this one is told in full. */
  readonly like: string | null;
}

/**
 * One edge in the forward direction, between node ids. `id` is `e1`, `e2`, … in the order of `Graph.edges`.
 *
 * `tensor` is what went forward along it, and `gradient` what came back along it in the newest backward pass: one of the
 * terms that `grad` of the source is the sum of. An edge that stands for several (`count`) tells neither.
 */
export interface Edge {
  /** `e1`, `e2`, … in the order of the graph's edges. */
  readonly id: string;
  /** Id of the node that it comes from. */
  readonly source: string;
  /** Id of the node that it goes to. */
  readonly target: string;
  /** Id of the tensor that went forward along it. */
  readonly tensor: string | null;
  /** What came back along it in the newest backward pass; null if none did, or if it is large. */
  readonly gradient: SentValues | null;
  /** How many edges it stands for. */
  readonly count: number;
}

/** How to embed a program: `html` is one `<iframe>`. The thumbnail is left out of a program that no address holds. */
export interface Embedding {
  /** The version of oEmbed: `1.0`. */
  readonly version: string;
  /** `rich`: what is embedded is HTML. */
  readonly type: string;
  /** What the program does, in a few words. */
  readonly title: string;
  /** What the program does, in a sentence or two. */
  readonly description: string;
  /** The name of this site. */
  readonly provider_name: string;
  /** The address of this site. */
  readonly provider_url: string;
  /** For how many seconds this may be kept. */
  readonly cache_age: number;
  /** One `<iframe>`. */
  readonly html: string;
  /** The width of the frame in pixels. */
  readonly width: number;
  /** The height of the frame in pixels. */
  readonly height: number;
  /** The address of a picture of the program, if it is as small as asked for. */
  readonly thumbnail_url: string | null;
  /** The width of the picture in pixels. */
  readonly thumbnail_width: number | null;
  /** The height of the picture in pixels. */
  readonly thumbnail_height: number | null;
}

/** Where a program ran. */
export interface Environment {
  /** Version of torch. */
  readonly torch: string;
  /** Version of Python. */
  readonly python: string;
  /** The device of `auto`. */
  readonly device: string;
  /** The profile of isolation. */
  readonly isolation: string;
}

/** The form of a fault; `auto` follows the Accept header. */
export type ErrorForm = "auto" | "image" | "problem";

/** A program that the student finishes. The check runs after it, and its assertions say what is missing. */
export interface ExerciseBlock {
  /** Tells this record from the others that may stand in its place. */
  readonly kind: "exercise";
  /** Its name. */
  readonly label: string;
  /** What to do, as HTML that the service made. */
  readonly html: string;
  /** The source that the student begins with. */
  readonly start: string;
  /** The source that runs after the student's. */
  readonly check: string;
  /** A source that passes. */
  readonly solution: string;
  /** Sources that do not pass, and why. */
  readonly explanations: WrongSolution[];
}

/** One input element, in words: it went into the result (`value`), or decided which value was taken (`index`). */
export interface ExplainedInput {
  /** Id of the tensor that it is an element of. */
  readonly tensor: string | null;
  /** The argument that the tensor was. */
  readonly argument: string;
  /** Its index. */
  readonly element: number[];
  /** Its value, as text. */
  readonly value: string;
  /** The local derivative; null if there is none. */
  readonly derivative: number | NonFinite | null;
  /** What it did. */
  readonly relation: Relation;
  /** What the element did, in words. */
  readonly text: string;
}

/**
 * A finding in words.
 *
 * `text` has inline code between backticks, and figures whose columns line up between lines of three backticks.
 */
export interface Explanation {
  /** The rule that found it. */
  readonly rule: string;
  /** What it is, in a few words. */
  readonly title: string;
  /** What happened and why, with code between backticks and figures between lines of three. */
  readonly text: string;
  /** Ids of the tensors that it is about. */
  readonly tensors: string[];
  /** The dimensions that are at fault. */
  readonly dims: Dimension[];
  /** Where in the source it is. */
  readonly span: Span | null;
  /** A change that makes the problem go away; null if none is known. */
  readonly fix: Fix | null;
}

/** A change that makes the problem go away: replace `span`, which may be empty, by `replacement`. */
export interface Fix {
  /** What to replace; it may be empty. */
  readonly span: Span;
  /** The source to put there. */
  readonly replacement: string;
  /** What the change does. */
  readonly description: string;
}

/**
 * What one folded or elided node stands for; `id` is the node's.
 *
 * `repetition`: `count` rounds of the same operations, between the first and the last round, which are shown; `pattern` has
 * their source or functions. `operation`: steps within one operation (`label`). `module`: a call of a module (`label`,
 * `type`), with its `parts`, the `features` that it took and gave, and the `operations` that it made.
 * `inputs`: `count` tensors that nothing tells
 * apart. `rest`: what is too far from the root. `members` are the ids that the nodes would have had, in forward order.
 */
export interface Fold {
  /** Id of the node. */
  readonly id: string;
  /** What the node stands for. */
  readonly kind: FoldKind;
  /** What to call it. */
  readonly label: string;
  /** How many rounds, steps or tensors there are. */
  readonly count: number;
  /** Ids that the nodes would have had, in forward order. */
  readonly members: string[];
  /** Source or functions of one round. */
  readonly pattern: string[];
  /** Class of the module. */
  readonly type: string | null;
  /** Parameters and buffers of the module. */
  readonly parts: Part[];
  /** How many features each example had before and after the module, where it changed their number alone. */
  readonly features: [number, number] | null;
  /** Ids of the operations that the module made. */
  readonly operations: string[];
}

/** What a folded node stands for. */
export type FoldKind = "operation" | "repetition" | "module" | "inputs" | "rest";

/**
 * Every element, nested as the shape is.
 *
 * Not-a-number and infinities are "NaN", "Infinity", "-Infinity"; a complex element is [re, im]; an integer beyond 2**53 is
 * a string of its digits. If `single`, the elements are floats of at most single precision, each with the fewest digits
 * that read back to the same float32.
 */
export interface FullValues {
  /** Tells this record from the others that may stand in its place. */
  readonly kind: "full";
  /** The elements: a number, or lists of them nested as the shape is. */
  readonly data: unknown;
  /** Whether no element has more than float32's precision. */
  readonly single: boolean;
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
  /** Id of the function. */
  readonly function: string;
  /** torch's name of it. */
  readonly name: string;
  /** Id of the forward tensor that it stands for. */
  readonly tensor: string | null;
  /** Id of the operation that made the tensor. */
  readonly operation: string | null;
  /** The edges: where it sends the gradient of each input. */
  readonly next: (Slot | null)[];
  /** The gradient that arrived in each slot. */
  readonly arrived: (number | null)[];
  /** The gradient that it sent on each edge. */
  readonly sent: (number | null)[];
  /** The program's hooks, in the order in which they were called. */
  readonly hooks: HookRecord[];
  /** What became of a leaf's `.grad`. */
  readonly accumulation: AccumulationRecord | null;
  /** Whether it let go of what it had saved. */
  readonly frees: boolean;
  /** The function that made each gradient in `sent`, where the pass made a graph. */
  readonly made: (string | null)[];
  /** Whether it came to its end. */
  readonly completed: boolean;
}

/**
 * A question in a comment of the program, with the answer that the run gave.
 *
 * It is asked after the step `step`, before what comes then is shown. `answer` is a text: `(2, 3)`, `torch.float32`, `0.5`,
 * `True`, of `raises` the type of the error or `no error`, and of `which` the text of the right option. `problem` says in
 * a sentence why there is no answer.
 */
export interface Gate {
  /** The cell, from 0. */
  readonly cell: number;
  /** The line of the comment, from 1. */
  readonly line: number;
  /** What is asked for; null if the comment cannot be read. */
  readonly kind: GateKind | null;
  /** What is asked about: a name, an expression, two names, or the question itself. */
  readonly target: string;
  /** The step after which it is asked; null if it is before the first, or is not reached. */
  readonly step: number | null;
  /** The answer; null if there is none. */
  readonly answer: string | null;
  /** The answers that a `which` offers. */
  readonly options: GateOption[];
  /** Wrong answers that people give. */
  readonly misses: GateMiss[];
  /** Why the answer is what it is. */
  readonly because: string;
  /** Why there is no answer; null if there is one. */
  readonly problem: string | null;
}

/** What a gate asks for. */
export type GateKind = "shape" | "dtype" | "value" | "grad" | "shares" | "raises" | "which";

/** A wrong answer that people give. */
export interface GateMiss {
  /** The answer. */
  readonly answer: string;
  /** What is wrong with it. */
  readonly because: string;
}

/** One of the answers that a `which` offers. */
export interface GateOption {
  /** The answer. */
  readonly text: string;
  /** Whether it is right. */
  readonly right: boolean;
  /** What is said to who picks it. */
  readonly because: string;
}

/** The words that lessons and explanations use. */
export interface GlossaryResponse {
  /** The terms, in the order in which a course meets them. */
  readonly terms: Term[];
}

/** What a statement of the program's, and no backward pass, made of a leaf's `.grad`; None where it cleared it. */
export interface GradientChangeRecord {
  /** The step's place in the timeline. */
  readonly step: number;
  /** The gradient from then on; null if there was none. */
  readonly values: SentValues | null;
}

/** From top to bottom, or from left to right. */
export type GraphDirection = "TB" | "LR";

/**
 * A program and the graph to draw of it: the one with the id `graph`, or that of the tensor `of`.
 *
 * Nodes and groups are named by their ids in the graph as a run answers with it. A run of the same program has the same.
 * What a run answers with as an outline, because it is like a later graph, is had in full by its id. By its id a graph is
 * drawn of a program that fails after it, too. A stored program brings the graph, language and theme that it was stored
 * with, where these are not named.
 */
export type GraphRequest = GraphRequestWithCode | GraphRequestWithCells | GraphRequestWithSnippet;

/**
 * A program and the graph to draw of it: the one with the id `graph`, or that of the tensor `of`.
 *
 * Nodes and groups are named by their ids in the graph as a run answers with it. A run of the same program has the same.
 * What a run answers with as an outline, because it is like a later graph, is had in full by its id. By its id a graph is
 * drawn of a program that fails after it, too. A stored program brings the graph, language and theme that it was stored
 * with, where these are not named.
 */
export interface GraphRequestWithCells {
  /** The program, as cells of source that run in order in one namespace. */
  readonly cells: string[];
  /** Seeds torch, NumPy and random, as that of the run did. */
  readonly seed?: number;
  /** Seconds that the program may take; at most the server's limit, which is the default. */
  readonly timeout_s?: number | null;
  /** The graph's root, as a name with indices and attributes: `loss`, `ys[0]`, `m.loss`, `d["a"]`; default: the graph that was differentiated last, else the last graph. */
  readonly of?: string | null;
  /** Id of the graph in a run of the program. */
  readonly graph?: string | null;
  /** Ids of nodes that are to be shown: no folded node hides them. */
  readonly open?: string[];
  /** Ids of module groups that are to be folded. */
  readonly closed?: string[];
  /** What is to be open of what would be folded: ids of folded nodes (`k1`), ids or paths of modules (`m2`, `model.0`), or `all`. */
  readonly expand?: string[];
  /** Most nodes that are drawn; at most the server's limit, the default. */
  readonly max_nodes?: number | null;
  /** `off` draws shapes and functions, and no numbers. */
  readonly values?: Switch;
  /** From top to bottom, or from left to right. */
  readonly dir?: GraphDirection;
  /** Pixels across, of a PNG; a very tall picture is narrower. Default: its natural size. */
  readonly width?: number | null;
  /** `torchviz` draws as that library does. */
  readonly style?: GraphStyle;
  /** `auto`, the default, follows the reader's system where the format can, and is light elsewhere. */
  readonly theme?: Theme | null;
  /** Language of titles; default from Accept-Language. */
  readonly lang?: Lang | null;
  /** The form of a fault: an `image` with its status, a `problem` (RFC 9457), or, with `auto`, what Accept prefers. The browser asks for an image where a page shows one. */
  readonly errors?: ErrorForm;
}

/**
 * A program and the graph to draw of it: the one with the id `graph`, or that of the tensor `of`.
 *
 * Nodes and groups are named by their ids in the graph as a run answers with it. A run of the same program has the same.
 * What a run answers with as an outline, because it is like a later graph, is had in full by its id. By its id a graph is
 * drawn of a program that fails after it, too. A stored program brings the graph, language and theme that it was stored
 * with, where these are not named.
 */
export interface GraphRequestWithCode {
  /** The program, as one cell of source. */
  readonly code: string;
  /** Seeds torch, NumPy and random, as that of the run did. */
  readonly seed?: number;
  /** Seconds that the program may take; at most the server's limit, which is the default. */
  readonly timeout_s?: number | null;
  /** The graph's root, as a name with indices and attributes: `loss`, `ys[0]`, `m.loss`, `d["a"]`; default: the graph that was differentiated last, else the last graph. */
  readonly of?: string | null;
  /** Id of the graph in a run of the program. */
  readonly graph?: string | null;
  /** Ids of nodes that are to be shown: no folded node hides them. */
  readonly open?: string[];
  /** Ids of module groups that are to be folded. */
  readonly closed?: string[];
  /** What is to be open of what would be folded: ids of folded nodes (`k1`), ids or paths of modules (`m2`, `model.0`), or `all`. */
  readonly expand?: string[];
  /** Most nodes that are drawn; at most the server's limit, the default. */
  readonly max_nodes?: number | null;
  /** `off` draws shapes and functions, and no numbers. */
  readonly values?: Switch;
  /** From top to bottom, or from left to right. */
  readonly dir?: GraphDirection;
  /** Pixels across, of a PNG; a very tall picture is narrower. Default: its natural size. */
  readonly width?: number | null;
  /** `torchviz` draws as that library does. */
  readonly style?: GraphStyle;
  /** `auto`, the default, follows the reader's system where the format can, and is light elsewhere. */
  readonly theme?: Theme | null;
  /** Language of titles; default from Accept-Language. */
  readonly lang?: Lang | null;
  /** The form of a fault: an `image` with its status, a `problem` (RFC 9457), or, with `auto`, what Accept prefers. The browser asks for an image where a page shows one. */
  readonly errors?: ErrorForm;
}

/**
 * A program and the graph to draw of it: the one with the id `graph`, or that of the tensor `of`.
 *
 * Nodes and groups are named by their ids in the graph as a run answers with it. A run of the same program has the same.
 * What a run answers with as an outline, because it is like a later graph, is had in full by its id. By its id a graph is
 * drawn of a program that fails after it, too. A stored program brings the graph, language and theme that it was stored
 * with, where these are not named.
 */
export interface GraphRequestWithSnippet {
  /** The program, as the id of a stored one. */
  readonly snippet: string;
  /** Seeds torch, NumPy and random, as that of the run did. */
  readonly seed?: number;
  /** Seconds that the program may take; at most the server's limit, which is the default. */
  readonly timeout_s?: number | null;
  /** The graph's root, as a name with indices and attributes: `loss`, `ys[0]`, `m.loss`, `d["a"]`; default: the graph that was differentiated last, else the last graph. */
  readonly of?: string | null;
  /** Id of the graph in a run of the program. */
  readonly graph?: string | null;
  /** Ids of nodes that are to be shown: no folded node hides them. */
  readonly open?: string[];
  /** Ids of module groups that are to be folded. */
  readonly closed?: string[];
  /** What is to be open of what would be folded: ids of folded nodes (`k1`), ids or paths of modules (`m2`, `model.0`), or `all`. */
  readonly expand?: string[];
  /** Most nodes that are drawn; at most the server's limit, the default. */
  readonly max_nodes?: number | null;
  /** `off` draws shapes and functions, and no numbers. */
  readonly values?: Switch;
  /** From top to bottom, or from left to right. */
  readonly dir?: GraphDirection;
  /** Pixels across, of a PNG; a very tall picture is narrower. Default: its natural size. */
  readonly width?: number | null;
  /** `torchviz` draws as that library does. */
  readonly style?: GraphStyle;
  /** `auto`, the default, follows the reader's system where the format can, and is light elsewhere. */
  readonly theme?: Theme | null;
  /** Language of titles; default from Accept-Language. */
  readonly lang?: Lang | null;
  /** The form of a fault: an `image` with its status, a `problem` (RFC 9457), or, with `auto`, what Accept prefers. The browser asks for an image where a page shows one. */
  readonly errors?: ErrorForm;
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
  /** `m1`, … for a call of a module, `r1`, … for a round. */
  readonly id: string;
  /** What holds its nodes together. */
  readonly kind: GroupKind;
  /** Path of the module; empty for a round. */
  readonly label: string;
  /** Class of the module. */
  readonly type: string | null;
  /** Which call of the module it is. */
  readonly call: number | null;
  /** Id of the group around it. */
  readonly parent: string | null;
  /** Number of the round, from 1. */
  readonly round: number;
  /** How many rounds there are. */
  readonly rounds: number;
}

/** What holds the nodes of a group together. */
export type GroupKind = "module" | "repetition";

/** `alive` or `ready`. */
export interface Health {
  /** `alive` or `ready`. */
  readonly status: string;
}

/** A tensor that something holds, and the path to it. */
export interface HeldRecord {
  /** How the program reaches the tensor. */
  readonly path: string;
  /** Id of the tensor. */
  readonly tensor: string;
}

/**
 * A plain list, tuple or dictionary of modules, which is an attribute of a module: `parameters()` passes it over.
 *
 * `count` is how many modules it has, `held` are their parameters.
 */
export interface HiddenRecord {
  /** How the program reaches the collection. */
  readonly path: string;
  /** Its type. */
  readonly type: CollectionType;
  /** How many modules it has. */
  readonly count: number;
  /** Their parameters. */
  readonly held: HeldRecord[];
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
  /** What it is. */
  readonly kind: HolderKind;
  /** Name of the variable. */
  readonly name: string;
  /** Its class. */
  readonly type: string;
  /** The parameters of a module or optimiser, or the tensors of a list. */
  readonly held: HeldRecord[];
  /** Leaves of a module that are no parameters of it. */
  readonly plain: HeldRecord[];
  /** Collections of modules that `parameters()` passes over. */
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
  /** How it was registered. */
  readonly kind: HookKind;
  /** What the program calls it. */
  readonly name: string;
  /** Where it is defined. */
  readonly span: Span | null;
  /** The slot of a tensor hook. */
  readonly slot: number | null;
  /** The gradients before it. */
  readonly before: (number | null)[];
  /** The gradients after it. */
  readonly after: (number | null)[];
  /** Whether it ended with an exception. */
  readonly raised: boolean;
}

/**
 * One operator inside an operation, or inside its `parent`, which stands before it in the list.
 *
 * `inputs` and `outputs` are places in the list of tensors; one that was written `in_place` stands there once more.
 */
export interface InnerOperation {
  /** Place of the operation around it in the list; null if there is none. */
  readonly parent: number | null;
  /** torch's name of the operator. */
  readonly name: string;
  /** What it was given. */
  readonly arguments: ArgumentRecord[];
  /** Places of its inputs in the list of tensors. */
  readonly inputs: number[];
  /** Places of its outputs in the list of tensors. */
  readonly outputs: number[];
  /** Whether it wrote into its input. */
  readonly in_place: boolean;
}

/** A tensor at one moment inside an operation. `tensor` is its id where the run itself has it, too. */
export interface InnerTensor {
  /** What to call it. */
  readonly label: string;
  /** Id of the tensor, where the run itself has it. */
  readonly tensor: string | null;
  /** Its shape. */
  readonly shape: number[];
  /** Its dtype. */
  readonly dtype: string;
  /** Its value. */
  readonly values: Values;
}

/**
 * The gradient of one input, or of several together: `text` is torch's C++, `latex` the same if it can be written.
 *
 * `grad` (`grads[0]`, … for several outputs) is the gradient that arrives; `result` is the operation's output.
 */
export interface InputFormula {
  /** Names of the inputs that the formula is of. */
  readonly inputs: string[];
  /** The formula in torch's C++. */
  readonly text: string;
  /** The same in LaTeX; null if it cannot be written. */
  readonly latex: string | null;
}

/** The isolation of every worker. */
export interface Isolation {
  /** `strict`, or `container` where there are no namespaces. */
  readonly profile: string;
  /** Each layer, as the self-test at the start found it. */
  readonly layers: LayerHeld[];
}

/** A language of texts. */
export type Lang = "en" | "zh-CN";

/** One layer of isolation: whether the start-up self-test found it to hold, and why not. */
export interface LayerHeld {
  /** Name of the layer. */
  readonly name: string;
  /** Whether everything that it forbids was refused. */
  readonly held: boolean;
  /** What was tried, or why it does not hold. */
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
  /** Its shape. */
  readonly shape: number[];
  /** Elements from one to the next, by dimension. */
  readonly stride: number[];
  /** torch's name of its dtype. */
  readonly dtype: string;
  /** Its device. */
  readonly device: string;
  /** Id of its storage. */
  readonly storage: string | null;
  /** Elements from the start of the storage to the first. */
  readonly offset: number;
  /** Bytes of its own elements; null where torch counts none. */
  readonly nbytes: number | null;
}

/**
 * The gradient of one leaf: the sum over its paths, and what autograd returned. `deviation` is the largest difference,
 * relative to the largest element (at least 1); `statement` says what was checked.
 */
export interface LeafGradient {
  /** Place of the leaf in the list of steps. */
  readonly step: number;
  /** What to call the leaf. */
  readonly label: string;
  /** Id of the leaf. */
  readonly tensor: string | null;
  /** How many paths there are, of which `paths` has some. */
  readonly path_count: number;
  /** Paths from the result to the leaf. */
  readonly paths: ChainPath[];
  /** The sum over all paths. */
  readonly total: Values;
  /** What autograd computed. */
  readonly autograd: Values;
  /** Largest difference of the two, relative to the largest element (at least 1). */
  readonly deviation: number | NonFinite;
  /** The deviation up to which they agree. */
  readonly tolerance: number;
  /** Whether they agree. */
  readonly agrees: boolean;
  /** The sum as a line of the derivation. */
  readonly chain_rule: Line;
  /** The gradient as one formula, for small elementwise programs. */
  readonly closed_form: ClosedFormLines | null;
  /** The check by small changes, if it was asked for. */
  readonly finite_differences: DifferenceCheck | null;
  /** What was checked, in a sentence. */
  readonly statement: string;
}

/** Where an element came from. `reason` says why nothing is known; `count` is how many inputs there are in all. */
export interface Lens {
  /** Id of the operation. */
  readonly operation: string;
  /** Why nothing is known; null if it is. */
  readonly reason: NoLens | null;
  /** Name of the operation. */
  readonly name: string;
  /** Source of the operation. */
  readonly expression: string | null;
  /** Which of its outputs. */
  readonly output: number;
  /** Id of that output. */
  readonly tensor: string | null;
  /** Shape of that output. */
  readonly shape: number[];
  /** Index of the element, counted from the start. */
  readonly element: number[];
  /** Value of the element, as text. */
  readonly value: string;
  /** The first input elements that it came from. */
  readonly inputs: ExplainedInput[];
  /** How many there are in all. */
  readonly count: number;
  /** Whether each element of the inputs was tried. */
  readonly complete: boolean;
  /** More on the reason, in English. */
  readonly detail: string;
  /** Where the operation's source is. */
  readonly span: Span | null;
  /** All of it, in sentences. */
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
  /** As in the run that the question is about, so that steps and ids are the same. */
  readonly trace?: "full" | SomeRounds;
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
  /** As in the run that the question is about, so that steps and ids are the same. */
  readonly trace?: "full" | SomeRounds;
  /** The operation's id in a run of this program. */
  readonly operation: string;
  /** Which of its outputs. */
  readonly output?: number;
  /** One index for each dimension; negatives count from the end. */
  readonly element?: number[];
}

/** The answer. `lens` is null if the worker died before it could send it; `message` says why. */
export interface LensResponse {
  /** How the program ended. */
  readonly status: RunStatus;
  /** What ended it early, or what it raised; null if it ran to its end. */
  readonly message: string | null;
  /** Where the program ran. */
  readonly environment: Environment;
  /** How long it took. */
  readonly timing: RunTiming;
  /** The answer; null if the worker died before it could send it. */
  readonly lens: Lens | null;
}

/** Another lesson, as far as a link to it tells. */
export interface LessonLink {
  /** Its name in addresses. */
  readonly slug: string;
  /** Its place in the course, from 1. */
  readonly number: number;
  /** Its title. */
  readonly title: string;
  /** The question that it answers. */
  readonly question: string;
}

/** A lesson: sections, with one thing to do in each. */
export interface LessonResponse {
  /** Its name in addresses. */
  readonly slug: string;
  /** Its place in the course, from 1. */
  readonly number: number;
  /** Its title. */
  readonly title: string;
  /** The question that it answers. */
  readonly question: string;
  /** What one can do after it. */
  readonly goals: string[];
  /** Minutes that it takes. */
  readonly minutes: number;
  /** Names of the lessons that come before it. */
  readonly needs: string[];
  /** Name of its course: `tensorpad`, or that of the operator's folder. */
  readonly course: string;
  /** Languages that it is in. */
  readonly languages: Lang[];
  /** The language that it is in: the one asked for, or one that it has. */
  readonly lang: Lang;
  /** The lesson before it; null if it is the first. */
  readonly previous: LessonLink | null;
  /** The lesson after it; null if it is the last. */
  readonly next: LessonLink | null;
  /** Its sections. */
  readonly sections: Section[];
}

/** What one does in a section of a lesson. */
export type LessonStage = "example" | "predict" | "investigate" | "modify" | "make" | "mistake" | "quiz" | "summary";

/** What is said of a lesson in lists. */
export interface LessonSummary {
  /** Its name in addresses. */
  readonly slug: string;
  /** Its place in the course, from 1. */
  readonly number: number;
  /** Its title. */
  readonly title: string;
  /** The question that it answers. */
  readonly question: string;
  /** What one can do after it. */
  readonly goals: string[];
  /** Minutes that it takes. */
  readonly minutes: number;
  /** Names of the lessons that come before it. */
  readonly needs: string[];
  /** Name of its course: `tensorpad`, or that of the operator's folder. */
  readonly course: string;
  /** Languages that it is in. */
  readonly languages: Lang[];
}

/** All lessons, in the order of their courses. */
export interface LessonsResponse {
  /** The lessons. */
  readonly lessons: LessonSummary[];
  /** Whether first answers to gates are counted here. Only then a page sends them. */
  readonly tallies: boolean;
}

/** One statement of mathematics, twice. */
export interface Line {
  /** The line as plain text. */
  readonly text: string;
  /** The line in LaTeX. */
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
  /** In new memory, the very input, or a view. */
  readonly kind: MemoryKind;
  /** Id of what it shares memory with. */
  readonly of: string | null;
}

/**
 * The innermost `nn.Module` whose call an operation belongs to: its path (`model.0`), its class, and which call it was.
 *
 * `call` is the same for all operations of one call, and `path` starts with a variable's name, or with the class of the
 * outermost module where no variable holds it.
 */
export interface ModuleRecord {
  /** How the program reaches it. */
  readonly path: string;
  /** Its class. */
  readonly type: string;
  /** Which call of it. */
  readonly call: number;
}

/** What a name of torch stands for. */
export type NameKind = "function" | "method" | "class" | "module" | "property" | "constant";

/** One public name. `signature` and `summary` are the first lines of its documentation, or empty. */
export interface NameRecord {
  /** The name. */
  readonly name: string;
  /** What it stands for. */
  readonly kind: NameKind;
  /** First line of its documentation, if that is a signature. */
  readonly signature: string;
  /** First sentence of its documentation. */
  readonly summary: string;
}

/**
 * The names that a parameter had through the program's modules (`model.0.weight`) from one step on.
 *
 * `step` is that step's place in the timeline, None if it lies beyond what the timeline holds.
 */
export interface NamesRecord {
  /** The step's place in the timeline; null if it is beyond it. */
  readonly step: number | null;
  /** The names from then on. */
  readonly names: string[];
}

/** The names of the module or class at `path`, in alphabetical order. */
export interface NamesResponse {
  /** What was asked for. */
  readonly path: string;
  /** Its public names, in alphabetical order. */
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
  /** Id of its tensor or function, or of what it stands for. */
  readonly id: string;
  /** What it is. */
  readonly kind: NodeKind;
  /** What to call it in one line. */
  readonly label: string;
  /** Id of its tensor. */
  readonly tensor: string | null;
  /** What the program calls the tensor. */
  readonly names: string[];
  /** The tensor's shape. */
  readonly shape: number[] | null;
  /** The tensor's dtype. */
  readonly dtype: string | null;
  /** torch's name of its backward function. */
  readonly function: string | null;
  /** Source of its operation. */
  readonly expression: string | null;
  /** Where the source is. */
  readonly span: Span | null;
  /** The place in which the engine ran it, from 0; null if it did not. */
  readonly order: number | null;
  /** The tensor's value. */
  readonly value: SentValues | null;
  /** What accumulated in a leaf, or arrived at an operation. */
  readonly grad: SentValues | null;
  /** Whether `grad` is the tensor's `.grad`. */
  readonly grad_kept: boolean;
  /** How many nodes it stands for. */
  readonly count: number;
  /** Id of the forward operation. */
  readonly operation: string | null;
  /** Public name of the operation. */
  readonly call: string | null;
  /** Id of the function that gave the result of the operation that this is a step of. */
  readonly within: string | null;
  /** What the operation was given besides tensors, as text. */
  readonly arguments: string[];
  /** Id of the innermost group. */
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
  /** Why the elements cannot be listed, or a representation of the tensor. */
  readonly text: string;
}

/**
 * What an operation did inside, known from making it again. `reason` says why there is nothing to show, `text` says all.
 *
 * `exact` is false if the numbers differ by rounding from those of the run, `complete` if steps were left out. A tensor
 * among the `arguments` of a step is its label.
 */
export interface Opening {
  /** Id of the operation. */
  readonly operation: string;
  /** Why there is nothing to show; null if there is. */
  readonly reason: NoOpening | null;
  /** Name of the operation. */
  readonly name: string;
  /** Source of the operation. */
  readonly expression: string | null;
  /** The tensors inside, each at one moment. */
  readonly tensors: InnerTensor[];
  /** The operators inside, in order. */
  readonly operations: InnerOperation[];
  /** Whether it gave the numbers of the run, to the bit. */
  readonly exact: boolean;
  /** Whether all operators are listed. */
  readonly complete: boolean;
  /** More on the reason, in English. */
  readonly detail: string;
  /** Where the operation's source is. */
  readonly span: Span | null;
  /** All of it, in sentences. */
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
  /** As in the run that the question is about, so that steps and ids are the same. */
  readonly trace?: "full" | SomeRounds;
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
  /** As in the run that the question is about, so that steps and ids are the same. */
  readonly trace?: "full" | SomeRounds;
  /** The operation's id in a run of this program. */
  readonly operation: string;
}

/** The answer. `opening` is null if the worker died before it could send it; `message` says why. */
export interface OpeningResponse {
  /** How the program ended. */
  readonly status: RunStatus;
  /** What ended it early, or what it raised; null if it ran to its end. */
  readonly message: string | null;
  /** Where the program ran. */
  readonly environment: Environment;
  /** How long it took. */
  readonly timing: RunTiming;
  /** The answer; null if the worker died before it could send it. */
  readonly opening: Opening | null;
}

/**
 * One torch operation that the program's source caused. `expression` is the source text of `span`, shortened.
 *
 * `memory`, `input_shapes` and `output_shapes` run parallel to `inputs` and `outputs`. `broadcast` has an entry for each
 * input that was stretched. `recorded` tells whether autograd was recording, null where no input required a gradient.
 *
 * `like` names an earlier operation at the same place of the source, as in a loop. What is missing then is as in that one:
 * its members; those of its `module`, if only the call is another one; and its `arguments`, with the ids of these `inputs`
 * for the ids of those.
 */
export interface OperationRecord {
  /** `op1`, `op2`, …. */
  readonly id: string;
  /** Its public name. */
  readonly name: string;
  /** Where its source is. */
  readonly span: Span | null;
  /** Its source, shortened. */
  readonly expression: string | null;
  /** Ids of tensors that went in. */
  readonly inputs: string[];
  /** Ids of tensors that it gave. */
  readonly outputs: string[];
  /** What it was given. */
  readonly arguments: ArgumentRecord[];
  /** Tensors that it changed in place. */
  readonly writes: WriteRecord[];
  /** Where the elements of each output lie. */
  readonly memory: MemoryRecord[];
  /** How inputs were stretched. */
  readonly broadcast: BroadcastRecord[];
  /** Shapes of the inputs. */
  readonly input_shapes: number[][];
  /** Shapes of the outputs. */
  readonly output_shapes: number[][];
  /** Id of the operation that it is a part of. */
  readonly parent: string | null;
  /** The module whose call it belongs to. */
  readonly module: ModuleRecord | null;
  /** Whether autograd was recording; null where no input required a gradient. */
  readonly recorded: boolean | null;
  /** Id of an earlier operation, which has the members that are missing here; null if this one is told in full. */
  readonly like: string | null;
}

/** `stdout`: text that a cell printed to its `stream`, `stdout` or `stderr`. */
export interface OutputEvent {
  /** Which cell printed, from 0. */
  readonly cell: number;
  /** The stream that it printed to. */
  readonly stream: StreamName;
  /** What it printed. */
  readonly text: string;
}

/**
 * What a cell had shown after the first `steps` steps of the timeline.
 *
 * `stdout` and `stderr` are lengths in characters, `displays` is a number. There is a record where a cell begins, after
 * each step that added something, and where the cell ends (`ended`): then its result or error is shown, too.
 */
export interface OutputRecord {
  /** Which cell, from 0. */
  readonly cell: number;
  /** After how many steps of the timeline. */
  readonly steps: number;
  /** Characters of standard output by then. */
  readonly stdout: number;
  /** Characters of standard error by then. */
  readonly stderr: number;
  /** Displays by then. */
  readonly displays: number;
  /** Whether the cell had ended. */
  readonly ended: boolean;
}

/** A program whose lines the student puts in order. Lines are in the order of the solution. */
export interface ParsonsBlock {
  /** Tells this record from the others that may stand in its place. */
  readonly kind: "parsons";
  /** Its name. */
  readonly label: string;
  /** What to do, as HTML that the service made. */
  readonly html: string;
  /** The lines. */
  readonly lines: ParsonsLine[];
  /** The source that runs after the student's. */
  readonly check: string;
}

/** A line of a program that the student puts in order. */
export interface ParsonsLine {
  /** The line without its indentation. */
  readonly text: string;
  /** Its indentation, in levels. */
  readonly indent: number;
  /** Whether it belongs to no solution. */
  readonly distractor: boolean;
}

/** A parameter or buffer of a folded module. */
export interface Part {
  /** Its name in the module: `weight`. */
  readonly name: string;
  /** Its shape. */
  readonly shape: number[] | null;
}

/** A part of the answer of a run, or a set of them: `minimal`, `standard` or `full`. */
export type PartName = "minimal" | "standard" | "full" | "variables" | "tensors" | "values" | "steps" | "operations" | "histories" | "graphs" | "svg" | "dot" | "backwards" | "series" | "notices" | "gates";

/** Whether a backward pass accumulated in leaves, or gave its gradients back. */
export type PassKind = "backward" | "grad";

/** A fault of a request or of the service, after RFC 9457. */
export interface ProblemDetails {
  /** `/problems/` and the problem's slug; the address explains it. */
  readonly type: string;
  /** The kind of problem, in a few words. */
  readonly title: string;
  /** The status of the response. */
  readonly status: number;
  /** What is wrong with this request, and what to do. */
  readonly detail: string;
  /** The id by which the service's log knows the request. */
  readonly request_id: string;
  /** Each fault, with a `pointer` into the body or the `parameter` that it is in. */
  readonly errors: (Record<string, unknown>)[];
}

/** The kinds of problems; a problem's `type` ends in one. */
export type ProblemSlug = "malformed" | "not-found" | "no-graph" | "run-gone" | "no-part" | "no-tallies" | "method" | "not-acceptable" | "slow-body" | "cancelled" | "precondition" | "long-address" | "too-large" | "media-type" | "invalid" | "idempotency" | "program" | "rate-limit" | "no-store" | "no-format" | "internal" | "drawing" | "unavailable" | "overloaded" | "not-built" | "store-full";

/** Text. Formulas are `<span class="math" data-tex>`, and looks `<a class="look" data-cell data-view …>`. */
export interface ProseBlock {
  /** Tells this record from the others that may stand in its place. */
  readonly kind: "prose";
  /** The text, as HTML that the service made. */
  readonly html: string;
}

/** `queued`: the run's id, and how many wait before it. */
export interface QueuedEvent {
  /** Id of the run. */
  readonly id: string;
  /** How many runs wait before it. */
  readonly ahead: number;
}

/** The bytes of a storage from the first to past the last that a tensor or array (`id`) looks at. */
export interface RangeRecord {
  /** Id of the tensor or array. */
  readonly id: string;
  /** First byte. */
  readonly start: number;
  /** Past the last byte. */
  readonly end: number;
}

/** Whether an element's value went into a result, or decided which value was taken. */
export type Relation = "value" | "index";

/** Values that the answer has several times: `repeated` of the answer has them at `index`. */
export interface RepeatedValues {
  /** Tells this record from the others that may stand in its place. */
  readonly kind: "repeated";
  /** Place in `repeated`, from 0. */
  readonly index: number;
}

/** A cell's last expression, as a notebook shows it. */
export interface ResultRecord {
  /** Its representation. */
  readonly text: string;
  /** Id, if it is a tensor. */
  readonly tensor: string | null;
}

/** What `torch.autograd.grad` gave for one input: the gradient that arrived at that slot. Its function did not run. */
export interface ReturnedRecord {
  /** Id of the function of the input. */
  readonly function: string;
  /** The output slot of that function. */
  readonly slot: number;
  /** The gradient that arrived there. */
  readonly gradient: number | null;
}

/**
 * What a tensor was to autograd from one step on, and whether it was a parameter.
 *
 * `step` is that step's place in the timeline, None if it lies beyond what the timeline holds. `grad_fn` is torch's name of
 * the function in `tensor.grad_fn`, None where there is none.
 */
export interface RoleRecord {
  /** The step's place in the timeline; null if it is beyond it. */
  readonly step: number | null;
  /** Whether a gradient was wanted for it. */
  readonly requires_grad: boolean;
  /** Whether it was a leaf. */
  readonly is_leaf: boolean;
  /** torch's name of its `grad_fn`. */
  readonly grad_fn: string | null;
  /** Whether it was a parameter. */
  readonly is_parameter: boolean;
}

/** Where a pass started: a function's output slot, what the program calls the tensor, and the gradient it began with. */
export interface RootRecord {
  /** Id of the function that it started at. */
  readonly function: string;
  /** The output slot of that function. */
  readonly slot: number;
  /** What the program calls the tensor. */
  readonly name: string;
  /** Id of the tensor. */
  readonly tensor: string | null;
  /** The gradient that it began with. */
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
  /** `off` runs the program alone, with its output; with `rounds`, long loops end sooner. */
  readonly trace?: TraceLevel | SomeRounds;
  /** The parts of the answer, of those that are named here. What is not asked for is not in the answer, and mostly not worked out. `tensors` brings `storages`, `arrays` and `holders`; `steps` brings `outputs`; `backwards` brings `formulas`. `values` are the elements in tensors, graphs and backward passes; `histories` is in tensors, `svg` and `dot` in graphs. `gates` are the questions in comments of the program. `minimal` is variables and notices; `standard` is variables, tensors, values, steps, graphs, svg, series, notices and gates; `full`, the default, is all. */
  readonly include?: PartName[] | null;
  /** Values beyond a budget come as `deferred`, with the chunk that `GET /api/v1/runs/{id}/values/{chunk}` answers while the run is kept. What named variables have at the end is sent first. */
  readonly defer_values?: boolean;
  /** What your page calls each cell, such as `program 6`: one for each, no two alike. Explanations, tracebacks and warnings then say that in place of `cell 3`. */
  readonly titles?: string[] | null;
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
  /** `off` runs the program alone, with its output; with `rounds`, long loops end sooner. */
  readonly trace?: TraceLevel | SomeRounds;
  /** The parts of the answer, of those that are named here. What is not asked for is not in the answer, and mostly not worked out. `tensors` brings `storages`, `arrays` and `holders`; `steps` brings `outputs`; `backwards` brings `formulas`. `values` are the elements in tensors, graphs and backward passes; `histories` is in tensors, `svg` and `dot` in graphs. `gates` are the questions in comments of the program. `minimal` is variables and notices; `standard` is variables, tensors, values, steps, graphs, svg, series, notices and gates; `full`, the default, is all. */
  readonly include?: PartName[] | null;
  /** Values beyond a budget come as `deferred`, with the chunk that `GET /api/v1/runs/{id}/values/{chunk}` answers while the run is kept. What named variables have at the end is sent first. */
  readonly defer_values?: boolean;
  /** What your page calls each cell, such as `program 6`: one for each, no two alike. Explanations, tracebacks and warnings then say that in place of `cell 3`. */
  readonly titles?: string[] | null;
}

/**
 * What a program did, and everything that is known of its tensors.
 *
 * A program that fails is an answer (`status`), not a fault of the request. `message` says in a sentence what ended a
 * program that did not end by itself. `backwards` are the backward passes, `formulas` those of every backward function that
 * they and the graphs name. `holders` are the modules, optimisers and lists of tensors at the end. `outputs` tell what each
 * cell had printed by which step. `notices` are what a program that succeeded did and its
 * author may not have meant; of one that failed, what was not done as it says.
 * Members after `truncated` are parts: they are there if they were asked for (`include`). `repeated` has values that
 * several of them have.
 */
export interface RunResponse {
  /** Id of the run. */
  readonly id: string;
  /** How the program ended. */
  readonly status: RunStatus;
  /** What ended a program that did not end by itself, in a sentence. */
  readonly message: string | null;
  /** Each cell: what it printed, showed and raised. */
  readonly cells: CellResponse[];
  /** Where the program ran. */
  readonly environment: Environment;
  /** How long it took. */
  readonly timing: RunTiming;
  /** What was cut because a limit was reached. */
  readonly truncated: TruncationRecord[];
  /** The names of the global namespace at the end. */
  readonly variables: VariableRecord[];
  /** Every tensor that the program had. */
  readonly tensors: TensorRecord[];
  /** The memory that tensors look at. */
  readonly storages: StorageRecord[];
  /** NumPy arrays on memory of tensors. */
  readonly arrays: ArrayRecord[];
  /** The modules, optimisers and lists of tensors at the end. */
  readonly holders: HolderRecord[];
  /** What the program did, in order. */
  readonly steps: Step[];
  /** What each cell had printed by which step. */
  readonly outputs: OutputRecord[];
  /** Every call of torch in the program. */
  readonly operations: OperationRecord[];
  /** The autograd graphs. */
  readonly graphs: DrawnGraph[];
  /** The backward passes. */
  readonly backwards: BackwardRecord[];
  /** The formula of each backward function that graphs and passes name. */
  readonly formulas: BackwardFormula[];
  /** The numbers of loops, for all of their rounds. */
  readonly series: SeriesRecord[];
  /** What a program that succeeded did and its author may not have meant. */
  readonly notices: Explanation[];
  /** The questions in comments of the program, each with the answer that the run gave. */
  readonly gates: Gate[];
  /** Values that the answer has several times, in whose places are `RepeatedValues`; not there if there are none. */
  readonly repeated: Values[];
}

/** How a program ended. */
export type RunStatus = "ok" | "error" | "timeout" | "out_of_memory" | "output_limit" | "crashed";

/** Milliseconds, by share. */
export interface RunTiming {
  /** Milliseconds that the run waited for a worker. */
  readonly queued_ms: number;
  /** Milliseconds that the program took. */
  readonly run_ms: number;
  /** Milliseconds that its pictures took. */
  readonly render_ms: number;
  /** Milliseconds from the request to the answer. */
  readonly total_ms: number;
}

/** One thing to do. `stage` is null in front of the first heading. */
export interface Section {
  /** What it is in the lesson. */
  readonly stage: LessonStage | null;
  /** Its heading without the name of the stage. */
  readonly title: string;
  /** What is in it. */
  readonly blocks: (ProseBlock | CellBlock | ExerciseBlock | ParsonsBlock | CardsBlock)[];
}

/** A tensor's elements, or where they are: in a chunk if the request defers values, else in `repeated` if the answer has them several times. */
export type SentValues = DeferredValues | FullValues | OpaqueValues | SummaryValues;

/**
 * The numbers that one statement gave, each time that it ran, in that order.
 *
 * They go on when the timeline is full: `steps` then belong to the first of the `values`, and the later ones have none.
 */
export interface SeriesRecord {
  /** What the number is of, as the program has it: `loss`, `w[0]`, `model.0.weight`. */
  readonly name: string;
  /** What of it the number is. */
  readonly measure: "gradient_norm" | "maximum" | "minimum" | "norm" | "update_norm" | "value";
  /** The numbers, oldest first. */
  readonly values: (number | NonFinite)[];
  /** Of each of the first values, the step of the timeline that gave it. */
  readonly steps: number[];
  /** The statement, or the head of one. */
  readonly span: Span | null;
  /** Qualified name of the function that the statement is in; empty in a cell itself. */
  readonly function: string;
  /** Id, if the numbers are of one parameter. */
  readonly tensor: string | null;
  /** Whether the statement ran more often: there was no room for more. */
  readonly ended: boolean;
}

/** One of the output slots of a backward function: where the gradient of one output of its operation arrives. */
export interface Slot {
  /** Id of the function. */
  readonly function: string;
  /** Number of its output slot. */
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
  /** Theme of the page and of pictures; default: its reader's. */
  readonly theme?: Theme | null;
}

/** Records some rounds of each loop whole, and the numbers of all. */
export interface SomeRounds {
  /** So many rounds of each loop are recorded, each time that it is entered; after them the 10th, the 100th, the 1,000th, …. What the others did is one step. */
  readonly rounds: number;
}

/** A piece of a cell's source. Lines count from 1, columns from 0 in characters (not bytes); the end is exclusive. */
export interface Span {
  /** The cell, from 0. */
  readonly cell: number;
  /** First line, from 1. */
  readonly line: number;
  /** First column, from 0, in characters. */
  readonly column: number;
  /** Last line. */
  readonly end_line: number;
  /** Column past the last. */
  readonly end_column: number;
}

/**
 * A step of the timeline, with its operation if it has one.
 *
 * `name`, `expression`, `inputs` and `outputs` are the operation's. Where the answer has `operations`, these members and
 * `span` are left to the operation that `ref` names.
 */
export interface Step {
  /** What was done. */
  readonly kind: StepKind;
  /** Where in the source. */
  readonly span: Span | null;
  /** Id of the operation, pass or function. */
  readonly ref: string | null;
  /** Name of the function of the program; empty at the level of the cell. */
  readonly scope: string;
  /** Which call of a function; 0 at the level of the cell. */
  readonly frame: number;
  /** Names that were given a value. */
  readonly bound: BindingRecord[];
  /** Names that were deleted. */
  readonly unbound: string[];
  /** Tensors and arrays that have a new value. */
  readonly changed: ChangeRecord[];
  /** Name of its operation. */
  readonly name: string;
  /** Source of its operation, shortened. */
  readonly expression: string | null;
  /** Ids of tensors that went into its operation. */
  readonly inputs: string[];
  /** Ids of tensors that its operation gave. */
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
  /** `s1`, `s2`, …. */
  readonly id: string;
  /** Its size in bytes. */
  readonly nbytes: number;
  /** Its device. */
  readonly device: string;
  /** Ids of tensors that look at it at the end. */
  readonly members: string[];
  /** The bytes that each tensor and array looks at. */
  readonly ranges: RangeRecord[];
}

/** A stored program. `page` is the path of the page that opens it. */
export interface StoredSnippet {
  /** Id of the program, made from its content. */
  readonly id: string;
  /** Path of the page that opens it. */
  readonly page: string;
  /** Its cells of source. */
  readonly cells: string[];
  /** Language in which the page opens; null: its reader's. */
  readonly lang: Lang | null;
  /** View in which the page opens. */
  readonly view: string | null;
  /** Step of the timeline at which the page opens. */
  readonly step: number | null;
  /** Id of the graph that the page shows. */
  readonly graph: string | null;
  /** Theme of the page and of pictures; null: its reader's. */
  readonly theme: Theme | null;
}

/** One of the two streams that a program prints to. */
export type StreamName = "stdout" | "stderr";

/** A large tensor: statistics over its finite elements, a histogram, its corners. `single` is that of `FullValues`. */
export interface SummaryValues {
  /** Tells this record from the others that may stand in its place. */
  readonly kind: "summary";
  /** How many elements there are. */
  readonly count: number;
  /** How many are not a number. */
  readonly nan: number;
  /** How many are infinite. */
  readonly infinite: number;
  /** How many are zero. */
  readonly zeros: number;
  /** The smallest finite element; null if there is none. */
  readonly min: number | NonFinite | null;
  /** The largest finite element; null if there is none. */
  readonly max: number | NonFinite | null;
  /** Mean of the finite elements; null if there is none. */
  readonly mean: number | NonFinite | null;
  /** Standard deviation of the finite elements; null if there is none. */
  readonly std: number | NonFinite | null;
  /** How many finite elements are in each of so many equal ranges, from `min` to `max`; empty if there is no range. */
  readonly histogram: number[];
  /** Elements at some rows and columns. */
  readonly corners: Corners;
  /** Whether no element has more than float32's precision. */
  readonly single: boolean;
}

/** Whether something is shown. */
export type Switch = "on" | "off";

/** A first answer to a gate, as far as it is counted. */
export interface TallyRequest {
  /** Language in which the lesson was read. */
  readonly lang: Lang;
  /** Number of the gate's cell, as the lesson has it. */
  readonly cell: number;
  /** Line of the gate in its cell, from 1. */
  readonly line: number;
  /** `right`; `wrong`, with a wrong answer that the lesson names; or `other`, another wrong answer. */
  readonly verdict: "right" | "wrong" | "other";
  /** Which of the wrong answers that the lesson names, in its order from 1: of a `which` its wrong options, else its misses. With the verdict `wrong`, and only with it. */
  readonly wrong?: number | null;
}

/**
 * One tensor as it stood when it was last looked at.
 *
 * `history` holds every value that it had, oldest first, each with the step that gave it, and its layout where that was
 * another one; `roles` what it was to autograd, oldest first; `grad_changes` what the program itself did to its gradient.
 * `names` are those at the end; the steps bind variables, and `paths` has the names through modules, oldest first.
 */
export interface TensorRecord {
  /** `t1`, `t2`, … in order of first sight. */
  readonly id: string;
  /** Where its elements are, and what they are. */
  readonly layout: Layout;
  /** What it was to autograd, oldest first. */
  readonly roles: RoleRecord[];
  /** Its value at the end. */
  readonly values: SentValues;
  /** What the program calls it at the end. */
  readonly names: string[];
  /** torch's version counter at the end; null where there is none. */
  readonly version: number | null;
  /** Id of the tensor that it is a view of. */
  readonly view_of: string | null;
  /** Its `.grad` at the end. */
  readonly grad: SentValues | null;
  /** Every value that it had, oldest first. */
  readonly history: VersionRecord[];
  /** What the program itself did to its `.grad`. */
  readonly grad_changes: GradientChangeRecord[];
  /** Its names through modules, oldest first. */
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
  /** Id that was asked for. */
  readonly subject: string;
  /** Whether its gradient is meant. */
  readonly gradient: boolean;
  /** Why there is no window; null if there is. */
  readonly reason: NoWindow | null;
  /** Id of what is shown. */
  readonly tensor: string | null;
  /** Its dtype. */
  readonly dtype: string;
  /** Its shape. */
  readonly shape: number[];
  /** One index for each dimension before the last two. */
  readonly leading: number[];
  /** The rows that are told, to past the last. */
  readonly rows: [number, number];
  /** The columns that are told, to past the last. */
  readonly columns: [number, number];
  /** Rows and columns of a block; 1 and 1 if each element is told. */
  readonly block: [number, number];
  /** How the numbers are laid out. */
  readonly format: NumberFormat;
  /** Whether real and imaginary parts come in turn. */
  readonly complex: boolean;
  /** The numbers in base64, row-major and little-endian; means of blocks if these are larger than 1. */
  readonly data: string;
  /** The smallest of each block, as `data`. */
  readonly minimum: string;
  /** The largest of each block, as `data`. */
  readonly maximum: string;
  /** The reason in a sentence; null if there is a window. */
  readonly text: string | null;
}

/** A word of PyTorch. */
export interface Term {
  /** Its name, the same in all languages. */
  readonly id: string;
  /** The word. */
  readonly term: string;
  /** Other ways in which it stands in a text. */
  readonly forms: string[];
  /** What it means, in a sentence or two, with code between backticks. */
  readonly text: string;
  /** A program that shows it. */
  readonly code: string;
}

/** Colours for a light or a dark page; `auto` follows the reader's system. */
export type Theme = "light" | "dark" | "auto";

/** Whether a run is recorded. */
export type TraceLevel = "full" | "off";

/** Something of which only a part is reported. */
export interface TruncationRecord {
  /** What was cut. */
  readonly what: string;
  /** How much of it is reported. */
  readonly limit: number;
}

/** A tensor's elements: all of them, a summary, or the reason why they cannot be listed. */
export type Values = FullValues | OpaqueValues | SummaryValues;

/** A chunk of the values that a run's answer deferred. */
export interface ValuesResponse {
  /** The values, in the order of their index. */
  readonly values: Values[];
}

/** One name of the program's global namespace. `tensor` is set where the value is a tensor. */
export interface VariableRecord {
  /** The name. */
  readonly name: string;
  /** The class of its value. */
  readonly type: string;
  /** A representation of its value. */
  readonly text: string;
  /** Id, if the value is a tensor. */
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
  /** The step's place in the timeline; null if it is beyond it. */
  readonly step: number | null;
  /** torch's version counter; null where there is none. */
  readonly version: number | null;
  /** The value; null for the last one, which the record has. */
  readonly values: SentValues | null;
  /** The layout that it had then; null if the record has it. */
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
  /** As in the run that the question is about, so that steps and ids are the same. */
  readonly trace?: "full" | SomeRounds;
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
  /** As in the run that the question is about, so that steps and ids are the same. */
  readonly trace?: "full" | SomeRounds;
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
  /** How the program ended. */
  readonly status: RunStatus;
  /** What ended it early, or what it raised; null if it ran to its end. */
  readonly message: string | null;
  /** Where the program ran. */
  readonly environment: Environment;
  /** How long it took. */
  readonly timing: RunTiming;
  /** The answer; null if the worker died before it could send it. */
  readonly window: TensorWindow | null;
}

/** A tensor that an operation wrote in place, with its version counter before and after (None: it keeps none). */
export interface WriteRecord {
  /** Id of the tensor. */
  readonly tensor: string;
  /** Its version counter before. */
  readonly before: number | null;
  /** Its version counter after. */
  readonly after: number | null;
}

/** A solution that people write, and that the check refuses. */
export interface WrongSolution {
  /** Its source. */
  readonly code: string;
  /** What is wrong with it. */
  readonly because: string;
}
