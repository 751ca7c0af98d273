"""The names of enumerations and unions in the description, so that generated clients have types to call by them."""

from typing import Any, Final, get_args

from tensorpad.api import values
from tensorpad.api.decimals import NonFinite
from tensorpad.api.graphs.requests import ErrorForm, Switch
from tensorpad.api.problems import KINDS
from tensorpad.api.requests import DeviceChoice, TraceLevel
from tensorpad.api.runs.answer import CellStatus
from tensorpad.api.runs.parts import Include
from tensorpad.gates.gate import GateKind
from tensorpad.graph.model import FoldKind, GroupKind, NodeKind
from tensorpad.lessons.lesson import Stage
from tensorpad.protocol.backwards import HookKind, PassKind
from tensorpad.protocol.derivations import DerivativeKind, NoDerivation
from tensorpad.protocol.holders import CollectionType, HolderKind
from tensorpad.protocol.lenses import NoLens, Relation
from tensorpad.protocol.openings import NoOpening
from tensorpad.protocol.outcomes import RunStatus
from tensorpad.protocol.outputs import StreamName
from tensorpad.protocol.steps import MemoryKind, StepKind
from tensorpad.protocol.vocabulary import NameKind
from tensorpad.protocol.windows import Format, NoWindow
from tensorpad.render.looks import Direction
from tensorpad.render.themes import GraphStyle, Theme
from tensorpad.texts import Lang

_LITERALS: Final[dict[str, tuple[Any, str]]] = {
    "CellStatus": (CellStatus, "How a cell ended; `not_run` came after one that failed."),
    "CollectionType": (CollectionType, "The type of a plain collection of modules."),
    "DerivativeKind": (DerivativeKind, "The form of a local derivative."),
    "Device": (DeviceChoice, "A device for a program's tensors; `auto` is the best that the service has."),
    "ErrorForm": (ErrorForm, "The form of a fault; `auto` follows the Accept header."),
    "FoldKind": (FoldKind, "What a folded node stands for."),
    "GateKind": (GateKind, "What a gate asks for."),
    "GraphDirection": (Direction, "From top to bottom, or from left to right."),
    "GraphStyle": (GraphStyle, "Our cards, or the boxes that the torchviz package draws."),
    "GroupKind": (GroupKind, "What holds the nodes of a group together."),
    "HolderKind": (HolderKind, "What kind of variable holds tensors."),
    "HookKind": (HookKind, "How a hook was registered."),
    "Lang": (Lang, "A language of texts."),
    "MemoryKind": (MemoryKind, "Where an output's elements lie: in `new` memory, in the `same` tensor, in a `view`."),
    "NameKind": (NameKind, "What a name of torch stands for."),
    "NoDerivation": (NoDerivation, "Why there is no derivation."),
    "NoLens": (NoLens, "Why it is not known where an element came from."),
    "NoOpening": (NoOpening, "Why an operation is not opened."),
    "NoWindow": (NoWindow, "Why a part of a tensor cannot be shown."),
    "NodeKind": (NodeKind, "What a node of a graph is."),
    "NonFinite": (NonFinite, "A number that JSON does not have."),
    "NumberFormat": (Format, "How numbers are laid out in bytes, little-endian."),
    "PartName": (Include, "A part of the answer of a run, or a set of them: `minimal`, `standard` or `full`."),
    "PassKind": (PassKind, "Whether a backward pass accumulated in leaves, or gave its gradients back."),
    "Relation": (Relation, "Whether an element's value went into a result, or decided which value was taken."),
    "LessonStage": (Stage, "What one does in a section of a lesson."),
    "RunStatus": (RunStatus, "How a program ended."),
    "StepKind": (StepKind, "What a step of the timeline is."),
    "StreamName": (StreamName, "One of the two streams that a program prints to."),
    "Switch": (Switch, "Whether something is shown."),
    "Theme": (Theme, "Colours for a light or a dark page; `auto` follows the reader's system."),
    "TraceLevel": (TraceLevel, "Whether a run is recorded."),
}

SLUGS = "ProblemSlug"

ENUMERATIONS: Final[dict[str, dict[str, Any]]] = {
    **{
        name: {"type": "string", "enum": list(get_args(literal)), "description": text}
        for name, (literal, text) in _LITERALS.items()
    },
    SLUGS: {"type": "string", "enum": list(KINDS), "description": "The kinds of problems; a problem's `type` ends in one."},
}
"""The components of enumerations. Which of them an `enum` is, its values say: no two have the same."""

UNIONS: Final[dict[str, tuple[frozenset[str], str]]] = {
    "Values": (
        frozenset(kind.__name__ for kind in values.FORMS),
        "A tensor's elements: all of them, a summary, or the reason why they cannot be listed.",
    ),
    "SentValues": (
        frozenset(kind.__name__ for kind in (*values.FORMS, *values.ELSEWHERE)),
        "A tensor's elements, or where they are: in a chunk if the request defers values, else in `repeated` if the answer "
        "has them several times.",
    ),
}
"""The components of unions, by the records in them."""
