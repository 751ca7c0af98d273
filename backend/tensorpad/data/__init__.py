"""Small data sets, offline: `from tensorpad.data import two_moons`."""

from tensorpad.data.shapes import linear_regression, sine, spirals, two_moons
from tensorpad.data.tables import DIGITS, IRIS, digits, iris

__all__ = ["DIGITS", "IRIS", "digits", "iris", "linear_regression", "sine", "spirals", "two_moons"]
