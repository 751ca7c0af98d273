"""The opening of an operation in words."""

from tensorpad.protocol.openings import OpeningRecord
from tensorpad.texts import CATALOGUES, Lang


def written(opening: OpeningRecord, lang: Lang) -> str:
    """What is to be said of an opening, in a language."""
    texts = CATALOGUES[lang].inquiries
    if opening.reason is not None:
        return texts.no_opening[opening.reason].format(operation=opening.operation, name=opening.name)
    steps = sum(operation.parent is None for operation in opening.operations)
    sentences = [texts.opening["steps"].format(name=opening.name, count=steps)]
    if not opening.exact:
        sentences.append(texts.opening["rounded"])
    if not opening.complete:
        sentences.append(texts.opening["incomplete"])
    return CATALOGUES[lang].gap.join(sentences)
