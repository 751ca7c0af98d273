"""The files that a book gets for its programs: pictures, pages with recorded views, and what shows these."""

import posixpath
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from weakref import WeakKeyDictionary

from docutils import nodes
from sphinx.util.osutil import relative_uri

from tensorpad.books.cache import write_whole
from tensorpad.books.figures import Figure, Figures, Size

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder

_FOLDER = "_tensorpad"
"""Of pictures and pages, in the book's root."""
_BUILT = Path(__file__).parents[1] / "static" / "book"
NO_SCRIPTS = frozenset({"epub"})
"""Builders that write HTML for readers without scripts."""
_FIGURES: "WeakKeyDictionary[Sphinx, Figures]" = WeakKeyDictionary()
"""By book. A process that Sphinx forks has the same book, and starts a service of its own when it needs one."""


def figures_of(app: "Sphinx") -> Figures:
    """The figures of a book."""
    figures = _FIGURES.get(app)
    if figures is None:
        figures = _FIGURES[app] = Figures(Path(app.doctreedir) / app.config.tensorpad_cache)
    return figures


def add(app: "Sphinx") -> None:
    """Put the script and the style sheet into a book that is HTML."""
    if app.builder.format != "html":
        return
    app.config.html_static_path.append(str(_BUILT))
    app.add_css_file("tensorpad.css")
    if app.builder.name not in NO_SCRIPTS:
        app.add_js_file("tensorpad.js", loading_method="defer")


def add_player(app: "Sphinx", failed: Exception | None) -> None:
    """Put the player of recordings beside their pages, once for all."""
    if failed is None and app.builder.format == "html" and app.builder.name not in NO_SCRIPTS:
        from tensorpad.recordings.page import PLAYER

        for script in PLAYER.glob("*.js"):
            write_whole(Path(app.outdir) / _FOLDER / "player" / script.name, script.read_bytes())


def close(app: "Sphinx", _: Exception | None) -> None:
    """End the service of a book, at the end of its build."""
    figures = _FIGURES.pop(app, None)
    if figures is not None:
        figures.close()


def picture_of(builder: "Builder", node: nodes.Element, kind: Literal["svg", "png"]) -> tuple[str, Size]:
    """The address of a picture from the document that is being written, and its size. Its program has a graph."""
    figure = _figure(builder, node)
    data = figure.svg if kind == "svg" else figure.png
    if data is None or figure.size is None:
        raise ValueError(f"the program {figure.title!r} has no graph")
    return _written(builder, node, f"{figure.key}.{kind}", data), figure.size


def page_of(builder: "Builder", node: nodes.Element) -> str:
    """The address of the page with the recorded view of a block, from the document that is being written."""
    from tensorpad.recordings.page import page
    from tensorpad.recordings.recording import decode

    figure = _figure(builder, node)
    wishes = {
        name: node[name] for name in ("of", "view", "step", "theme", "lang", "controls", "server") if node[name] is not None
    }
    html = page(decode(figure.recording), title=figure.title, player="player/", **wishes)
    return _written(builder, node, f"{figure.key}.html", html.encode())


def _figure(builder: "Builder", node: nodes.Element) -> Figure:
    figure = figures_of(builder.app).kept(node["key"])
    if figure is None:
        raise FileNotFoundError("the run of a program went from the cache while the book was built; build it again")
    return figure


def _written(builder: "Builder", node: nodes.Element, name: str, data: bytes) -> str:
    """The address of a file. It is written anew: another version of Tensorpad makes another page of the same run."""
    write_whole(Path(builder.outdir) / _FOLDER / name, data)
    inside = posixpath.join(_FOLDER, name)
    return relative_uri(builder.get_target_uri(node["docname"]), inside) if builder.format == "html" else inside
