"""Which input elements an output element of one call came from, for any torch function.

NOTE [Three ways to find out]
1. Differentiate. A vector-Jacobian product with a one at the element yields the local derivatives. A second one, with a NaN
   there, shows which of those that are zero were multiplied with it, as zero times NaN is NaN: they had a part in the value
   though they do not matter at this point. Whole numbers are tried as floating-point ones. A third one, with a zero there,
   shows where NaN comes from the values themselves (0 × NaN) and says nothing of the element: what is NaN in all of them
   is asked of the same function at finite values.
2. Change. Of the input elements that are left, half are changed at a time, in several ways, and the call is made again. If
   the output element stays as it was, none of them mattered; else the half is halved.
3. An element that only the second way finds, while the first found others, had no part in the value but decided which value
   was taken: an index, a condition, a rival of the maximum.
"""

import time
from collections.abc import Iterator
from typing import Any

import torch

from tensorpad.protocol.lenses import ElementIndex
from tensorpad.trace.forward import arguments
from tensorpad.trace.inquiries.repeatable import RepeatableCall, identical

REPEATS = 3_000
"""Calls that may be made again for one answer."""
REPEATS_S = 1.0
"""Seconds of processor time that they may take."""


class Source:
    """One input element: the input's key, its index in row-major order, the derivative, and whether it only decided."""

    __slots__ = ("decided", "derivative", "index", "key")

    def __init__(self, key: int, index: int, derivative: float | None, decided: bool) -> None:
        self.key = key
        self.index = index
        self.derivative = derivative
        self.decided = decided


