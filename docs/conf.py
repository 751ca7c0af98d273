"""Sphinx's settings for this folder: `make docs` builds it."""

from typing import Any

import tensorpad
from sphinx.application import Sphinx
from sphinx.writers.manpage import ManualPageTranslator

project = "Tensorpad"
author = "The Tensorpad authors"
copyright = "the Tensorpad authors"  # Sphinx's name for it.
version = release = tensorpad.__version__
language = "en"

extensions = ["myst_parser", "sphinx_copybutton", "tensorpad.sphinx"]
source_suffix = {".md": "markdown"}
exclude_patterns = ["requirements.txt", "_build"]
myst_enable_extensions = ["colon_fence"]
myst_heading_anchors = 3
# Addresses that stand for the reader's own.
linkcheck_ignore = [r"http://127\.0\.0\.1.*", r"https://pad\.example\.org.*", r"http://localhost.*"]

html_theme = "furo"
html_title = "Tensorpad"
html_favicon = "../frontend/public/favicon.svg"
latex_engine = "xelatex"
epub_show_urls = "no"
man_pages = [("index", "tensorpad", "see what a PyTorch program does to its tensors", [author], 7)]
man_show_urls = True


class Manual(ManualPageTranslator):
    """Sphinx's writer of manual pages, with its own way to write links.

    Docutils 0.22 puts another before it, in attributes of the instance: that writes "<>" after each link within the book.
    """

    def __init__(self, *arguments: Any) -> None:
        super().__init__(*arguments)
        for name in ("visit_reference", "depart_reference"):
            vars(self).pop(name, None)
        self.defs.setdefault("reference", self.defs["emphasis"])


def setup(app: Sphinx) -> None:
    """Have the manual page written by it."""
    app.set_translator("man", Manual)
