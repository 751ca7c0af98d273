"""The Sphinx extension: books built by Sphinx itself, with real runs."""

import re
from pathlib import Path

import pytest

from tests.support.books import Book, Build, Builds
from tests.support.short_form import shortened

PROGRAM = """\
```{tensorpad}
:of: y
:caption: The graph of *y*.
:name: first

x = torch.tensor([1., 2.], requires_grad=True)
y = (x * x).sum()
y.backward()
x.grad
```
"""
BLOCK = "```{{tensorpad}}\n:session: {name}\n:expect: {expect}\n\n{code}\n```\n"
SESSIONS = "# Sessions\n\n" + "\n".join(
    (
        BLOCK.format(name="a", expect="1", code="n = 1\nn"),
        BLOCK.format(name="b", expect="2", code="n = 2\nn"),
        BLOCK.format(name="a", expect="2", code="n += 1\nn"),
    )
)
BUILDERS = ("html", "epub", "latex", "text", "dirhtml", "singlehtml", "man", "texinfo")
KINDS = 4
"""How many of them, from the first on, are each of a kind of its own; the others are further forms of these."""


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Book:
    pages = {
        "index.md": f"# Gradients\n\n{PROGRAM}\n```{{toctree}}\nparts/more\nsessions\n```\n",
        "parts/more.md": "# More\n\n```{tensorpad}\nprint('no graph here')\n```\n",
        "sessions.md": SESSIONS,
    }
    return Book(tmp_path_factory.mktemp("book"), pages, own_runs=True)


@pytest.fixture(scope="module")
def built(book: Book) -> Builds:
    return Builds(lambda builder: book.build(builder, "-W", "--keep-going", "-j", "2"))


@pytest.mark.parametrize("builder", shortened(BUILDERS, keep=KINDS))
def test_every_builder_writes_the_book_without_a_warning(built: Builds, builder: str) -> None:
    assert (built[builder].status, built[builder].warnings) == (0, "")


def test_a_page_has_program_output_picture_and_the_recorded_view(built: Builds) -> None:
    html = built["html"].read("index.html")
    assert 'class="tensorpad" data-loading="lazy"' in html.replace('data-height=""', "")
    assert "requires_grad" in html
    assert "tensor([2., 4.])" in html
    view, picture = re.search(r'data-tensorpad="([^"]+)"', html), re.search(r'<img [^>]*src="([^"]+\.svg)"', html)
    assert view is not None
    assert picture is not None
    assert built["html"].read(view[1]).startswith("<!doctype html>")
    assert built["html"].read(picture[1]).startswith("<svg")
    assert "The graph of <em>y</em>." in html
    assert 'id="first"' in html


def test_a_page_in_a_folder_finds_its_files(built: Builds) -> None:
    html = built["html"].read("parts/more.html")
    view = re.search(r'data-tensorpad="([^"]+)"', html)
    assert view is not None
    assert (built["html"].folder / "parts" / view[1]).is_file()
    assert "<img" not in html.partition('class="tensorpad"')[2].partition("</div>")[0]
    assert "no graph here" in html


def test_books_on_paper_have_the_picture_as_a_bitmap(built: Builds) -> None:
    latex = built["latex"].read("abook.tex")
    picture = re.search(r"\\sphinxincludegraphics\[scale=0\.5\]\{\{([^}]+)\}\.png\}", latex)
    assert picture is not None
    assert (built["latex"].folder / f"{picture[1]}.png").read_bytes().startswith(b"\x89PNG")
    assert "requires" in latex


def test_electronic_books_have_the_picture_and_no_script(built: Builds) -> None:
    folder = built["epub"].folder
    html = (folder / "index.xhtml").read_text(encoding="utf-8")
    assert ".svg" in html
    assert "data-tensorpad" not in html
    assert "tensorpad.js" not in html
    assert ".svg" in (folder / "content.opf").read_text(encoding="utf-8")
    assert not list(folder.glob("_tensorpad/*.html"))


@pytest.mark.parametrize(
    ("builder", "file"), shortened([("text", "index.txt"), ("man", "abook.1"), ("texinfo", "abook.texi")])
)
def test_text_has_program_output_and_the_picture_in_words(built: Builds, builder: str, file: str) -> None:
    text = built[builder].read(file)
    assert "requires_grad" in text.replace("\\_", "_")
    assert "2., 4." in text
    assert "omputation graph of y" in text


