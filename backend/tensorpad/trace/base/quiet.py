"""Ways to work unnoticed: the position of our function mode, and a pause of the garbage collector."""

import gc
from collections.abc import Generator
from contextlib import contextmanager
from typing import Any

from torch.utils._device import DeviceContext

from tensorpad.trace.base.internals import function_modes, pop_function_mode, push_function_mode


def put_on(mode: Any) -> None:
    """Put a mode below those of the program, which take off whatever is on top when they end.

    It is above a default device, which torch wants at the bottom.
    """
    above: list[Any] = []
    while function_modes() and not isinstance(function_modes()[-1], DeviceContext):
        above.append(pop_function_mode())
    for other in (mode, *reversed(above)):
        push_function_mode(other)


def take_off(mode: Any) -> bool:
    """Take a mode off, wherever it is in the stack. Returns whether it was on."""
    if not any(other is mode for other in function_modes()):
        return False
    above: list[Any] = []
    while (other := pop_function_mode()) is not mode:
        above.append(other)
    for other in reversed(above):
        push_function_mode(other)
    return True


@contextmanager
def paused() -> Generator[None]:
    """Pause the garbage collector while many records are made.

    Records are trees that all stay, but the collector would go through them again each time their number has grown by a
    quarter. No code of the program runs meanwhile, so it cannot notice.
    """
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()
