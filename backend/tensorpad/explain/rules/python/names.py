"""Names that are not there."""

import re
from typing import Final

from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.program.sources import before
from tensorpad.explain.rules.python.packages import importable_modules
from tensorpad.explain.words.figures import code
from tensorpad.explain.words.findings import Edit, Finding, Value
from tensorpad.protocol.records import Span

IMPORTS: Final = {
    "nn": "from torch import nn",
    "F": "import torch.nn.functional as F",
    "optim": "from torch import optim",
    "numpy": "import numpy",
    "random": "import random",
    "make_dot": "from torchviz import make_dot",
    "copy": "import copy",
    "time": "import time",
    "itertools": "import itertools",
    "functools": "import functools",
    "collections": "import collections",
}
"""What a program can import here, under its usual name; torch, np and math are there from the start."""
OF_TORCH: Final = frozenset(
    [
        "tensor",
        "Tensor",
        "zeros",
        "ones",
        "rand",
        "randn",
        "randint",
        "arange",
        "linspace",
        "empty",
        "full",
        "eye",
        "zeros_like",
        "ones_like",
        "rand_like",
        "randn_like",
        "cat",
        "stack",
        "matmul",
        "mm",
        "bmm",
        "einsum",
        "exp",
        "log",
        "sin",
        "cos",
        "tanh",
        "sigmoid",
        "sqrt",
        "relu",
        "mean",
        "softmax",
        "where",
        "manual_seed",
        "no_grad",
        "enable_grad",
        "from_numpy",
        "float32",
        "float64",
        "float16",
        "bfloat16",
        "int64",
        "int32",
        "int16",
        "int8",
        "uint8",
        "long",
        "double",
    ]
)
"""Names that belong to torch and are often written without it."""
_TENSOR_INSTEAD: Final = {
    "append": "torch.cat",
    "extend": "torch.cat",
    "astype": ".to(dtype)",
    "copy": ".clone()",
    "concatenate": "torch.cat",
    "dot_product": "@",
    "length": "len(x)",
    "len": "len(x)",
}
_ARRAY_INSTEAD: Final = frozenset(
    {"backward", "grad", "requires_grad", "detach", "numpy", "unsqueeze", "cuda", "cpu", "add_"}
)
_NAME = re.compile(r"^name '(\w+)' is not defined")
_UNBOUND = re.compile(r"local variable '(\w+)' (?:referenced before assignment|where it is not associated with a value)")
_MODULE_ATTRIBUTE = re.compile(r"^module '([\w.]+)' has no attribute '(\w+)'")
_ATTRIBUTE = re.compile(r"^'([\w.]+)' object has no attribute '(\w+)'")
_IMPORT = re.compile(r"cannot import name '(\w+)' from '([\w.]+)'")
_ALIAS = re.compile(r"`(np\.\w+)` was a deprecated alias for the builtin `(\w+)`")
_NEXT = re.compile(r"^'[\w.]+' object has no attribute 'next'")
_MODULE = re.compile(r"No module named '([\w.]+)'")


def unknown_name(facts: Facts) -> Finding | None:
    """A name that nothing has: a missing import, a function of torch, a slip of the finger."""
    match = facts.match(_NAME)
    if match is None or facts.type != "NameError":
        return None
    name = match[1]
    use = facts.span if facts.text == name else None
    if name in IMPORTS:
        fix = Edit(_top(facts, facts.cell or 0), f"{IMPORTS[name]}\n", "import", {"code": code(IMPORTS[name])})
        return Finding("missing_import", {"name": code(name), "code": code(IMPORTS[name])}, (), (), facts.span, fix)
    if name in OF_TORCH:
        full = f"torch.{name}"
        fix = Edit(before(use), "torch.", "qualify", {"code": code(full)}) if use and _imported(facts, "torch") else None
        return Finding("name_of_torch", {"name": code(name), "full": code(full)}, (), (), facts.span, fix)
    missing = _of_refused(facts, name)
    if missing is not None:
        return Finding("name_of_refused", {"name": code(name), "cell": missing + 1}, (), (), facts.span)
    guess = _suggestion(facts)
    if guess is not None and guess == f"self.{name}":
        return Finding(
            "name_of_self",
            {"name": code(name), "whole": code(guess)},
            (),
            (),
            facts.span,
            Edit(before(use), "self.", "qualify", {"code": code(guess)}) if use else None,
        )
    tensor = facts.variable(guess) if guess else None
    ids = (tensor.id,) if tensor else ()
    if guess is None:
        return Finding("unknown_name", {"name": code(name)}, (), (), facts.span)
    fix = _renamed(use, name, guess)
    return Finding("misspelt_name", {"name": code(name), "guess": code(guess)}, ids, (), facts.span, fix)