@pytest.mark.long
def test_programs_run_again_only_if_they_are_gone_from_the_cache(book: Book, built: Builds) -> None:
    before = {path: path.stat().st_mtime_ns for path in book.runs.iterdir()}
    assert len(before) == 5
    again = book.build("html", "-E", "-W")
    assert (again.status, again.warnings) == (0, "")
    assert {path: path.stat().st_mtime_ns for path in book.runs.iterdir()} == before
    gone = next(iter(before))
    gone.unlink()
    assert book.build("html", "-W").status == 0
    assert gone.exists()


def test_blocks_of_a_session_continue_each_other(built: Builds) -> None:
    # Each block says what it expects, and a block that shows something else would be a warning.
    assert built["text"].status == 0
    assert re.findall(r"^ *(\d)$", built["text"].read("sessions.txt"), re.MULTILINE) == ["1", "2", "2"]


FAULTS = {
    "expect": ("```{tensorpad}\n:expect: '3'\n\n1 + 1\n```", "the program shows\n  2\nand :expect: says\n  3", "expect"),
    "failure": (
        "```{tensorpad}\na = 1\ntorch.ones(2) + torch.ones(3)\n```",
        "line 2 of the program raises RuntimeError",
        "expect",
    ),
    "raises": ("```{tensorpad}\n:raises: ValueError\n\n1\n```", "ends without ValueError", "expect"),
    "option": ("```{tensorpad}\n:view: graphs\n\n1\n```", ":view: is 'graphs'; write graph, values", "option"),
    "server": ("```{tensorpad}\n:mode: edit\n\n1\n```", ":mode: edit needs a server", "option"),
    "file": ("```{tensorpad} missing.py\n```", "missing.py cannot be read", "file"),
    "nothing": ("```{tensorpad}\n```", "there is no program", "file"),
}


@pytest.fixture(scope="module")
def faulty(tmp_path_factory: pytest.TempPathFactory) -> Build:
    pages = {f"{name}.md": f"# {name}\n\n{block}\n" for name, (block, *_) in FAULTS.items()}
    names = "\n".join(FAULTS)
    index = {"index.md": f"# Faults\n\n```{{toctree}}\n{names}\n```\n"}
    book = Book(tmp_path_factory.mktemp("faulty"), {**index, **pages}, "show_warning_types = True\n")
    return book.build("html")


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_is_a_warning_at_its_line(faulty: Build, name: str) -> None:
    assert faulty.status == 0
    _, said, kind = FAULTS[name]
    assert said in faulty.warnings
    (line,) = [line for line in faulty.warnings.splitlines() if f"{name}.md:" in line]
    assert f"{name}.md:3: WARNING: tensorpad: " in line
    assert f"[tensorpad.{kind}]" in faulty.warnings


def test_a_page_with_a_fault_keeps_its_program(faulty: Build) -> None:
    assert "torch" in faulty.read("failure.html")
    assert "<pre>" in faulty.read("option.html")


def test_warnings_can_be_suppressed_by_kind(tmp_path: Path) -> None:
    block = FAULTS["expect"][0]
    book = Book(tmp_path, {"index.md": f"# One\n\n{block}\n"}, 'suppress_warnings = ["tensorpad.expect"]\n')
    assert book.build("text", "-W").status == 0


@pytest.mark.long
def test_a_program_can_be_a_file_and_is_read_again_when_it_changes(tmp_path: Path) -> None:
    book = Book(tmp_path, {"index.md": "# File\n\n```{tensorpad} two.py\n```\n", "two.py": "# %%\n1\n# %%\n2\n"})
    first = book.build("text", "-W")
    assert first.status == 0
    assert "2" in first.read("index.txt")
    book.write("two.py", "print('changed')\n")
    again = book.build("text", "-W")
    # In the program, and in its output.
    assert again.read("index.txt").count("changed") == 2


@pytest.mark.long
def test_a_book_in_chinese_has_views_in_chinese(tmp_path: Path) -> None:
    book = Book(tmp_path, {"index.md": f"# 梯度\n\n{PROGRAM}"}, 'language = "zh_CN"\n')
    assert book.build("html", "-W").status == 0
    view = re.search(r'data-tensorpad="([^"]+)"', (tmp_path / "_build/html/index.html").read_text(encoding="utf-8"))
    assert view is not None
    assert '<html lang="zh-CN">' in (tmp_path / "_build/html" / view[1]).read_text(encoding="utf-8")
