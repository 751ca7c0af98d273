"""Lessons in a book. MyST-NB builds them by itself; this adds what it cannot know.

With a server (`tensorpad_server`) looks lead to the lesson there, and a Parsons problem gets its lines.
"""

import random
from pathlib import Path
from typing import Any, Final

from docutils import nodes
from sphinx.transforms import SphinxTransform

from tensorpad.lessons.course import LANGS, file_of
from tensorpad.lessons.lesson import Lesson, ParsonsBlock
from tensorpad.lessons.names import slug_of
from tensorpad.lessons.reading import read
from tensorpad.texts import Lang

_INTRODUCTIONS: Final[dict[Lang, str]] = {"en": "Put these lines in order:", "zh-CN": "把这些行排好："}


class Lessons(SphinxTransform):
    """What is added to the document of a lesson; any other document stays as it is."""

    document: Any  # Docutils gives no types to its nodes.

    default_priority = 500

    def apply(self, **kwargs: object) -> None:
        """Change the document."""
        path = Path(self.env.doc2path(self.env.docname))
        slug = slug_of(path.parent.name)
        langs: list[Lang] = [lang for lang in LANGS if path == file_of(path.parent, lang)]
        if slug is None or not langs:
            return
        if self.config.tensorpad_server:
            self._lead_to(f"{self.config.tensorpad_server.rstrip('/')}/learn/{slug}")
        problems = [box for box in self.document.findall(nodes.admonition) if "parsons" in box["classes"]]
        if problems:
            _add_lines(problems, read(path, slug, 0, langs[0]))

    def _lead_to(self, address: str) -> None:
        for words in [node for node in self.document.findall(nodes.inline) if "look" in node["classes"]]:
            reference = nodes.reference("", "", *words.children, refuri=address, internal=False, classes=["look"])
            words.replace_self(reference)


def _add_lines(problems: list[Any], lesson: Lesson) -> None:
    """Add to each problem its lines in an order that is the same in every build, without indentation."""
    blocks = (block for section in lesson.sections for block in section.blocks)
    lines = {block.label: [line.text for line in block.lines] for block in blocks if isinstance(block, ParsonsBlock)}
    for box in problems:
        for name in box["names"]:
            mine = lines.get(name, [])
            listing = "\n".join(random.Random(name).sample(mine, len(mine)))
            introduction = _INTRODUCTIONS[lesson.lang]
            box.append(nodes.paragraph(introduction, introduction))
            box.append(nodes.literal_block(listing, listing, language="python"))
