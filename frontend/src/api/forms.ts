// Generated from openapi.json by `npm run generate`; do not edit.

import type * as schema from "./schema.ts";

/** Where records are in a record: one, a list or a tuple of them, or one of several that their `kind` tells apart. */
export type Place =
  | string
  | { readonly list: Place }
  | { readonly tuple: readonly (Place | null)[] }
  | { readonly kinds: Readonly<Record<string, string>> };

/** The members that a record may come without, and those that lead on to other records. */
export interface Form {
  readonly defaults: Readonly<Record<string, unknown>>;
  readonly within: Readonly<Record<string, Place>>;
}

/** The records of answers, by their names. */
export interface Records {
  readonly About: schema.About;
  readonly AcceptedRun: schema.AcceptedRun;
  readonly AccumulationRecord: schema.AccumulationRecord;
  readonly ArgumentRecord: schema.ArgumentRecord;
  readonly ArrayLayout: schema.ArrayLayout;
  readonly ArrayRecord: schema.ArrayRecord;
  readonly BackwardFormula: schema.BackwardFormula;
  readonly BackwardRecord: schema.BackwardRecord;
  readonly BatchAnswer: schema.BatchAnswer;
  readonly BatchResponse: schema.BatchResponse;
  readonly BindingRecord: schema.BindingRecord;
  readonly BroadcastRecord: schema.BroadcastRecord;
  readonly CardRow: schema.CardRow;
  readonly CardsBlock: schema.CardsBlock;
  readonly CellBlock: schema.CellBlock;
  readonly CellError: schema.CellError;
  readonly CellEvent: schema.CellEvent;
  readonly CellResponse: schema.CellResponse;
  readonly ChainDerivative: schema.ChainDerivative;
  readonly ChainPath: schema.ChainPath;
  readonly ChainStep: schema.ChainStep;
  readonly ChangeRecord: schema.ChangeRecord;
  readonly ClosedFormLines: schema.ClosedFormLines;
  readonly Corners: schema.Corners;
  readonly DeferredValues: schema.DeferredValues;
  readonly Derivation: schema.Derivation;
  readonly DerivationResponse: schema.DerivationResponse;
  readonly DifferenceCheck: schema.DifferenceCheck;
  readonly Dimension: schema.Dimension;
  readonly Display: schema.Display;
  readonly DisplayEvent: schema.DisplayEvent;
  readonly DrawnGraph: schema.DrawnGraph;
  readonly Edge: schema.Edge;
  readonly Embedding: schema.Embedding;
  readonly Environment: schema.Environment;
  readonly ExerciseBlock: schema.ExerciseBlock;
  readonly ExplainedInput: schema.ExplainedInput;
  readonly Explanation: schema.Explanation;
  readonly Fix: schema.Fix;
  readonly Fold: schema.Fold;
  readonly FullValues: schema.FullValues;
  readonly FunctionRun: schema.FunctionRun;
  readonly Gate: schema.Gate;
  readonly GateMiss: schema.GateMiss;
  readonly GateOption: schema.GateOption;
  readonly GlossaryResponse: schema.GlossaryResponse;
  readonly GradientChangeRecord: schema.GradientChangeRecord;
  readonly Group: schema.Group;
  readonly Health: schema.Health;
  readonly HeldRecord: schema.HeldRecord;
  readonly HiddenRecord: schema.HiddenRecord;
  readonly HolderRecord: schema.HolderRecord;
  readonly HookRecord: schema.HookRecord;
  readonly InnerOperation: schema.InnerOperation;
  readonly InnerTensor: schema.InnerTensor;
  readonly InputFormula: schema.InputFormula;
  readonly Isolation: schema.Isolation;
  readonly LayerHeld: schema.LayerHeld;
  readonly Layout: schema.Layout;
  readonly LeafGradient: schema.LeafGradient;
  readonly Lens: schema.Lens;
  readonly LensResponse: schema.LensResponse;
  readonly LessonLink: schema.LessonLink;
  readonly LessonResponse: schema.LessonResponse;
  readonly LessonSummary: schema.LessonSummary;
  readonly LessonsResponse: schema.LessonsResponse;
  readonly Line: schema.Line;
  readonly MemoryRecord: schema.MemoryRecord;
  readonly ModuleRecord: schema.ModuleRecord;
  readonly NameRecord: schema.NameRecord;
  readonly NamesRecord: schema.NamesRecord;
  readonly NamesResponse: schema.NamesResponse;
  readonly Node: schema.Node;
  readonly OpaqueValues: schema.OpaqueValues;
  readonly Opening: schema.Opening;
  readonly OpeningResponse: schema.OpeningResponse;
  readonly OperationRecord: schema.OperationRecord;
  readonly OutputEvent: schema.OutputEvent;
  readonly OutputRecord: schema.OutputRecord;
  readonly ParsonsBlock: schema.ParsonsBlock;
  readonly ParsonsLine: schema.ParsonsLine;
  readonly Part: schema.Part;
  readonly ProblemDetails: schema.ProblemDetails;
  readonly ProseBlock: schema.ProseBlock;
  readonly QueuedEvent: schema.QueuedEvent;
  readonly RangeRecord: schema.RangeRecord;
  readonly RepeatedValues: schema.RepeatedValues;
  readonly ResultRecord: schema.ResultRecord;
  readonly ReturnedRecord: schema.ReturnedRecord;
  readonly RoleRecord: schema.RoleRecord;
  readonly RootRecord: schema.RootRecord;
  readonly RunResponse: schema.RunResponse;
  readonly RunTiming: schema.RunTiming;
  readonly Section: schema.Section;
  readonly SeriesRecord: schema.SeriesRecord;
  readonly Slot: schema.Slot;
  readonly Span: schema.Span;
  readonly Step: schema.Step;
  readonly StorageRecord: schema.StorageRecord;
  readonly StoredSnippet: schema.StoredSnippet;
  readonly SummaryValues: schema.SummaryValues;
  readonly TensorRecord: schema.TensorRecord;
  readonly TensorWindow: schema.TensorWindow;
  readonly Term: schema.Term;
  readonly TruncationRecord: schema.TruncationRecord;
  readonly ValuesResponse: schema.ValuesResponse;
  readonly VariableRecord: schema.VariableRecord;
  readonly VersionRecord: schema.VersionRecord;
  readonly WindowResponse: schema.WindowResponse;
  readonly WriteRecord: schema.WriteRecord;
  readonly WrongSolution: schema.WrongSolution;
}

