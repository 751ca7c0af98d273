"""Putting our function mode among the program's, and taking it off again."""

from typing import Any

from torch.utils._device import DeviceContext

from tensorpad.trace.base.internals import function_modes, pop_function_mode, push_function_mode


def put_on(mode: Any) -> None:
    """Put a mode below those of the program, which take off whatever is on top when they end.

    It stands above a default device, which torch wants at the bottom.
    """
    above: list[Any] = []
    while function_modes() and not isinstance(function_modes()[-1], DeviceContext):
        above.append(pop_function_mode())
    for one in (mode, *reversed(above)):
        push_function_mode(one)


def take_off(mode: Any) -> bool:
    """Take a mode off wherever it stands; whether it was on."""
    if not any(one is mode for one in function_modes()):
        return False
    above: list[Any] = []
    while (one := pop_function_mode()) is not mode:
        above.append(one)
    for one in reversed(above):
        push_function_mode(one)
    return True
