"""Programs that ran, with `torch.Tensor(3)`, which takes sizes and not elements."""

import re
from collections.abc import Iterator

from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.program.moments import number
from tensorpad.explain.program.sources import Token, spanning
from tensorpad.explain.words.figures import code, shape
from tensorpad.explain.words.findings import Edit, Finding, Phrase, Value
from tensorpad.protocol.records import Span
from tensorpad.protocol.steps import OperationRecord

_CLASS = re.compile(r"(Half|BFloat16|Float|Double|Byte|Char|Short|Int|Long|Bool)?Tensor")
_DTYPES = {
    "Half": "float16",
    "BFloat16": "bfloat16",
    "Double": "float64",
    "Byte": "uint8",
    "Char": "int8",
    "Short": "int16",
    "Int": "int32",
    "Long": "int64",
    "Bool": "bool",
}
_PLAIN = frozenset(",+-*/%")


def constructor(facts: Facts) -> Iterator[Finding]:
    """A tensor class that is called with sizes, and gives memory that nobody has written."""
    made = {operation.span: operation for operation in facts.own_operations if operation.name.endswith("Tensor")}
    for cell in range(len(facts.sources.cells)):
        source = facts.sources.whole(cell)
        if "Tensor" not in facts.sources.text(source):
            continue  # reading tokens takes longer than all other rules together
        tokens = facts.sources.tokens(source)
        for place, token in enumerate(tokens):
            match = _CLASS.fullmatch(token.text)
            arguments = _arguments(tokens, place) if match else []
            if match is None or not arguments or _holds_elements(facts, arguments):
                continue
            end = place + len(arguments) + 2
            whole = spanning(tokens[place - 2].span, tokens[end].span)
            operation = made.get(whole)
            if _is_filled(facts, operation) or _fills(tokens, place - 2, end):
                continue
            sizes = operation.output_shapes[0] if operation is not None and operation.output_shapes else None
            yield _finding(facts, whole, arguments, _DTYPES.get(match[1] or ""), sizes)


def _is_filled(facts: Facts, operation: OperationRecord | None) -> bool:
    """Whether something was written into the memory later."""
    outputs = operation.outputs if operation is not None else ()
    return any(facts.writes.storage_of(tensor) in facts.writes.written_in for tensor in outputs)


def _fills(tokens: list[Token], start: int, end: int) -> bool:
    """Whether the call is inside `nn.Parameter(…)`, which is initialised after that, or before a method that fills it."""
    behind = [token.text for token in tokens[end + 1 : end + 3]]
    inside = [token.text for token in tokens[max(start - 2, 0) : start]] == ["Parameter", "("]
    return inside or (len(behind) == 2 and behind[0] == "." and behind[1].endswith("_"))


def _arguments(tokens: list[Token], place: int) -> list[Token]:
    """The tokens between the parentheses of `torch.Tensor(…)`; none if it is written in another way."""
    if [token.text for token in tokens[max(place - 2, 0) : place]] != ["torch", "."]:
        return []
    end = place + 2
    if [token.text for token in tokens[place + 1 : end]] != ["("]:
        return []
    while end < len(tokens) and (tokens[end].text in _PLAIN or tokens[end].text.isalnum() or tokens[end].is_name):
        end += 1
    return tokens[place + 2 : end] if end < len(tokens) and tokens[end].text == ")" else []


def _finding(facts: Facts, whole: Span, arguments: list[Token], dtype: str | None, made: tuple[int, ...] | None) -> Finding:
    written = facts.sources.text(spanning(arguments[0].span, arguments[-1].span))
    keyword = f", dtype=torch.{dtype}" if dtype else ""
    texts = [token.text for token in arguments if token.text != ","]
    instead, zeros = f"torch.tensor([{written}]{keyword})", f"torch.zeros({written}{keyword})"
    if all(text.isdigit() for text in texts):
        sizes, replacement = shape([int(text) for text in texts]), instead
    else:
        sizes, replacement = shape(made) if made is not None else f"({written})", zeros
    values: dict[str, Value] = {
        "code": code(facts.sources.text(whole)),
        "shape": code(sizes),
        "instead": code(instead),
        "zeros": code(zeros),
        "from_name": _named(arguments),
    }
    return Finding(
        "constructor", values, (), (), whole, Edit(whole, replacement, "lower_tensor", {"code": code(replacement)})
    )


def _holds_elements(facts: Facts, arguments: list[Token]) -> bool:
    """Whether the argument may be something else than a whole number, such as a list: then it gave the elements."""
    names = {token.text for token in arguments if token.is_name}
    return any(facts.types.get(name, {"list"}) != {"int"} for name in names)


def _named(arguments: list[Token]) -> Value:
    names = tuple(dict.fromkeys(code(token.text) for token in arguments if token.is_name))
    return Phrase("size_in_name", {"names": names}) if names else ""


def inclusive_range(facts: Facts) -> Iterator[Finding]:
    """`torch.range`, whose end is among its numbers."""
    for operation in facts.own_operations:
        if operation.name != "torch.range" or not operation.outputs:
            continue
        numbers = facts.moments.elements(facts.moments.after(operation, operation.outputs[0]))
        if not numbers:
            continue
        values: dict[str, Value] = {
            "code": facts.source(operation),
            "count": len(numbers),
            "last": code(number(numbers[-1])),
        }
        fix = _from_arange(facts, operation)
        yield Finding("inclusive_range", values, operation.outputs, (), operation.span, fix)
        return


def _from_arange(facts: Facts, operation: OperationRecord) -> Edit | None:
    """The same numbers by `torch.arange`, where they are whole and one apart."""
    tokens = [token.text for token in facts.sources.tokens(operation.span)]
    plain = len(tokens) == 8 and tokens[:4] == ["torch", ".", "range", "("] and tokens[5::2] == [",", ")"]
    if operation.span is None or not plain or not tokens[4].isdigit() or not tokens[6].isdigit():
        return None
    dtype = facts.tensors[operation.outputs[0]].layout.dtype
    instead = f"torch.arange({tokens[4]}, {int(tokens[6]) + 1}, dtype={dtype})"
    return Edit(operation.span, instead, "from_arange", {"code": code(instead)})


RULES = (constructor, inclusive_range)
