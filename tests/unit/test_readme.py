"""The README and the documents beside it: links resolve, and settings are listed as the code reads them."""

import ast
import inspect
import re
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

from tensorpad.protocol import limits
from tensorpad.protocol.limits import KIB, MIB, Limits
from tensorpad.settings import LIMITS_PREFIX, PREFIX, Settings

ROOT = Path(__file__).parents[2]
SETTINGS = ROOT / "docs" / "settings.md"


def words() -> dict[str, str]:
    """The string under each field of Limits, on one line."""
    [cls] = (node for node in ast.parse(inspect.getsource(limits)).body if isinstance(node, ast.ClassDef))
    found: dict[str, str] = {}
    for field, text in zip(cls.body, cls.body[1:], strict=False):
        match field, text:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(docstring))):
                found[name] = " ".join(docstring.split())
            case _:
                pass
    return found


def shown(name: str, value: float) -> str:
    """A default as a person reads it; the name says its unit."""
    if name.endswith("_bytes"):
        return f"{value // MIB} MiB" if value % MIB == 0 else f"{value // KIB} KiB"
    return f"{value:g} s" if name.endswith("_s") else f"{value}"


def limit_rows() -> Iterator[str]:
    described = words()
    for field in fields(Limits):
        default = shown(field.name, getattr(Limits(), field.name))
        yield f"| `{LIMITS_PREFIX}{field.name.upper()}` | {default} | {described[field.name]} |"


def test_limits_are_listed_as_the_code_describes_them() -> None:
    table = [line for line in SETTINGS.read_text(encoding="utf-8").splitlines() if line.startswith(f"| `{LIMITS_PREFIX}")]
    assert table == list(limit_rows()), "the table should be:\n" + "\n".join(limit_rows())


def test_settings_are_listed_with_their_defaults() -> None:
    rows = re.findall(rf"^\| `({PREFIX}(?!LIMITS_)\w+)` \| (.*?) \|", SETTINGS.read_text(encoding="utf-8"), re.MULTILINE)
    expected: dict[str, str] = {}
    for name, field in Settings.model_fields.items():
        if name != "limits":
            expected[PREFIX + name.upper()] = "none" if field.default in ((), "") else f"`{field.default}`"
    assert dict(rows) == expected


def anchors(text: str) -> set[str]:
    """The names by which GitHub links to the headings of a document."""
    titles = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w -]", "", title.lower()).replace(" ", "-") for title in titles}


def test_files_that_are_named_exist() -> None:
    for document in (*ROOT.glob("*.md"), *ROOT.glob("docs/*.md"), ROOT / "frontend" / "README.md"):
        text = document.read_text(encoding="utf-8")
        for target, anchor in re.findall(r"\]\(([^)#:]*)#?([^):]*)\)", text):
            linked = document.parent / target if target else document
            assert linked.exists(), f"{document} links to {target}"
            assert not anchor or anchor in anchors(linked.read_text(encoding="utf-8")), f"{document}: {target}#{anchor}"
        paths = [] if document.parent.name == "frontend" else re.findall(r"`((?:backend|frontend|tests)/[\w./-]+)`", text)
        for target in paths:
            assert (ROOT / target).exists(), f"{document} names {target}"


def test_targets_that_are_named_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):.*## ", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    table = set(re.findall(r"`make ([a-z-]+)`", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")))
    assert table == targets - {"help"}
