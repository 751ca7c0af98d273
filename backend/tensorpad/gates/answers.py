"""The gates of a program, each with the answer that its run gave."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from tensorpad.gates.blocks import Blocks
from tensorpad.gates.gate import Fault, Gate, WrittenGate
from tensorpad.gates.parsing import MARK, gates_of
from tensorpad.gates.past import Past
from tensorpad.gates.places import Place, Places
from tensorpad.gates.things import Thing, Unanswerable, thing_at, written
from tensorpad.protocol.messages import RunRequest
from tensorpad.protocol.outcomes import Outcome
from tensorpad.texts import CATALOGUES, Lang

NO_ERROR = "no error"
"""The answer to `raises` where the statement ran to its end."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A gate of a cell (from 0), after which step it is asked, and its answer or why there is none."""

    cell: int
    gate: WrittenGate
    step: int | None
    answer: str | None
    fault: Fault | None


def asked(cells: Sequence[str], outcome: Outcome, titles: Sequence[str] = ()) -> Iterator[Asked]:
    """The gates of all cells of a program that has run, in order. `titles` are those of its request."""
    if not any(MARK in cell for cell in cells):
        return
    past = Past(outcome.trace)
    for index, cell in enumerate(cells):
        blocks = Blocks(cell)
        name = titles[index] if titles else f"cell {index + 1}"
        places = Places(index, name, blocks, past, outcome.cells[index])
        for gate in gates_of(cell, blocks):
            place = places.of(gate) if gate.kind is not None else None
            answer, fault = _answered(gate, place, places, past)
            step = place.step if place is not None and place.reached else None
            yield Asked(index, gate, step, answer, fault)


def gates(request: RunRequest, outcome: Outcome, lang: Lang) -> tuple[Gate, ...]:
    """The gates of a program that has run, as an answer has them."""
    return tuple(_told(item, lang) for item in asked(request.cells, outcome, request.titles))


def sentence(fault: Fault, lang: Lang) -> str:
    """Why a gate has no answer, without its line."""
    return CATALOGUES[lang].gates[fault.key].format(**fault.values)


def _told(item: Asked, lang: Lang) -> Gate:
    gate, fault = item.gate, item.fault
    problem = None
    if fault is not None:
        problem = CATALOGUES[lang].gates["at_line"].format(line=fault.line, problem=sentence(fault, lang))
    return Gate(
        cell=item.cell,
        line=gate.line,
        kind=gate.kind,
        target=gate.target,
        step=item.step,
        answer=item.answer,
        options=gate.options,
        misses=gate.misses,
        because=gate.because,
        problem=problem,
    )


def _answered(gate: WrittenGate, place: Place | None, places: Places, past: Past) -> tuple[str, None] | tuple[None, Fault]:
    """The answer, or why there is none."""
    if gate.faults:
        return None, gate.faults[0]
    if place is None:
        return None, Fault(gate.line, "first")
    if not place.reached:
        return None, Fault(gate.line, "not_reached")
    try:
        return _answer(gate, place, places, past), None
    except Unanswerable as reason:
        return None, Fault(gate.line, reason.key, reason.values)


def _answer(gate: WrittenGate, place: Place, places: Places, past: Past) -> str:
    """The answer to a gate that was reached. Raises Unanswerable."""
    if gate.kind == "which":
        return next(option.text for option in gate.options if option.right)
    if gate.kind == "raises":
        return places.error(gate) or NO_ERROR
    step = -1 if place.step is None else place.step
    if gate.kind == "shares":
        first, second = (_stored(name, past, place.frame, step) for name in gate.target.split())
        return str(first == second)
    if gate.kind == "grad":
        return written(thing_at(f"{gate.target}.grad", past, place.frame, step), f"{gate.target}.grad")
    thing = thing_at(gate.target, past, place.frame, step)
    if gate.kind == "value":
        return written(thing, gate.target)
    if thing.text is not None:
        raise Unanswerable("tensor", name=gate.target, text=thing.text)
    return str(thing.shape) if gate.kind == "shape" else thing.dtype


def _stored(name: str, past: Past, frame: int, step: int) -> str:
    """The storage of a tensor or array."""
    thing: Thing = thing_at(name, past, frame, step)
    if thing.text is not None:
        raise Unanswerable("tensor", name=name, text=thing.text)
    if thing.storage is None:
        raise Unanswerable("storage", name=name)
    return thing.storage