def _of_refused(facts: Facts, name: str) -> int | None:
    """The cell that would have given a name its value, if Python had not refused it."""
    for cell in facts.refused:
        tokens = facts.sources.tokens(facts.sources.whole(cell))
        for index, token in enumerate(tokens):
            before = tokens[index - 1].text if index else ""
            after = tokens[index + 1].text if index + 1 < len(tokens) else ""
            if token.text == name and (before in ("def", "class", "import", "as") or after in ("=", ",", "as")):
                return cell
    return None


def unbound(facts: Facts) -> Finding | None:
    """A local name that is used before it has a value."""
    match = facts.match(_UNBOUND)
    return match and Finding("unbound", {"name": code(match[1])}, (), (), facts.span)


def module_attribute(facts: Facts) -> Finding | None:
    """A name that a module does not have."""
    match = facts.match(_MODULE_ATTRIBUTE)
    if match is None:
        return None
    return _misspelt(facts, match[2], code(match[1]), _suggestion(facts))


def tensor_attribute(facts: Facts) -> Finding | None:
    """A name that a tensor does not have, or that only a tensor has."""
    match = facts.match(_ATTRIBUTE)
    if match is None or facts.type != "AttributeError":
        return None
    kind, name = match[1], match[2]
    owner = _owner(facts, name)
    tensor = facts.variable(owner) if owner else None
    ids = (tensor.id,) if tensor else ()
    if kind == "NoneType":
        held = code(owner or facts.text.removesuffix(f".{name}"))
        return Finding("none_value", {"name": held, "attribute": code(name)}, ids, (), facts.span)
    if kind == "Tensor" and name in _TENSOR_INSTEAD:
        values: dict[str, Value] = {"attribute": code(name), "instead": code(_TENSOR_INSTEAD[name])}
        fix = _rename(facts, name, "clone") if name == "copy" else None
        return Finding("not_of_tensors", values, ids, (), facts.span, fix)
    if kind != "Tensor" and name in _ARRAY_INSTEAD:
        return Finding("only_of_tensors", {"attribute": code(name), "kind": code(kind)}, ids, (), facts.span)
    guess = _suggestion(facts)
    if kind != "Tensor" and guess is None:
        return Finding("no_attribute", {"attribute": code(name), "kind": code(kind)}, ids, (), facts.span)
    return _misspelt(facts, name, code(kind), guess, ids)


def missing_module(facts: Facts) -> Finding | None:
    """An import of what is not installed, or of a name that a module does not have."""
    name = facts.match(_IMPORT)
    if name is not None:
        fix = _renamed(facts.sources.name(facts.span, name[1]), name[1], _suggestion(facts))
        return Finding("import_name", {"name": code(name[1]), "module": code(name[2])}, (), (), facts.span, fix)
    module = facts.match(_MODULE)
    if module is None:
        return None
    guess = _suggestion(facts)
    use = facts.sources.name(facts.span, module[1].partition(".")[0])
    fix = _renamed(_whole(facts, use, module[1]), module[1], guess)
    values: dict[str, Value] = {"name": code(module[1]), "packages": importable_modules()}
    return Finding("missing_module", values, (), (), facts.span, fix)


