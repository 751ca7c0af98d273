"""Programs that ran, and end with NaN or infinity that an operation made out of finite numbers.

A mask of `-inf` is a wish, and so is every infinity that the program wrote down itself. What is infinite on the way only is
no surprise either: `exp` makes 0 of minus infinity, and `where` may choose the other value.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.evidence.reasons import forward_reason
from tensorpad.explain.program.moments import Odd, elements, index_of, is_known, number, written
from tensorpad.explain.program.sources import Token, spanning
from tensorpad.explain.words.figures import code
from tensorpad.explain.words.findings import Edit, Finding, Phrase, Value
from tensorpad.protocol.records import FullValues, Id, SummaryValues, Values
from tensorpad.protocol.steps import OperationRecord

_UNWRITTEN = frozenset({"empty", "empty_like", "new_empty", "empty_strided", "empty_permuted", "resize_", "resize_as_"})
_CHECKS = frozenset(
    {"isnan", "isinf", "isfinite", "isneginf", "isposinf", "isreal", "nan_to_num", "nan_to_num_", "allclose"}
)
"""Who calls these knows of the numbers that are not finite."""
_WISH = re.compile(r"\b(?:inf|nan)\b")
_QUOTIENTS = frozenset({"div", "div_", "true_divide", "__truediv__", "__itruediv__"})
"""Divisions whose second operand may be a plain number."""
_ZERO = re.compile(r"-?0(?:\.0*)?")
_SOFTMAX = frozenset({"softmax", "log_softmax", "softmin", "softmax_"})


@dataclass(eq=False)
class _Birth:
    """An operation that made a number that is not finite."""

    operation: OperationRecord
    tensor: Id
    kind: Odd
    of_wish: bool
    """Whether it was made of an infinity that the program wrote down itself."""
    ends: Id | None = None
    """A tensor that has the number in the end, and that nothing else was computed from."""
    known: bool = False
    """Whether the program asked for such numbers."""


def not_finite(facts: Facts) -> Iterator[Finding]:
    """The first operation that made a NaN or an infinity with which the program ends."""
    birth = next((birth for birth in _births(facts) if birth.ends is not None and not birth.known), None)
    if birth is None:
        return
    masked = _masked_out(facts, birth) if birth.of_wish else None
    if masked is not None:
        yield masked
        return
    operation = birth.operation
    values: dict[str, Value] = {
        "code": facts.source(operation),
        "value": Phrase(birth.kind, {}),
        "place": _place(facts, birth),
        "reason": forward_reason(
            operation, birth.kind, facts.tensors[birth.tensor].layout.dtype, _may_divide_by_zero(facts, operation)
        ),
        "end": _end(facts, birth),
    }
    yield Finding("not_finite", values, (*operation.outputs, *operation.inputs), (), operation.span)


_Origin = _Birth | Literal["wish", "outside"]
"""A number that is not finite was made by an operation, was written down by the program, or is from elsewhere."""


class _Spread:
    """Where the NaN or infinity of each tensor comes from, while the operations are gone through in order."""

    def __init__(self, facts: Facts) -> None:
        self._moments = facts.moments
        self.births: list[_Birth] = []
        self.origin: dict[Id, _Origin] = {}
        self.used: set[Id] = set()

    def follow(self, operation: OperationRecord) -> None:
        """Go on to the next operation."""
        function = operation.name.rpartition(".")[2]
        bad: dict[Id, _Origin] = {
            tensor: self.origin.get(tensor, "outside") for tensor in operation.inputs if self._found(operation, tensor)
        }
        births = [origin for origin in bad.values() if isinstance(origin, _Birth)]
        for birth in births if function in _CHECKS else ():
            birth.known = True
        if operation.outputs:
            self.used.update(bad)
        for tensor in operation.outputs:
            kind = self._moments.odd_after(operation, tensor)
            self.used.discard(tensor)
            self.origin.pop(tensor, None)
            if kind is not None and function not in _UNWRITTEN:
                self.origin[tensor] = births[0] if births else self._origin(operation, tensor, kind, bad)

    def _origin(self, operation: OperationRecord, tensor: Id, kind: Odd, bad: dict[Id, _Origin]) -> _Origin:
        """Where a number comes from that is from no earlier birth."""
        if "outside" in bad.values():
            return "outside"
        if bad and (kind == "infinity" or "nan" in [self._found(operation, item) for item in bad]):
            return "wish"
        if not bad and _is_wish(operation):
            return "wish"
        if not all(is_known(self._moments.before(operation, item)) for item in operation.inputs):
            return "outside"
        birth = _Birth(operation, tensor, kind, bool(bad))
        self.births.append(birth)
        return birth

    def _found(self, operation: OperationRecord, tensor: Id) -> Odd | None:
        return self._moments.odd_before(operation, tensor)


def _births(facts: Facts) -> list[_Birth]:
    """The births in order, each with a tensor that it is still in at the end."""
    spread = _Spread(facts)
    callers = {operation.parent for operation in facts.trace.operations}
    for operation in facts.trace.operations:
        if operation.id not in callers:
            spread.follow(operation)
    for tensor, birth in spread.origin.items():
        if not isinstance(birth, _Birth) or tensor in spread.used:
            continue
        if birth.ends is None or facts.name(tensor) is not None:
            birth.ends = tensor
    return spread.births


def _is_wish(operation: OperationRecord) -> bool:
    """Whether the program wrote the number down itself: what has no inputs, or an infinity among its arguments."""
    return not operation.inputs or any(_WISH.search(argument.text) for argument in operation.arguments)


def _may_divide_by_zero(facts: Facts, operation: OperationRecord) -> bool:
    """Whether there may be a zero among the numbers that an operation divides by, if it is a division."""
    divisors = operation.inputs[-1:]
    if operation.name.rpartition(".")[2] in _QUOTIENTS and len(operation.inputs) == 1:
        if operation.arguments and _ZERO.fullmatch(operation.arguments[-1].text) is None:
            return False
        divisors = ()
    values = [facts.moments.before(operation, divisor) for divisor in divisors]
    return not all(_has_no_zero(value) for value in values) if values else True


def _has_no_zero(values: Values | None) -> bool:
    match values:
        case FullValues(data=data):
            return all(data)
        case SummaryValues(zeros=zeros):
            return not zeros
        case _:
            return False


def _place(facts: Facts, birth: _Birth) -> Value:
    """At which element it is, and which number that came from."""
    values = facts.moments.after(birth.operation, birth.tensor)
    data = elements(values)
    if data is None or not isinstance(values, FullValues) or not values.shape:
        return ""
    # No number equals itself less itself if it is infinite or NaN.
    place = next((place for place, item in enumerate(data) if item - item != 0), None)
    if place is None:
        return ""
    index = code(written(index_of(place, values.shape)))
    if len(birth.operation.inputs) == 1:
        source = facts.moments.before(birth.operation, birth.operation.inputs[0])
        numbers = elements(source)
        if numbers is not None and isinstance(source, FullValues) and source.shape == values.shape:
            name = facts.label(birth.operation.inputs[0], 1)
            return Phrase("at_input", {"index": index, "name": name, "number": number(numbers[place])})
    return Phrase("at_element", {"index": index})


def _end(facts: Facts, birth: _Birth) -> Value:
    """Which result has it, if that is another one."""
    if birth.ends == birth.tensor or facts.name(birth.ends) is None:
        return ""
    return Phrase("still_in", {"name": facts.label(birth.ends, 1)})


def _masked_out(facts: Facts, birth: _Birth) -> Finding | None:
    """`softmax` of a row that has minus infinity everywhere."""
    operation = birth.operation
    if operation.name.rpartition(".")[2] not in _SOFTMAX or not operation.inputs:
        return None
    values = facts.moments.before(operation, operation.inputs[0])
    data = elements(values)
    dim = _dim(operation)
    if (
        data is None
        or not isinstance(values, FullValues)
        or dim is None
        or not -len(values.shape) <= dim < len(values.shape)
    ):
        return None
    dim %= len(values.shape)
    open_rows: set[tuple[int, ...]] = set()
    rows: set[tuple[int, ...]] = set()
    for place, item in enumerate(data):
        index = index_of(place, values.shape)
        row = (*index[:dim], *index[dim + 1 :])
        (rows if item == float("-inf") else open_rows).add(row)
    closed = sorted(rows - open_rows)
    if not closed:
        return None
    where = [(*row[:dim], ":", *row[dim:]) for row in closed]
    name = facts.label(operation.inputs[0], 1)
    return Finding(
        "masked_out",
        {
            "code": facts.source(operation),
            "name": name,
            "rows": tuple(code("[" + ", ".join(map(str, row)) + "]") for row in where[:4]),
            "count": len(closed),
            "end": _end(facts, birth),
        },
        (operation.inputs[0], birth.tensor),
        (),
        operation.span,
        _finite_mask(facts, operation.inputs[0]),
    )


def _dim(operation: OperationRecord) -> int | None:
    text = next((argument.text for argument in operation.arguments if argument.name == "dim"), None)
    if text is None:
        plain = [argument.text for argument in operation.arguments[1:2]]
        text = plain[0] if plain else None
    return int(text) if text is not None and re.fullmatch(r"-?\d{1,3}", text) else None


def _finite_mask(facts: Facts, masked: Id) -> Edit | None:
    """The smallest number instead of minus infinity, where that was written into the masked tensor."""
    maker = facts.makers.get(masked)
    if maker is None or not _is_wish(maker):
        return None
    tokens = facts.sources.tokens(maker.span)
    instead = f"torch.finfo({facts.tensors[masked].layout.dtype}).min"
    for start in range(len(tokens)):
        for spelling in _INFINITIES:
            found = tokens[start : start + len(spelling)]
            if _matches(found, spelling):
                span = spanning(found[0].span, found[-1].span)
                return Edit(span, instead, "finite_mask", {"code": code(instead)})
    return None


_INFINITIES = (
    ("float", "(", "-inf", ")"),
    ("-", "float", "(", "inf", ")"),
    *(("-", module, ".", "inf") for module in ("math", "torch", "np", "numpy")),
)


def _matches(tokens: list[Token], spelling: tuple[str, ...]) -> bool:
    return len(tokens) == len(spelling) and all(
        token.text.strip("\"'") == text for token, text in zip(tokens, spelling, strict=True)
    )


RULES = (not_finite,)
