"""Programs that ran, but whose training loop does its steps in an order in which they are lost."""

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from tensorpad.explain.evidence import edits
from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.program.sources import after, spanning
from tensorpad.explain.program.training import Event
from tensorpad.explain.words.figures import code
from tensorpad.explain.words.findings import Edit, Finding, Value
from tensorpad.protocol.holders import HolderRecord
from tensorpad.protocol.records import Id, Span

_SCHEDULED = re.compile(r"Detected call of `lr_scheduler\.step\(\)` before `optimizer\.step\(\)`")
_LOOP = 2
"""Passes from one place of the source that make a loop."""


def lost_steps(facts: Facts) -> Iterator[Finding]:
    """An optimiser whose every step found no gradients: they were cleared just before, or not computed yet."""
    clearing = _clearing(facts)
    for optimizer in facts.training.optimizers:
        held = frozenset(one.tensor for one in optimizer.held)
        clears = {name for name, tensors in clearing.items() if held <= tensors}
        state, early, pairs = "none", 0, list[tuple[Event, Event]]()
        last: Event | None = None
        for event in facts.training.events:
            if event.kind == "backward" and not held.isdisjoint(event.reached):
                state = "ready"
            elif event.kind == "clear" and event.name in clears and state in ("ready", "stepped"):
                state, last = "cleared" if state == "ready" else "none", event
            elif event.kind == "step" and event.name == optimizer.name:
                if state in ("ready", "stepped"):
                    pairs.clear()
                    break
                early += state == "none"
                if state == "cleared" and last is not None:
                    pairs.append((last, event))
                last = last or event
        else:
            yield from _lost(facts, optimizer, early, pairs)


def _lost(facts: Facts, optimizer: HolderRecord, early: int, pairs: list[tuple[Event, Event]]) -> Iterator[Finding]:
    """What to say of an optimiser none of whose steps had gradients. `pairs` are the clearings and the steps after them."""
    held = [one.tensor for one in optimizer.held]
    backward = next(
        (event for event in facts.training.events if event.kind == "backward" and set(held) & event.reached), None
    )
    step = next((event for event in facts.training.events if event.kind == "step" and event.name == optimizer.name), None)
    if step is not None and backward is None:
        yield from _without_pass(facts, held, step)
    if backward is None or step is None:
        return
    values: dict[str, Value] = {
        "step": code(facts.sources.text(step.span)),
        "backward": code(facts.sources.text(backward.span)),
        "line": facts.line(step.span),
    }
    if early:
        yield Finding(
            "step_before_backward",
            values,
            tuple(held[:4]),
            (),
            step.span,
            _swapped(facts, step.span, backward.span),
        )
    elif pairs:
        cleared = pairs[0][0]
        values["clear"] = code(facts.sources.text(cleared.span))
        fix = _swapped(facts, cleared.span, step.span)
        yield Finding("cleared_before_step", values, tuple(held[:4]), (), cleared.span, fix)


def _without_pass(facts: Facts, held: list[Id], step: Event) -> Iterator[Finding]:
    """Steps in a program in which no pass ever reached the parameters, and nobody gave them a gradient."""
    tensors = [facts.tensors[tensor] for tensor in held]
    if not facts.training.is_whole or facts.error is not None or any(facts.training.reached.get(item, 0) for item in held):
        return
    if any(tensor.grad is not None or tensor.grad_changes for tensor in tensors) or facts.trace.backwards:
        return
    yield Finding("step_without_backward", {"step": code(facts.sources.text(step.span))}, tuple(held[:4]), (), step.span)


