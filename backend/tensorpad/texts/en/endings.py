"""How a run ended, in English: what happened, at which limit, and what to do."""

from collections.abc import Mapping
from typing import Final

from tensorpad.protocol.outcomes import CrashCause
from tensorpad.texts.catalogue import EndingText

ENDINGS: Final[Mapping[EndingText, str]] = {
    "timeout": (
        "The program was stopped at its time limit of {limit} s. "
        "Look for a loop that does not end, or make the computation smaller."
    ),
    "timeout_traced": (
        "The program was stopped at its time limit of {limit} s. "
        "Recording each step makes a long loop several times as slow. "
        'Record only the first rounds of each loop (trace: {{"rounds": 20}}), run it without the trace (trace: off), '
        "look for a loop that does not end, or make the computation smaller."
    ),
    "out_of_memory": (
        "The program was stopped because it needed more memory than its limit of {limit}. "
        "Use smaller tensors, or let go of those that are no longer needed."
    ),
    "output": (
        "The program was stopped because it printed more than the limit of {limit}. "
        "Print less, for example a shape or the first elements."
    ),
    "report": (
        "The program was stopped because the record of what it did is larger than the limit of {limit}. "
        "Make fewer or smaller tensors, or run it without a trace (trace: off)."
    ),
    "crashed": (
        "The process that ran the program ended unexpectedly: {cause}. "
        "Run it again; if it keeps happening, take out the statement that ran last."
    ),
    "unended_cell": "It did not end.",
}

CRASHES: Final[Mapping[CrashCause, str]] = {
    "no_report": "the worker sent something that is no report: {detail}",
    "exit": "the program ended its own process with exit code {exit_code}",
    "signal": "the program's process was ended by the signal {signal}",
    "unknown": "the program ended its process, and the cause is not known",
}
