"""Errors of which torch's or Python's message tells the cause, and the program the cure."""

import re
from collections.abc import Callable
from typing import Final

from tensorpad.explain.evidence import edits
from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.program.class_sources import class_of
from tensorpad.explain.program.sources import Token, after, spanning
from tensorpad.explain.words.figures import code, shape
from tensorpad.explain.words.findings import Edit, Finding, Value

_MESSAGES: Final = tuple(
    (re.compile(pattern), rule)
    for pattern, rule in (
        (r"^'(?P<kind>_IncompatibleKeys)' object (?:is not callable|has no attribute)", "loaded_model"),
        (r"^(?P<kind>\w+)\.(?P<method>\w+)\(\) missing 1 required positional argument: 'self'", "class_not_made"),
        (r"^(?P<kind>\w+) is not an Optimizer", "schedule_of_model"),
        (r"^one_hot is only applicable to index tensor", "one_hot_dtype"),
        (r"^Class values must be (?:smaller than num_classes|non-negative)", "one_hot_range"),
        (
            r"^einsum\(\): the number of subscripts in the equation \((?P<letters>\d+)\) does not match the number of "
            r"dimensions \((?P<count>\d+)\) for operand (?P<operand>\d+)",
            "einsum_dimensions",
        ),
        (r"^'(?:Multi|_\w+|)?DataLoader' object is not subscriptable", "loader_indexed"),
        (r"^'DataLoader' object is not an iterator", "loader_next"),
        (r"^'_\w+DataLoaderIter' object has no attribute 'next'", "iterator_next"),
        (r"^Expected key_padded_mask\.shape\[(?P<dim>\d)\] to be (?P<wanted>\d+), but got (?P<size>\d+)", "padding_mask"),
        (r"^unsupported operand type\(s\) for (?P<sign>\S+): 'numpy\.ndarray' and 'Tensor'", "array_and_tensor"),
        (r"^`lengths` array must be sorted in decreasing order", "lengths_unsorted"),
        (r"^Size mismatch between tensors", "dataset_sizes"),
        (r"^probability tensor contains either `inf`, `nan` or element < 0", "probabilities_invalid"),
        (r"^Expected parameter (?P<name>\w+) \(.*?of distribution (?P<kind>\w+)\(", "distribution_parameter"),
        (r"^linalg\.\w+: .*(?:is singular|matrix is singular)", "singular_matrix"),
        (r"is not positive-definite", "not_positive_definite"),
        (r"must be batches of square matrices, but they are (?P<rows>\d+) by (?P<columns>\d+) matrices", "not_square"),
        (r"^(?P<function>tril|triu): input tensor must have at least 2 dimensions", "matrix_needed"),
        (r"^can only concatenate str \(not \"Tensor\"\) to str", "text_and_tensor"),
        (r"^Input and output must have the same number of spatial dimensions", "interpolate_dimensions"),
        (r"argument 'size' \(position \d+\) must be tuple of ints, not Tensor", "size_of_tensor"),
        (r"^unsupported operand type\(s\) for (?P<sign>\S+): .*'NoneType'", "none_operand"),
        (r"^object of type '(?P<kind>\w+)' has no len\(\)", "no_length"),
        (r"^'generator' object has no attribute 'values'", "drawn_parameters"),
        (
            r"^'(?P<kind>SGD|\w*Ada\w*|RMSprop|LBFGS)' object has no attribute 'backward'",
            "optimiser_backward",
        ),
        (r"^Could not run 'aten::(?P<function>\w+)' with arguments from the 'Sparse\w+' backend", "sparse_undefined"),
        (r"^Index tensor must have the same number of dimensions as (?:input|self) tensor", "index_dimensions"),
        (r"^scatter\(\): Expected self\.dtype to be equal to src\.dtype", "scatter_dtype"),
        (r"^expected Tensor as element (?P<index>\d+) in argument 0, but got (?P<kind>\w+)", "element_no_tensor"),
        (r"^(?P<function>\w+)\(\) missing \d+ required positional arguments?: \"", "torch_argument_missing"),
    )
)
_NO_FORM: Final = re.compile(r"^(\w+)\(\) received an invalid combination of arguments - got (\([\w., ]*\))")
_DRAWING: Final = "make_dot"


