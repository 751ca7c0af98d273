"""What is known of the isolation, layer by layer."""

from typing import Literal

from msgspec import Struct

from tensorpad.protocol.messages import ProbeResult


class LayerStatus(Struct, frozen=True):
    """One layer: whether it holds, why not, and each act by which that was tried."""

    name: str
    held: bool
    detail: str
    acts: tuple[ProbeResult, ...] = ()


class IsolationStatus(Struct, frozen=True):
    """The profile in force and its layers. Every layer is wanted; `strict` means that namespaces are among those held."""

    profile: Literal["strict", "container"]
    layers: tuple[LayerStatus, ...]

    @property
    def missing(self) -> tuple[str, ...]:
        """The layers that do not hold."""
        return tuple(layer.name for layer in self.layers if not layer.held)

    @property
    def held(self) -> tuple[str, ...]:
        """The layers that hold."""
        return tuple(layer.name for layer in self.layers if layer.held)


class PoolStatus(Struct, frozen=True):
    """The pool at this moment."""

    parked: int
    running: int
    queued: int
    isolation: IsolationStatus