/** What to fill in, by record. */
export const FORMS: Readonly<Record<string, Form>> = {
  AccumulationRecord: {"defaults":{"tensor":null,"before":null,"added":null,"after":null},"within":{}},
  ArrayRecord: {"defaults":{"history":[]},"within":{"values":{"kinds":{"full":"FullValues","summary":"SummaryValues"}},"history":{"list":"VersionRecord"}}},
  BackwardRecord: {"defaults":{"returned":[],"within":null,"failed":false,"size":0,"unrecorded":0,"like":null},"within":{"gradients":{"list":{"kinds":{"full":"FullValues","summary":"SummaryValues"}}},"runs":{"list":"FunctionRun"}}},
  BatchAnswer: {"defaults":{},"within":{"run":"RunResponse"}},
  BatchResponse: {"defaults":{},"within":{"answers":{"list":"BatchAnswer"}}},
  BindingRecord: {"defaults":{"text":null,"value":null},"within":{}},
  ChainDerivative: {"defaults":{},"within":{"values":{"kinds":{"full":"FullValues","summary":"SummaryValues"}}}},
  ChainPath: {"defaults":{},"within":{"product":{"kinds":{"full":"FullValues","summary":"SummaryValues"}}}},
  ChainStep: {"defaults":{},"within":{"gradients":{"list":{"kinds":{"full":"FullValues","summary":"SummaryValues"}}},"derivatives":{"list":"ChainDerivative"}}},
  ChangeRecord: {"defaults":{"version":0},"within":{}},
  Derivation: {"defaults":{},"within":{"steps":{"list":"ChainStep"},"leaves":{"list":"LeafGradient"}}},
  DerivationResponse: {"defaults":{},"within":{"derivation":"Derivation"}},
  DifferenceCheck: {"defaults":{},"within":{"values":{"kinds":{"full":"FullValues","summary":"SummaryValues"}}}},
  DrawnGraph: {"defaults":{},"within":{"nodes":{"list":"Node"},"edges":{"list":"Edge"},"groups":{"list":"Group"},"folded":{"list":"Fold"}}},
  Edge: {"defaults":{"tensor":null,"gradient":null,"count":1},"within":{"gradient":{"kinds":{"full":"FullValues","summary":"SummaryValues"}}}},
  Embedding: {"defaults":{"thumbnail_url":null,"thumbnail_width":null,"thumbnail_height":null},"within":{}},
  Fold: {"defaults":{"pattern":[],"type":null,"parts":[],"features":null,"operations":[]},"within":{"parts":{"list":"Part"}}},
  FullValues: {"defaults":{"single":false},"within":{}},
  FunctionRun: {"defaults":{"tensor":null,"operation":null,"next":[],"arrived":[],"sent":[],"hooks":[],"accumulation":null,"frees":false,"made":[],"completed":true},"within":{"hooks":{"list":"HookRecord"},"accumulation":"AccumulationRecord"}},
  GradientChangeRecord: {"defaults":{},"within":{"values":{"kinds":{"full":"FullValues","summary":"SummaryValues"}}}},
  Group: {"defaults":{"type":null,"call":null,"parent":null,"round":1,"rounds":1},"within":{}},
  HookRecord: {"defaults":{"raised":false},"within":{}},
  InnerTensor: {"defaults":{},"within":{"values":{"kinds":{"full":"FullValues","summary":"SummaryValues"}}}},
  Layout: {"defaults":{"offset":0,"nbytes":null},"within":{}},
  LeafGradient: {"defaults":{},"within":{"paths":{"list":"ChainPath"},"total":{"kinds":{"full":"FullValues","summary":"SummaryValues"}},"autograd":{"kinds":{"full":"FullValues","summary":"SummaryValues"}},"finite_differences":"DifferenceCheck"}},
  MemoryRecord: {"defaults":{"of":null},"within":{}},
  Node: {"defaults":{"tensor":null,"names":[],"shape":null,"dtype":null,"function":null,"expression":null,"span":null,"order":null,"value":null,"grad":null,"grad_kept":false,"count":1,"operation":null,"call":null,"within":null,"arguments":[],"group":null},"within":{"value":{"kinds":{"full":"FullValues","summary":"SummaryValues"}},"grad":{"kinds":{"full":"FullValues","summary":"SummaryValues"}}}},
  Opening: {"defaults":{},"within":{"tensors":{"list":"InnerTensor"}}},
  OpeningResponse: {"defaults":{},"within":{"opening":"Opening"}},
  OperationRecord: {"defaults":{"span":null,"expression":null,"inputs":[],"outputs":[],"arguments":[],"writes":[],"memory":[],"broadcast":[],"input_shapes":[],"output_shapes":[],"parent":null,"module":null,"recorded":null,"like":null},"within":{"memory":{"list":"MemoryRecord"}}},
  Part: {"defaults":{"shape":null},"within":{}},
  RoleRecord: {"defaults":{"requires_grad":false,"is_leaf":false,"grad_fn":null,"is_parameter":false},"within":{}},
  RunResponse: {"defaults":{},"within":{"tensors":{"list":"TensorRecord"},"storages":{"list":"StorageRecord"},"arrays":{"list":"ArrayRecord"},"steps":{"list":"Step"},"operations":{"list":"OperationRecord"},"graphs":{"list":"DrawnGraph"},"backwards":{"list":"BackwardRecord"},"series":{"list":"SeriesRecord"},"repeated":{"list":{"kinds":{"full":"FullValues","summary":"SummaryValues"}}}}},
  SeriesRecord: {"defaults":{"steps":[],"span":null,"function":"","tensor":null,"ended":false},"within":{}},
  Step: {"defaults":{"span":null,"ref":null,"scope":"","frame":0,"bound":[],"unbound":[],"changed":[],"name":"","expression":null,"inputs":[],"outputs":[]},"within":{"bound":{"list":"BindingRecord"},"changed":{"list":"ChangeRecord"}}},
  StorageRecord: {"defaults":{"members":[],"ranges":[]},"within":{}},
  SummaryValues: {"defaults":{"single":false},"within":{}},
  TensorRecord: {"defaults":{"version":0,"view_of":null,"grad":null,"history":[],"grad_changes":[],"paths":[]},"within":{"layout":"Layout","roles":{"list":"RoleRecord"},"values":{"kinds":{"full":"FullValues","summary":"SummaryValues"}},"grad":{"kinds":{"full":"FullValues","summary":"SummaryValues"}},"history":{"list":"VersionRecord"},"grad_changes":{"list":"GradientChangeRecord"}}},
  ValuesResponse: {"defaults":{},"within":{"values":{"list":{"kinds":{"full":"FullValues","summary":"SummaryValues"}}}}},
  VersionRecord: {"defaults":{"version":0,"values":null,"layout":null},"within":{"values":{"kinds":{"full":"FullValues","summary":"SummaryValues"}},"layout":"Layout"}},
};
