"""The public names of a module or class, with the beginning of what their documentation says: for completion.

Nothing here is a list of names: the names are those of the torch and NumPy that are installed.
"""

import importlib
import inspect
import re
import types
import unicodedata
from typing import Any

import msgspec
import torch

from tensorpad.protocol.vocabulary import MOST_NAMES, TEXT_CHARS, NameKind, NameRecord

_CONSTANTS = (bool, int, float, torch.dtype, torch.layout, torch.memory_format)
_SIGNATURE = re.compile(r"(?:[\w.]+\.)?(\w+)(\(.*\))(?:\s*->\s*(.+))?")
_ROLE = re.compile(r":\w+:`~?(?:torch\.)?([^`<]+?)(?:\s*<[^>]*>)?`")
_ELSEWHERE = re.compile(r"See (?:also )?:\w+:`~?([\w.]+)`")
"""All that most methods of a tensor say of themselves: a reference."""
_MATH = re.compile(r":math:`([^`]*)`")
_FONT = re.compile(r"\\(?:text|texttt|mathrm|mathbb|mathbf)\{([^{}]*)\}")
_FRACTION = re.compile(r"\\frac\{([^{}]*)\}\{([^{}]*)\}")
_COMMAND = re.compile(r"\\([A-Za-z]+) ?")
_SYMBOLS = {
    **{"left": "", "right": "", "times": "×", "cdot": "·", "otimes": "⊗", "rightarrow": "→", "ast": "*", "approx": "≈"},
    **{"leq": "≤ ", "geq": "≥ ", "neq": "≠ ", "lceil": "⌈", "rceil": "⌉", "lfloor": "⌊", "rfloor": "⌋"},
}


def print_names(path: str) -> None:
    """Print the names below `path` as JSON. Raises what Python does if there is no such path."""
    print(msgspec.json.encode(names(path)).decode())


def names(path: str) -> list[NameRecord]:
    """The public names of the module or class at `path` (`torch`, `torch.Tensor`), in alphabetical order."""
    owner = _resolve(path)
    records = [record for name in dir(owner) if not name.startswith("_") and (record := _record(owner, name))]
    return records[:MOST_NAMES]


def _resolve(path: str) -> Any:
    first, *rest = path.split(".")
    value: Any = importlib.import_module(first)
    for name in rest:
        value = getattr(value, name)
    return value


def _record(owner: Any, name: str) -> NameRecord | None:
    # Looked up without calling it, for a property of a class is a value only on its instances.
    value = inspect.getattr_static(owner, name, None) if inspect.isclass(owner) else getattr(owner, name, None)
    kind = _kind(owner, value)
    if kind is None:
        return None
    if kind in ("module", "constant"):
        return NameRecord(name, kind, "", _cut(str(value)) if kind == "constant" else "")
    signature, summary = _documentation(name, getattr(owner, name, value))
    # A module is full of undocumented names for its own use; a class is not, and torch.relu and torch.Tensor are for all.
    own = inspect.isclass(value) and value.__module__ == owner.__name__
    offered = signature or summary or own or inspect.isclass(owner) or hasattr(torch.Tensor, name)
    return NameRecord(name, kind, signature, summary) if offered else None


def _kind(owner: Any, value: Any) -> NameKind | None:
    """What `value` is in a completion of a name of `owner`; None if it is not one of the owner's own."""
    root = owner.__name__.split(".")[0] if inspect.ismodule(owner) else owner.__module__.split(".")[0]
    if isinstance(value, types.ModuleType):
        return "module" if value.__name__.startswith(f"{root}.") else None
    if isinstance(value, _CONSTANTS) and inspect.ismodule(owner):
        return None if isinstance(value, bool) else "constant"
    if inspect.isclass(owner):
        return "method" if callable(value) or isinstance(value, (classmethod, staticmethod)) else "property"
    home = getattr(value, "__module__", None) or root
    if home.split(".")[0] != root or home in ("torch.overrides", "torch.storage", "torch.types"):
        return None
    if inspect.isclass(value):
        return "class"
    return "function" if callable(value) else None


def _documentation(name: str, value: Any) -> tuple[str, str]:
    """The signature and the first sentence. Functions in C begin their documentation with the signature."""
    text = inspect.getdoc(value) or ""
    head, _, rest = text.strip().partition("\n")
    match = _SIGNATURE.fullmatch(head.strip())
    if match is not None and match[1] == name:
        result = f" -> {match[3]}" if match[3] else ""
        return _cut(f"{match[2]}{result}"), _summary(rest)
    return _signature(value), _summary(text)


def _summary(text: str) -> str:
    """The first sentence; if that only refers to another name, the first sentence of that."""
    elsewhere = _ELSEWHERE.match(text.strip())
    if elsewhere is not None:
        try:
            value = _resolve(elsewhere[1])
        except (AttributeError, ImportError):
            return ""
        head, _, rest = (inspect.getdoc(value) or "").strip().partition("\n")
        text = rest if _SIGNATURE.fullmatch(head.strip()) else f"{head}\n{rest}"
    return _sentence(text)


def _signature(value: Any) -> str:
    if not callable(value):
        return ""
    try:
        signature = inspect.signature(value)
    except (ValueError, TypeError):
        return ""
    bare = [
        parameter.replace(annotation=inspect.Parameter.empty)
        for parameter in signature.parameters.values()
        if parameter.name != "self"
    ]
    return _cut(str(signature.replace(parameters=bare, return_annotation=inspect.Signature.empty)))


def _sentence(text: str) -> str:
    """The first sentence of reStructuredText, without its marks."""
    # A note or a warning may come first; what is below it is indented.
    paragraphs = text.strip().split("\n\n")
    paragraph = next((paragraph for paragraph in paragraphs if not paragraph.startswith((".. ", " ", "\n"))), "")
    paragraph = _MATH.sub(lambda math: _formula(math[1]), paragraph)
    plain = _ROLE.sub(r"\1", " ".join(paragraph.split())).replace("``", "").replace("`", "")
    plain = re.sub(r"\\ ?", "", plain)
    return _cut(re.split(r"(?<=[.])\s", plain, maxsplit=1)[0])


def _formula(latex: str) -> str:
    """A formula as plain text: what the documentation has in its sentences is short."""
    for pattern, plain in ((_FONT, r"\1"), (_FRACTION, r"(\1)/(\2)")):
        latex = pattern.sub(plain, latex)
    latex = _COMMAND.sub(lambda command: _symbol(command[1]), latex.replace("\\_", "_"))
    return latex.replace("{", "").replace("}", "")


def _symbol(command: str) -> str:
    if command in _SYMBOLS:
        return _SYMBOLS[command]
    size = "SMALL" if command.islower() else "CAPITAL"
    try:
        return unicodedata.lookup(f"GREEK {size} LETTER {command.upper()}")
    except KeyError:
        return command


def _cut(text: str) -> str:
    return text if len(text) <= TEXT_CHARS else text[: TEXT_CHARS - 1] + "…"
