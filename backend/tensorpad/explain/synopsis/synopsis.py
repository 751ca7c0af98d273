"""A program in a title and a description."""

from collections.abc import Sequence
from functools import lru_cache

from msgspec import Struct

from tensorpad.explain.synopsis.acts import Act, Changes, Computes, Differentiates, Draws, Fault, Makes, Shows, Trains
from tensorpad.explain.synopsis.parsing import Unreadable, parsed
from tensorpad.explain.synopsis.reading import Reader
from tensorpad.explain.synopsis.titles import given_title
from tensorpad.explain.synopsis.wording import sentence, trained
from tensorpad.texts import CATALOGUES, Lang
from tensorpad.texts.catalogue import SynopsisWords

_CHARS_OF_A_TITLE = 70


class Synopsis(Struct, frozen=True):
    """What a link to a program says of it. Both texts are one line each."""

    title: str
    description: str


def playground_synopsis(lang: Lang) -> Synopsis:
    """What the page is for that shows no program but its reader's."""
    words = CATALOGUES[lang].synopsis
    return Synopsis(words.playground_title, words.playground)


@lru_cache(maxsize=256)
def synopsis(cells: tuple[str, ...], lang: Lang) -> Synopsis:
    """What the program does, as its source tells; nothing is run. Any source has one."""
    words = CATALOGUES[lang].synopsis
    count = sum(_has_code(line) for cell in cells for line in cell.splitlines())
    given = given_title(cells)
    if count == 0:
        return Synopsis(given or words.empty_title, words.empty)
    try:
        trees = parsed(cells)
        if isinstance(trees, Fault):
            return Synopsis(given or words.fault_title, _fault(trees, words))
        reader = Reader()
        for tree in trees:
            reader.read_cell(tree)
        acts = reader.acts
    except (Unreadable, RecursionError):
        acts = []
    told = sentence(acts, words)
    gap = CATALOGUES[lang].gap if told else ""
    language = _language(cells, acts)
    lines = (words.line if count == 1 else words.lines).format(count=count, language=language)
    return Synopsis(given or _title(acts, words) or words.plain_title.format(language=language), f"{told}{gap}{lines}")


def _language(cells: Sequence[str], acts: Sequence[Act]) -> str:
    """PyTorch also where a part of a notebook has its imports elsewhere, but not where only NumPy or no tensor is named."""
    if any("torch" in cell for cell in cells):
        return "PyTorch"
    return "Python" if not acts or any("numpy" in cell for cell in cells) else "PyTorch"


def _has_code(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _fault(fault: Fault, words: SynopsisWords) -> str:
    template = words.fault if fault.cell is None else words.fault_in_cell
    return template.format(line=fault.line, cell=fault.cell, message=fault.message)


def _title(acts: Sequence[Act], words: SynopsisWords) -> str | None:
    """What the program is about: what it trains, else the last gradient, graph or result; None if it tells nothing."""
    for act in acts:
        if isinstance(act, Trains) and act.what:
            what = trained(act, words)
            if act.optimiser is None:
                return words.training_by_hand_title.format(what=what)
            return words.training_title.format(what=what, optimiser=act.optimiser)
    for act in reversed(acts):
        match act:
            case Differentiates(root=root):
                code = next((found.code for found in acts if isinstance(found, Computes) and found.name == root), None)
                whole = f"{root} = {code}" if code else root
                return words.gradient_title.format(code=whole if len(whole) <= _CHARS_OF_A_TITLE else root)
            case Draws(root=root):
                return words.drawing_title.format(code=root)
            case _:
                continue
    for act in reversed(acts):
        if isinstance(act, Computes):
            return f"{act.name} = {act.code}"
    codes = [act.code for act in reversed(acts) if isinstance(act, Changes | Makes)]
    codes += [act.code for act in acts if isinstance(act, Shows)]
    return codes[0] if codes else None
