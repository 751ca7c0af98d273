"""What a gate is: as it stands in a program, and as an answer has it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from msgspec import Struct

from tensorpad.protocol.records import Count, LineNumber
from tensorpad.texts.catalogue import GateProblem

GateKind = Literal["shape", "dtype", "value", "grad", "shares", "raises", "which"]


class GateOption(Struct, frozen=True):
    """One of the answers that a `which` offers."""

    text: str
    """The answer."""
    right: bool
    """Whether it is right."""
    because: str
    """What is said to who picks it."""


class GateMiss(Struct, frozen=True):
    """A wrong answer that people give."""

    answer: str
    """The answer."""
    because: str
    """What is wrong with it."""


class Gate(Struct, frozen=True):
    """A question in a comment of the program, with the answer that the run gave.

    It is asked after the step `step`, before what comes then is shown. `answer` is a text: `(2, 3)`, `torch.float32`, `0.5`,
    `True`, of `raises` the type of the error or `no error`, and of `which` the text of the right option. `problem` says in
    a sentence why there is no answer.
    """

    cell: Count
    """The cell, from 0."""
    line: LineNumber
    """The line of the comment, from 1."""
    kind: GateKind | None
    """What is asked for; null if the comment cannot be read."""
    target: str
    """What is asked about: a name, an expression, two names, or the question itself."""
    step: Count | None
    """The step after which it is asked; null if it is before the first, or is not reached."""
    answer: str | None
    """The answer; null if there is none."""
    options: tuple[GateOption, ...]
    """The answers that a `which` offers."""
    misses: tuple[GateMiss, ...]
    """Wrong answers that people give."""
    because: str
    """Why the answer is what it is."""
    problem: str | None = None
    """Why there is no answer; null if there is one."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a gate cannot be asked: a key of the texts, what fills its placeholders, and the line."""

    line: int
    key: GateProblem
    values: Mapping[str, object] = field(default_factory=dict[str, object])


@dataclass(frozen=True, slots=True)
class Proof:
    """The expression that proves the right option of a `which`, and its line."""

    line: int
    expression: str


@dataclass(frozen=True, slots=True)
class WrittenGate:
    """A gate as it stands in a cell. `column` is its indentation; `lines` are those of all its comments."""

    line: int
    column: int
    kind: GateKind | None
    target: str
    options: tuple[GateOption, ...] = ()
    misses: tuple[GateMiss, ...] = ()
    because: str = ""
    proof: Proof | None = None
    lines: tuple[int, ...] = ()
    faults: tuple[Fault, ...] = ()
