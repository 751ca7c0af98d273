"""Data loaders whose workers are no processes: the batches are made in the program's own, and are the same.

NOTE [Workers without processes]
1. What is given to `DataLoader` stays as it is. Only the iterator that would start processes is another class.
2. Batches are asked for in torch's order: worker after worker, so many ahead as `prefetch_factor` says, so that a sampler
   draws its random numbers when it would. A batch itself is made when the program takes it.
3. Each worker has its own generators (torch, NumPy, random), seeded as torch seeds those of a process, and its own copy of
   the data set: that of `get_worker_info()`. They take the place of the program's while the worker makes a batch.
4. A worker's batch is in shared memory, which there is none of either. It is in memory of its own.
5. What stays different: `is_shared()` of a batch is False. A copy is no deeper than `copy.copy`, so what a data set keeps in
   a list or dictionary is one for all. An exception is raised as it is, without the words of a process around it.
"""

import copy
import itertools
import random
from collections import deque
from collections.abc import Callable, Generator, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import torch
from torch.utils.data import dataloader

from tensorpad.trace.base.internals import DisableTorchFunction

_module: Any = dataloader
_worker: Any = _module._utils.worker
_Base: Any = _module._BaseDataLoaderIter
_PLACE = "_MultiProcessingDataLoaderIter"
_CHECK = "check_worker_number_rationality"
_storage: Any = torch.UntypedStorage
_SHARED = "_new_shared"
_DONE = object()


class _Generators:
    """The states of the generators that a worker has to itself."""

    def __init__(self, seed: int, numpy_seed: Any) -> None:
        own = self._read()
        random.seed(seed)
        torch.default_generator.manual_seed(seed)  # alone: a process has no use for those of the devices
        np.random.seed(numpy_seed)
        self._states = self._read()
        self._write(own)

    @contextmanager
    def used(self) -> Generator[None]:
        """Put them in the place of the program's."""
        own = self._read()
        self._write(self._states)
        try:
            yield
        finally:
            self._states = self._read()
            self._write(own)

    @staticmethod
    def _read() -> tuple[Any, ...]:
        with DisableTorchFunction():
            return torch.default_generator.get_state(), np.random.get_state(), random.getstate()

    @staticmethod
    def _write(states: tuple[Any, ...]) -> None:
        with DisableTorchFunction():
            torch.default_generator.set_state(states[0])
        np.random.set_state(states[1])
        random.setstate(states[2])


class _Worker:
    """What a process would be: its data set, its generators, and what fetches."""

    def __init__(self, number: int, iterator: Any, init: Callable[[int], None] | None) -> None:
        seed = iterator._base_seed + number
        try:
            dataset = copy.copy(iterator._dataset)
        except Exception:  # not every class can be copied
            dataset = iterator._dataset
        self.active = True
        self._iterator = iterator
        self._generators = _Generators(seed, _worker._generate_state(iterator._base_seed, number))
        self._info = _worker.WorkerInfo(id=number, num_workers=iterator._num_workers, seed=seed, dataset=dataset)
        with self._at_work():
            if init is not None:
                init(number)
        self.begin()

    def begin(self) -> None:
        """Begin with the data set, once more for each epoch."""
        iterator = self._iterator
        self.active = True
        with self._at_work():
            self._fetcher = _module._DatasetKind.create_fetcher(
                iterator._dataset_kind,
                self._info.dataset,
                iterator._auto_collation,
                iterator._collate_fn,
                iterator._drop_last,
            )

    def fetch(self, index: Any) -> Any:
        """A batch; `_DONE` if an iterable data set has no more for this worker."""
        with self._at_work():
            try:
                return self._fetcher.fetch(index)
            except StopIteration:
                self.active = False
                return _DONE

    @contextmanager
    def _at_work(self) -> Generator[None]:
        before = _worker._worker_info
        _worker._worker_info = self._info
        try:
            with self._generators.used():
                yield
        finally:
            _worker._worker_info = before


class _InProcess(_Base):
    """See NOTE [Workers without processes]."""

    def __init__(self, loader: Any) -> None:
        _Base.__init__(self, loader)
        self._workers = [_Worker(number, self, loader.worker_init_fn) for number in range(self._num_workers)]
        self._ahead: int = loader.prefetch_factor * self._num_workers
        self._reset(loader, first_iter=True)

    def _reset(self, loader: Any, first_iter: bool = False) -> None:
        _Base._reset(self, loader, first_iter)
        self._turns: Iterator[_Worker] = itertools.cycle(self._workers)
        self._tasks: deque[tuple[_Worker, Any]] = deque()
        if not first_iter:
            for worker in self._workers:
                worker.begin()
        for _ in range(self._ahead):
            self._ask()

    def _ask(self) -> None:
        """Ask the next worker that has more for the batch after those that were asked for."""
        try:
            index = self._next_index()
        except StopIteration:
            return
        worker = next((worker for worker in itertools.islice(self._turns, len(self._workers)) if worker.active), None)
        if worker is not None:
            self._tasks.append((worker, index))

    def _next_data(self) -> Any:
        while self._tasks:
            worker, index = self._tasks.popleft()
            if not worker.active:
                continue
            try:
                data = worker.fetch(index)
            finally:
                self._ask()
            if data is not _DONE:
                return _module._utils.pin_memory.pin_memory(data, self._pin_memory_device) if self._pin_memory else data
        raise StopIteration


_InProcess.__name__ = _InProcess.__qualname__ = _PLACE
_InProcess.__module__ = _module.__name__


def _not_shared(storage: Any, size: int, *, device: Any = "cpu") -> Any:
    """In the place of what makes the memory of a worker's batch."""
    return storage(size, device=device)


def _unchecked(_: Any) -> None:
    """In the place of the warning that there are more workers than processors."""


@contextmanager
def in_process(note: Callable[[int], None]) -> Generator[None]:
    """Let loaders start no processes. `note` is called with the number of workers of each iterator that would."""

    def begin(loader: Any) -> Any:
        note(loader.num_workers)
        return _InProcess(loader)

    loaders: Any = _module.DataLoader
    before = getattr(_module, _PLACE), getattr(loaders, _CHECK)
    shared = _storage.__dict__.get(_SHARED)
    setattr(_module, _PLACE, begin)
    setattr(_storage, _SHARED, classmethod(_not_shared))
    setattr(loaders, _CHECK, _unchecked)
    try:
        yield
    finally:
        setattr(_module, _PLACE, before[0])
        setattr(loaders, _CHECK, before[1])
        if shared is None:
            delattr(_storage, _SHARED)  # it was the base class's
        else:
            setattr(_storage, _SHARED, shared)
