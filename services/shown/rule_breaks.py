"""The rules that a plan breaks, in one sentence."""

from collections import defaultdict
from collections.abc import Iterable

from reports.words import capitalised, list_in_words, plural
from scheduler.values.violations import Violation
from services.plans.waived_rules import WAIVABLE_RULES

MOST_PLACES = 3


def broken_line(plan: str, found: Iterable[Violation]) -> str:
    """'Plan 3 breaks 1 rule: too little rest between reviews (I012).'; empty if it breaks none."""
    places: dict[str, list[str]] = defaultdict(list)
    for violation in found:
        if violation.place not in places[violation.rule]:
            places[violation.rule].append(violation.place)
    if not places:
        return ""
    told = [f"{_words(rule)} ({_at(where)})" for rule, where in places.items()]
    return f"{capitalised(plan)} breaks {plural(len(places), 'rule')}: {'; '.join(told)}."


def _words(rule: str) -> str:
    words = WAIVABLE_RULES.get(rule, rule.replace("_", " "))
    return words[:1].lower() + words[1:]


def _at(places: list[str]) -> str:
    """The first places of a rule, and how many more there are."""
    more = len(places) - MOST_PLACES
    return list_in_words([*places[:MOST_PLACES], *([f"{more} more"] if more > 0 else [])])