def known(facts: Facts) -> Finding | None:
    """An error whose message is known."""
    if facts.error is None or facts.span is None:
        return None
    for pattern, rule in _MESSAGES:
        match = facts.match(pattern)
        if match is None or (rule == "drawn_parameters" and _DRAWING not in facts.text):
            continue
        if rule == "no_length" and class_of(facts.sources, match["kind"]) is None:
            continue
        values: dict[str, Value] = {"code": code(facts.text)}
        for key, text in match.groupdict().items():
            values[key] = code(text) if not text.isdigit() else text
        check = _SPECIAL.get(rule)
        values |= check(facts) if check is not None else {}
        fix = _FIXES.get(rule)
        return Finding(rule, values, facts.operand_tensors[:2], (), facts.span, fix(facts) if fix is not None else None)
    return None


def no_form(facts: Facts) -> Finding | None:
    """Arguments that none of the forms of a function of torch takes, of which nothing else is known."""
    match = facts.match(_NO_FORM)
    if match is None:
        return None
    values: dict[str, Value] = {"function": code(match[1]), "got": code(match[2], 120), "code": code(facts.text)}
    return Finding("argument_types", values, (), (), facts.span)


def _shapes(facts: Facts) -> dict[str, Value]:
    """The shapes of a tensor and of its index."""
    pair = facts.operands[:2]
    names = ("name", "index")
    values: dict[str, Value] = {key: facts.labelled(operand) for key, operand in zip(names, pair, strict=False)}
    sizes = {f"{key}_shape": code(shape(operand.shape)) for key, operand in zip(names, pair, strict=False)}
    missing = dict.fromkeys(("name", "index", "name_shape", "index_shape"), "?")
    return {**missing, **values, **sizes}


def _dtypes(facts: Facts) -> dict[str, Value]:
    first, last = facts.operands[:1], facts.operands[-1:]
    return {"dtypes": tuple(code(operand.dtype) for operand in (*first, *last)) or code("?")}


def _names(facts: Facts) -> dict[str, Value]:
    """The arguments that a function of torch lacks."""
    return {"names": tuple(code(name) for name in re.findall(r'"(\w+)"', facts.message[:500]))}


def _sizes(facts: Facts) -> dict[str, Value]:
    """The tensor that stands for sizes."""
    place = edits.sole_argument(facts)
    return {"name": code(facts.sources.text(place)) if place is not None else code("…")}


def _first_shape(facts: Facts) -> dict[str, Value]:
    operand = facts.first_operand
    return {"name": facts.label(facts.first_tensor, 1), "shape": code(shape(operand.shape) if operand else "?")}


def _operand_at_fault(facts: Facts) -> dict[str, Value]:
    """The tensor that an equation of `einsum` does not fit."""
    match = re.search(r"for operand (\d+)", facts.message[:500])
    place = int(match[1]) if match is not None else 0
    operand = facts.operands[place] if place < len(facts.operands) else None
    return {"name": facts.label(operand.tensor if operand else None, place + 1)}


def _index_fix(facts: Facts) -> Edit | None:
    """A dimension for an index that has one number for each row."""
    if len(facts.operands) < 2 or facts.function not in ("gather", "scatter", "scatter_"):
        return None
    tensor, index = facts.operands[:2]
    if len(tensor.shape) != 2 or index.shape != tensor.shape[:1] or facts.argument("dim", "1") not in ("1", "-1"):
        return None
    return edits.change_operand(facts, index.tensor, ".unsqueeze(1)", "new_dimension")


def _long(facts: Facts) -> Edit | None:
    return edits.change_operand(facts, facts.first_tensor, ".long()", "to_long")


def _batch(facts: Facts) -> Edit | None:
    operand = facts.first_operand
    if operand is None or len(operand.shape) != 3 or operand.tensor is None:
        return None
    return edits.change_operand(facts, operand.tensor, ".unsqueeze(0)", "new_dimension")


def _listed(facts: Facts) -> Edit | None:
    place = edits.sole_argument(facts)
    text = facts.sources.text(place)
    return Edit(after(place), ".tolist()", "tolist", {}) if place is not None and text.isidentifier() else None


