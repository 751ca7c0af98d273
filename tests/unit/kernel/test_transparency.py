"""Programs that look at what a trace might disturb print in a traced block just what they print without the trace."""

import warnings
from pathlib import Path

import pytest
import torch
from tensorpad.sandbox.seeds import seed_all

from tests.support.scripts import run_script
from tests.support.short_form import sampled
from tests.transparency.test_programs import PROGRAMS, as_in_a_fresh_process, without_addresses

# A string over several lines would get the indentation of the block; and the compiler counts the Python functions that are
# called meanwhile, so what keeps the output too.
_NOT_IN_A_BLOCK = {
    *(name for name, source in PROGRAMS.items() if '"""' in source or "'''" in source),
    "dynamo_counts_and_explains",
}
IN_A_BLOCK = {name: source for name, source in PROGRAMS.items() if name not in _NOT_IN_A_BLOCK}


@pytest.mark.parametrize("name", sampled(IN_A_BLOCK, every=2))
def test_a_traced_block_prints_what_it_prints(name: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    printed: list[str] = []
    source = "\n".join(f"    {line}" for line in IN_A_BLOCK[name].strip().split("\n"))
    for head in ("import contextlib\nwith contextlib.nullcontext():", "import tensorpad\nwith tensorpad.trace() as trace:"):
        with as_in_a_fresh_process(), warnings.catch_warnings(), torch.enable_grad():
            warnings.simplefilter("ignore")
            seed_all(0)
            script = run_script(tmp_path, f"{head}\n{source}\n")
        out, err = capfd.readouterr()
        printed.append(without_addresses(f"{out}{err}{script.error!r}".replace(str(script.path), "script")))
    assert printed[0] == printed[1]
