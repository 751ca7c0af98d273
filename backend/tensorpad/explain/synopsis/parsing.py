"""Cells as syntax trees.

NOTE [Parsing in the service]
1. Deeply nested source can overflow the compiler's stack, which would end the service. So a cell is parsed only if its
   tokens say that its tree is flat: few brackets and blocks inside each other, and no endless line.
2. Tokens are read without recursion, by Python's own `tokenize`.
3. Source that is not parsed is not described; the limits are far above what a person reads.
"""

import ast
import contextlib
import io
import token
import tokenize
import warnings
from collections.abc import Iterator, Sequence

from tensorpad.dialect.lines import notebook_lines, plain
from tensorpad.explain.synopsis.acts import Fault

CHARS = 16_000
"""Longest program that is read."""
_NESTED = 40
_INDENTED = 20
_TOKENS_OF_A_LINE = 1_000
"""A chain of operators nests its tree as deep as it is long."""
_OPENING, _CLOSING = frozenset("([{"), frozenset(")]}")


class Unreadable(Exception):
    """The source is too long or too deep to be read here."""


def parsed(cells: Sequence[str]) -> list[ast.Module] | Fault:
    """The tree of each cell, or where the first fault of syntax is. Raises Unreadable."""
    if sum(map(len, cells)) > CHARS:
        raise Unreadable
    trees: list[ast.Module] = []
    for number, source in enumerate(cells, 1):
        cell = plain(source, notebook_lines(source))
        try:
            _check_depth(cell)
            with warnings.catch_warnings():
                # What the compiler warns of is for a run to say.
                warnings.simplefilter("ignore")
                trees.append(ast.parse(cell))
        except SyntaxError as error:
            return Fault(number if len(cells) > 1 else None, error.lineno or 1, error.msg)
        except (ValueError, RecursionError, MemoryError, SystemError):
            # A null character or a lone surrogate; the others are what is left of point 1 of the note. Python 3.11 raises
            # SystemError where it miscounts its own depth.
            raise Unreadable from None
    return trees


def _tokens(cell: str) -> Iterator[tokenize.TokenInfo]:
    """The tokens up to where there are none: the compiler does not see more of them, and says better why."""
    with contextlib.suppress(tokenize.TokenError):
        yield from tokenize.generate_tokens(io.StringIO(cell).readline)


def _check_depth(cell: str) -> None:
    """See NOTE [Parsing in the service]."""
    depth = indentation = length = 0
    for item in _tokens(cell):
        if item.type not in (token.COMMENT, token.NL):
            length += 1
        if item.type == token.NEWLINE:
            length = 0
        elif item.type == token.INDENT:
            indentation += 1
        elif item.type == token.DEDENT:
            indentation -= 1
        elif item.string in _OPENING:
            depth += 1
        elif item.string in _CLOSING:
            depth -= 1
        if depth > _NESTED or indentation > _INDENTED or length > _TOKENS_OF_A_LINE:
            raise Unreadable