def _iterated(facts: Facts) -> Edit | None:
    """`next(loader)` as `next(iter(loader))`."""
    tokens = facts.sources.tokens(facts.span)
    if [token.text for token in tokens[:2]] != ["next", "("] or len(tokens) != 4 or not tokens[2].is_name:
        return None
    instead = f"iter({tokens[2].text})"
    return Edit(tokens[2].span, instead, "rename_function", {"code": code(f"next({instead})")})


def _next(facts: Facts) -> Edit | None:
    """`iterator.next()` as `next(iterator)`."""
    tokens = facts.sources.tokens(facts.span)
    texts = [token.text for token in tokens]
    if len(tokens) != 3 or texts[1:] != [".", "next"]:
        return None
    rest = facts.sources.line(tokens[2].span.cell, tokens[2].span.end_line)[tokens[2].span.end_column :]
    if not rest.startswith("()"):
        return None
    end = after(tokens[2].span)
    whole = spanning(tokens[0].span, type(end)(end.cell, end.line, end.column, end.end_line, end.end_column + 2))
    return Edit(whole, f"next({texts[0]})", "rename_function", {"code": code(f"next({texts[0]})")})


def _as_text(facts: Facts) -> Edit | None:
    """`"loss: " + loss` with `str(loss)`."""
    tokens = facts.sources.tokens(facts.span)
    if len(tokens) != 3 or tokens[1].text != "+" or not tokens[2].is_name:
        return None
    instead = f"str({tokens[2].text})"
    return Edit(tokens[2].span, instead, "rename_function", {"code": code(instead)})


def _named_parameters(facts: Facts) -> Edit | None:
    """`params=net.parameters()` of a drawing as a dictionary."""
    tokens = facts.sources.tokens(facts.span)
    texts = [token.text for token in tokens]
    for index in range(1, len(tokens) - 4):
        if texts[index + 1 : index + 5] == [".", "parameters", "(", ")"] and tokens[index].is_name:
            instead = f"dict({texts[index]}.named_parameters())"
            whole = spanning(tokens[index].span, tokens[index + 4].span)
            return Edit(whole, instead, "rename_function", {"code": code(instead)})
    return None


def _unsorted(facts: Facts) -> Edit | None:
    return edits.add_argument(facts, facts.span, "enforce_sorted=False", "say_dim")


def _numbers(facts: Facts) -> Edit | None:
    """`torch.stack` of a list of numbers as `torch.tensor`."""
    tokens: list[Token] = facts.sources.tokens(facts.span)
    texts = [token.text for token in tokens]
    if len(texts) != 6 or texts[:2] != ["torch", "."] or texts[2] not in ("stack", "cat") or not tokens[4].is_name:
        return None
    held = next((one for one in facts.trace.variables if one.name == texts[4] and one.type == "list"), None)
    if held is None or "tensor(" in held.text:
        return None
    return Edit(tokens[2].span, "tensor", "rename_function", {"code": code(f"torch.tensor({texts[4]})")})


_SPECIAL: Final[dict[str, Callable[[Facts], dict[str, Value]]]] = {
    "index_dimensions": _shapes,
    "scatter_dtype": _dtypes,
    "matrix_needed": _first_shape,
    "interpolate_dimensions": _first_shape,
    "one_hot_dtype": _first_shape,
    "sparse_undefined": _first_shape,
    "size_of_tensor": _sizes,
    "torch_argument_missing": _names,
    "einsum_dimensions": _operand_at_fault,
}
_FIXES: Final[dict[str, Callable[[Facts], Edit | None]]] = {
    "index_dimensions": _index_fix,
    "one_hot_dtype": _long,
    "interpolate_dimensions": _batch,
    "size_of_tensor": _listed,
    "loader_next": _iterated,
    "iterator_next": _next,
    "text_and_tensor": _as_text,
    "drawn_parameters": _named_parameters,
    "element_no_tensor": _numbers,
    "lengths_unsorted": _unsorted,
}

RULES = (known,)
LAST = (no_form,)
"""What is tried when no other rule knows an error."""
