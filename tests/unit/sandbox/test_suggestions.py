"""Names near to one that is missing."""

from typing import Any

import numpy as np
import pytest
import torch
from tensorpad.sandbox.suggestions import suggestion


def failure(source: str, namespace: dict[str, Any]) -> BaseException:
    """What a program raises."""
    with pytest.raises(Exception, match=r".") as raised:
        exec(source, namespace)
    return raised.value


@pytest.mark.parametrize(
    ("source", "name"),
    [
        ("torch.matmull", "matmul"),
        ("torch.nn.relu", "ReLU"),
        ("torch.ones(2).reshpe(2)", "reshape"),
        ("torch.ones(2).requires_grd", "requires_grad"),
        ("np.zeroes(2)", "zeros"),
        ("np.ones(2).reshpe(2)", "reshape"),
        ("torch.nn.Linear(1, 1).wieght", "weight"),
        ("wieght", "weight"),
        ("pritn(1)", "print"),
        ("from torch.nn import Linaer", "Linear"),
        ("qwertz", None),
        ("'text'.uper()", "upper"),
        ("def f(total):\n    return totl\nf(1)", "total"),
        (
            "class A:\n    def __init__(self):\n        self.size = 1\n    def f(self):\n        return size\nA().f()",
            "self.size",
        ),
        ("class A:\n    value = 1\nA().valeu", "value"),
        ("torch.ones(2) + 'a'", None),
        ("import nunpy", "numpy"),
        ("import torch.nn.functinal", "torch.nn.functional"),
        *((f"import {name}", None) for name in ("torchvision", "torchtext", "torchinfo", "torchdata", "torchx", "d2l")),
    ],
)
def test_a_near_name_is_suggested(source: str, name: str | None) -> None:
    namespace = {"torch": torch, "np": np, "weight": 1}
    assert suggestion(failure(source, namespace), namespace) == name


@pytest.mark.parametrize(
    ("source", "used", "name"),
    [
        ("torch.rfft(1)", "(", "fft.rfft"),
        ("torch.rfft", "", "fft.rfft"),
        ("torch.Linear(1, 1)", "(", "nn.Linear"),
        ("torch.linalgg.norm", ".", "linalg"),
        ("np.linalgg.norm", ".", "linalg"),
        ("np.zeross", "(", "zeros"),
        ("torch.ones(2).itemsizee()", "(", None),
        ("modle.weight", ".", "model"),
        ("prnt.weight", ".", None),
    ],
)
def test_what_is_suggested_can_be_used_as_the_source_uses_it(source: str, used: str, name: str | None) -> None:
    namespace: dict[str, Any] = {"torch": torch, "np": np, "model": torch.nn.Linear(1, 1)}
    assert suggestion(failure(source, namespace), namespace, used) == name


def test_the_programs_own_code_is_not_asked() -> None:
    asked: list[str] = []

    class Own:
        def __dir__(self) -> list[str]:
            asked.append("dir")
            return ["value"]

    namespace: dict[str, Any] = {"x": Own()}
    assert suggestion(failure("x.valu", namespace), namespace) is None
    assert asked == []


def test_a_name_that_cannot_be_sent_is_made_fit() -> None:
    namespace: dict[str, Any] = {"weight\ud800": 1}
    found = suggestion(NameError("name 'weights' is not defined", name="weights"), namespace)
    assert found is not None
    assert found.encode("utf-8")
