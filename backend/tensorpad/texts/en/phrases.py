"""Phrases that fill the messages of rules, in English."""

from typing import Final

PHRASES: Final = {
    "operand": "tensor {position}",
    "output_of": "the output of {code}",
    "result_in": "the result of {function} in {code}",
    "incoming_gradient": "the incoming gradient {name}",
    "unnamed_gradient": "the incoming gradient",
    "former": "the former {name} ({line})",
    "from_line": "{name} from {line}",
    "earlier": "the earlier {name}",
    "later": "the later {name}",
    "numbered": "{name} (no. {number})",
    "line": "line {line}",
    "cell_line": "cell {cell}, line {line}",
    "somewhere": "an earlier line",
    "not_divisible": "{count} elements cannot be divided by {product} = {known}.",
    "other_count": "{count} elements cannot fill {product} = {known} places.",
    "cut_by": "It came through {code} ({line}), which hands on the values and leaves the graph behind.",
    "unrecorded": (
        "It comes from {name}, which does require one, but {code} "
        "({line}) was not recorded: recording was off (`torch.no_grad()`)."
    ),
    "no_derivative": "It comes from {name}, which does require one, but through {code} ({line}), which has no derivative.",
    "required_later": (
        "It comes from {name}, which required none yet when {code} ({line}) ran. "
        "Set `requires_grad` before anything is computed from it."
    ),
    "nothing_requires": (
        "None of the tensors that it was computed from requires one. "
        "Set `requires_grad=True` on those that you want a derivative for."
    ),
    "some_tensor": "a tensor",
    "writers": "Since then it was written here:\n{figure}",
    "needing": " The gradient of {code} (line {line}) needs the old value.",
    "unknown_writer": "It was written in place in between.",
    "busiest": "Line {line} called torch {count} times that are on record: {code}. Look for a loop that does not end.",
    "no_busiest": "Look for a loop that does not end, or make the computation smaller.",
    "nan": "NaN (not a number)",
    "infinity": "infinity",
    "why_log": "The logarithm of 0 is minus infinity, that of a negative number NaN.",
    "why_sqrt": "The square root of a negative number is NaN.",
    "why_division": "Dividing by 0 gives infinity, and 0 by 0 NaN.",
    "why_overflow": "The result is larger than its dtype can hold (float32 ends at about 3.4e38, which `exp` passes at 89).",
    "why_domain": "The function is not defined there.",
    "why_too_few": "There are too few elements: the mean of none, and the deviation of one, are NaN.",
    "why_other": "Infinity minus infinity and 0 times infinity give NaN; too large results give infinity.",
}
