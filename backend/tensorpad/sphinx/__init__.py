"""The Sphinx extension `tensorpad.sphinx`: the directive `tensorpad` puts programs, and what they did, into a book."""

from typing import TYPE_CHECKING, Any

from tensorpad import __version__
from tensorpad.sphinx import documents, files, lessons
from tensorpad.sphinx.directive import Program
from tensorpad.sphinx.nodes import VISITORS, CaptionsOfManuals

if TYPE_CHECKING:
    from sphinx.application import Sphinx

_ENVIRONMENT = 1
"""Version of what this extension keeps in Sphinx's environment."""


def setup(app: "Sphinx") -> dict[str, Any]:
    """Add the directive, its settings and its nodes."""
    for name, default, means in (
        ("server", "", "address of a service on which readers can run what they write"),
        ("cache", "_tensorpad", "folder that keeps runs between builds, below the doctrees if it is relative"),
        ("loading", "lazy", "when views are shown: lazy, click or eager"),
        ("theme", "auto", "colours: auto, light or dark"),
    ):
        app.add_config_value(f"tensorpad_{name}", default, "env", str, means)
    app.add_directive("tensorpad", Program)
    app.add_transform(lessons.Lessons)
    for node, visitors in VISITORS.items():
        app.add_node(node, **visitors)
    app.add_post_transform(CaptionsOfManuals)
    app.connect("builder-inited", files.add)
    app.connect("env-get-outdated", documents.outdated)
    app.connect("env-purge-doc", documents.forget)
    app.connect("env-merge-info", documents.merge)
    app.connect("build-finished", files.add_player)
    app.connect("build-finished", files.close)
    return {
        "version": __version__,
        "env_version": _ENVIRONMENT,
        "parallel_read_safe": True,
        "parallel_write_safe": True,
    }
