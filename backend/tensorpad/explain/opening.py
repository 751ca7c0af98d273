"""The opening of an operation in words."""

from tensorpad.explain.wording import NO_OPENING, OPENING, Language
from tensorpad.protocol.openings import OpeningRecord


def written(opening: OpeningRecord, lang: Language) -> str:
    """What is to be said of an opening, in a language."""
    if opening.reason is not None:
        return NO_OPENING[lang][opening.reason].format(operation=opening.operation, name=opening.name)
    words = OPENING[lang]
    steps = sum(operation.parent is None for operation in opening.operations)
    sentences = [words["steps"].format(name=opening.name, count=steps)]
    if not opening.exact:
        sentences.append(words["rounded"])
    if not opening.complete:
        sentences.append(words["incomplete"])
    return ("" if lang == "zh-CN" else " ").join(sentences)
