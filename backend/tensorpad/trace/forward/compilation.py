"""Compiled functions run as if nobody watched."""

import dis
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any

from tensorpad.trace.base.internals import COMPILER, COMPILER_READERS, EVALUATION, INSTRUCTIONS, calling_frame
from tensorpad.trace.base.quiet import put_on, take_off
from tensorpad.trace.program.watch import FrameWatch


class CompilationWatch:
    """While entered, takes a function mode off for as long as this thread runs compiled functions.

    Calls of `marker`, a constant, are left out of what is compiled: they are the calls between the statements of a cell, see
    `trace.program.instrumentation`. So are the conditions that they are under, each on `switch`, another constant.

    NOTE [Compiled functions]
    1. `torch.compile` translates the bytecode of a function while it runs, and every active function mode with it. Ours
       cannot be translated; it would break the function's graph in pieces, and `fullgraph=True` would refuse.
    2. So it is off as long as torch may translate: from when the frame evaluation is asked for until it is given up. Both go
       through one private function. What happens in between is no list of operations any more anyway.
    3. That function is called in pairs, at the beginning and at the end, and pairs nest. Both calls of a pair come from one
       frame, or from the two methods of one context manager; so the end of the outermost pair can be recognised.
    4. The calls between statements cannot be translated either. Whenever the compiler reads a function's instructions,
       theirs are replaced by instructions that do nothing.
    5. All of these functions exist once somebody has loaded `torch._dynamo`; a template process has.
    """

    def __init__(self, mode: Any, marker: Callable[..., None], switch: object) -> None:
        self._mode = mode
        self._marker = marker
        self._switch = switch
        self._replaced: list[tuple[Any, str, Any]] = []
        self._outermost: Any = None
        self._resumes = False
        self.frames: FrameWatch | None = None
        """What watches frames besides; the compiler would translate its functions, too."""

    def __enter__(self) -> None:
        module = sys.modules.get(COMPILER)
        if module is None:
            return
        thread = threading.get_ident()
        original = getattr(module, EVALUATION)
        instructions_of = getattr(sys.modules[COMPILER_READERS[0]], INSTRUCTIONS)

        def _maybe_set_eval_frame(callback: Any) -> Any:
            if threading.get_ident() != thread:
                return original(callback)
            self._called(callback, calling_frame(1))
            before = original(callback)
            if self._resumes and self.frames is not None:
                self._resumes = False
                self.frames.go_on()
            return before

        def cleaned_instructions(*args: Any, **kwargs: Any) -> Any:
            instructions = instructions_of(*args, **kwargs)
            silence(instructions, self._marker, self._switch)
            return instructions

        self._replace(module, EVALUATION, _maybe_set_eval_frame)
        for reader in COMPILER_READERS:
            self._replace(sys.modules[reader], INSTRUCTIONS, cleaned_instructions)

    def __exit__(self, *_: object) -> None:
        while self._replaced:
            module, name, original = self._replaced.pop()
            setattr(module, name, original)
        self._restore()

    def _replace(self, module: Any, name: str, function: Any) -> None:
        self._replaced.append((module, name, getattr(module, name)))
        setattr(module, name, function)

    def _called(self, callback: Any, frame: FrameType) -> None:
        manager = frame.f_code.co_name in {"__enter__", "__exit__"}
        pair: Any = frame.f_locals.get("self") if manager else frame
        if self._outermost is pair:
            self._restore()
        elif self._outermost is None and callback is not None and take_off(self._mode):
            self._outermost = pair
            if self.frames is not None:
                self.frames.pause()

    def _restore(self) -> None:
        if self._outermost is not None:
            self._outermost = None
            put_on(self._mode)
            self._resumes = self.frames is not None


def silence(instructions: list[Any], marker: object, switch: object) -> None:
    """Replace each statement that calls `marker`, and each condition on `switch`, by NOPs.

    The instructions stay, because jumps lead to them.
    """
    inside = condition = False
    for index, instruction in enumerate(instructions):
        if instruction.opname == "LOAD_CONST" and instruction.argval is switch:
            condition = True
        if condition:
            condition = "JUMP" not in instruction.opname
            _empty(instruction)
            continue
        if instruction.opname == "LOAD_CONST" and instruction.argval == marker:
            inside = True
            _empty(instructions[index - 1])
        if inside:
            inside = instruction.opname != "POP_TOP"
            _empty(instruction)


def _empty(instruction: Any) -> None:
    instruction.opcode, instruction.opname = dis.opmap["NOP"], "NOP"
    instruction.arg, instruction.argval = None, None
