"""Which document has which figures, so that one whose runs are no longer kept is read anew."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, cast

from tensorpad.books.figures import Figure
from tensorpad.sphinx.files import figures_of

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

_NAME = "tensorpad_figures"
"""Where Sphinx's environment, which is kept between builds, has the keys of each document's figures."""

_UNMADE = "unmade"
"""A key under which nothing is kept."""


def note(env: "BuildEnvironment", figure: Figure | None) -> None:
    """Remember that the document that is being read has the figure; None is one that could not be made this time."""
    _keys(env).setdefault(env.docname, set()).add(_UNMADE if figure is None else figure.key)


def forget(app: "Sphinx", env: "BuildEnvironment", docname: str) -> None:
    """Forget the figures of a document that is read anew, or gone."""
    _keys(env).pop(docname, None)


def merge(app: "Sphinx", env: "BuildEnvironment", docnames: Iterable[str], other: "BuildEnvironment") -> None:
    """Take over what another process has read."""
    read = set(docnames)
    _keys(env).update({docname: keys for docname, keys in _keys(other).items() if docname in read})


def outdated(app: "Sphinx", env: "BuildEnvironment", *_: set[str]) -> list[str]:
    """Documents with a figure that is no longer kept."""
    figures = figures_of(app)
    return [docname for docname, keys in _keys(env).items() if any(figures.kept(key) is None for key in keys)]


def _keys(env: "BuildEnvironment") -> dict[str, set[str]]:
    if not hasattr(env, _NAME):
        setattr(env, _NAME, {})
    return cast("dict[str, set[str]]", getattr(env, _NAME))
