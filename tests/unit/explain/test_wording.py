"""How a text is filled: capital letters at the beginning of sentences, and the spaces around what is filled in."""

import pytest
from tensorpad.explain.words.findings import Named, Phrase, Value
from tensorpad.explain.words.wording import Wording
from tensorpad.texts import CATALOGUES, Lang

from tests.support.cases import told
from tests.support.explanations import explained

FIRST = Named(None, 1)


def filled(lang: Lang, template: str, value: Value) -> str:
    return Wording({FIRST: Phrase("operand", {"position": 1})}, CATALOGUES[lang]).filled(template, {"value": value})


@pytest.mark.parametrize(
    ("template", "value", "text"),
    [
        ("而 {value} 是叶子张量", FIRST, "而第 1 个张量是叶子张量"),
        ("而 {value} 是叶子张量", "`x`", "而 `x` 是叶子张量"),
        ("变成了 {value}。", Phrase("nan", {}), "变成了 NaN（不是数）。"),
        ("变成了 {value}。", Phrase("infinity", {}), "变成了无穷大。"),
        ("{value} 从这里开始", Phrase("nan", {}), "NaN（不是数）从这里开始"),
        ("打印 {value} 时", "`'你 好'`", "打印 `'你 好'` 时"),
    ],
)
def test_no_space_stands_between_two_chinese_characters(template: str, value: Value, text: str) -> None:
    assert filled("zh-CN", template, value) == text


def test_english_keeps_its_spaces_and_begins_sentences_with_a_capital_letter() -> None:
    assert filled("en", "{value} and {value} meet. {value} is", FIRST) == "Tensor 1 and tensor 1 meet. Tensor 1 is"


@pytest.mark.parametrize(
    ("program", "piece"),
    [
        ("torch.ones(6).reshape(-1, 4)\n", "`(-1, 4)`. 6 elements cannot be divided by 4."),
        ("torch.ones(9).reshape(-1, 4, 2)\n", "9 elements cannot be divided by 4 × 2 = 8."),
        ("x = torch.ones(3, requires_grad=True)\n(x * 2).backward(torch.ones(2))\n", "`(3,)`, not `(2,)`"),
        ("p, t = torch.ones(3), torch.ones(3)\nnn.HuberLoss(p, t)\n", "`nn.HuberLoss()(prediction, target)`"),
    ],
)
def test_sizes_and_calls_are_written_as_in_a_program(program: str, piece: str) -> None:
    assert piece in told(explained(program), "en")[0].text
