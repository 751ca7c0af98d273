"""Build hook: no wheel leaves without the page inside it."""

from pathlib import Path
from typing import Any

from hatchling.builders.config import BuilderConfig
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class PageHook(BuildHookInterface[BuilderConfig]):
    """Checks, before a wheel is built, that the frontend's output is there to be packed."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Refuse a wheel without the page; an editable install reads the working tree, where it may come later."""
        page = Path(self.root, "backend", "tensorpad", "static", "index.html")
        if version != "editable" and not page.is_file():
            raise SystemExit(f"The page is not built: {page} is missing.\nRun 'make wheel', which builds it first.")
