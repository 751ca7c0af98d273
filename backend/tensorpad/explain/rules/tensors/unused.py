"""Programs that ran, with a result that nobody got."""

from collections.abc import Iterator
from typing import Final

from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.evidence.statements import is_lost
from tensorpad.explain.program.arithmetic import function_of
from tensorpad.explain.program.sources import before
from tensorpad.explain.words.figures import code
from tensorpad.explain.words.findings import Edit, Finding, Phrase, Value
from tensorpad.protocol.steps import OperationRecord

_WITH_TWIN: Final = frozenset(
    [
        "add",
        "sub",
        "mul",
        "div",
        "pow",
        "abs",
        "neg",
        "sqrt",
        "exp",
        "log",
        "clamp",
        "clip",
        "round",
        "floor",
        "ceil",
        "relu",
        "sigmoid",
        "tanh",
        "masked_fill",
        "scatter",
        "scatter_add",
        "index_add",
        "index_fill",
        "index_copy",
        "t",
        "transpose",
        "squeeze",
        "unsqueeze",
        "nan_to_num",
        "addcmul",
        "addcdiv",
        "lerp",
        "tril",
        "triu",
        "square",
    ]
)
"""Functions of which there is one in place, with an underscore."""
_ALONE: Final = frozenset(
    [
        "permute",
        "reshape",
        "view",
        "flatten",
        "expand",
        "repeat",
        "contiguous",
        "to",
        "float",
        "double",
        "half",
        "bfloat16",
        "long",
        "int",
        "bool",
        "byte",
        "cpu",
        "cuda",
        "detach",
        "clone",
        "type",
        "flip",
        "roll",
        "rsub",
        "where",
        "softmax",
    ]
)
_CALLS = ("timeit", "perf_counter", "monotonic", "time.time", "Timer", "profile", "synchronize", "raises", "try:")
"""Words of programs that call a function for the call's sake."""

_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")
_SIGNS = {"add": "+", "sub": "-"}


def unused(facts: Facts) -> Iterator[Finding]:
    """The result of a call out of place on a line of its own."""
    sources = [facts.sources.text(facts.sources.whole(cell)) for cell in range(len(facts.sources.cells))]
    if any(word in source for source in sources for word in _CALLS):
        return
    for operation in facts.own_operations:
        function = function_of(operation)
        if function not in _WITH_TWIN | _ALONE or operation.writes or len(operation.outputs) != 1 or not operation.inputs:
            continue
        output, source = operation.outputs[0], operation.inputs[0]
        if output in operation.inputs or output in facts.taken or facts.name(source) is None:
            continue
        if not _is_written(facts, operation):
            continue
        if facts.bound.get(output) or facts.tensors[output].names or not is_lost(facts, operation):
            continue
        values: dict[str, Value] = {
            "code": facts.source(operation),
            "name": facts.label(source, 1),
            "cure": _cure(facts, operation),
        }
        fix = _augmented(facts, operation) if _is_leaf(facts, operation) else _assign(facts, operation)
        yield Finding("result_lost", values, (source,), (), operation.span, fix)
        return


def _is_written(facts: Facts, operation: OperationRecord) -> bool:
    """Whether the program itself wrote the call or the sign, and not a function of a library that it called."""
    depth, callee, last = 0, "", ""
    for token in facts.sources.tokens(operation.span):
        if token.text in _OPENING:
            callee = last if token.text == "(" and depth == 0 else callee
            depth += 1
        elif token.text in _CLOSING:
            depth -= 1
        elif depth == 0 and not token.is_name and token.text != ".":
            return True
        last = token.text
    return callee in ("", function_of(operation))


def _is_leaf(facts: Facts, operation: OperationRecord) -> bool:
    tensor = facts.tensors[operation.inputs[0]]
    return tensor.is_leaf and tensor.requires_grad


def _cure(facts: Facts, operation: OperationRecord) -> Phrase:
    function = function_of(operation)
    twin = code(f"{function}_")
    if function not in _WITH_TWIN:
        return Phrase("give_name", {})
    return Phrase("change_leaf" if _is_leaf(facts, operation) else "name_or_twin", {"twin": twin})


def _assign(facts: Facts, operation: OperationRecord) -> Edit | None:
    """Give the result the name of the tensor: `x = x.add(1)`."""
    name = facts.name(operation.inputs[0])
    if name is None or operation.span is None or not name.isidentifier():
        return None
    if facts.sources.name(operation.span, name, last=True) is None:
        return None
    return Edit(before(operation.span), f"{name} = ", "assign", {"code": code(f"{name} = {operation.expression or '…'}")})


def _augmented(facts: Facts, operation: OperationRecord) -> Edit | None:
    """`w -= lr * g` for `w - lr * g` under `no_grad`."""
    tokens = facts.sources.tokens(operation.span)
    sign = _SIGNS.get(function_of(operation))
    if operation.recorded is not False or len(tokens) < 3 or not tokens[0].is_name or tokens[1].text != sign:
        return None
    depth = 0
    for token in tokens[2:]:
        depth += (token.text in ("(", "[", "{")) - (token.text in (")", "]", "}"))
        if depth == 0 and token.text in ("+", "-"):
            return None
    return Edit(tokens[1].span, f"{sign}=", "augment", {"code": code(f"{tokens[0].text} {sign}=")})


RULES = (unused,)
