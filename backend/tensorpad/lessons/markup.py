"""Markdown of lessons as HTML: MyST's notation, without raw HTML. What is wrong is reported by line."""

from collections.abc import MutableMapping, Sequence
from dataclasses import dataclass, field
from html import escape
from re import compile as pattern
from typing import Any, Final

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from mdit_py_plugins.attrs import attrs_block_plugin, attrs_plugin
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.front_matter import front_matter_plugin
from mdit_py_plugins.myst_role import myst_role_plugin

from tensorpad.lessons.lesson import Look
from tensorpad.lessons.looks import look_of

_LESSON = pattern(r"(?:\.\./)?\d\d-([\w-]+)(?:/(?:lesson(?:\.[\w-]+)?(?:\.md)?)?)?")
_DIRECTIVE = pattern(r"\{([\w-]+)\}\s*(.*)")
_NOTES = frozenset({"note", "tip", "warning"})
_BRACES = pattern(r"\{\s*\.|[{｛]\s*[.．。]?(?:look|cards)\b")
"""The beginning of attributes that Markdown takes for text."""
_EXAMPLE: Final = "[words]{.look view=memory of=y line=3}"


@dataclass(slots=True)
class Context:
    """What rendering needs to know, and what it finds. `cell` is the number of the plain cell above."""

    cell: int = 0
    shift: int = 0
    """Lines of the file before the text that is rendered."""
    looks: list[Look] = field(default_factory=list[Look])
    links: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    faults: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    open: list[Look | None] = field(default_factory=list[Look | None])
    """The spans around the token that is rendered, innermost last; None for one that is no look."""


def attributes(token: Token) -> dict[str, str]:
    """What braces give to a token: `.look` is `{"class": "look"}`. None of it becomes an attribute in HTML by itself."""
    return {key: str(value) for key, value in token.meta.get("insecure_attrs", {}).items()}


def directive(token: Token) -> tuple[str, str] | None:
    """The name and argument of a fence that is a directive."""
    match = _DIRECTIVE.fullmatch(token.info.strip()) if token.type in ("fence", "colon_fence") else None
    return (match[1], match[2].strip()) if match else None


class Markup:
    """Parses and renders."""

    def __init__(self) -> None:
        self._markdown = (
            MarkdownIt("commonmark", {"html": False, "typographer": False})
            .enable("table")
            .use(front_matter_plugin)
            .use(colon_fence_plugin)
            .use(dollarmath_plugin, double_inline=False)
            .use(myst_role_plugin)
            # MyST's `attrs_inline` and `attrs_block`. Without an allowed name, attributes stay out of the HTML.
            .use(attrs_plugin, spans=True, after=(), allowed=())
            .use(attrs_block_plugin, allowed=())
        )

        def fence(
            _: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: MutableMapping[str, Any]
        ) -> str:
            # The renderer binds a rule to itself, so that a bound method of ours would lose what it is bound to.
            return self._fence(tokens[index], _context(env))

        rules: Any = self._markdown
        for name, rule in (
            ("myst_role", _role),
            ("span_open", _span_open),
            ("span_close", _span_close),
            ("math_inline", _inline_math),
            ("math_block", _block_math),
            ("link_open", _link),
            ("image", _image),
            ("fence", fence),
            ("colon_fence", fence),
        ):
            rules.add_render_rule(name, rule)

    def tokens(self, text: str) -> list[Token]:
        """The tokens of a text."""
        return self._markdown.parse(text)

    def html(self, tokens: Sequence[Token], context: Context) -> str:
        """Tokens as HTML."""
        for token in tokens:
            _place(token, context)
            if attributes(token):
                context.faults.append((token.meta["line"], "only looks and tables of programs have attributes in braces"))
            for child in token.children or ():
                if child.type == "text" and _BRACES.search(child.content):
                    context.faults.append((child.meta["line"], f"these braces cannot be read; a look is written {_EXAMPLE}"))
        return self._markdown.renderer.render(list(tokens), self._markdown.options, {"context": context}).strip()

    def inner(self, text: str, line: int, context: Context) -> str:
        """A text inside a directive, whose first line is `line` of the file, as HTML."""
        outside, context.shift = context.shift, line - 1
        try:
            return self.html(self.tokens(text), context)
        finally:
            context.shift = outside

    def _fence(self, token: Token, context: Context) -> str:
        """A directive in the text, or a listing."""
        found = directive(token)
        if found is None:
            return (
                f'<pre><code class="language-{escape(token.info.strip() or "text")}">{escape(token.content)}</code></pre>\n'
            )
        name, title = found
        line = token.meta["line"]
        if name not in _NOTES:
            context.faults.append(
                (line, f"{{{name}}} is no directive of lessons here; there are {', '.join(sorted(_NOTES))}")
            )
            return ""
        inner = self.inner(token.content, line + 1, context)
        head = f"<p><strong>{escape(title)}</strong></p>" if title else ""
        return f'<aside class="{name}">{head}{inner}</aside>\n'


