"""Edits that several rules offer. Each is None if it cannot be made safely in the given source."""

from collections.abc import Sequence
from itertools import pairwise

from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.program.sources import Token, after, before, spanning
from tensorpad.explain.words.figures import code
from tensorpad.explain.words.findings import Edit, Value
from tensorpad.protocol.records import Id, Span

_AUGMENTED = {"+=": "+", "-=": "-", "*=": "*", "/=": "/", "//=": "//", "**=": "**", "%=": "%", "@=": "@"}


def change_name(
    facts: Facts, tensor: Id | None, suffix: str, wording: str, span: Span | None = None, last: bool = False
) -> Edit | None:
    """Write `suffix` behind the name of a tensor in the failing source."""
    name = facts.name(tensor)
    use = facts.sources.name(span or facts.span, name, last) if name else None
    if name is None or use is None:
        return None
    return Edit(after(use), suffix, wording, {"name": code(name), "code": code(name + suffix)})


def change_operand(facts: Facts, tensor: Id | None, suffix: str, wording: str) -> Edit | None:
    """Write `suffix` behind a tensor in the failing source: behind its name, or behind the expression that made it there."""
    edit = change_name(facts, tensor, suffix, wording)
    if edit is not None or tensor is None or facts.name(tensor) is not None:
        return edit
    maker = facts.makers.get(tensor)
    place = maker.span if maker is not None else sole_argument(facts)
    if place is None or not inside(place, facts.span):
        return None
    text = facts.sources.text(place)
    if _is_primary(facts.sources.tokens(place)):
        return Edit(after(place), suffix, wording, {"name": code(text), "code": code(text + suffix)})
    whole = f"({text}){suffix}"
    return Edit(place, whole, wording, {"name": code(text), "code": code(whole)})


def sole_argument(facts: Facts) -> Span | None:
    """The only argument of the call that the failing source is."""
    tokens = facts.sources.tokens(facts.span)
    if len(tokens) < 4 or tokens[-1].text != ")":
        return None
    depth = 0
    for index in range(len(tokens) - 1, 0, -1):
        text = tokens[index].text
        depth += (text in (")", "]", "}")) - (text in ("(", "[", "{"))
        if depth == 0:
            return spanning(tokens[index + 1].span, tokens[-2].span) if index < len(tokens) - 2 else None
        if depth == 1 and text in (",", "="):
            return None
    return None


def change_method(
    facts: Facts, span: Span | None, method: str, replacement: str, wording: str, **values: Value
) -> Edit | None:
    """Replace the name of the last method `method` that is called in a span; `.` and the parentheses stay."""
    tokens = facts.sources.tokens(span)
    for index in range(len(tokens) - 2, 0, -1):
        if tokens[index].text == method and tokens[index - 1].text == "." and tokens[index + 1].text == "(":
            return Edit(tokens[index].span, replacement, wording, values)
    return None


def before_method(facts: Facts, span: Span | None, method: str, inserted: str, wording: str, **values: Value) -> Edit | None:
    """Insert a call such as `.float()` in front of the last `.method(` of a span."""
    tokens = facts.sources.tokens(span)
    for index in range(len(tokens) - 2, 0, -1):
        if tokens[index].text == method and tokens[index - 1].text == "." and tokens[index + 1].text == "(":
            return Edit(before(tokens[index - 1].span), inserted, wording, values)
    return None


def add_argument(facts: Facts, span: Span | None, argument: str, wording: str, **values: Value) -> Edit | None:
    """Add a keyword argument to the call that a span ends with, unless it has it already."""
    closing = facts.sources.closing(span)
    keyword = argument.partition("=")[0]
    if closing is None or any(token.text == keyword for token in facts.sources.tokens(span)):
        return None
    end, filled = closing
    tokens = facts.sources.tokens(span)
    trailing = len(tokens) > 1 and tokens[-2].text == ","
    inserted = argument if not filled or trailing else f", {argument}"
    return Edit(end, inserted, wording, {"argument": code(argument), **values})


