"""Why a gate of a program has no answer, in English."""

from collections.abc import Mapping
from typing import Final

from tensorpad.texts.catalogue import GateProblem

GATES: Final[Mapping[GateProblem, str]] = {
    "at_line": "Line {line}: {problem}",
    "kind": "`{word}` is no kind of question; there are {kinds}.",
    "targets": "`{kind}` asks about {count} of the program's names, written after it.",
    "no_text": "The text is missing.",
    "no_question": "There is no question directly above this line; a question begins with `#? shape x` or the like.",
    "beside_code": "A question needs a line of its own, outside brackets.",
    "typed": "The answer to `{kind}` comes from the run and is never written; a wrong answer begins with `~`.",
    "proof": "`if` proves the right option of `which`; the answer to `{kind}` comes from the run.",
    "right_options": "Exactly one option must be right (`=`), and {count} are.",
    "few_options": "A question `which` needs a wrong option (`~`) beside the right one.",
    "same_options": "Two options have the same text.",
    "first": "No statement is above this question in its block; it is asked after the statement above it.",
    "not_reached": "The program did not come to this place.",
    "expression": (
        "`{expression}` cannot be asked about: write a variable, perhaps with constant indices, `.grad`, `.item()` or a "
        "property such as `.requires_grad`."
    ),
    "name": "There is no variable `{name}` at this place.",
    "type": "`{name}` is of type `{type}`, whose value the trace does not have; ask with `which`.",
    "array": "`{name}` is a NumPy array that shares no memory with a tensor, so the trace lacks it; ask with `which`.",
    "unknown": "The trace does not have what `{name}` was at this place.",
    "index": "`{expression}` does not fit the shape {shape}.",
    "tensor": "`{name}` is {text}, and neither tensor nor array.",
    "storage": "The memory of `{name}` is not known.",
    "values": "The values of `{expression}` are too many to be in the trace; ask about a part of them.",
    "long": "The answer to `{expression}` is too long to be typed; ask about a part of it.",
}
