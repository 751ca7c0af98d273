"""A warm Jupyter kernel, driven over its TCP sockets as a notebook's server drives it."""

import os
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager

from tests.benchmarks.requirements import CannotRun
from tests.benchmarks.timing import Sample

_WAIT_S: Final = 60.0
_SVG: Final = "image/svg+xml"


class Kernel:
    """The only client of one kernel."""

    def __init__(self, client: BlockingKernelClient) -> None:
        self._client = client

    def run(self, code: str) -> list[dict[str, Any]]:
        """Execute a cell until its reply, all that it shows and `idle` have come; give what it shows, by MIME type.

        Raises CannotRun where the cell fails.
        """
        request = self._client.execute(code)
        shown: list[dict[str, Any]] = []
        idle = False
        while not idle:
            message = self._client.get_iopub_msg(timeout=_WAIT_S)
            if message["parent_header"].get("msg_id") != request:
                continue
            content = message["content"]
            match message["msg_type"]:
                case "execute_result" | "display_data":
                    shown.append(content["data"])
                case "error":
                    raise CannotRun(f"the kernel answered {content['ename']}: {content['evalue']}")
                case "status":
                    idle = content["execution_state"] == "idle"
                case _:
                    pass
        while self._client.get_shell_msg(timeout=_WAIT_S)["parent_header"].get("msg_id") != request:
            pass
        return shown

    def timed_run(self, code: str) -> Sample:
        """Execute a cell that shows a graph."""
        began = time.perf_counter()
        shown = self.run(code)
        seconds = time.perf_counter() - began
        if not any(_SVG in data for data in shown):
            raise CannotRun(f"the kernel showed no {_SVG}")
        return Sample(seconds)


@contextmanager
def started() -> Generator[Kernel]:
    """A kernel with its defaults, whose settings, history and connection file are in a directory of its own."""
    with tempfile.TemporaryDirectory() as directory:
        manager = KernelManager(connection_file=str(Path(directory, "connection.json")))
        manager.start_kernel(extra_arguments=["--log-level=ERROR"], env={**os.environ, "IPYTHONDIR": directory})
        client = manager.client()
        try:
            client.start_channels()
            client.wait_for_ready(timeout=_WAIT_S)
            yield Kernel(client)
        except RuntimeError as error:
            raise CannotRun(f"the kernel did not become ready: {error}") from error
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)