def _context(env: MutableMapping[str, Any]) -> Context:
    return env["context"]


def _place(token: Token, context: Context) -> None:
    """Give a token, and those inside it, the line of the file that it is on."""
    line = (token.map[0] if token.map else 0) + context.shift + 1
    token.meta["line"] = line
    for child in token.children or ():
        child.meta["line"] = line
        line += child.type in ("softbreak", "hardbreak") or child.content.count("\n") * (child.type == "myst_role")


def _role(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: MutableMapping[str, Any]
) -> str:
    token = tokens[index]
    name = token.meta["name"]
    _context(env).faults.append(
        (token.meta["line"], f"{{{name}}} is a role, and lessons have none; a look is written {_EXAMPLE}")
    )
    return f"<code>{escape(token.content)}</code>"


def _span_open(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: MutableMapping[str, Any]
) -> str:
    """The beginning of a look."""
    token, context = tokens[index], _context(env)
    given = attributes(token)
    look: Look | None = None
    if given.get("class") != "look":
        context.faults.append((token.meta["line"], f"words in brackets with braces are a look: {_EXAMPLE}"))
    else:
        made = look_of(given, _words(tokens, index), token.meta["line"], context.cell)
        if isinstance(made, str):
            context.faults.append((token.meta["line"], made))
        else:
            look = made
            context.looks.append(made)
    context.open.append(look)
    if look is None:
        return ""
    data = {"cell": look.cell, "view": look.view, "of": look.of, "step": look.step, "line": look.at_line}
    shown = "".join(f' data-{key}="{escape(str(value))}"' for key, value in data.items() if value is not None)
    return f'<a class="look"{shown} href="#cell-{look.cell}">'


def _span_close(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: MutableMapping[str, Any]
) -> str:
    return "" if _context(env).open.pop() is None else "</a>"


def _words(tokens: Sequence[Token], start: int) -> str:
    """The words of the span that begins at a token."""
    level = 0
    found: list[str] = []
    for token in tokens[start:]:
        level += {"span_open": 1, "span_close": -1}.get(token.type, 0)
        if level == 0:
            break
        found.append(" " if token.type in ("softbreak", "hardbreak") else token.content)
    return " ".join("".join(found).split())


def _inline_math(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: MutableMapping[str, Any]
) -> str:
    return _math("span", tokens[index].content)


def _block_math(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: MutableMapping[str, Any]
) -> str:
    return _math("div", tokens[index].content) + "\n"


def _math(tag: str, source: str) -> str:
    tex = escape(source.strip())
    return f'<{tag} class="math" data-tex="{tex}">{tex}</{tag}>'


def _link(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: MutableMapping[str, Any]
) -> str:
    """A link. One to another lesson's file leads to its page."""
    token = tokens[index]
    address = str(token.attrs.get("href", ""))
    match = _LESSON.fullmatch(address)
    if match is not None:
        _context(env).links.append((token.meta["line"], match[1]))
        return f'<a class="lesson" href="{escape(match[1])}">'
    return f'<a href="{escape(address)}">'


def _image(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: MutableMapping[str, Any]
) -> str:
    token = tokens[index]
    _context(env).faults.append((token.meta["line"], "a lesson has no pictures of its own; open a view with a look"))
    return ""
