"""A finding in the words of a language."""

import re
import string
from collections.abc import Mapping
from typing import Final

from tensorpad.explain.words.figures import drawn, row_label
from tensorpad.explain.words.findings import Edit, Explanation, Finding, Fix, Named, Phrase, Shapes, Value
from tensorpad.protocol.records import Id
from tensorpad.texts import Catalogue

_SENTENCE: Final = re.compile(r"(?:^|[.:!?]\s|\n)$")
"""The end of what stands before the first word of a sentence."""
_WIDE: Final = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")
"""A Chinese character or punctuation mark: no space stands between two of them."""


class Wording:
    """Fills the texts of a catalogue. `names` says what the tensors of the finding are called."""

    def __init__(self, names: Mapping[Named, Value], catalogue: Catalogue) -> None:
        self._names = names
        self._catalogue = catalogue

    def explanation(self, finding: Finding, tensors: tuple[Id, ...]) -> Explanation:
        """A finding about some tensors of the report."""
        message = self._catalogue.messages[finding.rule]
        return Explanation(
            finding.rule,
            self.filled(message.title, finding.values),
            self.filled(message.text, finding.values),
            tensors,
            finding.dims,
            finding.span,
            self._fix(finding.fix) if finding.fix else None,
        )

    def filled(self, template: str, values: Mapping[str, Value]) -> str:
        """A text with its placeholders filled. Words that begin a sentence begin with a capital letter."""
        text = ""
        for literal, key, _, _ in string.Formatter().parse(template):
            text = _joined(text, literal)
            if key is not None:
                value = values[key]
                words = self.text(value)
                starts = isinstance(value, Named) and _SENTENCE.search(text)
                text = _joined(text, words[:1].upper() + words[1:] if starts else words)
        return text

    def text(self, value: Value) -> str:
        """What fills a placeholder."""
        match value:
            case Named():
                return self.text(self._names[value])
            case Phrase(key=key, values=values):
                return self.filled(self._catalogue.phrases[key], values)
            case Shapes():
                return drawn(value, self._labels(value))
            case tuple():
                return self._catalogue.joint.join(map(self.text, value))
            case _:
                return str(value)

    def _fix(self, edit: Edit) -> Fix:
        return Fix(edit.span, edit.replacement, self.filled(self._catalogue.fixes[edit.wording], edit.values))

    def _labels(self, figure: Shapes) -> list[str]:
        """The labels of a figure's rows: the number of an operand where it has no name, or another is cut to the same."""
        labels = [row_label(self.text(label).replace("`", "")) for label, _ in figure.rows]
        for index, (label, _) in enumerate(figure.rows):
            if isinstance(label, Named) and (self._is_numbered(label) or self._is_doubled(labels, index, figure)):
                labels[index] = f"#{label.position}"
        return labels

    def _is_numbered(self, named: Named) -> bool:
        name = self._names[named]
        return isinstance(name, Phrase) and name.key == "operand"

    def _is_doubled(self, labels: list[str], index: int, figure: Shapes) -> bool:
        tensor = figure.rows[index][0]
        return any(
            labels[other] == labels[index] and isinstance(label, Named) and label.tensor != tensor.tensor
            for other, (label, _) in enumerate(figure.rows)
            if other != index and isinstance(tensor, Named)
        )


def _joined(left: str, right: str) -> str:
    """Two pieces of a sentence. A template cannot know whether a placeholder begins or ends with Chinese."""
    if left.endswith(" ") and _WIDE.match(left[-2:]) and _WIDE.match(right):
        return left[:-1] + right
    if right.startswith(" ") and _WIDE.match(left[-1:]) and _WIDE.match(right, 1):
        return left + right[1:]
    return left + right
