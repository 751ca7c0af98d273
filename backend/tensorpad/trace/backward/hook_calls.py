"""What each of the program's own hooks does to a gradient while the engine runs."""

from collections.abc import Callable
from typing import Any

from tensorpad.protocol.backwards import HookKind
from tensorpad.protocol.records import Span
from tensorpad.trace.base.internals import DisableTorchFunction
from tensorpad.trace.memory.gradients import Keeper, Kept


class HookCall:
    """One call of one of the program's hooks: the gradients before and after it."""

    __slots__ = ("after", "before", "kind", "name", "raised", "slot", "span")

    def __init__(self, kind: HookKind, name: str, span: Span | None, slot: int | None) -> None:
        self.kind: HookKind = kind
        self.name = name
        self.span = span
        self.slot = slot
        self.before: tuple[Kept | None, ...] = ()
        self.after: tuple[Kept | None, ...] = ()
        self.raised = False


class Key:
    """One of our own keys in a dictionary of hooks."""


class GradientReaders:
    """The hooks of ours around the program's hooks, for the length of one pass.

    NOTE [Readers between hooks]
    1. torch calls the hooks in a dictionary in order, each with what the one before it made of the gradient. The calls come
       from the engine itself, so a wrapper around a hook would be seen: in tracebacks, in the frame that `warnings` names.
    2. Instead, for the length of a pass, readers of ours are in the dictionary before, between and after the program's
       hooks: {hook, hook} becomes {reader, hook, reader, hook, reader}. They read the gradient and change nothing. The
       program's hooks keep their keys and their order, and whatever the program adds or removes meanwhile stays added or
       removed.
    """

    def __init__(
        self,
        keeper: Keeper,
        active: Callable[[], bool],
        define: Callable[[Any], tuple[str, Span | None]],
        hooking: Callable[[], None],
    ) -> None:
        """`hooking` is called before each hook of the program's, whose own operations are steps."""
        self._keeper = keeper
        self._active = active
        self._define = define
        self._hooking = hooking
        self._read: dict[int, tuple[dict[Any, Any], list[Key]]] = {}
        self._open: HookCall | None = None
        self._calls: list[HookCall] | None = None

    def insert(self, hooks: dict[Any, Any], kind: HookKind, calls: list[HookCall], slot: int | None = None) -> None:
        """Put readers around the program's hooks in a dictionary; what they see is added to `calls`."""
        own = [(key, hook) for key, hook in hooks.items() if isinstance(key, Key)]
        theirs = [(key, hook) for key, hook in hooks.items() if not isinstance(key, Key)]
        if not theirs or id(hooks) in self._read:
            return
        keys = [Key() for _ in range(len(theirs) + 1)]
        self._read[id(hooks)] = (hooks, keys)
        expected = [HookCall(kind, *self._define(hook), slot) for _, hook in theirs]
        hooks.clear()
        for key, call, (their_key, hook) in zip(keys, expected, theirs, strict=False):
            hooks[key] = self._reader(kind, call, calls)
            hooks[their_key] = hook
        hooks[keys[-1]] = self._reader(kind, None, calls)
        hooks.update(own)

    def remove(self) -> list[HookCall] | None:
        """Remove all readers. A hook that did not return must have raised; returns the list that has its call."""
        for hooks, keys in self._read.values():
            for key in keys:
                hooks.pop(key, None)
        self._read.clear()
        if self._open is None:
            return None
        self._open.raised = True
        self._open = None
        return self._calls

    def _reader(self, kind: HookKind, following: HookCall | None, calls: list[HookCall]) -> Callable[..., None]:
        def reader(argument: Any, *_: Any) -> None:
            if self._active():
                self._note(kind, argument, following, calls)

        return reader

    def _note(self, kind: HookKind, argument: Any, following: HookCall | None, calls: list[HookCall]) -> None:
        try:
            if kind == "accumulated":
                argument = (_grad(argument),)
            elif kind == "tensor":
                argument = (argument,)
            kept = self._keeper.keep_all(argument)
        except Exception:  # the program must not fail because its trace does
            kept = ()
        if self._open is not None:
            self._open.after = kept
        self._open = following and HookCall(following.kind, following.name, following.span, following.slot)
        if self._open is not None:
            self._open.before = kept
            self._calls = calls
            calls.append(self._open)
            self._hooking()


def _grad(tensor: Any) -> Any:
    with DisableTorchFunction():
        return tensor.grad
