"""Numbers that Python was given of tensors, as `item()` gives them, read from the source: no operation tells of them."""

from tensorpad.explain.program.sources import Token
from tensorpad.protocol.records import Id, TensorRecord

_READING = frozenset({"item", "tolist", "numpy"})
_CAST = 2
"""Tokens from `float` to its argument."""


class NumberNames:
    """What names stand for at a step: a tensor, or a number that was read from tensors."""

    def __init__(self, tensors: dict[Id, TensorRecord]) -> None:
        self._tensors = tensors
        self._values: dict[tuple[int, str], Id] = {}
        self._numbers: dict[tuple[int, str], list[Id]] = {}

    def bind(self, frame: int, name: str, value: Id | None, numbers: list[Id]) -> None:
        """Note that a name was bound, to a tensor or array (`value`) or to what was computed from `numbers`."""
        self._values.pop((frame, name), None)
        self._numbers.pop((frame, name), None)
        if value in self._tensors:
            self._values[frame, name] = value
        elif numbers:
            self._numbers[frame, name] = numbers

    def numbers(self, tokens: list[Token], frame: int) -> list[Id]:
        """The tensors whose numbers an expression reads: `x[0].item()`, `float(x)`, and names of such numbers."""
        texts = [token.text for token in tokens]
        found: list[Id] = []
        for index, token in enumerate(tokens):
            if not token.is_name or (index and texts[index - 1] == "."):
                continue
            for key in ((frame, token.text), (0, token.text)):
                found.extend(self._numbers.get(key, ()))
                value = self._values.get(key)
                record = self._tensors.get(value or "")
                if record is not None and record.requires_grad and _is_read(texts, index):
                    found.append(record.id)
                if value is not None or key in self._numbers:
                    break
        return list(dict.fromkeys(found))


def _is_read(texts: list[str], index: int) -> bool:
    """Whether the name at an index is read as a number: by `.item()` at the end of a chain, or by `float(…)` around it."""
    end = index + 1
    while end < len(texts):
        if texts[end] == "." and texts[end + 1 : end + 2]:
            if texts[end + 1] in _READING:
                return True
            end += 2
        elif texts[end] in ("(", "["):
            end = _closed(texts, end)
        else:
            break
    return index >= _CAST and texts[index - 1] == "(" and texts[index - _CAST] == "float" and texts[end : end + 1] == [")"]


def _closed(texts: list[str], start: int) -> int:
    """The place behind the bracket that closes the one at `start`."""
    depth = 0
    for index in range(start, len(texts)):
        depth += (texts[index] in ("(", "[", "{")) - (texts[index] in (")", "]", "}"))
        if depth == 0:
            return index + 1
    return len(texts)
