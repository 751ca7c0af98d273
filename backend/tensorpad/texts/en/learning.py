"""What the pages of the course say of themselves to other sites, in English."""

from collections.abc import Mapping
from typing import Final

from tensorpad.texts.catalogue import LearningText

LEARNING: Final[Mapping[LearningText, str]] = {
    "title": "Learn PyTorch tensors and autograd",
    "course": "{count} short lessons: predict what a small program does, run it, see why, change it and make your own.",
    "lesson": "{question} In {minutes} minutes: {goals}.",
}
