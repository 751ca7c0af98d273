"""Test runs of other people, in which our pytest plugin is."""

import os
import subprocess
import sys
from pathlib import Path


def pytest_of(folder: Path, source: str) -> tuple[int, str]:
    """The exit status and output of pytest with our plugin and no other."""
    (folder / "test_it.py").write_text(source)
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "tensorpad.testing", "-p", "no:cacheprovider", "test_it.py"],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"},
    )
    return done.returncode, done.stdout + done.stderr
