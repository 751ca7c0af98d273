"""No request that Schemathesis makes up has an answer that the description does not allow.

As a program, `python -m tests.clients.test_schemathesis` does the same for longer (`make fuzz`).
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from tests.support.service import running_service

HERE = Path(__file__).parent
COMMAND = HERE.parents[1] / ".venv-clients" / "bin" / "schemathesis"
CONFIG = HERE / "schemathesis.toml"
MANY = 1_000_000
REPORT_CHARS = 20_000


def fuzz(url: str, config: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Try every operation of a service with every check."""
    command = (COMMAND, "--config-file", config, "run", f"{url}/openapi.json")
    # hooks.py has others for the two that are left out.
    checks = ("--checks", "all", "--exclude-checks", "positive_data_acceptance,negative_data_rejection")
    environment = {**os.environ, "SCHEMATHESIS_HOOKS": "tests.clients.hooks", "PYTHONPATH": str(HERE.parents[1])}
    return subprocess.run(
        (*command, *checks, "--no-color", *options),
        env=environment,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
        cwd=tempfile.gettempdir(),
    )


def test_no_check_of_any_operation_fails(generous_url: str) -> None:
    # The same requests each time; `make fuzz` makes up new ones, and goes through the values of each parameter one by one.
    options = (
        "--generation-deterministic",
        "--max-examples",
        "5",
        "--phases",
        "examples,fuzzing,stateful",
        "--workers",
        "2",
    )
    done = fuzz(generous_url, CONFIG, *options)
    assert done.returncode == 0, done.stdout[-REPORT_CHARS:]


def main() -> int:
    """Try it for longer, with other requests each time."""
    with tempfile.TemporaryDirectory() as folder:
        service = running_service(Path(folder, "log"), requests_per_minute=MANY, snippets_per_minute=MANY, timeout_s=3)
        with service as url:
            done = fuzz(url, CONFIG, "--max-examples", "100", "--continue-on-failure", *sys.argv[1:])
    print(done.stdout)
    return done.returncode


if __name__ == "__main__":
    sys.exit(main())
