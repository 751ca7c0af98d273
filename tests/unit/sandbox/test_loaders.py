"""Loaders with workers: the batches of plain PyTorch, whose workers are processes."""

import io
import subprocess
import sys
from contextlib import redirect_stdout
from typing import Any

import pytest
from tensorpad.sandbox import loaders

HEAD = """
import random
import numpy as np
import torch
from torch.utils.data import DataLoader, Dataset, IterableDataset, TensorDataset, get_worker_info, random_split
torch.manual_seed(3)
"""
RANDOM = """
class Noisy(Dataset):
    def __len__(self):
        return 11
    def __getitem__(self, index):
        return index, torch.rand(2), np.random.rand(), random.random(), get_worker_info().id
"""
STREAM = """
class Stream(IterableDataset):
    def __init__(self, end):
        self.start, self.end = 0, end
    def __iter__(self):
        info = get_worker_info()
        count = -(-(self.end - self.start) // info.num_workers)
        first = self.start + info.id * count
        return iter(range(first, min(first + count, self.end)))
"""
PROGRAMS = {
    "shuffled": """
data = TensorDataset(torch.arange(10.).view(10, 1), torch.arange(10))
for epoch in range(2):
    for x, y in DataLoader(data, batch_size=3, shuffle=True, num_workers=2):
        print(y.tolist(), torch.rand(1).item())
""",
    "random data sets": RANDOM
    + """
for epoch in range(2):
    for batch in DataLoader(Noisy(), batch_size=2, shuffle=True, num_workers=3, drop_last=True):
        print(batch)
print(torch.rand(1), np.random.rand() < 1, random.random() < 1)
""",
    "workers that persist": RANDOM
    + """
loader = DataLoader(Noisy(), 4, num_workers=2, persistent_workers=True, prefetch_factor=3, pin_memory=False)
for epoch in range(2):
    for batch in loader:
        print(batch)
""",
    "a stream that is shared out": STREAM
    + """
for count in (2, 3):
    loader = DataLoader(Stream(9), batch_size=2, num_workers=count)
    print(list(loader), [batch.tolist() for batch in loader])
print(list(DataLoader(Stream(7), batch_size=None, num_workers=2)))
""",
    "workers that are set up": STREAM
    + """
def init(number):
    info = get_worker_info()
    info.dataset.start, info.dataset.end = number * 10, number * 10 + 6
    torch.manual_seed(info.seed % 1000)
data = Stream(0)
print(list(DataLoader(data, num_workers=2, worker_init_fn=init, multiprocessing_context="fork")), data.start, data.end)
""",
    "an iterator that is begun before its first batch": """
data = TensorDataset(torch.arange(8))
batches = iter(DataLoader(data, 2, shuffle=True, num_workers=2, generator=torch.Generator().manual_seed(5)))
torch.manual_seed(0)
print(torch.rand(1), [batch[0].tolist() for batch in batches], torch.rand(1))
""",
    "a split, and a collation of its own": """
train, test = random_split(range(10), [7, 3])
loader = DataLoader(train, 2, collate_fn=lambda items: torch.tensor(items) * 2, num_workers=1, timeout=30)
print(list(loader), len(loader), loader.num_workers, get_worker_info())
""",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_batches_are_those_of_processes(name: str) -> None:
    source = HEAD + PROGRAMS[name]
    plain = subprocess.run([sys.executable, "-W", "ignore", "-c", source], capture_output=True, text=True, check=True)
    noted: list[int] = []
    printed = io.StringIO()
    namespace: dict[str, Any] = {"__name__": "__main__"}
    with redirect_stdout(printed), loaders.in_process(noted.append):
        exec(source, namespace)
    assert printed.getvalue() == plain.stdout
    assert printed.getvalue()
    assert noted


def test_an_error_in_a_data_set_is_raised_as_it_is_and_the_generators_are_the_programs_again() -> None:
    source = HEAD + (
        "class Broken(Dataset):\n"
        "    def __len__(self): return 2\n"
        "    def __getitem__(self, index): raise KeyError('no such row')\n"
        "try:\n"
        "    next(iter(DataLoader(Broken(), num_workers=1)))\n"
        "except KeyError as error:\n"
        "    said = error.args\n"
        "drawn, info = torch.rand(1).item(), get_worker_info()\n"
    )
    namespace: dict[str, Any] = {}
    with loaders.in_process(lambda _: None):
        exec(source, namespace)
    assert (namespace["said"], namespace["info"]) == (("no such row",), None)
    plain: dict[str, Any] = {}
    exec(HEAD + "torch.empty((), dtype=torch.int64).random_()\ndrawn = torch.rand(1).item()", plain)
    assert namespace["drawn"] == plain["drawn"]