class Dependence:
    """The answer for element `index` of output `output`; `complete` is False if not every element could be tried."""

    def __init__(self, call: RepeatableCall, output: int, index: ElementIndex) -> None:
        self._call = call
        self._output = output
        self._index = index
        self._left = REPEATS
        self._until = time.thread_time() + REPEATS_S
        self._found: dict[int, dict[int, Source]] = {key: {} for key in call.inputs}
        self._reached: set[int] = set()
        """Inputs that autograd has a derivative for."""
        self._unclear: dict[int, set[int]] = {}
        """Elements by which the derivative is NaN whether the element depends on them or not."""
        self.complete = True
        self._element = self._of(call.outputs)

    def sources(self) -> list[Source]:
        """Every source, input by input, in row-major order."""
        self._differentiate()
        self._promote()
        some = any(self._found.values())
        self._change(some)
        return [sources[index] for sources in self._found.values() for index in sorted(sources)]

    def _of(self, outputs: list[Any]) -> Any:
        """The element itself, as bits that can be compared."""
        element = outputs[self._output].detach()[self._index].resolve_conj().resolve_neg()
        if element.is_complex():
            element = torch.view_as_real(element)
        return element.clone()

    def _differentiate(self) -> None:
        inputs = self._call.inputs
        keys = [key for key, given in inputs.items() if given.copy.is_floating_point() or given.copy.is_complex()]
        output, leaves = self._differentiable(keys, self._call.fresh())
        if output is None:
            return
        real = not output.is_complex() and not any(inputs[key].copy.is_complex() for key in keys)
        finite: dict[int, Any] | None = None
        seeds = (1.0, float("nan"), 0.0)
        products = [[_flat(part) for part in self._product(output, leaves, seed)] for seed in seeds]
        for key, flat, mark, unasked in zip(keys, *products, strict=True):
            if flat is None:
                continue
            self._reached.add(key)
            touched = (flat != 0) | torch.isnan(flat if mark is None else mark)
            if unasked is not None and bool((unclear := torch.isnan(flat) & torch.isnan(unasked)).any()):
                self._unclear[key] = set(_indices(unclear))
                finite = self._at_finite_values(keys) if finite is None else finite
                touched = torch.where(unclear, finite.get(key, torch.zeros_like(touched)), touched)
            for index in _indices(touched):
                derivative = float(flat[index]) if real else None
                self._found[key][index] = Source(key, index, derivative, decided=False)

    def _at_finite_values(self, keys: list[int]) -> dict[int, Any]:
        """By the key of each input, on which of its elements the element depends where no value is infinite or NaN."""
        given = self._call.fresh()
        for key in keys:
            copy = given[key]
            if not bool(torch.isfinite(copy).all()):
                numbers: Any = torch.arange(1, copy.numel() + 1, dtype=torch.float64).reshape(copy.shape) / (
                    copy.numel() + 1
                )
                given[key] = _laid_out(torch.where(torch.isfinite(copy), copy, numbers.to(copy.dtype)), copy)
        output, leaves = self._differentiable(keys, given)
        if output is None:
            return {}
        marks = [_flat(part) for part in self._product(output, leaves, float("nan"))]
        unasked = [_flat(part) for part in self._product(output, leaves, 0.0)]
        return {
            key: torch.isnan(mark) & ~torch.isnan(zero)
            for key, mark, zero in zip(keys, marks, unasked, strict=True)
            if mark is not None and zero is not None
        }

    def _promote(self) -> None:
        """Whole numbers that a function takes as floating-point ones, with the same result, are differentiated as such."""
        whole = [
            key for key, given in self._call.inputs.items() if not given.copy.is_floating_point() and _countable(given.copy)
        ]
        for keys in ([whole] if len(whole) > 1 else []) + [[key] for key in whole]:
            if not all(self._found[key] for key in keys):
                self._differentiate_promoted(keys)

    def _differentiate_promoted(self, keys: list[int]) -> None:
        given = self._call.fresh()
        for key in keys:
            given[key] = given[key].to(torch.float64)
        output, leaves = self._differentiable(keys, given)
        if output is None or output.is_complex():
            return
        if not torch.equal(output.detach()[self._index].to(torch.float64), self._element.to(torch.float64)):
            return
        for key, mark in zip(keys, self._product(output, leaves, float("nan")), strict=True):
            if mark is not None:
                for index in _indices(torch.isnan(mark.reshape(-1))):
                    self._found[key][index] = Source(key, index, None, decided=False)

    def _differentiable(self, keys: list[int], given: dict[int, Any]) -> tuple[Any, list[Any]]:
        """The output, with a gradient needed by the inputs in `keys` alone; None if it has no gradient."""
        leaves = [given[key].requires_grad_() for key in keys]
        for written in (False, True):
            # A call that writes to an input cannot write to a leaf, nor can it write its result somewhere (`out=`).
            used = {**given, **{key: leaf.clone() for key, leaf in zip(keys, leaves, strict=True)}} if written else given
            known = {key: (tensor._version, tensor.grad_fn) for key, tensor in used.items() if not tensor.is_inference()}
            try:
                with torch.enable_grad():
                    output = self._call.repeat(used, without_out=written)[self._output]
            except Exception:  # whatever a function says of inputs that need gradients
                continue
            if any(used[key] is output and _unnoticed(output, *before) for key, before in known.items()):
                return None, []
            if output.requires_grad and output.shape == self._call.outputs[self._output].shape:
                return output, leaves
        return None, []

    def _product(self, output: Any, leaves: list[Any], seed: float) -> list[Any]:
        start: Any = torch.zeros_like(output.detach(), memory_format=torch.contiguous_format)
        start[self._index] = seed
        try:
            return list(torch.autograd.grad(output, leaves, start, retain_graph=True, allow_unused=True))
        except (RuntimeError, NotImplementedError):
            return [None] * len(leaves)

    def _change(self, some: bool) -> None:
        """Try all elements that are left. `some` says that others had a part in the value, so that these only decided."""
        for key, given in self._call.inputs.items():
            if not (_countable(given.copy) or given.copy.is_floating_point() or given.copy.is_complex()):
                self.complete = False
                continue
            rest = [index for index in range(given.copy.numel()) if index not in self._found[key]]
            derivative = 0.0 if key in self._reached and not given.copy.is_complex() else None
            unclear = self._unclear.get(key, set())
            for index in self._deciding(key, rest):
                if index in unclear:
                    self._found[key][index] = Source(key, index, None if derivative is None else float("nan"), decided=False)
                else:
                    self._found[key][index] = Source(key, index, derivative, decided=some)

    def _deciding(self, key: int, rest: list[int]) -> Iterator[int]:
        """Which of these elements of an input change the element when they change, by halving."""
        pending = [rest] if rest else []
        while pending:
            if self._left <= 0 or time.thread_time() > self._until:
                self.complete = False
                return
            indices = pending.pop()
            changed = self._changes(key, indices)
            if len(indices) == 1:
                if changed:
                    yield indices[0]
            elif changed is not False:
                half = len(indices) // 2
                pending += [indices[half:], indices[:half]]

    def _changes(self, key: int, indices: list[int]) -> bool | None:
        """Whether the element changes when these elements of an input do; None if no change could be tried.

        Whole numbers may choose among others (indices). So the others are made all different, too, so that a choice shows.
        """
        copy = self._call.inputs[key].copy
        where: Any = torch.tensor(indices)
        backgrounds: list[dict[int, Any]] = (
            [{}] if copy.is_floating_point() or copy.is_complex() else [{}, self._distinct(key)]
        )
        tried = False
        for background in backgrounds:
            before = self._element if not background else self._try(background)
            if before is None:
                continue
            for values in self._others(key, where):
                after = self._try({**background, key: _with(copy, where, values)})
                if after is not None:
                    tried = True
                    if not identical(before, after):
                        return True
        return False if tried else None

    def _others(self, key: int, where: Any) -> list[Any]:
        """Other values for some elements of an input: far from what they are, and those that they may be compared with."""
        copy = self._call.inputs[key].copy
        flat: Any = copy.reshape(-1)[where]
        if copy.dtype is torch.bool:
            return [~flat]
        rivals: list[Any] = [
            rival.copy.reshape(-1)[where if rival.copy.numel() == copy.numel() else torch.zeros_like(where)]
            for other, rival in self._call.inputs.items()
            if other != key and rival.copy.numel() in (1, copy.numel()) and not rival.copy.is_complex()
        ]
        rivals += [torch.full_like(flat, number) for number in self._call.numbers]
        if _countable(copy):
            return [
                flat + 1,
                flat - 1,
                torch.zeros_like(flat),
                torch.ones_like(flat),
                *(rival.to(flat.dtype) for rival in rivals),
            ]
        far = [flat + 1.5, -flat - 0.75, torch.full_like(flat, float("nan")), torch.full_like(flat, 1e4)]
        return [*far, *(rival.to(flat.dtype) for rival in rivals)]

    def _try(self, changed: dict[int, Any]) -> Any:
        self._left -= 1
        try:
            with torch.no_grad():
                return self._of(self._call.repeat({**self._call.fresh(), **changed}))
        except Exception:  # an index out of range, say
            return None

    def _distinct(self, key: int) -> dict[int, Any]:
        """The inputs that went into the value, with elements that are all different."""
        made: dict[int, Any] = {}
        for other, operand in self._call.inputs.items():
            if (
                other != key
                and (self._found[other] or operand.copy.is_floating_point())
                and operand.copy.dtype is not torch.bool
            ):
                count = operand.copy.numel()
                numbers: Any = torch.arange(1, count + 1, dtype=torch.float64)
                if operand.copy.is_floating_point() or operand.copy.is_complex():
                    numbers = numbers / (count + 1)
                made[other] = _laid_out(numbers.to(operand.copy.dtype).reshape(operand.copy.shape), operand.copy)
        return made


def _unnoticed(tensor: Any, version: int, function: Any) -> bool:
    """Whether a tensor was written without autograd's knowing, as `torch.nn.init` does; its history is then another's."""
    return tensor._version != version and tensor.grad_fn is function


def _flat(product: Any) -> Any:
    return None if product is None else product.detach().reshape(-1)


def _indices(mask: Any) -> list[int]:
    return mask.nonzero().reshape(-1).tolist()


def _countable(tensor: Any) -> bool:
    return not tensor.is_floating_point() and not tensor.is_complex() and not tensor.is_quantized


def _with(copy: Any, where: Any, values: Any) -> Any:
    changed: Any = copy.reshape(-1).clone()
    changed[where] = values
    return _laid_out(changed.reshape(copy.shape), copy)


def _laid_out(tensor: Any, like: Any) -> Any:
    """A tensor in the memory layout of another, as some functions ask for it."""
    if tensor.stride() == like.stride():
        return tensor
    try:
        placed = arguments.copied(like)
        placed.copy_(tensor)
    except RuntimeError:  # elements that share their memory cannot differ
        return tensor
    return placed
