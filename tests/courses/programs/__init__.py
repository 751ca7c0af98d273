"""Programs as courses have them: each theme of a beginner's course, with figures, magics and the habits of notebooks."""

from typing import Final

from tests.courses.programs import (
    autograd,
    networks,
    perceptrons,
    polynomials,
    regression,
    sequences,
    tables,
    tensors,
    training,
)

_FILES = (tensors, tables, autograd, polynomials, regression, perceptrons, networks, sequences, training)
PROGRAMS: Final = {name: program for file in _FILES for name, program in file.PROGRAMS.items()}