def numpy_alias(facts: Facts) -> Finding | None:
    """A name of Python's that NumPy once had, too: `np.float`."""
    match = facts.match(_ALIAS)
    if match is None:
        return None
    old, new = match[1], match[2]
    values: dict[str, Value] = {"old": code(old), "new": code(new)}
    use = facts.span if facts.text == old else None
    fix = Edit(use, new, "rename", {"name": code(old), "guess": code(new)}) if use else None
    return Finding("numpy_alias", values, (), (), facts.span, fix)


def next_method(facts: Facts) -> Finding | None:
    """`it.next()`, as Python 2 wrote it."""
    match = facts.match(_NEXT)
    if match is None or facts.type != "AttributeError" or not facts.text.endswith(".next"):
        return None
    owner = facts.text.removesuffix(".next")
    values: dict[str, Value] = {"code": code(f"{facts.text}()"), "instead": code(f"next({owner})")}
    span = facts.span
    rest = "" if span is None else facts.sources.line(span.cell, span.end_line)[span.end_column :]
    fix: Edit | None = None
    if span is not None and rest.startswith("()"):
        whole = Span(span.cell, span.line, span.column, span.end_line, span.end_column + 2)
        fix = Edit(whole, f"next({owner})", "rename", {"name": code(f"{facts.text}()"), "guess": code(f"next({owner})")})
    return Finding("next_method", values, (), (), span, fix)


def _whole(facts: Facts, first: Span | None, dotted: str) -> Span | None:
    """The span of a dotted name that begins at the span of its first part."""
    if first is None:
        return None
    whole = Span(first.cell, first.line, first.column, first.line, first.column + len(dotted))
    return whole if facts.sources.text(whole) == dotted else None


def _misspelt(facts: Facts, name: str, owner: Value, guess: str | None, ids: tuple[str, ...] = ()) -> Finding:
    if guess is None:
        return Finding("no_attribute", {"attribute": code(name), "kind": owner}, ids, (), facts.span)
    return Finding(
        "misspelt_attribute",
        {"attribute": code(name), "owner": owner, "guess": code(guess)},
        ids,
        (),
        facts.span,
        _rename(facts, name, guess),
    )


def _rename(facts: Facts, name: str, guess: str) -> Edit | None:
    """`guess` for the last attribute `name` of the failing source."""
    tokens = facts.sources.tokens(facts.span)
    for index in range(len(tokens) - 1, 0, -1):
        if tokens[index].text == name and tokens[index - 1].text == ".":
            return _renamed(tokens[index].span, name, guess)
    return None


def _renamed(use: Span | None, name: str, guess: str | None) -> Edit | None:
    return Edit(use, guess, "rename", {"name": code(name), "guess": code(guess)}) if use and guess else None


def _suggestion(facts: Facts) -> str | None:
    """The name that the worker found near to the missing one."""
    return facts.error.suggestion if facts.error else None


def _owner(facts: Facts, attribute: str) -> str | None:
    texts = [token.text for token in facts.sources.tokens(facts.span)]
    for index in range(len(texts) - 1, 1, -1):
        if texts[index] == attribute and texts[index - 1] == ".":
            return texts[index - 2] if texts[index - 2].isidentifier() else None
    return None


def _imported(facts: Facts, name: str) -> bool:
    cells = range(len(facts.sources.cells))
    return any(token.text == name for cell in cells for token in facts.sources.tokens(facts.sources.whole(cell)))


def _top(facts: Facts, cell: int) -> Span:
    """The first line of a cell that an import may be on: behind `from __future__`."""
    line = 1
    for number, text in enumerate(facts.sources.cells[cell], 1):
        if text.startswith("from __future__"):
            line = number + 1
    return Span(cell, line, 0, line, 0)


RULES = (numpy_alias, next_method, unknown_name, unbound, module_attribute, tensor_attribute, missing_module)
