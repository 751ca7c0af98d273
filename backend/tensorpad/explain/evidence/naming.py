"""What the tensors of a finding are called: no two by the same name."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.words.figures import code
from tensorpad.explain.words.findings import Finding, Named, Phrase, Shapes, Value
from tensorpad.protocol.records import Id, Span
from tensorpad.protocol.steps import BindingRecord, OperationRecord, StepRecord

_EXPRESSION_CHARS: Final = 40
"""Longest expression that a tensor is called by; a longer one is cut."""

_Key = tuple[Id | None, int]
"""A tensor of a finding: its id, or where that is unknown, which operand it was."""


@dataclass(frozen=True, slots=True)
class _Given:
    """A name that a step gave to a tensor, in one call of a function of the program (`frame`), or in a cell (0)."""

    frame: int
    name: str
    span: Span | None


@dataclass(frozen=True, slots=True)
class _Name:
    """What one tensor is called, as long as no other is called so.

    `phrase` is the key of the words around `text` (empty: it stands alone), and `span` where the tensor got the name or was
    made.
    """

    phrase: str
    text: str
    function: str = ""
    span: Span | None = None

    @property
    def read(self) -> tuple[str, str, str]:
        """What is shown of the name. Two names that show the same cannot be told apart."""
        return self.phrase, self.text, self.function


class Names:
    """What the tensors of a program are called.

    In this order: by a name that the program had for it when it failed (in the function that failed, then elsewhere); by a
    name that it had before; as the gradient that a hook was given; by the module's call or the expression that made it.
    """

    def __init__(self, facts: Facts, failed: bool) -> None:
        """`failed` says that an error is explained: names are those that the program had then."""
        self.facts = facts
        self._failed = failed
        self._last: dict[tuple[int, str], Id | None] = {}
        """What each name stands for at the end."""
        self._given: dict[Id, list[_Given]] = {}
        self._gradients: set[Id] = set()
        """Those that functions of the program were given while a backward pass ran, and that no operation had made."""
        self._read_steps()

    def of(self, finding: Finding) -> dict[Named, Value]:
        """What each tensor in the sentences of a finding is called."""
        mentioned = list(dict.fromkeys(_mentioned((*finding.values.values(), *_fix_values(finding)))))
        names: dict[_Key, _Name] = {}
        for named in mentioned:
            names.setdefault(_key(named), self._name(named))
        alike: dict[tuple[str, str, str], list[_Key]] = {}
        for key, name in names.items():
            alike.setdefault(name.read, []).append(key)
        if any(len(keys) > 1 for (phrase, *_), keys in alike.items() if phrase == "operand"):
            unknown = [key for key, name in names.items() if name.phrase == "operand"]
            names.update((key, _Name("operand", str(number))) for number, key in enumerate(unknown, 1))
        words = {key: self._words(name) for key, name in names.items()}
        for (phrase, *_), keys in alike.items():
            if len(keys) > 1 and phrase != "operand":
                words.update(self._told_apart(keys, names))
        return {named: words[_key(named)] for named in mentioned}

    def _read_steps(self) -> None:
        passing: int | None = None  # the frame whose statement runs a backward pass
        for step in self.facts.trace.steps:
            if step.kind == "backward":
                passing = step.frame
            elif passing == step.frame and step.kind != "function" and not self._is_in_pass(step):
                passing = None
            for binding in step.bound:
                self._read(binding, step, passing is not None)
            self._last.update(((step.frame, name), None) for name in step.unbound)

    def _is_in_pass(self, step: StepRecord) -> bool:
        """Whether an operation's step is none of a pass itself: a hook without statements of its own called it."""
        operation = self.facts.by_id.get(step.ref or "") if step.kind == "operation" else None
        return operation is not None and operation not in self.facts.backwards

    def _read(self, binding: BindingRecord, step: StepRecord, passing: bool) -> None:
        self._last[step.frame, binding.name] = binding.value
        if binding.value is None:
            return
        self._given.setdefault(binding.value, []).append(_Given(step.frame, binding.name, step.span))
        if passing and step.kind == "call" and binding.value not in self.facts.makers:
            self._gradients.add(binding.value)

    @cached_property
    def _failing_frame(self) -> int:
        """The call of a function of the program's that failed; 0 if it was none."""
        return self.facts.trace.steps[-1].frame if self._failed and self.facts.trace.steps else 0

    def _name(self, named: Named) -> _Name:
        tensor = named.tensor
        record = self.facts.tensors.get(tensor or "")
        if tensor is None or record is None:
            return _Name("operand", str(named.position))
        given = self._given.get(tensor, [])
        current = [one for one in given if self._last.get((one.frame, one.name)) == tensor]
        local = [one for one in current if one.frame and one.frame == self._failing_frame]
        maker = self.facts.makers.get(tensor)
        if tensor in self._gradients:
            return _Name("incoming_gradient", given[-1].name, "", given[-1].span)
        if record.names and not local:
            name = record.names[0]
            span = next((one.span for one in reversed(given) if one.name == name), maker.span if maker else None)
            return _Name("", name, "", span)
        if given:
            one = (local or current or given)[-1]
            # A notice tells of an earlier time. The tensor had its name then.
            former = not current and self._failed
            return _Name("former" if former else "", one.name, "", one.span)
        return self._expression(tensor, maker) or self._gradient() or _Name("operand", str(named.position))

    def _expression(self, tensor: Id, maker: OperationRecord | None) -> _Name | None:
        """A tensor as the result of what made it."""
        if maker is None:
            return None
        if maker.parent is None:
            if not maker.expression:
                return None
            index = f"[{maker.outputs.index(tensor)}]" if len(maker.outputs) > 1 else ""
            return _Name("", maker.expression + index, "", maker.span)
        parent = self.facts.by_id[maker.parent]
        if maker.module is not None and maker.name == maker.module.type:
            return _Name("output_of", maker.module.path, "", maker.span)
        owner = maker.module.path if maker.module is not None else parent.name.rpartition(".")[2]
        return _Name("result_in", owner, maker.name.rpartition(".")[2], maker.span)

    def _gradient(self) -> _Name | None:
        """The gradient that a hook was given, if what failed in a backward pass is in the line of a hook without a name."""
        span = self.facts.span
        if not self._failed or self.facts.failed_pass is None or span is None:
            return None
        written = self.facts.sources.line(span.cell, span.line)
        return _Name("unnamed_gradient", "") if "lambda" in written and "hook" in written else None

    def _words(self, name: _Name) -> Value:
        text = code(name.text, _EXPRESSION_CHARS)
        match name.phrase:
            case "":
                return text
            case "operand":
                return Phrase("operand", {"position": name.text})
            case "unnamed_gradient":
                return Phrase("unnamed_gradient", {})
            case "output_of":
                return Phrase("output_of", {"code": text})
            case "result_in":
                return Phrase("result_in", {"function": code(name.function), "code": text})
            case "incoming_gradient":
                return Phrase("incoming_gradient", {"name": text})
            case _:
                return Phrase("former", {"name": text, "line": self.facts.line(name.span)})

    def _told_apart(self, keys: list[_Key], names: dict[_Key, _Name]) -> Iterator[tuple[_Key, Value]]:
        """Tensors that would be called the same: by the lines that made them, or by their age."""
        spans = {key: names[key].span for key in keys}
        places = {(span.cell, span.line) for span in spans.values() if span is not None}
        aged = sorted(keys, key=_age)
        former = names[keys[0]].phrase == "former"
        for number, key in enumerate(aged):
            text = code(names[key].text, _EXPRESSION_CHARS)
            if len(places) == len(keys):
                whole = text if former else self._words(names[key])
                yield key, Phrase("from_line", {"name": whole, "line": self.facts.line(spans[key])})
            elif len(keys) == 2 and names[key].phrase in ("", "former"):
                yield key, Phrase("later" if number else "earlier", {"name": text})
            else:
                yield key, Phrase("numbered", {"name": self._words(names[key]), "number": number + 1})


def _age(key: _Key) -> int:
    """Tensors are numbered in the order in which they were first seen."""
    return int(key[0][1:]) if key[0] is not None else 0


def _key(named: Named) -> _Key:
    return (named.tensor, 0) if named.tensor is not None else (None, named.position)


def _fix_values(finding: Finding) -> tuple[Value, ...]:
    return tuple(finding.fix.values.values()) if finding.fix is not None else ()


def _mentioned(values: tuple[Value, ...]) -> Iterator[Named]:
    """The tensors in the values of a sentence, in order."""
    for value in values:
        match value:
            case Named():
                yield value
            case Phrase(values=inner):
                yield from _mentioned(tuple(inner.values()))
            case Shapes(rows=rows):
                yield from (label for label, _ in rows if isinstance(label, Named))
            case tuple():
                yield from _mentioned(value)
            case _:
                pass
