"""From facts to explanations in a language.

Rules read free text: messages of torch and the source of a program. A rule that fails on some text is a fault of ours. It is
logged and passed over, because a run is worth its answer without an explanation too.
"""

import logging
from typing import Final

from tensorpad.explain.facts import Facts
from tensorpad.explain.findings import Edit, Explanation, Finding, Fix, Phrase, Value
from tensorpad.explain.rules import ERROR_RULES, SURPRISE_RULES
from tensorpad.texts import CATALOGUES, Catalogue, Lang

log = logging.getLogger(__name__)

MOST: Final = 12
"""Most surprises that are explained of one program."""


def explain_error(facts: Facts, lang: Lang) -> Explanation | None:
    """Why a cell failed; None if no rule knows."""
    if facts.error is None:
        return None
    for rule in ERROR_RULES:
        try:
            finding = rule(facts)
            if finding is not None:
                return _worded(finding, facts, CATALOGUES[lang])
        except Exception:
            log.exception("rule %s failed", rule.__name__)
    return None


def surprises(facts: Facts, lang: Lang) -> list[Explanation]:
    """What a program did that its author may not have meant, in the order of the rules."""
    explanations: list[Explanation] = []
    for rule in SURPRISE_RULES:
        try:
            for finding in rule(facts):
                explanations.append(_worded(finding, facts, CATALOGUES[lang]))
                if len(explanations) == MOST:
                    return explanations
        except Exception:
            log.exception("rule %s failed", rule.__name__)
    return explanations


def _worded(finding: Finding, facts: Facts, catalogue: Catalogue) -> Explanation:
    message = catalogue.messages[finding.rule]
    tensors = tuple(dict.fromkeys(item for item in finding.tensors if item is not None and item in facts.tensors))
    return Explanation(
        finding.rule,
        _filled(message.title, finding.values, catalogue),
        _filled(message.text, finding.values, catalogue),
        tensors,
        finding.dims,
        finding.span,
        _fix(finding.fix, catalogue) if finding.fix else None,
    )


def _fix(edit: Edit, catalogue: Catalogue) -> Fix:
    return Fix(edit.span, edit.replacement, _filled(catalogue.fixes[edit.wording], edit.values, catalogue))


def _filled(template: str, values: dict[str, Value], catalogue: Catalogue) -> str:
    return template.format_map({key: _text(value, catalogue) for key, value in values.items()})


def _text(value: Value, catalogue: Catalogue) -> str:
    match value:
        case Phrase(key=key, values=values):
            return _filled(catalogue.phrases[key], values, catalogue)
        case tuple():
            return catalogue.joint.join(_text(item, catalogue) for item in value)
        case _:
            return str(value)
