"""Reads the gates of a cell. What is wrong with one is kept beside it, so that the others still stand."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import get_args

from tensorpad.gates.blocks import Blocks, Comment
from tensorpad.gates.gate import Fault, GateKind, GateMiss, GateOption, Proof, WrittenGate

MARK = "#?"
KINDS: tuple[GateKind, ...] = get_args(GateKind)
_MOST = 200
"""Gates of one cell that are read."""
_TARGETS = {"shape": 1, "dtype": 1, "value": 1, "grad": 1, "shares": 2, "raises": 0}
"""How many things each kind asks about."""
_CJK = re.compile(r"[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")
_MORE = re.compile(r"(?:[~=]|if\b|because\b)")


@dataclass(slots=True)
class _Entry:
    """A line of a gate with those that continue it."""

    comment: Comment
    text: str
    lines: list[int] = field(default_factory=list[int])


def gates_of(source: str, blocks: Blocks | None = None) -> list[WrittenGate]:
    """The gates of a cell, in order."""
    if MARK not in source:
        return []
    comments = [comment for comment in (blocks or Blocks(source)).comments if comment.text.startswith(MARK)]
    gates: list[WrittenGate] = []
    open_since: int | None = None
    for entry in _entries(comments):
        if not entry.comment.alone:
            gates.append(_faulty(entry, "beside_code"))
            continue
        follows = bool(gates) and open_since is not None and entry.comment.line == open_since + 1
        if _MORE.match(entry.text):
            if follows:
                gates[-1] = _with(gates[-1], entry)
            else:
                gates.append(_faulty(entry, "no_question"))
        else:
            gates.append(_begun(entry))
        open_since = entry.lines[-1]
    return [_checked(gate) for gate in gates[:_MOST]]


def _entries(comments: list[Comment]) -> Iterator[_Entry]:
    waiting: _Entry | None = None
    for comment in comments:
        text = comment.text[len(MARK) :].strip()
        continues = waiting is not None and comment.alone and comment.line == waiting.lines[-1] + 1
        if waiting is not None and not continues:
            yield waiting
            waiting = None
        goes_on = text.endswith("\\")
        text = text[:-1].rstrip() if goes_on else text
        if waiting is None:
            waiting = _Entry(comment, text, [comment.line])
        else:
            waiting.text = _joined(waiting.text, text)
            waiting.lines.append(comment.line)
        if not goes_on:
            yield waiting
            waiting = None
    if waiting is not None:
        yield waiting


def _joined(first: str, second: str) -> str:
    """Two lines of a text; Chinese has no space where a line ends."""
    return first + ("" if _CJK.match(first[-1:]) or _CJK.match(second[:1]) else " ") + second


def _begun(entry: _Entry) -> WrittenGate:
    word, _, rest = entry.text.partition(" ")
    comment = entry.comment
    kind: GateKind | None = next((kind for kind in KINDS if kind == word), None)
    target = rest.strip()
    faults: tuple[Fault, ...] = ()
    if kind is None:
        faults = (Fault(comment.line, "kind", {"word": word or MARK, "kinds": ", ".join(KINDS)}),)
    elif kind == "which":
        faults = () if target else (Fault(comment.line, "no_text"),)
    elif (kind == "value" and not target) or (kind != "value" and len(target.split()) != _TARGETS[kind]):
        faults = (Fault(comment.line, "targets", {"kind": kind, "count": _TARGETS[kind]}),)
    return WrittenGate(comment.line, comment.column, kind, target, lines=tuple(entry.lines), faults=faults)


def _with(gate: WrittenGate, entry: _Entry) -> WrittenGate:
    """The gate with another of its lines."""
    line = entry.comment.line
    gate = replace(gate, lines=(*gate.lines, *entry.lines))
    head, rest = (
        (entry.text[0], entry.text[1:])
        if entry.text[0] in "~="
        else entry.text.split(" ", 1) + [""] * (" " not in entry.text)
    )
    rest = rest.strip()
    if head == "because":
        return replace(gate, because=rest)
    if head == "if":
        if gate.kind != "which":
            return _also(gate, Fault(line, "proof", {"kind": gate.kind or MARK}))
        return replace(gate, proof=Proof(line, rest)) if rest else _also(gate, Fault(line, "no_text"))
    answer, _, because = (part.strip() for part in rest.partition(" -- "))
    if not answer:
        return _also(gate, Fault(line, "no_text"))
    if gate.kind == "which":
        return replace(gate, options=(*gate.options, GateOption(answer, head == "=", because)))
    if head == "=":
        return _also(gate, Fault(line, "typed", {"kind": gate.kind or MARK}))
    return replace(gate, misses=(*gate.misses, GateMiss(answer, because)))


def _checked(gate: WrittenGate) -> WrittenGate:
    if gate.kind != "which":
        return gate
    right = sum(option.right for option in gate.options)
    texts = [option.text for option in gate.options]
    if right != 1:
        return _also(gate, Fault(gate.line, "right_options", {"count": right}))
    if len(texts) < 2:
        return _also(gate, Fault(gate.line, "few_options"))
    return _also(gate, Fault(gate.line, "same_options")) if len(set(texts)) < len(texts) else gate


def _faulty(entry: _Entry, key: str) -> WrittenGate:
    comment = entry.comment
    fault = Fault(comment.line, "beside_code" if key == "beside_code" else "no_question")
    return WrittenGate(comment.line, comment.column, None, entry.text, lines=tuple(entry.lines), faults=(fault,))


def _also(gate: WrittenGate, fault: Fault) -> WrittenGate:
    return replace(gate, faults=(*gate.faults, fault))
