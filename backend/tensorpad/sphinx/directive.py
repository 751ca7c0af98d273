"""The directive: reads a block, has its program run, and makes nodes that every builder writes."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, ClassVar, Literal, cast

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from tensorpad.books.blocks import cells_of, shown
from tensorpad.books.figures import Figure, FigureError
from tensorpad.books.options import OPTIONS, Lang, OptionError, Options, parsed
from tensorpad.sphinx import documents
from tensorpad.sphinx.files import figures_of
from tensorpad.sphinx.nodes import tensorpad_picture, tensorpad_view

_LOGGER = logging.getLogger(__name__)


class Program(SphinxDirective):
    """A program, written as the content or named by a file."""

    # Docutils gives no types to what it passes.
    arguments: list[str]
    options: dict[str, Any]
    lineno: int

    has_content = True
    optional_arguments = 1
    final_argument_whitespace = True
    # All options are read at once, by what mystmd reads them with.
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {
        **dict.fromkeys(OPTIONS, lambda text: text),
        "name": directives.unchanged,
        "class": directives.class_option,
    }

    def run(self) -> list[nodes.Node]:
        """The nodes of the block. What is wrong is a warning at its line, and the page has what there is."""
        source = self._source()
        if source is None:
            return []
        defaults = {name: self.config[f"tensorpad_{name}"] for name in ("loading", "theme", "server")}
        given = {name: text for name, text in self.options.items() if name in OPTIONS}
        try:
            options = parsed({**{name: text for name, text in defaults.items() if text}, **given})
        except OptionError as error:
            self._warn("option", str(error))
            return [self._listing(source)]
        if options.mode == "edit" and options.server is None:
            self._warn("option", ":mode: edit needs a server; name it in :server:, or in conf.py as tensorpad_server")
        before, cells = self._session(options.session), cells_of(source)
        try:
            figure = figures_of(self.env.app).of(before, cells, options, options.lang or self._language())
        except FigureError as error:
            self._warn("program", f"the program cannot be run: {error}")
            documents.note(self.env, None)
            return [self._listing(source)]
        before.extend(cells)
        documents.note(self.env, figure)
        for complaint in figure.complaints:
            self._warn("expect", complaint)
        return [self._view(figure, options, source)]

    def _source(self) -> str | None:
        """The program; None, with a warning, if there is none."""
        content = "\n".join(cast("Iterable[str]", self.content))
        if not self.arguments:
            if not content.strip():
                self._warn("file", "there is no program: write it as the content, or name a file")
                return None
            return content
        relative, absolute = self.env.relfn2path(self.arguments[0])
        if content.strip():
            self._warn("file", f"the program is {relative}, so the content is left out")
        self.env.note_dependency(relative)
        try:
            return Path(absolute).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            self._warn("file", f"{relative} cannot be read: {error}")
            return None

    def _session(self, name: str | None) -> list[str]:
        """The cells of a session so far; a block adds its own to them."""
        sessions = cast("dict[str, list[str]]", self.env.current_document.setdefault("tensorpad_sessions", {}))
        return [] if name is None else sessions.setdefault(name, [])

    def _language(self) -> Lang:
        return "zh-CN" if (self.config.language or "").lower().startswith("zh") else "en"

    def _view(self, figure: Figure, options: Options, source: str) -> nodes.Element:
        view = tensorpad_view(
            "",
            key=figure.key,
            docname=self.env.docname,
            title=figure.title,
            of=options.of,
            view=options.view,
            step=options.step,
            theme=options.theme,
            lang=options.lang or self._language(),
            loading=options.loading,
            height=options.height,
            controls=options.controls,
            server=options.server if options.mode == "edit" else None,
            classes=self.options.get("class", []),
        )
        self.set_source_info(view)
        if not options.hide_code:
            view += self._listing(source)
        if figure.output and not options.hide_output:
            output = nodes.literal_block(figure.output, figure.output, language="none", classes=["tensorpad-output"])
            view += output
        if figure.svg is not None:
            view += self._figure(figure, options)
        self.add_name(view)  # pyright: ignore[reportUnknownMemberType]  # Of docutils, without types.
        return view

    def _figure(self, figure: Figure, options: Options) -> nodes.Element:
        picture = nodes.figure("", tensorpad_picture("", key=figure.key, docname=self.env.docname, alt=figure.alt))
        if options.caption:
            words, messages = self.parse_inline(options.caption, lineno=self.lineno)
            picture += nodes.caption(options.caption, "", *words)
            picture += messages
        return picture

    def _listing(self, source: str) -> nodes.literal_block:
        listing = nodes.literal_block(shown(source), shown(source), language="python", classes=["tensorpad-program"])
        self.set_source_info(listing)
        return listing

    def _warn(self, kind: Literal["option", "file", "program", "expect"], message: str) -> None:
        _LOGGER.warning("tensorpad: %s", message, location=self.get_location(), type="tensorpad", subtype=kind)
