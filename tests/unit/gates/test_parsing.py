"""Gates are read from comments, and what is wrong with one does not hide the others."""

import pytest
from tensorpad.gates.gate import GateMiss, GateOption, Proof
from tensorpad.gates.parsing import gates_of


def test_gate_has_its_misses_and_its_reason() -> None:
    (gate,) = gates_of("x = 1\n#? shape x\n#? ~ (3,) -- That is y.\n#? because It is a scalar.\n")
    assert (gate.line, gate.kind, gate.target) == (2, "shape", "x")
    assert gate.misses == (GateMiss("(3,)", "That is y."),)
    assert gate.because == "It is a scalar."
    assert gate.faults == ()


def test_which_has_options_and_a_proof() -> None:
    source = "y = x\n#? which Why?\n#? = a view -- Yes.\n#? ~ a copy -- No.\n#? if y is x\n#? because One object.\n"
    (gate,) = gates_of(source)
    assert (gate.kind, gate.target) == ("which", "Why?")
    assert gate.options == (GateOption("a view", True, "Yes."), GateOption("a copy", False, "No."))
    assert gate.proof == Proof(5, "y is x")


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [("Why does", "x change?", "Why does x change?"), ("为什么", "它变了？", "为什么它变了？")],
)
def test_line_goes_on_after_a_backslash(first: str, second: str, joined: str) -> None:
    (gate,) = gates_of(f"x = 1\n#? which {first} \\\n#? {second}\n#? = a\n#? ~ b\n")
    assert gate.target == joined
    assert gate.lines == (2, 3, 4, 5)


def test_marks_in_strings_are_no_gates() -> None:
    assert gates_of('text = """\n#? shape x\n"""\n') == []


@pytest.mark.parametrize(
    ("lines", "line", "key"),
    [
        (["#? size x"], 2, "kind"),
        (["#?"], 2, "kind"),
        (["#? shape x y"], 2, "targets"),
        (["#? shares x"], 2, "targets"),
        (["#? raises ValueError"], 2, "targets"),
        (["#? value"], 2, "targets"),
        (["#? which"], 2, "no_text"),
        (["#? shape x", "#? ~"], 3, "no_text"),
        (["#? because nothing"], 2, "no_question"),
        (["#? shape x", "", "#? because too late"], 4, "no_question"),
        (["y = 2  #? shape y"], 2, "beside_code"),
        (["y = [", "    #? shape y", "]"], 3, "beside_code"),
        (["#? shape x", "#? = (2,)"], 3, "typed"),
        (["#? shape x", "#? if True"], 3, "proof"),
        (["#? which Why?", "#? ~ a"], 2, "right_options"),
        (["#? which Why?", "#? = a", "#? = b"], 2, "right_options"),
        (["#? which Why?", "#? = a"], 2, "few_options"),
        (["#? which Why?", "#? = a", "#? ~ a"], 2, "same_options"),
    ],
)
def test_fault_has_its_line(lines: list[str], line: int, key: str) -> None:
    gates = gates_of("\n".join(["x = 1", *lines, "z = 3", "#? shape z"]))
    assert [(fault.line, fault.key) for gate in gates for fault in gate.faults][:1] == [(line, key)]
    assert (gates[-1].target, gates[-1].faults) == ("z", ())
