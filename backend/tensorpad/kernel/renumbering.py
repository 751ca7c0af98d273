"""The cells of a trace in another order."""

from typing import Any, TypeVar, cast

from msgspec import Struct
from msgspec.structs import replace

from tensorpad.protocol.outputs import OutputRecord
from tensorpad.protocol.records import ErrorRecord, Span

T = TypeVar("T")


def renumbered(record: T, order: dict[int, int]) -> T:
    """A record, with the numbers of cells in its spans as `order` has them."""
    if all(old == new for old, new in order.items()):
        return record
    result: Any = _changed(record, order)
    return record if result is None else result


def renumbered_error(error: ErrorRecord, order: dict[int, int]) -> ErrorRecord:
    """As `renumbered`, of an error, which may have arisen in another cell than the one that it ended."""
    return error if error.cell is None else replace(error, cell=order[error.cell])


def _changed(value: Any, order: dict[int, int]) -> Any:
    """The value with other numbers; None if it has none to change."""
    if isinstance(value, Span | OutputRecord):
        return None if order[value.cell] == value.cell else replace(value, cell=order[value.cell])
    if isinstance(value, tuple):
        members: tuple[Any, ...] = cast("tuple[Any, ...]", value)
        parts = [_changed(part, order) for part in members]
        if all(part is None for part in parts):
            return None
        return tuple(old if new is None else new for old, new in zip(members, parts, strict=True))
    if isinstance(value, Struct):
        changes: dict[str, Any] = {}
        for name in value.__struct_fields__:
            new = _changed(getattr(value, name), order)
            if new is not None:
                changes[name] = new
        return replace(value, **changes) if changes else None
    return None
