"""What each language provides. Texts are templates of `str.format`; tests check that both languages have the same keys."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from tensorpad.protocol.derivations import NoDerivation, NoDifferences
from tensorpad.protocol.lenses import NoLens
from tensorpad.protocol.openings import NoOpening
from tensorpad.protocol.outcomes import CrashCause
from tensorpad.protocol.windows import NoWindow

Lang = Literal["en", "zh-CN"]

Agreement = Literal["same", "close", "hooked", "other"]
"""How a derivation compares with the gradient that autograd computed."""
LensText = Literal["head", "one", "alone", "derivative", "value", "index", "more", "incomplete"]
EndingText = Literal["timeout", "timeout_traced", "out_of_memory", "output", "report", "crashed", "unended_cell"]
DisplayText = Literal["too_many", "too_slow"]
CommandText = Literal[
    "loading", "connecting", "queued", "next", "running", "recording", "line", "cell_line", "place", "fix", "notice"
]
NoGraphText = Literal["id", "none", "root", "part"]
UndrawnText = Literal["graph", "late"]
PlaceText = Literal["cell", "line", "alone"]
LearningText = Literal["title", "course", "lesson"]
HandoutText = Literal[
    "contents",
    "program",
    "run",
    "goes_on",
    "exercise",
    "unchecked",
    "check",
    "solution",
    "mistakes",
    "lines",
    "pool",
    "own",
    "up",
    "compare",
    "same",
    "other",
]
GateProblem = Literal[
    "at_line",
    "kind",
    "targets",
    "no_text",
    "no_question",
    "beside_code",
    "typed",
    "proof",
    "right_options",
    "few_options",
    "same_options",
    "first",
    "not_reached",
    "expression",
    "name",
    "type",
    "array",
    "unknown",
    "index",
    "tensor",
    "storage",
    "values",
    "long",
]


@dataclass(frozen=True, slots=True)
class Message:
    """The words of an explanation: a title, and a text of a few sentences.

    Inline code is between backticks. `{figure}` is filled with a figure on lines of its own.
    """

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class Inquiries:
    """Answers to inquiries, and reasons why there is none."""

    no_derivation: Mapping[NoDerivation, str]
    checked: Mapping[Agreement, str]
    differences: Mapping[Literal["agree", "disagree", "changed"], str]
    no_differences: Mapping[NoDifferences, str]
    no_lens: Mapping[NoLens, str]
    lens: Mapping[LensText, str]
    no_opening: Mapping[NoOpening, str]
    opening: Mapping[Literal["steps", "rounded", "incomplete"], str]
    no_window: Mapping[NoWindow, str]


@dataclass(frozen=True, slots=True)
class PictureWords:
    """The few words that a picture of a graph shows, or says to a screen reader."""

    leaf: str
    parameter: str
    constant: str
    repeated: str
    rounds: str
    round: str
    module: str
    inputs: str
    steps: str
    folded: str
    operation: str
    result: str
    value: str
    gradient: str
    passing: str
    scalar: str
    elided: str
    title: str
    summary: str
    node: str
    from_inputs: str
    more: str
    hurried: str


@dataclass(frozen=True, slots=True)
class SynopsisWords:
    """What a program does, as told where it is linked: titles, and the parts of a sentence.

    `makes` to `shows` are verbs with what they concern. A sentence lists them, the last one after `last_act` (of two:
    after `two_acts`), and each the code that it concerns, the last one after `last_item`. `cut_items` is a list of which
    only the beginning and the end are told. `playground_title` and `playground` are about the page that shows whatever its
    reader types.
    """

    playground_title: str
    playground: str

    gradient_title: str
    training_title: str
    training_by_hand_title: str
    drawing_title: str
    fault_title: str
    plain_title: str
    empty_title: str
    empty: str
    makes: str
    builds: str
    defines: str
    computes: str
    changes: str
    differentiates: str
    trains: str
    rounds: str
    optimiser: str
    by_hand: str
    repeats: str
    repeats_times: str
    draws: str
    shows: str
    made: str
    made_of: str
    detail_joint: str
    scalar: str
    elements: str
    element: str
    requires_grad: str
    parameter: str
    module: str
    autograd_function: str
    function: str
    klass: str
    item_joint: str
    last_item: str
    cut_items: str
    act_joint: str
    two_acts: str
    last_act: str
    stop: str
    fault: str
    fault_in_cell: str
    lines: str
    line: str


@dataclass(frozen=True, slots=True)
class TallyWords:
    """The report of which gates are missed: its page, and what the command line prints."""

    title: str
    intro: str
    few: str
    answer: str
    count: str
    share: str
    missed: str
    place: str
    asks: Mapping[str, str]
    """What is asked, by the kind of gate, as the page asks it."""
    right: str
    other: str
    total: str
    outdated: str
    nothing: str
    kept: str


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All texts of one language.

    `messages` has one for each explanation rule, `fixes` the description of each kind of edit, `phrases` what fills their
    placeholders. `endings` says how a run ended, with `crashes` for its cause; `displays` why a display has no picture,
    `no_graph` why there is none to draw, and `undrawn` why one was not drawn. `headings` has one for each kind of problem
    that a picture may tell, `places` where a program failed. `commands` is what the command line says of a run, `synopsis`
    tells what a program does, `gates` why a gate of one has no answer, `tallies` how often gates were missed, `learning`
    what the pages of the course are, `handout` is on pages of exported lessons, `needs_script` what a page says of itself
    without scripts. `joint` goes between the members of a list, `gap` between two sentences.
    """

    messages: Mapping[str, Message]
    fixes: Mapping[str, str]
    phrases: Mapping[str, str]
    inquiries: Inquiries
    endings: Mapping[EndingText, str]
    crashes: Mapping[CrashCause, str]
    displays: Mapping[DisplayText, str]
    commands: Mapping[CommandText, str]
    picture: PictureWords
    no_graph: Mapping[NoGraphText, str]
    undrawn: Mapping[UndrawnText, str]
    headings: Mapping[str, str]
    places: Mapping[PlaceText, str]
    synopsis: SynopsisWords
    gates: Mapping[GateProblem, str]
    tallies: TallyWords
    learning: Mapping[LearningText, str]
    handout: Mapping[HandoutText, str]
    needs_script: str
    joint: str
    gap: str
