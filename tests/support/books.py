"""Books, built as an author builds them: by Sphinx in its own environment."""

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".venv-docs" / "bin" / "python"
PATIENCE_S = 300
_SETTINGS = """\
project = "A book"
author = copyright = "A teacher"
version = "1"
extensions = ["myst_parser", "tensorpad.sphinx"]
"""


@dataclass(frozen=True)
class Build:
    """How a build ended. `warnings` are its lines on standard error."""

    status: int
    warnings: str
    folder: Path

    def read(self, name: str) -> str:
        """A file of it as text."""
        return (self.folder / name).read_text(encoding="utf-8")


class Book:
    """A book in a folder, with its files by name."""

    def __init__(self, folder: Path, files: Mapping[str, str], settings: str = "") -> None:
        self.folder = folder
        for name, text in {"conf.py": _SETTINGS + settings, **files}.items():
            self.write(name, text)

    def write(self, name: str, text: str) -> None:
        """Write a file, with the folders that it is in."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def build(self, builder: str = "html", *options: str) -> Build:
        """Build it for one kind of reader."""
        return build(self.folder, self.folder / "_build", builder, *options)


def build(source: Path, out: Path, builder: str, *options: str) -> Build:
    """Build a book; all its builders share what was read."""
    command = [str(PYTHON), "-m", "sphinx", "-q", "-b", builder, "-d", str(out / "doctrees"), *options]
    done = subprocess.run(
        [*command, str(source), str(out / builder)], capture_output=True, text=True, timeout=PATIENCE_S, check=False
    )
    return Build(done.returncode, done.stderr, out / builder)
