"""Recording stops for the rounds of a loop that are left out, and goes on with one step for all that they did.

See NOTE [Rounds] in `trace.program.rounds`.
"""

from collections.abc import Callable
from types import FrameType
from typing import Any

from tensorpad.trace.base.internals import DisableTorchFunction
from tensorpad.trace.forward.arguments import is_tensor
from tensorpad.trace.forward.recording import Recording
from tensorpad.trace.memory.tracked import TrackedTensor
from tensorpad.trace.program.instrumentation import Instrumentation
from tensorpad.trace.program.probe_points import ProbePoint
from tensorpad.trace.program.rounds import Rounds

Step = Callable[[ProbePoint, tuple[Any, ...], FrameType], None]


class Pauses:
    """Leaves out rounds of loops: `rounds` of each are recorded, and some of the later ones.

    `take_off` stops all that watches and returns whether it could; `put_on` starts it again; `step` adds a step.
    """

    def __init__(
        self,
        recording: Recording,
        rounds: int,
        instrumentation: Instrumentation,
        take_off: Callable[[], bool],
        put_on: Callable[[], None],
        step: Step,
    ) -> None:
        self.rounds = rounds
        self.any = False
        """Whether a round was left out."""
        self.met: list[TrackedTensor] = []
        """The tensors that names had when recording went on, and that no operation on record made."""
        self._recording = recording
        self._timeline = recording.timeline
        self._namespace = recording.namespace
        self._instrumentation = instrumentation
        self._counts = Rounds(rounds, self._pause)
        self._take_off = take_off
        self._put_on = put_on
        self._step = step
        self._before: dict[str, int] = {}
        """By name, the identity of each variable of the namespace when recording stopped."""
        self.reached = self._counts.reached

    def go_on(self, point: ProbePoint, frame: FrameType) -> None:
        """Recording goes on at a point of a loop, with one step for all that happened since it stopped."""
        self._restart()
        self._put_on()
        with DisableTorchFunction():
            self._recording.tensors.update_all()
        names, values = self._namespace, frame.f_locals
        changed = [name for name, value in names.items() if self._before.get(name) != id(value)]
        bound = [] if point.loop is None else [name for name in point.loop.names if name in values]
        step = ProbePoint(point.scope, point.span, tuple(dict.fromkeys([*bound, *changed])))
        step.gone = tuple([name for name in self._before if name not in names])
        if point.scope:
            step.outer = frozenset([*changed, *step.gone]).difference(bound)
        given = tuple([values[name] if name in bound else names[name] for name in step.names])
        self._step(step, given, frame)
        with DisableTorchFunction():
            self.met += [self._recording.tensors.of(value) for value in given if is_tensor(value)]

    def end(self) -> None:
        """The cell has ended: no loop runs any more."""
        self._counts.forget()
        if self._timeline.paused:
            self._restart()

    def _pause(self) -> bool:
        if not self._take_off():
            return False
        self._instrumentation.switch.turn(False)
        self._before = {name: id(value) for name, value in self._namespace.items()}
        self._timeline.paused = self.any = True
        return True

    def _restart(self) -> None:
        self._timeline.paused = False
        self._instrumentation.wake()
        self._instrumentation.switch.turn(True)
