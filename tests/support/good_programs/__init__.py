"""Programs that are right: no notice may disturb their author."""

from typing import Final

from tests.support.good_programs import attention, courses, loops, models, numbers, optimisers, training, tutorials

PROGRAMS: Final = {
    **attention.PROGRAMS,
    **courses.PROGRAMS,
    **models.PROGRAMS,
    **training.PROGRAMS,
    **tutorials.PROGRAMS,
    **loops.PROGRAMS,
    **optimisers.PROGRAMS,
    **numbers.PROGRAMS,
}
