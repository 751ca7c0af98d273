"""Books, built as an author builds them: by Sphinx in its own environment."""

import fcntl
import pickle
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[2]
PYTHON = ROOT / ".venv-docs" / "bin" / "python"
PATIENCE_S = 300
DOCUMENT_BUILDERS = ("html", "epub", "man", "latex", "text")
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


class Builds:
    """What a book becomes, by builder: made when it is first looked at."""

    def __init__(self, make: Callable[[str], Build]) -> None:
        self._made = cache(make)

    def __getitem__(self, builder: str) -> Build:
        return self._made(builder)


class Book:
    """A book in a folder, with its files by name.

    Books beside each other keep their runs in one place, because the sandbox takes seconds to start. `own_runs` has its own.
    """

    def __init__(self, folder: Path, files: Mapping[str, str], settings: str = "", *, own_runs: bool = False) -> None:
        self.folder = folder
        self.runs = folder / "_build" / "doctrees" / "_tensorpad" if own_runs else folder.parent / "runs-of-books"
        kept = "" if own_runs else f"tensorpad_cache = {str(self.runs)!r}\n"
        for name, text in {"conf.py": _SETTINGS + kept + settings, **files}.items():
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


def documents(folder: Path) -> Builds:
    """docs/, built into a folder. Processes that share the folder build it once for each kind of reader."""
    folder.mkdir(parents=True, exist_ok=True)

    def make(builder: str) -> Build:
        report = folder / f"build-{builder}"
        with (folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not report.exists():
                report.write_bytes(pickle.dumps(build(ROOT / "docs", folder, builder, "-W", "--keep-going", "-j", "2")))
            return pickle.loads(report.read_bytes())

    return Builds(make)
