"""Acts as the parts of a sentence."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from tensorpad.explain.synopsis.acts import (
    Act,
    Builds,
    Changes,
    Computes,
    Defines,
    Definition,
    Differentiates,
    Draws,
    Makes,
    Repeats,
    Shows,
    Size,
    Trains,
)
from tensorpad.texts.catalogue import SynopsisWords

_FIRST = (Makes, Defines, Builds)
"""What a sentence begins with, wherever it is in the program: all else is done with these."""
_SHOWN = 2
_CHARS = 240
"""A sentence is cut down to this length, which most places that show a link have room for."""


def sentence(acts: Sequence[Act], words: SynopsisWords) -> str:
    """The acts in one sentence, with as many of each kind as there is room for; empty if there are none."""
    for most in (3, 2, 1):
        text = _told([_clause(group, words, most) for group in _groups(acts)], words)
        if len(text) <= _CHARS:
            break
    else:
        text = _shortest(acts, words)
    return f"{text[:1].upper()}{text[1:]}{words.stop}" if text else ""


def _shortest(acts: Sequence[Act], words: SynopsisWords) -> str:
    """As many of the kinds as there is room for, the last ones before the first: a program is about its result."""
    clauses: list[str] = []
    for group in reversed(_groups(acts)):
        more = [_clause(group, words, 1), *clauses]
        if clauses and len(_told(more, words)) > _CHARS:
            break
        clauses = more
    return _told(clauses, words)


def _groups(acts: Sequence[Act]) -> list[list[Act]]:
    """Acts of one kind together: those at either end all of them, those between as they follow each other."""
    first: list[list[Act]] = [[act for act in acts if isinstance(act, kind)] for kind in _FIRST]
    drawn: list[Act] = [act for act in acts if isinstance(act, Draws)]
    between = [act for act in acts if not isinstance(act, (*_FIRST, Draws, Shows))]
    parted: list[list[Act]] = [[*group] for _, group in groupby(between, type)]
    return [group for group in (*first, *parted, drawn, _shown(acts)) if group]


def _shown(acts: Sequence[Act]) -> list[Act]:
    """The last of what is shown, or the gradients among it, which are what one wants to see."""
    shown = {act.code: act for act in acts if isinstance(act, Shows)}
    gradients: list[Act] = [act for act in shown.values() if act.code.endswith(".grad")]
    return (gradients or [*shown.values()])[-_SHOWN:]


def _clause(group: Sequence[Act], words: SynopsisWords, most: int) -> str:
    match group[0]:
        case Trains() as trains:
            return _training(trains, words)
        case Repeats(code=code, rounds=rounds):
            return (
                words.repeats.format(items=code) if rounds is None else words.repeats_times.format(items=code, count=rounds)
            )
        case act:
            items = list(dict.fromkeys(_item(member, words) for member in group))
            return _verb(act, words).format(items=_items(items, words, most))


def _verb(act: Act, words: SynopsisWords) -> str:
    match act:
        case Makes():
            return words.makes
        case Builds():
            return words.builds
        case Defines():
            return words.defines
        case Computes():
            return words.computes
        case Changes():
            return words.changes
        case Differentiates():
            return words.differentiates
        case Draws():
            return words.draws
        case _:
            return words.shows


def _item(act: Act, words: SynopsisWords) -> str:
    match act:
        case Makes():
            return _made(act, words)
        case Defines(what=what, name=name):
            return _defined(what, words).format(name=name)
        case Computes(name=name, code=code):
            return f"{name} = {code}"
        case Draws(root=root):
            return root
        case Trains():
            return trained(act, words)
        case _:
            return act.code


def _defined(what: Definition, words: SynopsisWords) -> str:
    match what:
        case "module":
            return words.module
        case "autograd_function":
            return words.autograd_function
        case "function":
            return words.function
        case "class":
            return words.klass


def _made(act: Makes, words: SynopsisWords) -> str:
    name = act.name if act.value is None else words.made_of.format(name=act.name, value=act.value)
    details = [_sized(act.size, words)] if act.value is None and act.size is not None else []
    if act.kind == "parameter":
        details.append(words.parameter)
    elif act.requires_grad:
        details.append(words.requires_grad)
    return words.made.format(name=name, details=words.detail_joint.join(details)) if details else name


def _sized(size: Size, words: SynopsisWords) -> str:
    match size:
        case ():
            return words.scalar
        case (1,):
            return words.element
        case (count,):
            return words.elements.format(count=count)
        case _:
            return " × ".join(map(str, size))


def _training(act: Trains, words: SynopsisWords) -> str:
    rounds = "" if act.rounds is None else words.rounds.format(count=act.rounds)
    optimiser = words.by_hand if act.optimiser is None else words.optimiser.format(name=act.optimiser)
    return words.trains.format(what=trained(act, words), rounds=rounds, optimiser=optimiser)


def trained(act: Trains, words: SynopsisWords) -> str:
    """What is trained, as a list."""
    return _items(act.what, words, 3)


def _items(items: Sequence[str], words: SynopsisWords, most: int) -> str:
    """A list: all of it, or its beginning, how many more there are, and its end."""
    if len(items) <= most:
        return _joined(items, words.item_joint, words.last_item)
    if most == 1:
        return items[-1]
    before = items[: most - 2] or items[:1]
    return words.cut_items.format(before=words.item_joint.join(before), count=len(items) - len(before) - 1, last=items[-1])


def _told(clauses: Sequence[str], words: SynopsisWords) -> str:
    return _joined(clauses, words.act_joint, words.two_acts if len(clauses) == 2 else words.last_act)


def _joined(parts: Iterable[str], joint: str, last: str) -> str:
    *before, end = [*parts] or [""]
    return f"{joint.join(before)}{last}{end}" if before else end