def never_stepped(facts: Facts) -> Iterator[Finding]:
    """A loop that computes the gradients of an optimiser's parameters again and again, in a program that never steps it."""
    if not facts.training.optimizers or not facts.training.is_whole or _calls_step(facts):
        return
    for optimizer in facts.training.optimizers:
        held = {one.tensor for one in optimizer.held}
        spans = [
            backward.span for backward in facts.training.events if backward.kind == "backward" and held & backward.reached
        ]
        counts = Counter(spans)
        span = next((span for span in spans if span is not None and counts[span] >= _LOOP), None)
        if span is None or any(facts.training.changed(facts.tensors[tensor]) for tensor in held):
            continue
        step = f"{optimizer.name}.step()"
        yield Finding(
            "never_stepped",
            {
                "step": code(step),
                "backward": code(facts.sources.text(span)),
                "count": counts[span],
                "names": tuple(facts.label(one.tensor, 1) for one in optimizer.held[:4]),
            },
            tuple(one.tensor for one in optimizer.held[:4]),
            (),
            span,
            edits.line_after(facts, span, step, "add_line"),
        )


def late_clip(facts: Facts) -> Iterator[Finding]:
    """Gradients clipped after the optimiser has used them, each time."""
    events = facts.training.events
    clips = [event for event in events if event.kind == "clip"]
    if not clips or len(events) < 2:
        return
    early = [
        event
        for (before, event), behind in zip(pairwise(events), [*events[2:], None], strict=True)
        if event.kind == "clip" and before.kind == "step" and (behind is None or behind.kind == "clear")
    ]
    if len(early) < len(clips):
        return
    step = next(before for before, event in pairwise(events) if event is clips[0])
    yield Finding(
        "late_clip",
        {"clip": code(facts.sources.text(clips[0].span)), "step": code(facts.sources.text(step.span))},
        (),
        (),
        clips[0].span,
        _swapped(facts, step.span, clips[0].span),
    )


def early_schedule(facts: Facts) -> Iterator[Finding]:
    """A learning-rate scheduler that was stepped before the optimiser: torch has warned of it."""
    for warned in facts.warnings:
        if _SCHEDULED.search(warned.message) is None:
            continue
        statement = facts.sources.statement(warned.line, warned.cell)
        span = statement.span if statement is not None else None
        step = next(
            (event.span for event in facts.training.events if event.kind == "step" and _below(span, event.span)), None
        )
        values: dict[str, Value] = {"schedule": code(facts.sources.text(span) or "scheduler.step()")}
        yield Finding("early_schedule", values, (), (), span, _swapped(facts, span, step))
        return


def _clearing(facts: Facts) -> dict[str, frozenset[Id]]:
    """By the names of modules and optimisers, the tensors whose gradients their `zero_grad` clears."""
    holders = [holder for holder in facts.trace.holders if holder.kind != "container"]
    return {holder.name: frozenset(one.tensor for one in holder.held) for holder in holders}


def _calls_step(facts: Facts) -> bool:
    """Whether anything of the program is called `step`."""
    cells = range(len(facts.sources.cells))
    return any(word.text == "step" for cell in cells for word in facts.sources.tokens(facts.sources.whole(cell)))


def _below(upper: Span | None, lower: Span | None) -> bool:
    """Whether a statement is on the line below another's."""
    return upper is not None and lower is not None and (upper.cell, upper.end_line + 1) == (lower.cell, lower.line)


def _swapped(facts: Facts, first: Span | None, second: Span | None) -> Edit | None:
    """Two statements that stand one below the other, the other way round."""
    if first is None or second is None or not _below(first, second):
        return None
    upper = facts.sources.statement(first.line, first.cell)
    lower = facts.sources.statement(second.line, second.cell)
    if upper is None or lower is None or upper.indent != lower.indent:
        return None
    texts = facts.sources.text(lower.span), facts.sources.text(upper.span)
    between = facts.sources.text(spanning(after(upper.span), lower.span))[: -len(texts[0])]
    values: dict[str, Value] = {"first": code(texts[0]), "second": code(texts[1])}
    return Edit(spanning(upper.span, lower.span), texts[0] + between + texts[1], "swap_lines", values)


RULES = (lost_steps, never_stepped, late_clip, early_schedule)
