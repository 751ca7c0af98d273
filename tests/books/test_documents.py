"""docs/ itself, built for every kind of reader, and the book that docs/books.md tells its readers to write."""

import os
import re
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

from tests.books.test_mystmd import MYST
from tests.support.books import DOCUMENT_BUILDERS, PATIENCE_S, ROOT, Book, Builds
from tests.support.documents import Fence, cases, of_kind
from tests.support.short_form import shortened

DOCS = ROOT / "docs"


# The first three are looked into below.
@pytest.mark.parametrize("builder", shortened(DOCUMENT_BUILDERS, keep=3))
def test_the_documents_are_built_without_a_warning(site: Builds, builder: str) -> None:
    assert (site[builder].status, site[builder].warnings) == (0, "")


class Page(HTMLParser):
    """A page's anchors, the addresses that it links to or loads, its views and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.anchors: set[str] = set()
        self.addresses: set[str] = set()
        self.views = 0
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.anchors |= {attributes[name] for name in ("id", "name") if attributes.get(name)}
        names = ("href", "src", "data-tensorpad")
        self.addresses |= {attributes[name] for name in names if attributes.get(name)}
        self.views += "data-tensorpad" in attributes

    def handle_data(self, data: str) -> None:
        self.text += data


def broken(folder: Path, pages: dict[str, Page], builder: str) -> list[str]:
    """Each address of a page that leads to no file of the folder, or to no anchor of a page there."""
    wrong: list[str] = []
    for name, page in pages.items():
        for address in sorted(page.addresses):
            parts = urlsplit(address)
            if parts.scheme or parts.netloc:
                continue
            path = (folder / name).parent.joinpath(unquote(parts.path)).resolve() if parts.path else folder / name
            if path.is_dir():
                path /= "index.html"
            there = pages.get(str(path.relative_to(folder.resolve()))) if path.is_relative_to(folder.resolve()) else None
            if not path.is_file() or (parts.fragment and there and unquote(parts.fragment) not in there.anchors):
                wrong.append(f"{builder}/{name}: {address}")
    return wrong


def pages_of(folder: Path, suffix: str) -> dict[str, Page]:
    root = folder.resolve()
    every = (path for path in root.rglob(f"*.{suffix}") if "_tensorpad" not in path.parts)
    return {str(path.relative_to(root)): Page(path.read_text(encoding="utf-8")) for path in every}


@pytest.mark.parametrize(("builder", "suffix"), [("html", "html"), ("epub", "xhtml")])
def test_links_of_the_documents_lead_to_files_and_anchors(site: Builds, builder: str, suffix: str) -> None:
    pages = pages_of(site[builder].folder, suffix)
    assert len(pages) > len(list(DOCS.glob("*.md")))
    assert sum(len(page.addresses) for page in pages.values()) > 100
    assert broken(site[builder].folder.resolve(), pages, builder) == []


def test_a_broken_link_is_found(tmp_path: Path) -> None:
    (tmp_path / "b.html").write_text('<p id="there">')
    (tmp_path / "a.html").write_text(
        '<a href="b.html#there"><a href="b.html#gone"><a href="c.html"><a href="#x"><img src="i.svg">'
    )
    assert broken(tmp_path.resolve(), pages_of(tmp_path, "html"), "html") == [
        f"html/a.html: {address}" for address in ("#x", "b.html#gone", "c.html", "i.svg")
    ]


@pytest.mark.parametrize("fence", cases(of_kind("program")))
def test_a_program_of_the_documents_is_shown_with_its_view(site: Builds, fence: Fence) -> None:
    page = Page(site["html"].read(f"{Path(fence.document).stem}.html"))
    program = re.sub(r"\A(:\S+:.*\n)*\n*", "", fence.text)
    assert program.strip() in page.text
    assert page.views == len(of_kind("program", fence.document))


@pytest.mark.parametrize("fence", cases(of_kind("structure")))
def test_a_list_of_documents_and_a_text_from_elsewhere_are_in_the_site(site: Builds, fence: Fence) -> None:
    page = Page(site["html"].read(f"{Path(fence.document).stem}.html"))
    names = [line for line in fence.text.split() if re.fullmatch(r"[a-z-]+", line)]
    if fence.language == "{toctree}":
        assert {f"{name}.html" for name in names} - {"hidden.html"} <= page.addresses
    else:
        # The title of what is included, which has no other.
        assert re.search(r"\b(Architecture|Contributing|Changelog)\b", page.text)


def test_the_manual_page_has_no_stray_request(site: Builds) -> None:
    text = site["man"].read("tensorpad.7")
    captions = re.findall(r"^:caption: (.*)$", "".join(fence.text for fence in of_kind("program")), re.MULTILINE)
    assert captions
    assert re.findall(r"^(?!\.).*\.(?:UN)?INDENT.*$", text, re.MULTILINE) == []
    assert all(re.search(rf"^{re.escape(caption)}$", text.replace("\\(aq", "'"), re.MULTILINE) for caption in captions)


def test_the_manual_page_has_the_words_of_each_link_and_the_addresses_of_the_web_alone(site: Builds) -> None:
    text = re.sub(r"\\f.|\\X'.*?'", "", site["man"].read("tensorpad.7"))
    assert "<>" not in text
    assert "Keep a Changelog <https://keepachangelog.com/en/1.1.0/>" in text
    assert re.search(r"<[^>\s]+\.md>", text) is None


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """The book of docs/books.md: its settings, and each of its pages."""
    [settings] = of_kind("conf.py")
    pages = {
        f"page{number}.{'md' if fence.language == 'markdown' else 'rst'}": fence.text
        for number, fence in enumerate(of_kind("page of a book"))
    }
    names = "\n".join(name.partition(".")[0] for name in pages)
    titled = {
        name: f"A page\n======\n\n{text}" if name.endswith("rst") else f"# A page\n\n{text}" for name, text in pages.items()
    }
    index = {"index.md": f"# A book\n\n```{{toctree}}\n{names}\n```\n"}
    with_markdown = f'{settings.text}\nextensions.append("myst_parser")\n'
    return Book(tmp_path_factory.mktemp("book"), {**index, **titled}, with_markdown)


@pytest.mark.long
def test_the_book_that_the_document_shows_is_built(book: Book) -> None:
    built = book.build("html", "-W")
    assert (built.status, built.warnings) == (0, "")
    for number in range(len(of_kind("page of a book"))):
        assert Page(built.read(f"page{number}.html")).views == 1


@pytest.mark.long
def test_mystmd_builds_the_book_that_the_document_shows(tmp_path: Path) -> None:
    [settings] = of_kind("myst.yml")
    [page] = [fence for fence in of_kind("page of a book") if fence.language == "markdown"]
    (tmp_path / "myst.yml").write_text(f"version: 1\n{settings.text}site:\n  template: book-theme\n")
    (tmp_path / "index.md").write_text(f"# A page\n\n{page.text}")
    (tmp_path / ".venv").symlink_to(ROOT / ".venv")
    environment = os.environ | {"CI": "true"}
    command = [MYST, "build", "--site"]
    done = subprocess.run(
        command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=PATIENCE_S, check=False
    )
    content = tmp_path / "_build" / "site" / "content" / "index.json"
    assert content.is_file(), done.stdout + done.stderr
    made = content.read_text(encoding="utf-8")
    assert "tensor(8.)" in made, made
    assert '"type":"image"' in made
