"""Programs that are right: no notice may disturb their author."""

from typing import Final

from tests.support.good_programs import attention, loops, numbers, optimisers, training

PROGRAMS: Final = {**attention.PROGRAMS, **training.PROGRAMS, **loops.PROGRAMS, **optimisers.PROGRAMS, **numbers.PROGRAMS}
