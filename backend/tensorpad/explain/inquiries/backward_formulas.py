"""The formula of each of torch's backward functions, from the file that torch is itself made from.

`torchgen`, which comes with torch, holds `derivatives.yaml`: for each operation, how the gradient of each input follows from
that of the output. It is read as data, and nothing of torch is imported. The names of backward functions follow from it by
torchgen's rule (`load_derivatives.py`): the operation's name in capitals and `Backward`, with a number for each entry of the
same name, and before the number the dispatch key if the entry has one.
"""

import functools
import importlib.util
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import yaml

from tensorpad.explain.inquiries.cpp_latex import latex_of

_DERIVATIVES: Final = Path("packaged", "autograd", "derivatives.yaml")
_NOT_INPUTS: Final = frozenset({"name", "dispatch", "output_differentiability"})
_LAST_WORD: Final = re.compile(r"([A-Za-z_]\w*)\s*(?:=.*)?$")
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class InputFormula:
    """The gradient of one input, or of several together: `text` is torch's C++, `latex` the same if it can be written.

    `grad` (`grads[0]`, … for several outputs) is the gradient that arrives; `result` is the operation's output.
    """

    inputs: tuple[str, ...]
    """Names of the inputs that the formula is of."""
    text: str
    """The formula in torch's C++."""
    latex: str | None
    """The same in LaTeX; null if it cannot be written."""


@dataclass(frozen=True, slots=True)
class BackwardFormula:
    """A backward function: the operation that it belongs to, as torch declares it, and the formulas of its inputs."""

    function: str
    """torch's name of the backward function."""
    signature: str
    """The operation that it belongs to, as torch declares it."""
    inputs: tuple[InputFormula, ...]
    """The gradient of each input."""


_OTHERS: Final = (
    BackwardFormula(
        "AccumulateGrad",
        "a leaf that requires grad",
        (InputFormula(("leaf",), "leaf.grad + grad", r"\mathit{leaf.grad} + \mathit{grad}"),),
    ),
    BackwardFormula(
        "CopyBackwards",
        "copy_(Tensor(a!) self, Tensor src) -> Tensor(a!)",
        (InputFormula(("self",), "zeros", "0"), InputFormula(("src",), "grad, as src's type and device", r"\mathit{grad}")),
    ),
    BackwardFormula(
        "CopySlices",
        "an operation in place on a view of base",
        (
            InputFormula(("base",), "grad, with zeros where the view lies", None),
            InputFormula(("view",), "the operation's own formula, of the part of grad where the view lies", None),
        ),
    ),
)
"""Functions of the engine itself, which have no entry in the file."""


def formula_of(function: str) -> BackwardFormula | None:
    """The formula of a backward function by torch's name for it (`MulBackward0`); None for one that torch does not derive.

    A function for a view that was made as a copy (`ViewBackward0_copy`) has the view's.
    """
    return _table().get(function.rpartition("::")[2].removesuffix("_copy"))


def load() -> None:
    """Read all formulas now, which takes some 100 ms once in a process, rather than when the first one is asked for."""
    _table()


def formulas() -> dict[str, BackwardFormula]:
    """All formulas by the names of their functions."""
    return dict(_table())


@functools.cache
def _table() -> dict[str, BackwardFormula]:
    table = {formula.function: formula for formula in _OTHERS}
    table.update((formula.function, formula) for formula in _read(_source()))
    return table


def _source() -> Path:
    spec = importlib.util.find_spec("torchgen")
    folders = spec.submodule_search_locations if spec is not None else None
    if not folders:
        raise FileNotFoundError("torchgen, which comes with torch, is not installed")
    return Path(folders[0], _DERIVATIVES)


def _read(path: Path) -> Iterator[BackwardFormula]:
    entries: list[dict[str, Any]] = yaml.load(path.read_text(encoding="utf-8"), _Loader)
    counts: Counter[str] = Counter()
    for entry in entries:
        signature: str = entry["name"]
        names = _arguments(signature)
        for key, formulas in entry.get("dispatch", {"Default": entry}).items():
            inputs = tuple(_inputs(formulas, names))
            if not inputs:
                continue
            prefix = _prefix(signature) + (key if key != "Default" else "")
            yield BackwardFormula(f"{prefix}{counts[prefix]}", signature, inputs)
            counts[prefix] += 1


def _inputs(formulas: dict[str, Any], names: set[str]) -> Iterator[InputFormula]:
    for key, text in formulas.items():
        inputs = tuple(part.strip() for part in key.split(","))
        # The other entries are forward derivatives, by the names of outputs.
        if key not in _NOT_INPUTS and names.issuperset(inputs) and text.strip().lower() != "non_differentiable":
            yield InputFormula(inputs, " ".join(text.split()), latex_of(text))


def _prefix(signature: str) -> str:
    name = re.split(r"[.(]", signature, maxsplit=1)[0]
    capitals = "".join(part.title() for part in name.split("_"))
    return f"{capitals}Backward".replace("ForwardBackward", "Backward")


def _arguments(signature: str) -> set[str]:
    """The names of the arguments in a declaration such as `add.Tensor(Tensor self, *, Scalar alpha=1) -> Tensor`."""
    inside, depth, start = signature.partition("(")[2], 0, 0
    names: set[str] = set()
    for index, character in enumerate(inside):
        if character in "([":
            depth += 1
        elif character in ")]" and depth:
            depth -= 1
        elif character in ",)":
            if name := _LAST_WORD.search(inside[start:index]):
                names.add(name[1])
            start = index + 1
            if character == ")":
                break
    return names
