"""Sphinx's settings for this folder: `make docs` builds it."""

import tensorpad

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
