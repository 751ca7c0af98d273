"""Results that surprise, in English."""

from typing import Final

from tensorpad.texts.catalogue import Message

MESSAGES: Final = {
    "mixed_precision": Message(
        "float32 and float64 met",
        "{single} is float32 and {double} is float64, so {code} was computed in float64: "
        "twice the memory, and a matrix product would refuse. "
        "NumPy makes float64 by default.",
    ),
    "integer_division": Message(
        "Dividing integers gave floats",
        "{code} divides {dtype}, and `/` always divides exactly, so the result is {result}. `//` stays with integers.",
    ),
    "floor_division": Message(
        "`//` rounds down",
        "{code} divides {dtype} and rounds towards minus infinity: `-7 // 2` is `-4`, and remainders are gone. "
        "`/` keeps fractions.",
    ),
    "stretched_write": Message(
        "The written value was stretched",
        "In {code}, {other} is smaller than {name} and was repeated to fit:\n{figure}",
    ),
    "misspelt_flag": Message(
        "The flag is called `requires_grad`",
        "Python lets {owner} have a new attribute {name}, and torch never looks at it: nothing was switched.",
    ),
    "unseeded": Message(
        "The random numbers differ in each run",
        "{code} draws random numbers and no seed was set. `torch.manual_seed(0)` makes a run repeatable.",
    ),
}
