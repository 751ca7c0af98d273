"""Lessons in a book: what their own directives and roles become where nothing runs.

A gate is a comment of its program, and code cells are MyST-NB's, so that a book of lessons needs no more than this.
"""

import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, Final

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective, SphinxRole, is_directive_registered, is_role_registered

from tensorpad.lessons.lesson import ParsonsBlock
from tensorpad.lessons.names import slug_of
from tensorpad.lessons.reading import read
from tensorpad.texts import Lang

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_LOOK = re.compile(r"(?s)(.+?)\s*<[^<>]*>")
_TITLES: Final[dict[str, dict[Lang, str]]] = {
    "exercise": {"en": "Exercise", "zh-CN": "练习"},
    "parsons": {"en": "Put these lines in order", "zh-CN": "把这些行排好"},
}
_CHINESE = re.compile(r"\.zh-CN$")


class Look(SphinxRole):
    """The words of a look. With a server (`tensorpad_server`) they lead to the lesson there."""

    # Docutils gives no types to what it passes.
    text: str

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """The node of the words."""
        match = _LOOK.fullmatch(self.text)
        words = " ".join((match[1] if match else self.text).split())
        server, slug = self.config.tensorpad_server, slug_of(Path(self.env.docname).parent.name)
        if server and slug is not None:
            address = f"{server.rstrip('/')}/learn/{slug}"
            return [nodes.reference(words, words, refuri=address, internal=False, classes=["look"])], []
        return [nodes.inline(words, words, classes=["look"])], []


class Task(SphinxDirective):
    """An exercise, or a Parsons problem with its lines in another order."""

    arguments: list[str]

    has_content = True
    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """A box with a title, what to do, and the lines."""
        lang: Lang = "zh-CN" if _CHINESE.search(self.env.docname) else "en"
        title = _TITLES[self.name][lang]
        box = nodes.admonition(classes=[self.name])
        self.set_source_info(box)
        box += nodes.title(title, title)
        box += self.parse_content_to_nodes()
        if self.name == "parsons":
            listing = self._lines(lang)
            box += nodes.literal_block(listing, listing, language="python")
        return [box]

    def _lines(self, lang: Lang) -> str:
        """The lines of the problem in an order that is the same in every build, without indentation."""
        path = Path(self.env.doc2path(self.env.docname))
        lesson = read(path, slug_of(path.parent.name) or path.parent.name, 0, lang)
        blocks = (block for section in lesson.sections for block in section.blocks)
        mine = (block for block in blocks if isinstance(block, ParsonsBlock) and block.label == self.arguments[0])
        lines = [line.text for block in mine for line in block.lines]
        random.Random(self.arguments[0]).shuffle(lines)
        return "\n".join(lines)


class Cards(SphinxDirective):
    """A table of small programs."""

    has_content = True
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {"setup": directives.unchanged}

    def run(self) -> list[nodes.Node]:
        """The table."""
        return self.parse_content_to_nodes()


def add(app: "Sphinx") -> None:
    """Add them, but for those of whose name another extension has one."""
    for name, directive in (("exercise", Task), ("parsons", Task), ("cards", Cards)):
        if not is_directive_registered(name):
            app.add_directive(name, directive)
    if not is_role_registered("look"):
        app.add_role("look", Look())
