"""Sizes: how many bytes the answers of some programs are, as they are and compressed as the service compresses them."""

import asyncio
import gzip
from typing import Any, Final

import httpx
from tensorpad.app import create_app
from tensorpad.settings import load

_TRAINING: Final = """import torch
from torch import nn

torch.manual_seed(0)
x = torch.randn(128, 4)
y = torch.randn(128, 1)
model = nn.Sequential(nn.Linear(4, 16), nn.ReLU(), nn.Linear(16, 1))
optimiser = torch.optim.{optimiser}(model.parameters(), lr=0.05)
for _ in range({steps}):
    optimiser.zero_grad()
    loss = ((model(x) - y) ** 2).mean()
    loss.backward()
    optimiser.step()
"""
PROGRAMS: Final = {
    "the example of the README": """import torch
x = torch.tensor([[1.0, 2.0], [3.0, 4.0]], requires_grad=True)
y = x * x
loss = y.sum()
loss.backward()
""",
    "a step of a perceptron": _TRAINING.format(optimiser="SGD", steps=1),
    "a product, 40 × 40": """import torch
a, b = torch.randn(40, 40, requires_grad=True), torch.randn(40, 40)
(a @ b).sum().backward()
""",
    "100 steps of SGD": _TRAINING.format(optimiser="SGD", steps=100),
    "100 steps of Adam": _TRAINING.format(optimiser="Adam", steps=100),
    "300 steps of SGD": _TRAINING.format(optimiser="SGD", steps=300),
}
BODIES: Final[dict[str, dict[str, Any]]] = {
    "full": {},
    "standard": {"include": ["standard"]},
    "minimal": {"include": ["minimal"]},
    "first view": {
        "include": [
            *("variables", "tensors", "values", "steps", "operations", "histories", "graphs", "svg", "backwards", "notices")
        ],
        "defer_values": True,
    },
}
"""The last is what the page asks for."""
_LEVEL: Final = 4


def run() -> None:
    """Measure and print."""
    asyncio.run(_measure())


async def _measure() -> None:
    app = create_app(load())
    print("Answers: kB as they are, and compressed")
    print(f"{'':28}" + "".join(f"{name:>20}" for name in BODIES))
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://tensorpad.test", timeout=60) as client:
            for name, source in PROGRAMS.items():
                sizes = [await _sizes(client, {"code": source, **body}) for body in BODIES.values()]
                print(f"{name:28}" + "".join(f"{plain / 1e3:>11.1f}{packed / 1e3:>9.1f}" for plain, packed in sizes))


async def _sizes(client: httpx.AsyncClient, body: dict[str, Any]) -> tuple[int, int]:
    response = await client.post("/api/v1/runs", json=body, headers={"Accept-Encoding": "identity"})
    response.raise_for_status()
    return len(response.content), len(gzip.compress(response.content, _LEVEL))
