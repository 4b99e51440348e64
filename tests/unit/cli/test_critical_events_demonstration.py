"""The demonstration shows an event of each decision, among them a special review on the terms of the example."""

from cli.demonstration.critical_events import DECIDED_ON, ELSEWHERE, HAPPENED_ON, PULLED, SPECIAL, TERMS
from config.framework_files import find_framework
from config.policy import load_policy
from config.special_terms import read_terms
from services.events.deciding import Decision
from services.events.short_forms import short_form


def test_there_is_an_event_of_each_decision() -> None:
    decisions = {shown.decision for shown in (SPECIAL, *ELSEWHERE)} | {Decision.PULL_FORWARD}
    assert decisions == set(Decision)
    rules = load_policy().events
    kinds = {shown.kind for shown in (SPECIAL, *ELSEWHERE)} | {PULLED[0]}
    assert kinds <= set(rules.kinds)
    assert {shown.seriousness for shown in (SPECIAL, *ELSEWHERE)} | {PULLED[1]} <= set(rules.seriousness)
    assert HAPPENED_ON < DECIDED_ON


def test_the_terms_of_the_example_suit_the_day_on_which_it_is_decided() -> None:
    """R094."""
    terms = read_terms(TERMS)
    short = short_form(find_framework(terms.framework), terms, "special")
    assert [stage.id for stage in short.stages] == ["fieldwork"]
    days = [*terms.deadlines.values(), *(stage.starts_on for stage in terms.stages.values())]
    assert min(days) > DECIDED_ON
