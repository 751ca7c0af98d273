"""The page of the documentation that lists what is explained."""

from tensorpad.explain.rules import ERROR_RULES, SURPRISE_RULES
from tensorpad.texts import CATALOGUES

from tests.support.rule_page import PAGE, family_of, messages, page


def test_the_page_lists_every_rule_of_now() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "run `make rules`"


def test_every_message_belongs_to_a_family_of_rules() -> None:
    families = {family_of(rule) for rule in (*ERROR_RULES, *SURPRISE_RULES)}
    listed = {rule for family in families for rule in messages(family)}
    assert listed == set(CATALOGUES["en"].messages)


def test_there_are_at_least_150_in_each_language() -> None:
    assert all(len(catalogue.messages) >= 150 for catalogue in CATALOGUES.values())
