"""Programs that people asked about, what must be said of them, and the check of it.

A case is checked as a reader would: the rule that speaks, the names and numbers that its sentences hold in both languages,
and the fix, which is carried out. The whole program must then end well, and the gradients of a fix must be those of a
program that was written by hand.
"""

from dataclasses import dataclass

from tensorpad.explain.words.findings import Explanation
from tensorpad.texts import Lang

from tests.support.explanations import Explained, explained, fixed

LANGUAGES: tuple[Lang, ...] = ("en", "zh-CN")


@dataclass(frozen=True)
class Case:
    """A program and the rule that explains its error, or the surprise that it is.

    `holds` are pieces that its title or text has in both languages: names, numbers, source. `never` has neither. `tensors`
    are names among those that it points at, `span` is the source that it marks. `fix` is a piece of the program that its fix
    leads to; None: it offers none. `by_hand` is the program as it should have been written, and gives every variable that
    both have the same gradient.
    """

    name: str
    program: str
    rule: str
    holds: tuple[str, ...]
    never: tuple[str, ...] = ()
    tensors: str = ""
    span: str | None = None
    fix: str | None = None
    by_hand: str | None = None


def check(case: Case) -> None:
    """Fail unless a case is explained as it should be."""
    program = explained(case.program)
    for lang in LANGUAGES:
        explanation = _said(program, case.rule, lang)
        text = f"{explanation.title}\n{explanation.text}"
        assert text.count("`") % 2 == 0, text
        for piece in case.holds:
            assert piece in text, (piece, text)
        for piece in case.never:
            assert piece not in text, (piece, text)
        assert set(case.tensors.split()) <= program.names(explanation), program.names(explanation)
        if case.span is not None:
            assert program.text(explanation) == case.span
    _check_fix(case, program)
    check_fixes(program)


def check_fixes(program: Explained) -> None:
    """Fail unless the program ends well after each fix that is offered for it, and the fix is not offered again."""
    for explanation in told(program, "en"):
        if explanation.fix is None:
            continue
        repaired = fixed(program.source, explanation.fix)
        again = explained(repaired, imports="")
        assert not again.failed, (explanation.rule, repaired, again.facts.message)
        repeated = [one.fix for one in told(again, "en") if one.rule == explanation.rule and one.span == explanation.span]
        assert explanation.fix not in repeated, (explanation.rule, repaired)


def told(program: Explained, lang: Lang) -> list[Explanation]:
    """All that is said of a program: why it failed, and its surprises."""
    return [*([program.error(lang)] if program.failed else []), *program.notices(lang)]


def _said(program: Explained, rule: str, lang: Lang) -> Explanation:
    """What a rule says of a program: the first that it says, if it has several things to say."""
    if program.failed and program.error(lang).rule == rule:
        return program.error(lang)
    of_rule = [one for one in program.notices(lang) if one.rule == rule]
    assert of_rule, (rule, [one.rule for one in told(program, lang)], program.facts.message)
    return of_rule[0]


def _check_fix(case: Case, program: Explained) -> None:
    fix = _said(program, case.rule, "en").fix
    if case.fix is None:
        assert fix is None, fix
        return
    assert fix is not None
    repaired = fixed(program.source, fix)
    assert case.fix in repaired, repaired
    if case.by_hand is not None:
        assert _gradients(repaired, "") == _gradients(case.by_hand, None)


def _gradients(source: str, imports: str | None) -> dict[str, object]:
    """The gradient of each variable at the end."""
    again = explained(source) if imports is None else explained(source, imports=imports)
    assert not again.failed, again.facts.message
    return {tensor.names[0]: tensor.grad for tensor in again.facts.trace.tensors if tensor.names and tensor.grad is not None}
