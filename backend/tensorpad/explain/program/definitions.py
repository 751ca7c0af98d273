"""The functions, methods and classes that a program defines, and the hooks that it registers, as its tokens show them."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from tensorpad.explain.program.sources import Sources, Token, spanning
from tensorpad.protocol.records import Span

_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")
_LONGEST = 1_000
"""Most tokens between two brackets: a source of brackets that are never closed would be read once for each."""
HOOKS: Final = {
    "register_hook": ("grad",),
    "register_forward_hook": ("module", "args", "output"),
    "register_forward_pre_hook": ("module", "args"),
    "register_full_backward_hook": ("module", "grad_input", "grad_output"),
    "register_full_backward_pre_hook": ("module", "grad_output"),
    "register_backward_hook": ("module", "grad_input", "grad_output"),
    "register_post_accumulate_grad_hook": ("param",),
    "register_prehook": ("grad_outputs",),
}
"""What a hook of each kind is called with."""


@dataclass(slots=True)
class Definition:
    """A `def` or `class`. `owner` is the class around it; `bases` are the names in a class's parentheses.

    `returns` are the tokens behind each `return` of its own, `body` the first token of its body.
    """

    name: str
    is_class: bool
    owner: str
    keyword: Token
    span: Span
    parameters: list[str] = field(default_factory=list[str])
    decorators: list[str] = field(default_factory=list[str])
    bases: list[str] = field(default_factory=list[str])
    returns: list[list[Token]] = field(default_factory=list[list[Token]])
    opening: Token | None = None
    body: Token | None = None
    tokens: list[Token] = field(default_factory=list[Token])


@dataclass(frozen=True, slots=True)
class Registration:
    """A call that registers a hook: its function, and what it was given, a name or a `lambda`."""

    function: str
    receiver: str
    target: str
    lambda_span: Span | None
    parameters: tuple[str, ...]
    span: Span
    argument: Span


class Definitions:
    """What the cells of a program define."""

    def __init__(self, sources: Sources) -> None:
        self._sources = sources

    @cached_property
    def _tokens(self) -> list[list[Token]]:
        return [self._sources.tokens(self._sources.whole(cell)) for cell in range(len(self._sources.cells))]

    @cached_property
    def all(self) -> list[Definition]:
        """Every definition, in order."""
        return [definition for tokens in self._tokens for definition in _definitions(tokens)]

    @cached_property
    def hooks(self) -> list[Registration]:
        """Every call that registers a hook."""
        return [hook for tokens in self._tokens for hook in _registrations(tokens)]

    @cached_property
    def functions(self) -> dict[str, Definition]:
        """The classes that are custom autograd functions, by name."""
        return {item.name: item for item in self.all if item.is_class and item.bases[-1:] == ["Function"]}

    @cached_property
    def _methods(self) -> dict[tuple[str, str], Definition]:
        return {(item.owner, item.name): item for item in self.all if item.owner and not item.is_class}

    def method(self, owner: str, name: str) -> Definition | None:
        """A method of a class."""
        return self._methods.get((owner, name))

    def function(self, name: str) -> Definition | None:
        """The last function of a name that is no method."""
        return next(
            (item for item in reversed(self.all) if item.name == name and not item.is_class and not item.owner), None
        )

    def around(self, span: Span) -> Definition | None:
        """The innermost function in which a piece of source lies."""
        inner = [item for item in self.all if not item.is_class and inside(span, item.span)]
        return inner[-1] if inner else None

    def calls(self, *path: str) -> Iterator[tuple[list[Token], int]]:
        """Where a dotted name is called: the tokens of the cell, and the index of its parenthesis."""
        wanted = [piece for name in path for piece in (".", name)][1:]
        length = len(wanted)
        for tokens in self._tokens:
            for index in range(len(tokens) - length):
                if tokens[index].text != wanted[0] or tokens[index + length].text != "(":
                    continue
                before = tokens[index - 1].text if index else ""
                if [item.text for item in tokens[index : index + length]] == wanted and before not in ("def", "class"):
                    yield tokens, index + length


def inside(inner: Span, outer: Span) -> bool:
    """Whether one piece of source is part of another."""
    start = (outer.line, outer.column) <= (inner.line, inner.column)
    return inner.cell == outer.cell and start and (inner.end_line, inner.end_column) <= (outer.end_line, outer.end_column)


def closing(tokens: list[Token], index: int) -> int:
    """The index of the bracket that closes the one at `index`; the number of tokens if there is none, or it is far away."""
    depth = 0
    for end in range(index, min(index + _LONGEST, len(tokens))):
        depth += (tokens[end].text in _OPENING) - (tokens[end].text in _CLOSING)
        if depth == 0:
            return end
    return len(tokens)


def split(tokens: list[Token]) -> list[list[Token]]:
    """Tokens between the commas that are in no brackets."""
    parts: list[list[Token]] = [[]]
    depth = 0
    for item in tokens:
        depth += (item.text in _OPENING) - (item.text in _CLOSING)
        if item.text == "," and depth == 0:
            parts.append([])
        else:
            parts[-1].append(item)
    return [part for part in parts if part]


def _definitions(tokens: list[Token]) -> Iterator[Definition]:
    open_: list[Definition] = []
    done: list[Definition] = []
    depth, decorators = 0, list[str]()
    index = 0
    last_line = 0
    while index < len(tokens):
        item = tokens[index]
        first = depth == 0 and item.span.line > last_line
        if first:
            while open_ and open_[-1].keyword.span.column >= item.span.column and item.text not in _CLOSING:
                open_.pop()
            if item.text == "@":
                decorators.extend(part.text for part in tokens[index + 1 : index + 6] if part.span.line == item.span.line)
        if first and item.text in ("def", "class") and index + 1 < len(tokens):
            definition, end = _header(tokens, index)
            definition.decorators, decorators = decorators, []
            owner = next((outer for outer in reversed(open_)), None)
            definition.owner = owner.name if owner is not None and owner.is_class else ""
            open_.append(definition)
            done.append(definition)
            for outer in open_:
                outer.span = spanning(outer.span, tokens[min(end, len(tokens) - 1)].span)
            last_line, index = tokens[min(end, len(tokens) - 1)].span.end_line, end + 1
            continue
        depth += (item.text in _OPENING) - (item.text in _CLOSING)
        _take(tokens, index, open_)
        last_line = item.span.end_line
        index += 1
    return iter(done)


def _header(tokens: list[Token], index: int) -> tuple[Definition, int]:
    """A definition up to its colon, and the index of that."""
    keyword, name = tokens[index], tokens[index + 1]
    definition = Definition(name.text, keyword.text == "class", "", keyword, spanning(keyword.span, name.span))
    end = index + 2
    if end < len(tokens) and tokens[end].text == "(":
        definition.opening = tokens[end]
        shut = closing(tokens, end)
        inner = tokens[end + 1 : shut]
        if definition.is_class:
            definition.bases = [item.text for item in inner if item.is_name]
        else:
            definition.parameters = [part[0].text if part[0].is_name else part[-1].text for part in split(inner)]
        end = shut
    while end < len(tokens) and tokens[end].text != ":":
        end += 1
    return definition, end


def _take(tokens: list[Token], index: int, open_: list[Definition]) -> None:
    """Add a token to the definitions that it is in."""
    item = tokens[index]
    for definition in open_:
        definition.span = spanning(definition.span, item.span)
        if definition.body is None:
            definition.body = item
    if not open_:
        return
    open_[-1].tokens.append(item)
    if item.text == "return" and not open_[-1].is_class:
        open_[-1].returns.append(_expression(tokens, index + 1))


def _expression(tokens: list[Token], index: int) -> list[Token]:
    """The tokens from `index` to the end of the statement."""
    depth, found = 0, list[Token]()
    line = tokens[index - 1].span.end_line
    for item in tokens[index:]:
        if depth == 0 and (item.span.line > line or item.text == ";"):
            break
        depth += (item.text in _OPENING) - (item.text in _CLOSING)
        line = item.span.end_line
        found.append(item)
    return found


def _registrations(tokens: list[Token]) -> Iterator[Registration]:
    for index in range(1, len(tokens) - 2):
        name = tokens[index].text
        if name not in HOOKS or tokens[index + 1].text != "(" or tokens[index - 1].text != ".":
            continue
        shut = closing(tokens, index + 1)
        parts = split(tokens[index + 2 : shut])
        argument = parts[0] if parts else []
        if not argument or shut >= len(tokens):
            continue
        lambda_span, parameters, target = None, tuple[str, ...](), ""
        if argument[0].text == "lambda":
            argument = tokens[index + 2 : shut]
            colon = next((place for place, item in enumerate(argument) if item.text == ":"), 0)
            parameters = tuple(part[0].text for part in split(argument[1:colon]))
            body = split(argument[colon:])
            argument = argument[: colon + len(body[0])] if body else argument
            lambda_span = spanning(argument[0].span, argument[-1].span)
        elif len(argument) == 1 or argument[-2].text == ".":
            target = argument[-1].text
        given = spanning(argument[0].span, argument[-1].span)
        span = spanning(tokens[index - 2].span, tokens[shut].span) if index >= 2 else given
        yield Registration(name, _receiver(tokens, index - 1), target, lambda_span, parameters, span, given)


def _receiver(tokens: list[Token], dot: int) -> str:
    """What stands before a dot, as far as it is names, dots and plain indices."""
    pieces: list[str] = []
    for item in reversed(tokens[max(dot - 12, 0) : dot]):
        if not (item.is_name or item.text in (".", "[", "]") or item.text.isdigit()):
            break
        if item.is_name and pieces and pieces[-1] not in (".", "["):
            break
        pieces.append(item.text)
    return "".join(reversed(pieces))
