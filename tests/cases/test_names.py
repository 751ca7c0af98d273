"""What tensors are called in sentences: no two of one explanation by the same name."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
import tensorpad
from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.evidence.naming import Names
from tensorpad.explain.rules import ERROR_RULES, SURPRISE_RULES
from tensorpad.explain.words.findings import Explanation, Finding, Named
from tensorpad.explain.words.wording import Wording
from tensorpad.texts import CATALOGUES

import tests.cases
from tests.support.cases import LANGUAGES, told
from tests.support.explanations import Explained, explained
from tests.support.short_form import sampled

_RULES = Path(tensorpad.__file__).parent / "explain" / "rules"
_OTHERS = ["tests.unit.explain.test_errors", "tests.unit.explain.test_surprises"]


def _programs() -> list[str]:
    """The programs of all tests that explain one."""
    modules = [*_OTHERS, *(f"tests.cases.{found.name}" for found in pkgutil.iter_modules(tests.cases.__path__))]
    programs: dict[str, None] = {}
    for module in modules:
        if module != __name__:
            programs.update(dict.fromkeys(_programs_in(vars(importlib.import_module(module)))))
    return list(programs)


def _programs_in(names: dict[str, Any]) -> Iterator[str]:
    for value in names.values():
        for item in cast("list[Any]", value) if isinstance(value, list) else ():
            program = getattr(item, "program", None)
            if isinstance(program, str):
                yield program


def _findings(facts: Facts) -> Iterator[tuple[Finding, Names]]:
    """What the rules find, before it is in words."""
    found = next((finding for rule in ERROR_RULES if (finding := rule(facts)) is not None), None) if facts.error else None
    if found is not None:
        yield found, Names(facts, failed=True)
    names = Names(facts, failed=False)
    for rule in SURPRISE_RULES:
        for finding in rule(facts):
            yield finding, names


@pytest.mark.parametrize("program", sampled(_programs(), every=3))
def test_no_two_tensors_of_an_explanation_share_a_name(program: str) -> None:
    for finding, names in _findings(explained(program).facts):
        called = names.of(finding)
        for lang in LANGUAGES:
            wording = Wording(called, CATALOGUES[lang])
            tensors: dict[str, set[object]] = {}
            for named in called:
                tensors.setdefault(wording.text(named), set()).add(_identity(named))
            assert [name for name, alike in tensors.items() if len(alike) > 1] == [], (finding.rule, program)


def _identity(named: Named) -> object:
    return named.tensor or named.position


def test_rules_leave_it_to_the_explainer_what_a_tensor_is_called() -> None:
    """A rule that takes a name itself cannot know whether another tensor of its sentence has it too."""
    taken = re.compile(r"code\((?!array)[^()]*(?:\([^()]*\))?[^()]*\.names\[0\]")
    assert [path.name for path in sorted(_RULES.rglob("*.py")) if taken.search(path.read_text())] == []


def _text(explanation: Explanation) -> str:
    return f"{explanation.title}\n{explanation.text}"


def _all(program: Explained, lang: Any) -> str:
    return "\n".join(map(_text, told(program, lang)))


@pytest.mark.parametrize(
    ("program", "english", "chinese"),
    [
        pytest.param(
            "a = torch.ones(2, 3)\nb = torch.ones(4, 5)\na.t() @ b.t()",
            "Rows of `a.t()` meet columns of `b.t()`",
            "`b.t()`",
            id="expressions",
        ),
        pytest.param(
            "x = torch.ones(3, 2)\n\ndef f(left, right):\n    return left @ right\n\nf(x, torch.ones(4, 1))",
            "Rows of `left` meet columns of `right`",
            "`left`",
            id="names of the function that failed",
        ),
        pytest.param(
            "x = torch.ones(3, 2)\nx = x.t()\ny = x\nx = torch.ones(4, 4)\ny @ x",
            "Rows of `y` meet columns of `x`",
            "`y`",
            id="the name that a tensor has still",
        ),
        pytest.param(
            "x = torch.ones(2, 3)\nkept = [x]\nx = torch.ones(4, 5)\nkept[0] @ x",
            "Rows of the former `x` (line 6) meet columns of `x`",
            "之前的 `x`（第 6 行）",
            id="a name that went to another tensor",
        ),
        pytest.param(
            "kept = [torch.ones(2, 3) for _ in range(2)]\nkept[0] @ kept[1]",
            "Rows of the earlier `torch.ones(2, 3)` meet columns of the later `torch.ones(2, 3)`",
            "较早的 `torch.ones(2, 3)`",
            id="the same expression twice",
        ),
        pytest.param(
            "kept = []\nkept += [torch.ones(2, 3)]\nkept += [torch.ones(2, 3)]\nkept[0] @ kept[1]",
            "Rows of `torch.ones(2, 3)` from line 7 meet columns of `torch.ones(2, 3)` from line 8",
            "第 7 行的 `torch.ones(2, 3)`",
            id="the same expression in two lines",
        ),
        pytest.param(
            "net = nn.Sequential(nn.Linear(2, 3), nn.Linear(3, 1).double())\nnet(torch.ones(2, 2))",
            "The output of `net[0]` is `torch.float32`, and the parameters of `net[1]` are",
            "`net[0]` 的输出",
            id="inside a module",
        ),
        pytest.param(
            "x = torch.ones(3, requires_grad=True)\ny = x * 2\ny.register_hook(lambda g: g.mul_(10))\ny.sum().backward()",
            "`g.mul_(10)` writes to the incoming gradient,",
            "传入的梯度",
            id="the gradient of a hook without a name",
        ),
        pytest.param(
            "x = torch.ones(3, requires_grad=True)\ny = x * 2\n\ndef hook(grad):\n    grad += 1\n    return grad\n\n"
            "y.register_hook(hook)\ny.sum().backward()",
            "`grad += 1` writes to the incoming gradient `grad`,",
            "传入的梯度 `grad`",
            id="the gradient of a hook",
        ),
        pytest.param(
            "first, second = torch.ones(4, 3).split(2)[0], torch.ones(4, 3).split(2)[1]\ndel first\n"
            "torch.ones(4, 3).split(2)[1] @ second",
            "Rows of `torch.ones(4, 3).split(2)[1]` meet columns of `second`",
            "`torch.ones(4, 3).split(2)[1]`",
            id="one of several results",
        ),
    ],
)
def test_tensors_are_called_as_the_program_calls_them(program: str, english: str, chinese: str) -> None:
    failed = explained(program)
    assert english in _all(failed, "en")
    assert chinese in _all(failed, "zh-CN")
