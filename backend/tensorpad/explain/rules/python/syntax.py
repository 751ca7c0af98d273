"""Source that is no Python, or that calls and indexes what cannot be."""

import re
import unicodedata
from typing import Final

from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.program.sources import before
from tensorpad.explain.words.figures import code
from tensorpad.explain.words.findings import Edit, Finding, Value
from tensorpad.protocol.records import Span

_NOT_SUBSCRIPTABLE = re.compile(r"'(?:builtin_function_or_method|method)' object is not subscriptable")
_CHARACTER = re.compile(r"invalid (?:non-printable )?character '?(.)?'? ?\(?U\+([0-9A-F]{4,6})\)?")
_UNCLOSED = re.compile(r"'(.)' was never closed")
_COLON = re.compile(r"expected ':'")
_EQUALS = re.compile(r"Maybe you meant '==' (?:or ':=' )?instead of '='")
_ASCII: Final = {
    "。": ".",
    "、": ",",
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "【": "[",
    "】": "]",
    "—": "-",
    "–": "-",
    "×": "*",
    "÷": "/",
    "−": "-",
    "《": "<",
    "》": ">",
}


def not_subscriptable(facts: Facts) -> Finding | None:
    """`x.size[0]`: brackets behind a method."""
    if facts.match(_NOT_SUBSCRIPTABLE) is None:
        return None
    tokens = facts.sources.tokens(facts.span)
    sizes = [token for index, token in enumerate(tokens) if token.text == "size" and index and tokens[index - 1].text == "."]
    fix = Edit(sizes[-1].span, "shape", "use_shape", {}) if sizes else None
    return Finding("not_subscriptable", {"code": code(facts.text)}, (), (), facts.span, fix)


def character(facts: Facts) -> Finding | None:
    """A character that is no part of Python, such as a full-width comma."""
    match = facts.match(_CHARACTER)
    if match is None or facts.type != "SyntaxError" or facts.cell is None:
        return None
    wrong = chr(int(match[2], 16))
    plain = _ASCII.get(wrong) or unicodedata.normalize("NFKC", wrong)
    fix: Edit | None = None
    if plain.isascii() and facts.text == wrong and facts.span is not None:
        fix = _every(facts, facts.span)
    shown: Value = code(wrong) if wrong.isprintable() and not wrong.isspace() else code(f"U+{match[2]}")
    return Finding(
        "character", {"character": shown, "plain": code(plain) if plain.strip() else code("␣")}, (), (), facts.span, fix
    )


def syntax(facts: Facts) -> Finding | None:
    """Brackets that are never closed, a colon that is missing, one equals sign for two."""
    if facts.type != "SyntaxError":
        return None
    bracket = facts.match(_UNCLOSED)
    if bracket is not None:
        return Finding("unclosed", {"bracket": code(bracket[1])}, (), (), facts.span)
    if facts.match(_COLON) is not None and facts.span is not None:
        return Finding("colon", {}, (), (), facts.span, Edit(before(facts.span), ":", "colon", {}))
    if facts.match(_EQUALS) is not None:
        signs = [token for token in facts.sources.tokens(facts.span) if token.text == "="]
        fix = Edit(signs[0].span, "==", "compare", {}) if len(signs) == 1 else None
        return Finding("equals", {}, (), (), facts.span, fix)
    return None


def _every(facts: Facts, span: Span) -> Edit | None:
    """Every full-width character of the line in plain, up to a comment or a string."""
    line = facts.sources.line(span.cell, span.line).rstrip("\n")
    rest = line[span.column :]
    end = next((index for index, character in enumerate(rest) if character in "#\"'"), len(rest))
    plain = "".join(_plain(character) for character in rest[:end]) + rest[end:]
    return Edit(Span(span.cell, span.line, span.column, span.line, len(line)), plain, "plain_character", {})


def _plain(character: str) -> str:
    """A full-width character as the ASCII one that looks like it; any other character as it is."""
    if character.isascii():
        return character
    wide = unicodedata.normalize("NFKC", character)
    return _ASCII.get(character) or (wide if wide.isascii() and len(wide) == 1 else character)


RULES = (not_subscriptable, character, syntax)
