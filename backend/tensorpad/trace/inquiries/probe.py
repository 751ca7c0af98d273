"""A function mode that catches the call which becomes one operation of the run, so that it can be made again."""

from typing import Any

from torch.overrides import TorchFunctionMode

from tensorpad.trace.base.internals import DisableTorchFunction
from tensorpad.trace.forward import arguments
from tensorpad.trace.forward.operations import Operations
from tensorpad.trace.forward.torch_functions import public_name
from tensorpad.trace.inquiries.repeatable import Call, TooLarge
from tensorpad.trace.memory.sightings import Sightings

_EARLY = 64
"""How many operations before the one that is asked for calls are caught: one call may be noted with others inside it."""


class Probe(TorchFunctionMode):
    """Catches the call of `operation`. `too_large` tells that there was more to copy than is copied."""

    def __init__(self, operation: str, sightings: Sightings, operations: Operations) -> None:
        super().__init__()
        self.caught: Call | None = None
        self.too_large = False
        self._operation = operation
        self._number = int(operation.removeprefix("op")) if operation.removeprefix("op").isdecimal() else 0
        self._sightings = sightings
        self._operations = operations

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        """Make the call, and keep it if it was the one."""
        kwargs = kwargs or {}
        count = self._operations.log.made
        call: Call | None = None
        written = arguments.target(args)
        if self.caught is None and count < self._number <= count + _EARLY:
            call = self._begin(func, args, kwargs)
        output = func(*args, **kwargs)
        if call is not None and self._is_it(func, count):
            try:
                with DisableTorchFunction():
                    call.finish(output, arguments.made(output, written))
                self.caught = call
            except Exception:
                self.caught = None
        return output

    def _is_it(self, func: Any, count: int) -> bool:
        """Whether the call became the operation. A module's operation is noted with the first call in it, but is another."""
        if self._operations.log.made == count:
            return False
        operation = next((one for one in reversed(self._operations.log.records) if one.id == self._operation), None)
        return operation is not None and operation.name == public_name(func)

    def _begin(self, func: Any, args: Any, kwargs: Any) -> Call | None:
        try:
            with DisableTorchFunction():
                return Call(func, args, kwargs, self._sightings.name)
        except TooLarge:
            self.too_large = True
        except Exception:  # a tensor that cannot be copied
            return None
        return None
