"""Runs everything in a lesson that can be run, and says what did not do as the lesson says."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass

from tensorpad.gates.answers import asked, sentence
from tensorpad.gates.parsing import gates_of
from tensorpad.lessons.cells import explained, with_distractors, without_distractors
from tensorpad.lessons.lesson import CardsBlock, CellBlock, ExerciseBlock, Lesson, ParsonsBlock, SourceCell
from tensorpad.lessons.seeing import unseen
from tensorpad.protocol.outcomes import Outcome
from tensorpad.protocol.records import ErrorRecord

Run = Callable[[tuple[str, ...], bool], Awaitable[Outcome]]
"""Runs cells in one namespace, with a trace or without."""
_PROVED = re.compile(r"^\[proof (\d+)\] (True|False)$", re.MULTILINE)

Fault = tuple[int, str]
"""A line of the file, and what is wrong there."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Where cells ended: the place of the one that failed among them, and its error (None: it was stopped)."""

    place: int
    error: ErrorRecord | None

    @property
    def text(self) -> str:
        """The error in a line."""
        return f"{self.error.type}: {self.error.message}".rstrip(": ") if self.error else "it was stopped at a limit"

    @property
    def line(self) -> int | None:
        """The line of the cell at which it failed."""
        return self.error.line if self.error is not None and self.error.cell is None else None


def failure_of(outcome: Outcome) -> Failure | None:
    """The first cell that did not end well."""
    for place, cell in enumerate(outcome.cells):
        if cell.record is None or cell.record.status != "ok":
            return Failure(place, cell.record.error if cell.record is not None else None)
    return None


