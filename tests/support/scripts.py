"""Programs as the block of a `with tensorpad.trace()` in a script of their own, run in this process."""

import itertools
import sys
import textwrap
import types
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tensorpad.kernel.run import Traced
from tensorpad.kernel.tracing import Trace

_numbers = itertools.count(1)


@dataclass
class Script:
    """A script that ran: its names, the trace of its block, and the exception that ended it."""

    names: dict[str, Any]
    path: Path
    error: BaseException | None = None

    @property
    def trace(self) -> Trace:
        trace: Trace = self.names["trace"]
        return trace

    @property
    def traced(self) -> Traced:
        return self.trace.traced


def run_script(folder: Path, source: str) -> Script:
    """Run a script as `__main__`."""
    path = folder / f"script{next(_numbers)}.py"
    path.write_text(source)
    module = types.ModuleType("__main__")
    module.__file__ = str(path)
    script = Script(module.__dict__, path)
    before = sys.modules["__main__"]
    sys.modules["__main__"] = module
    try:
        exec(compile(source, str(path), "exec", dont_inherit=True), module.__dict__)
    except BaseException as error:
        script.error = error
    finally:
        sys.modules["__main__"] = before
    return script


def run_block(folder: Path, block: str, before: str = "", after: str = "") -> Script:
    """Run a script that traces a block."""
    with_block = (
        f"import torch, tensorpad\n{before}\nwith tensorpad.trace() as trace:\n{textwrap.indent(block.strip(), '    ')}\n"
    )
    return run_script(folder, f"{with_block}{after}\n")
