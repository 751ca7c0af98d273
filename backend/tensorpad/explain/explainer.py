"""From facts to explanations in a language.

Rules read free text: messages of torch and the source of a program. A rule that fails on some text is a fault of ours. It is
logged and passed over, because a run is worth its answer without an explanation too.
"""

import logging
from dataclasses import replace
from typing import Final

from tensorpad.explain.evidence.facts import Facts
from tensorpad.explain.evidence.naming import Names
from tensorpad.explain.rules import ERROR_RULES, SURPRISE_RULES, SurpriseRule
from tensorpad.explain.words.findings import Explanation, Finding
from tensorpad.explain.words.wording import Wording
from tensorpad.texts import CATALOGUES, Catalogue, Lang

log = logging.getLogger(__name__)

MOST: Final = 12
"""Most surprises that are explained of one program."""


def explain_error(facts: Facts, lang: Lang) -> Explanation | None:
    """Why a cell failed; None if no rule knows."""
    if facts.error is None:
        return None
    names = Names(facts, failed=True)
    for rule in ERROR_RULES:
        try:
            finding = rule(facts)
            if finding is not None:
                return _worded(finding, names, CATALOGUES[lang])
        except Exception:
            log.exception("rule %s failed", rule.__name__)
    return None


def surprises(facts: Facts, lang: Lang, rules: tuple[SurpriseRule, ...] = SURPRISE_RULES) -> list[Explanation]:
    """What a program did that its author may not have meant, in the order of the rules.

    A fix leads a program to its end, so that of a program that failed is left to the explanation of its error.
    """
    explanations: list[Explanation] = []
    names = Names(facts, failed=False)
    for rule in rules:
        try:
            for finding in rule(facts):
                told = finding if facts.error is None else replace(finding, fix=None)
                explanations.append(_worded(told, names, CATALOGUES[lang]))
                if len(explanations) == MOST:
                    return explanations
        except Exception:
            log.exception("rule %s failed", rule.__name__)
    return explanations


def _worded(finding: Finding, names: Names, catalogue: Catalogue) -> Explanation:
    known = names.facts.tensors
    tensors = tuple(dict.fromkeys(item for item in finding.tensors if item is not None and item in known))
    return Wording(names.of(finding), catalogue).explanation(finding, tensors)
