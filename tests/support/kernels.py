"""A real Jupyter kernel of this environment, asked as a notebook asks it."""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from jupyter_client.manager import KernelManager

from tests.support.patience import PATIENCE_S

_PATIENCE_S = 4 * PATIENCE_S
"""A kernel loads PyTorch, and what makes answers, while it is asked."""


@dataclass
class CellOutput:
    """What a cell answered: its status, and its outputs as a notebook would save them."""

    status: str
    outputs: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    def of(self, kind: str) -> list[dict[str, Any]]:
        """The outputs of a kind: `stream`, `execute_result`, `display_data`, `error`."""
        return [content for content in self.outputs if content["kind"] == kind]


class Kernel:
    """A kernel that has been started."""

    def __init__(self, client: Any) -> None:
        self._client = client

    def run(self, source: str) -> CellOutput:
        """Run a cell."""
        cell = CellOutput("")

        def hear(message: dict[str, Any]) -> None:
            cell.outputs.append({"kind": message["header"]["msg_type"], **message["content"]})

        reply = self._client.execute_interactive(source, output_hook=hear, timeout=_PATIENCE_S)
        cell.status = reply["content"]["status"]
        return cell

    def update(self, comm: str, state: dict[str, Any]) -> None:
        """Change the traits of a widget, as its page does."""
        content: dict[str, Any] = {"comm_id": comm, "data": {"method": "update", "state": state, "buffer_paths": []}}
        self._client.shell_channel.send(self._client.session.msg("comm_msg", content))


@contextmanager
def started() -> Generator[Kernel]:
    """A kernel, which ends with the context."""
    manager: Any = KernelManager(kernel_name="python3")
    manager.start_kernel()
    client = manager.blocking_client()
    client.start_channels()
    try:
        client.wait_for_ready(timeout=_PATIENCE_S)
        yield Kernel(client)
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
        manager.context.destroy()
