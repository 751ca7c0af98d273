"""The call of a library's module that an exception came out of, where no torch function raised it.

A module checks much in Python (`nn.LSTM` the sizes of its input), and torch's functions refuse what is no tensor before any
mode hears of the call. The traceback has the module's frame, with what it was given.
"""

from types import FrameType, TracebackType
from typing import Any

import torch

from tensorpad.trace.base.internals import module_call_code
from tensorpad.trace.forward.module_calls import module_name
from tensorpad.trace.forward.recording import Recording
from tensorpad.trace.program.cells import is_call

_type: Any = type
_PLAIN = frozenset(map(id, (bool, int, float, str)))
_MOST = 32


def note_module(error: BaseException, recording: Recording) -> None:
    """Record the innermost module that an exception came out of as what failed. Call it without function modes."""
    failures = recording.failures
    frame = _innermost(error.__traceback__, recording)
    if frame is None or not isinstance(error, Exception) or failures.knows(error):
        return
    module: Any = frame.f_locals["self"]
    own: dict[str, Any] = {**_settings(module), **frame.f_locals["kwargs"], **_tensors(module)}
    failures.note(error, module_name(_type(module)), frame.f_locals["args"], own, None)


def _innermost(trace: TracebackType | None, recording: Recording) -> FrameType | None:
    """The frame of the library module that raised; None if code of the program's did."""
    found: FrameType | None = None
    while trace is not None:
        frame = trace.tb_frame
        if frame.f_code is module_call_code:
            found = frame
        elif recording.cells.of(frame.f_code) is not None and not is_call(frame.f_code):
            found = None
        trace = trace.tb_next
    kind: Any = None if found is None else _type(found.f_locals["self"])
    library = kind is not None and issubclass(kind, torch.nn.Module) and kind.__module__ != recording.own_module
    return found if library else None


def _settings(module: Any) -> dict[str, Any]:
    """What a module was made with, as far as it is plain: `input_size`, `batch_first`."""
    plain = [
        (name, value) for name, value in module.__dict__.items() if id(_type(value)) in _PLAIN and not name.startswith("_")
    ]
    return dict(plain[:_MOST])


def _tensors(module: Any) -> dict[str, Any]:
    """Its own parameters and buffers, by whose names the module itself is named."""
    return {
        name: tensor
        for kind in ("_parameters", "_buffers")
        for name, tensor in list(module.__dict__.get(kind, {}).items())[:_MOST]
        if tensor is not None
    }
