"""What the gradients of a backward pass are, as far as rules ask."""

from tensorpad.explain.program.moments import Odd, is_zero, odd
from tensorpad.protocol.backwards import BackwardRecord, Gradient


class PassGradients:
    """The gradients of a pass, each of which is looked through once: many functions may name one."""

    def __init__(self, backward: BackwardRecord) -> None:
        self._backward = backward
        self._odd: dict[int, Odd | None] = {}
        self._zero: dict[int, bool] = {}

    def odd(self, gradient: Gradient) -> Odd | None:
        """Which number that is not finite a gradient has."""
        if gradient is None:
            return None
        if gradient not in self._odd:
            self._odd[gradient] = odd(self._backward.gradients[gradient])
        return self._odd[gradient]

    def is_zero(self, gradient: Gradient) -> bool:
        """Whether a gradient is zero everywhere."""
        if gradient is None:
            return False
        if gradient not in self._zero:
            self._zero[gradient] = is_zero(self._backward.gradients[gradient])
        return self._zero[gradient]
