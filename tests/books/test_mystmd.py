"""The plugin of mystmd: trees as mystmd passes them, and a site that mystmd itself reads."""

import base64
import json
import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tensorpad.books.options import OPTIONS

from tests.support.books import PATIENCE_S, ROOT

PLUGIN = ROOT / ".venv" / "bin" / "tensorpad-myst"
MYST = ROOT / "tests" / "books" / "mystmd" / "node_modules" / ".bin" / "myst"
PAGE = """\
# Gradients

```{tensorpad}
:of: y
:session: one
:caption: The graph of y.

x = torch.tensor([1., 2.], requires_grad=True)
y = (x * x).sum()
```

```{tensorpad}
:session: one
:expect: tensor([2., 4.])
:hide-code:

y.backward()
x.grad
```

```{tensorpad} programs/mistake.py
:raises: RuntimeError
```

```{tensorpad}
:view: graphs

1 + 1
```

```{tensorpad}
:server: https://pad.example.org
:mode: edit
:of: z

w = torch.ones(2, requires_grad=True)
z = w.sum()
```
"""


def ask(arguments: list[str], data: object, folder: Path) -> Any:
    done = subprocess.run(
        [PLUGIN, *arguments],
        input=json.dumps(data),
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=True,
    )
    return json.loads(done.stdout)


def nodes(tree: dict[str, Any], kind: str) -> Iterator[dict[str, Any]]:
    """All nodes of a kind, in order."""
    for child in tree.get("children", ()):
        if child.get("type") == kind:
            yield child
        yield from nodes(child, kind)


def test_the_plugin_offers_all_options_with_what_they_do(tmp_path: Path) -> None:
    offered = ask([], None, tmp_path)
    (directive,) = offered["directives"]
    assert directive["options"].keys() == OPTIONS.keys()
    assert all(option["doc"] and option["type"] in ("string", "boolean") for option in directive["options"].values())
    assert [transform["stage"] for transform in offered["transforms"]] == ["document"]


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """A page as mystmd has read it, with the plugin, offline."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "programs").mkdir()
    (folder / "programs" / "mistake.py").write_text("torch.ones(2) + torch.ones(3)\n")
    (folder / "index.md").write_text(PAGE)
    plugin = f"  plugins:\n    - type: executable\n      path: {PLUGIN}\n"
    (folder / "myst.yml").write_text(f"version: 1\nproject:\n  title: A book\n{plugin}site:\n  template: book-theme\n")
    done = subprocess.run(
        [MYST, "build", "--site"],
        cwd=folder,
        env=os.environ | {"CI": "true"},
        capture_output=True,
        text=True,
        timeout=PATIENCE_S,
        check=False,
    )
    content = folder / "_build" / "site" / "content" / "index.json"
    assert content.is_file(), done.stdout + done.stderr
    return json.loads(content.read_text(encoding="utf-8"))["mdast"]


def test_a_program_becomes_code_output_and_a_picture_with_its_caption(page: dict[str, Any]) -> None:
    codes = [(code.get("lang"), code["value"]) for code in nodes(page, "code")]
    assert codes[0] == ("python", "x = torch.tensor([1., 2.], requires_grad=True)\ny = (x * x).sum()")
    figure = next(nodes(page, "container"))
    assert next(nodes(figure, "image"))["alt"]
    caption = next(nodes(figure, "caption"))
    assert "The graph of y." in json.dumps(caption)


def test_a_block_of_a_session_goes_on_where_the_last_one_ended(page: dict[str, Any]) -> None:
    shown = [code["value"] for code in nodes(page, "code")]
    assert "tensor([2., 4.])" in shown
    assert not any("backward" in code for code in shown)


def test_a_program_that_is_meant_to_fail_shows_its_error(page: dict[str, Any]) -> None:
    assert any(code["value"].startswith("RuntimeError: The size of tensor a (2)") for code in nodes(page, "code"))


def test_what_is_wrong_stands_in_the_page(page: dict[str, Any]) -> None:
    (wrong,) = nodes(page, "admonition")
    assert "':view: is 'graphs'" in json.dumps(wrong).replace("tensorpad: :view", "':view")


def test_a_live_view_has_the_picture_for_readers_without_frames(page: dict[str, Any]) -> None:
    (frame,) = nodes(page, "iframe")
    assert frame["src"].startswith("https://pad.example.org/embed?cells=")
    assert "mode=edit" in frame["src"]
    (picture,) = nodes(frame, "image")
    assert picture["placeholder"] is True


@pytest.mark.long
def test_pictures_are_bitmaps_with_their_size(tmp_path: Path) -> None:
    block = ask(
        ["--directive", "tensorpad"], {"body": "a = torch.ones(1, requires_grad=True)\nb = a * 2", "options": {}}, tmp_path
    )
    tree = ask(
        ["--transform", "tensorpad-run"], {"type": "root", "children": [{"type": "block", "children": block}]}, tmp_path
    )
    (picture,) = nodes(tree, "image")
    head, _, data = picture["url"].partition(",")
    assert head == "data:image/png;base64"
    assert base64.b64decode(data).startswith(b"\x89PNG")
    assert picture["width"].endswith("px")
