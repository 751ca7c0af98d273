"""The code in README.md and docs/: each fence is of a kind, and each kind is run by a test, which takes it by `of_kind`.

`tests/unit/test_documents.py` fails when a fence is of no kind, and when no test takes a kind.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

ROOT: Final = Path(__file__).parents[2]
DOCUMENTS: Final = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))


@dataclass(frozen=True)
class Fence:
    """A block of code in a document; `shown` is the JSON that the next block shows as its answer."""

    document: str
    line: int
    language: str
    text: str
    shown: str = ""
    answers: str = ""
    """The command that this block is the answer of."""

    @property
    def where(self) -> str:
        return f"{self.document}:{self.line}"


@dataclass(frozen=True)
class Kind:
    """What kind of code a fence has, by its document (a pattern), its language, and a text that is in it."""

    name: str
    document: str
    languages: tuple[str, ...]
    containing: str = ""

    def includes(self, fence: Fence) -> bool:
        return fence.language in self.languages and fnmatch(fence.document, self.document) and self.containing in fence.text


KINDS: Final = (
    Kind("curl", "*", ("sh", "bash"), "curl "),
    Kind("make", "*", ("sh",), "make "),
    Kind("install", "*", ("sh",), "pip install "),
    Kind("serve", "docs/proxies.md", ("sh",), "tensorpad serve"),
    Kind("docker", "docs/docker.md", ("sh",), "docker "),
    Kind("command", "*", ("sh",), "tensorpad r"),
    Kind("lessons", "docs/lessons.md", ("sh",), "tensorpad lessons check"),
    Kind("beginning of a course", "docs/lessons.md", ("sh",), "tensorpad lessons new"),
    Kind("export", "docs/lessons.md", ("sh",), "tensorpad lessons export"),
    Kind("report", "docs/tallies.md", ("sh",), "tensorpad lessons report"),
    Kind("piece of a lesson", "docs/lessons.md", ("markdown",)),
    Kind("embed", "*", ("html", "xml")),
    Kind("listener", "docs/embedding.md", ("js",)),
    Kind("policy", "docs/*.md", ("text",), "-src "),
    Kind("reader", "docs/answers.md", ("python",)),
    Kind("cell", "docs/notebooks.md", ("python",)),
    Kind("data", "docs/courses.md", ("python",)),
    Kind("test", "docs/scripts.md", ("python",), "def test_"),
    Kind("script", "docs/scripts.md", ("python",)),
    Kind("conf.py", "docs/books.md", ("python",)),
    Kind("page of a book", "docs/books.md", ("markdown", "rst")),
    Kind("myst.yml", "docs/books.md", ("yaml",)),
    Kind("proxy", "docs/proxies.md", ("nginx", "caddy")),
    Kind("traefik", "docs/proxies.md", ("yaml",)),
    Kind("query", "docs/metrics.md", ("promql",)),
    Kind("program", "docs/*.md", ("{tensorpad}",)),
    Kind("structure", "docs/*.md", ("{toctree}", "{include}")),
)
"""A fence is of the first kind that includes it. JSON after a `curl` is its answer, and is compared with it."""


def fences_in(document: str, text: str) -> Iterator[Fence]:
    """The blocks of a document. A block in a block is the outer one's text."""
    before: Fence | None = None
    found = list(
        re.finditer(
            r"^(?P<fence>`{3,})(?P<language>\S*)[^\n]*\n(?P<text>.*?)^(?P=fence)`*[ \t]*$", text, re.DOTALL | re.MULTILINE
        )
    )
    for block, following in zip(found, [*found[1:], None], strict=False):
        line = text[: block.start()].count("\n") + 1
        shown = following["text"] if following and following["language"] == "json" else ""
        answers = before.text if before and block["language"] == "json" and "curl " in before.text else ""
        before = Fence(document, line, block["language"], block["text"], shown, answers)
        yield before


@cache
def fences() -> tuple[Fence, ...]:
    """Every fence of every document, but for those that show an answer."""
    every = (fence for path in DOCUMENTS for fence in fences_in(str(path.relative_to(ROOT)), path.read_text("utf-8")))
    return tuple(fence for fence in every if not fence.answers)


def kind_of(fence: Fence) -> str | None:
    """The kind of a fence; None if it is of none."""
    return next((kind.name for kind in KINDS if kind.includes(fence)), None)


def of_kind(name: str, document: str = "*") -> list[Fence]:
    """The fences of a kind, in the documents of a pattern."""
    assert any(kind.name == name for kind in KINDS), name
    return [fence for fence in fences() if kind_of(fence) == name and fnmatch(fence.document, document)]


def cases(fences: list[Fence]) -> list[Any]:
    """Each as a case of a test that is named by where it is."""
    return [pytest.param(fence, id=fence.where) for fence in fences]


def costly_cases(fences: list[Fence]) -> list[Any]:
    """The same for tests that take seconds: those of README, and of each other document in `make test-long`."""
    marks = {True: (), False: pytest.mark.long}
    return [pytest.param(fence, id=fence.where, marks=marks[fence.document == "README.md"]) for fence in fences]
