"""What can be written after the dot of `torch.`, `torch.Tensor.` and the like: what a worker tells for completion.

A worker prints a list of these as JSON, as an ordinary program's output; whoever reads it checks it against these types.
"""

from typing import Annotated, Literal

from msgspec import Meta, Struct

MOST_NAMES = 3_000
TEXT_CHARS = 120
"""Characters of a signature or a summary; what is longer ends in an ellipsis."""

NameKind = Literal["function", "method", "class", "module", "property", "constant"]


class NameRecord(Struct, frozen=True, gc=False):
    """One public name. `signature` and `summary` are the first lines of its documentation, or empty."""

    name: Annotated[str, Meta(max_length=100)]
    """The name."""
    kind: NameKind
    """What it stands for."""
    signature: Annotated[str, Meta(max_length=TEXT_CHARS)] = ""
    """First line of its documentation, if that is a signature."""
    summary: Annotated[str, Meta(max_length=TEXT_CHARS)] = ""
    """First sentence of its documentation."""


Vocabulary = Annotated[tuple[NameRecord, ...], Meta(max_length=MOST_NAMES)]
