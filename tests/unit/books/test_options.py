"""Options of the directive, as authors write them."""

import msgspec
import pytest
from tensorpad.books.options import OPTIONS, OptionError, Options, parsed

VALUES = {
    "of": "loss",
    "view": "memory",
    "step": "3",
    "mode": "edit",
    "controls": "steps,views",
    "theme": "dark",
    "lang": "zh-CN",
    "loading": "click",
    "height": "400",
    "seed": "7",
    "device": "cpu",
    "timeout": "2.5",
    "session": "first",
    "expect": "tensor(1.)\n  two",
    "raises": "RuntimeError",
    "server": "https://pad.example.org/tp",
    "caption": "A *small* graph",
    "alt": "The graph of loss",
    "hide-code": "",
    "hide-output": "true",
}
"""One good value for each."""


def test_every_option_has_a_value_here_and_a_field() -> None:
    assert VALUES.keys() == OPTIONS.keys()
    assert {name.replace("-", "_") for name in OPTIONS} == {field.name for field in msgspec.structs.fields(Options)}


def test_all_are_read_at_once() -> None:
    assert parsed(VALUES) == Options(
        of="loss",
        view="memory",
        step=3,
        mode="edit",
        controls=("steps", "views"),
        theme="dark",
        lang="zh-CN",
        loading="click",
        height=400,
        seed=7,
        device="cpu",
        timeout=2.5,
        session="first",
        expect="tensor(1.)\n  two",
        raises="RuntimeError",
        server="https://pad.example.org/tp/",
        caption="A *small* graph",
        alt="The graph of loss",
        hide_code=True,
        hide_output=True,
    )


def test_without_options_the_last_graph_is_shown_at_the_end() -> None:
    assert parsed({}) == Options()
    assert parsed({"seed": "none"}).seed is None
    assert parsed({"raises": None}).raises == ""


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("view", "graphs", "graph, values, memory, steps or derivation"),
        ("step", "-1", "whole number"),
        ("step", "x", "whole number"),
        ("seed", "no", "or none"),
        ("timeout", "0", "seconds"),
        ("timeout", "1e9", "seconds"),
        ("hide-code", "false", "takes no value"),
        ("raises", "a b", "exception"),
        ("controls", "run", "views, steps"),
        ("of", "", "needs a text"),
        ("server", "javascript:alert(1)", "address"),
        ("lang", "zh", "en or zh-CN"),
        ("colour", "red", "no option of this directive"),
    ],
)
def test_a_wrong_value_is_refused_by_name_and_with_what_may_be_written(name: str, text: str, said: str) -> None:
    with pytest.raises(OptionError, match=rf"^:{name}: .*{said}"):
        parsed({name: text})
