"""The last torch call that raised, recorded while its arguments are still as they were."""

from collections.abc import Iterator
from typing import Any

import torch
from msgspec.structs import replace

from tensorpad.protocol.failures import FailureRecord, OperandRecord
from tensorpad.protocol.records import Span
from tensorpad.protocol.steps import ArgumentRecord
from tensorpad.trace.base.paths import without_roots
from tensorpad.trace.base.texts import cut
from tensorpad.trace.memory.tensors import Tensors
from tensorpad.trace.memory.tracked import TrackedTensor

_NAME = 1_000
_MOST = 64
_PLAIN = frozenset(
    map(id, (bool, int, float, complex, str, type(None), slice, type(...), torch.Size, torch.dtype, torch.device))
)
"""Types by their identity: a type of the program's may have a hash of its own."""
_type: Any = type


class _Failure:
    """A record without the ids of its operands, which the report may not have room for."""

    __slots__ = ("error", "operands", "record")

    def __init__(self, error: int, record: FailureRecord, operands: list[tuple[TrackedTensor, OperandRecord]]) -> None:
        self.error = error
        self.record = record
        self.operands = operands


class Failures:
    """Keeps the last failure of a run.

    It keeps neither the exception nor a tensor: either would keep things alive that plain Python lets go. What is known of
    them is written down at once.
    """

    def __init__(self, tensors: Tensors) -> None:
        self._tensors = tensors
        self._last: _Failure | None = None

    def note(self, error: Exception, name: str, args: Any, kwargs: Any, span: Span | None) -> None:
        """Record that a call raised. Call it without function modes.

        An exception passes through every call around the one that raised it. The outermost call that the same piece of
        source made is the one that its author knows: `cross_entropy` and not what it is made of.
        """
        last = self._last
        if last is not None and last.error == id(error) and last.record.span != span:
            return  # it passes through a call that led to another piece of the program, such as its hooks
        message = _message(error)
        operands: list[tuple[TrackedTensor, OperandRecord]] = []
        arguments: list[ArgumentRecord] = []
        for position, value in _flat(args, kwargs):
            if issubclass(_type(value), torch.Tensor):
                if len(operands) < _MOST:
                    operands.append(self._operand(position, value))
            elif len(arguments) < _MOST:
                arguments.append(ArgumentRecord(position, _text(value)))
        kind = type(error)
        record = FailureRecord(
            cut(name, _NAME)[0],
            span,
            cut(kind.__name__, _NAME)[0],
            cut(without_roots(message), _NAME)[0],
            (),
            tuple(arguments),
        )
        self._last = _Failure(id(error), record, operands)

    def knows(self, error: Exception) -> bool:
        """Whether an exception is that of the last failure."""
        last = self._last
        if last is None or last.error != id(error) or last.record.type != _type(error).__name__:
            return False
        return last.record.message == cut(_message(error), _NAME)[0]

    @property
    def tensors(self) -> list[TrackedTensor]:
        """The tensors that the report must have for the failure to be explained."""
        return [] if self._last is None else [tracked for tracked, _ in self._last.operands]

    def record(self, known: set[str]) -> FailureRecord | None:
        """The last failure, with the ids of those operands that are `known` to the report."""
        if self._last is None:
            return None
        last = self._last.record
        operands = tuple(
            replace(
                operand,
                tensor=tracked.id if tracked.id in known else None,
                base=operand.base if operand.base in known else None,
            )
            for tracked, operand in self._last.operands
        )
        return replace(last, operands=operands)

    def _operand(self, position: str, tensor: Any) -> tuple[TrackedTensor, OperandRecord]:
        tracked = self._tensors.of(tensor)
        now = self._tensors.look(tensor, keep=False)
        return tracked, OperandRecord(
            argument=position,
            tensor=None,
            shape=now.shape,
            stride=now.stride,
            dtype=str(now.dtype),
            device=str(now.device),
            requires_grad=now.requires_grad,
            is_leaf=now.is_leaf,
            version=now.version,
            base=now.base,
        )


def _flat(args: Any, kwargs: Any) -> Iterator[tuple[str, Any]]:
    """Arguments with their positions or names; a list or tuple of tensors is one argument per member."""
    named: list[tuple[str, Any]] = [(str(index), value) for index, value in enumerate(args)]
    if kwargs:
        named.extend(kwargs.items())
    for position, value in named:
        items: list[Any] = list(value[:_MOST]) if _is_list(value) else []
        if any(issubclass(_type(item), torch.Tensor) for item in items):
            for index, item in enumerate(items):
                yield f"{position}[{index}]", item
        else:
            yield position, value


def _message(error: Exception) -> str:
    """The message, if it is plain text, so that no code of the program's runs here."""
    return error.args[0] if error.args and type(error.args[0]) is str else ""


def _text(value: Any) -> str:
    """A plain argument as its author would write it; of anything else, its type."""
    kind: Any = _type(value)
    if id(kind) in _PLAIN or (_is_list(value) and all(id(_type(item)) in _PLAIN for item in value[:_MOST])):
        return cut(repr(value[:200] if kind is str else value[:_MOST] if _is_list(value) else value), 200)[0]
    return cut(kind.__name__, 200)[0]


def _is_list(value: Any) -> bool:
    return _type(value) is list or _type(value) is tuple