def out_of_place(facts: Facts, span: Span | None) -> Edit | None:
    """`x += y` as `x = x + y`, and `x.add_(y)` as `x = x.add(y)`, where that is a statement of its own."""
    statement = facts.sources.statement(span.line, span.cell) if span else None
    if statement is None:
        return None
    tokens = statement.tokens
    target = tokens[0]
    if not target.is_name or len(tokens) < 3:
        return None
    operator = _AUGMENTED.get(tokens[1].text)
    if operator is not None:
        value = facts.sources.text(spanning(tokens[2].span, tokens[-1].span))
        whole = value if len(tokens) == 3 or _call(tokens[2:]) else f"({value})"
        replacement = f"{target.text} = {target.text} {operator} {whole}"
        return Edit(statement.span, replacement, "out_of_place", {"code": code(replacement)})
    method = tokens[2]
    if tokens[1].text != "." or not method.text.endswith("_") or method.text.endswith("__") or not _call(tokens):
        return None
    if method.text in ("zero_", "fill_", "copy_", "requires_grad_", "uniform_", "normal_"):
        return None
    rest = facts.sources.text(spanning(tokens[3].span, tokens[-1].span))
    replacement = f"{target.text} = {target.text}.{method.text[:-1]}{rest}"
    return Edit(statement.span, replacement, "out_of_place", {"code": code(replacement)})


def without_gradients(facts: Facts, span: Span | None) -> Edit | None:
    """Put a statement under `torch.no_grad()`."""
    statement = facts.sources.statement(span.line, span.cell) if span else None
    if statement is None:
        return None
    inserted = f"with torch.no_grad():\n{statement.indent}    "
    return Edit(before(statement.span), inserted, "no_grad", {"code": code("with torch.no_grad():")})


def line_before(facts: Facts, span: Span | None, line: str, wording: str, **values: Value) -> Edit | None:
    """Put a line in front of a statement."""
    statement = facts.sources.statement(span.line, span.cell) if span else None
    if statement is None:
        return None
    return Edit(before(statement.span), f"{line}\n{statement.indent}", wording, {"code": code(line), **values})


def line_after(facts: Facts, span: Span | None, line: str, wording: str, **values: Value) -> Edit | None:
    """Put a line behind a simple statement and its comment."""
    statement = facts.sources.simple(span)
    if statement is None:
        return None
    cell, last = statement.span.cell, statement.span.end_line
    column = len(facts.sources.line(cell, last).rstrip("\n"))
    inserted = f"\n{statement.indent}" + line.replace("\n", f"\n{statement.indent}")
    return Edit(Span(cell, last, column, last, column), inserted, wording, {"code": code(line), **values})


def several(facts: Facts, changes: Sequence[tuple[Span, str]], wording: str, **values: Value) -> Edit | None:
    """Several changes as one, of all the source from the first to the last; None if they overlap."""
    ordered = sorted(changes, key=lambda change: (change[0].cell, change[0].line, change[0].column))
    text = ordered[0][1]
    for (span, _), (following, replacement) in pairwise(ordered):
        ends, starts = (span.end_line, span.end_column), (following.line, following.column)
        if following.cell != span.cell or starts < ends:
            return None
        text += facts.sources.text(Span(span.cell, *ends, *starts)) + replacement
    return Edit(spanning(ordered[0][0], ordered[-1][0]), text, wording, values)


def inside(inner: Span, outer: Span | None) -> bool:
    """Whether a span is a part of another, and not all of it."""
    if outer is None or inner.cell != outer.cell or inner == outer:
        return False
    begins = (outer.line, outer.column) <= (inner.line, inner.column)
    return begins and (inner.end_line, inner.end_column) <= (outer.end_line, outer.end_column)


def _is_primary(tokens: list[Token]) -> bool:
    """Whether tokens are names, attributes and calls only, so that a method can be called on them as they stand."""
    depth = 0
    for token in tokens:
        depth -= token.text in (")", "]", "}")
        if depth == 0 and not (token.is_name or token.text in (".", "(", ")", "[", "]")):
            return False
        depth += token.text in ("(", "[", "{")
    return bool(tokens) and tokens[0].is_name


def _call(tokens: list[Token]) -> bool:
    """Whether tokens are a dotted name with one call at its end."""
    if not tokens:
        return False
    depth = 0
    for index, token in enumerate(tokens):
        depth += (token.text in ("(", "[", "{")) - (token.text in (")", "]", "}"))
        if depth == 0 and index < len(tokens) - 1 and not (token.is_name or token.text == "."):
            return False
    return tokens[-1].text == ")"