class Trials:
    """The runs of one lesson."""

    def __init__(self, lesson: Lesson, run: Run) -> None:
        self._lesson, self._run = lesson, run

    async def faults(self) -> AsyncIterator[Fault]:
        """Everything that is wrong."""
        plain = tuple(cell for cell in self._lesson.cells if not cell.raises)
        async for fault in self._notebook(plain):
            yield fault
        for number, cell in enumerate(self._lesson.cells, 1):
            if cell.raises:
                async for fault in self._raising(number, cell):
                    yield fault
        above = 1
        tables = 0
        for section in self._lesson.sections:
            for block in section.blocks:
                match block:
                    case CellBlock(number=number):
                        above = number + 1
                    case ExerciseBlock():
                        async for fault in self._exercise(block, self._lesson.before(above)):
                            yield fault
                    case ParsonsBlock():
                        async for fault in self._parsons(block, self._lesson.before(above)):
                            yield fault
                    case CardsBlock():
                        tables += 1
                        async for fault in self._cards(block, tables):
                            yield fault
                    case _:
                        pass

    async def _notebook(self, cells: tuple[SourceCell, ...]) -> AsyncIterator[Fault]:
        """All cells that raise nothing, as one notebook."""
        if not cells:
            return
        outcome = await self._run(tuple(cell.code for cell in cells), True)
        failed = failure_of(outcome)
        if failed is not None:
            cell = cells[failed.place]
            meant = "if it is meant to, write :tags: [raises-exception]"
            yield _line(cell, failed), f"the cell fails: {failed.text}; {meant}"
        for fault in self._of_run(cells, outcome):
            yield fault
        if failed is None:
            async for fault in self._proofs(cells):
                yield fault

    async def _raising(self, number: int, cell: SourceCell) -> AsyncIterator[Fault]:
        """A cell that is meant to fail, after the others before it."""
        cells = (*self._lesson.before(number), cell)
        outcome = await self._run(tuple(cell.code for cell in cells), True)
        failed = failure_of(outcome)
        if failed is not None and failed.place < len(cells) - 1:
            return  # the notebook has told it
        if failed is None:
            yield cell.line, "the cell does not fail, and has the tag raises-exception"
        elif failed.error is None or failed.error.refused:
            yield _line(cell, failed), f"the cell fails in another way than by an exception: {failed.text}"
        for fault in self._of_run(cells, outcome, only=len(cells) - 1):
            yield fault
        async for fault in self._proofs(cells, only=len(cells) - 1):
            yield fault

    def _of_run(self, cells: Sequence[SourceCell], outcome: Outcome, only: int | None = None) -> list[Fault]:
        """Gates that have no answer, answers that are called wrong, and looks that show nothing."""
        faults: list[Fault] = []
        for item in asked([cell.code for cell in cells], outcome):
            cell = cells[item.cell]
            if only is not None and item.cell != only:
                continue
            if item.fault is not None and not item.gate.faults:
                faults.append((cell.line + item.fault.line - 1, sentence(item.fault, "en")))
            for miss in item.gate.misses:
                if miss.answer == item.answer:
                    faults.append((cell.line + item.gate.line - 1, f"{miss.answer} is the right answer, and no miss"))
        numbers = {id(cell): number for number, cell in enumerate(self._lesson.cells, 1)}
        for place, cell in enumerate(cells):
            if only is not None and place != only:
                continue
            for look in self._lesson.looks:
                if look.cell == numbers[id(cell)] and (why := unseen(look, place, outcome)) is not None:
                    faults.append((look.line, why))
        return faults

    async def _proofs(self, cells: Sequence[SourceCell], only: int | None = None) -> AsyncIterator[Fault]:
        """Run the cells with the proofs of their right options in place of the comments."""
        proofs = [
            (place, gate.proof)
            for place, cell in enumerate(cells)
            for gate in gates_of(cell.code)
            if gate.proof is not None and (only is None or place == only)
        ]
        if not proofs:
            return
        programs = [cell.code.split("\n") for cell in cells]
        for place, proof in proofs:
            line = programs[place][proof.line - 1]
            indent = line[: len(line) - len(line.lstrip())]
            programs[place][proof.line - 1] = f"{indent}print('[proof {proof.line}]', bool({proof.expression}))"
        outcome = await self._run(tuple("\n".join(lines) for lines in programs), False)
        failed = failure_of(outcome)
        for place, proof in proofs:
            line = cells[place].line + proof.line - 1
            told = [match[2] for match in _PROVED.finditer(outcome.cells[place].stdout) if int(match[1]) == proof.line]
            if told and told[0] == "False":
                yield line, f"this does not prove the right option: {proof.expression} is false here"
            elif not told and failed is not None and (failed.place, failed.line) == (place, proof.line):
                yield line, f"this proves nothing: {failed.text}"
            elif not told and (failed is None or failed.place >= place):
                yield line, "the program does not come to this proof"

    async def _exercise(self, block: ExerciseBlock, before: tuple[SourceCell, ...]) -> AsyncIterator[Fault]:
        parts = self._lesson.parts
        names = [f"{block.label}-{name}" for name in ("start", "check", "solution")]
        if any(name not in parts for name in names):
            return  # told when it was read
        start, check, solution = (parts[name] for name in names)
        async for fault in self._solved(before, solution, solution.code, check):
            yield fault
        if await self._failed(before, start.code, check) is None:
            yield start.line, f"{start.label} passes the check already, so that nothing is left to do"
        told: dict[str, str] = {}
        for label, cell in parts.items():
            if not label.startswith(f"{block.label}-wrong-"):
                continue
            failed = await self._failed(before, explained(cell)[0], check)
            if failed is None:
                yield cell.line, f"{label} passes the check; make the check find what is wrong with it"
            elif not (failed.error and failed.error.message):
                yield cell.line, f"{label} fails without a message: {failed.text}"
            elif failed.text in told:
                yield cell.line, f"{label} fails with the message of {told[failed.text]}; each needs its own"
            else:
                told[failed.text] = label

    async def _parsons(self, block: ParsonsBlock, before: tuple[SourceCell, ...]) -> AsyncIterator[Fault]:
        solution, check = (self._lesson.parts.get(f"{block.label}-{name}") for name in ("solution", "check"))
        if solution is None or check is None:
            return
        async for fault in self._solved(before, solution, without_distractors(solution.code), check):
            yield fault
        if await self._failed(before, "", check) is None:
            yield check.line, f"{check.label} passes an empty program"
        for at, code in with_distractors(solution.code).items():
            if await self._failed(before, code, check) is None:
                yield (
                    solution.line + at,
                    f"{check.label} passes with this line in the program, as if it belonged there",
                )

    async def _solved(
        self, before: tuple[SourceCell, ...], solution: SourceCell, code: str, check: SourceCell
    ) -> AsyncIterator[Fault]:
        """The model solution passes."""
        failed = await self._failed(before, code, check)
        if failed is not None:
            cell = (*before, solution, check)[failed.place]
            yield _line(cell, failed), f"{solution.label} does not pass {check.label}: {failed.text}"

    async def _failed(self, before: tuple[SourceCell, ...], code: str, check: SourceCell) -> Failure | None:
        cells = (*(cell.code for cell in before), code, check.code)
        return failure_of(await self._run(cells, False))

    async def _cards(self, block: CardsBlock, number: int) -> AsyncIterator[Fault]:
        for place, row in enumerate(block.rows):
            failed = failure_of(await self._run((block.setup, row.code), False))
            if failed is not None and failed.place == 0:
                yield self._lesson.lines[f"cards {number}"], f"the setup of the table fails: {failed.text}"
                return
            if failed is not None:
                yield self._lesson.lines[f"cards {number} {place}"], f"the program of the row fails: {failed.text}"


def _line(cell: SourceCell, failed: Failure) -> int:
    """The line of the file at which a cell failed."""
    return cell.line + (failed.line or 1) - 1
