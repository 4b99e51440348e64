"""Rules for what a plan says about itself: uncovered places and every term of its cost."""

import pytest

from scheduler.checking.checker import check
from scheduler.cost import DATE_TERMS, TEAM_TERMS
from tests.builders import broken_rules
from tests.complete import complete, complete_plan
from tests.rule_cases.plans import claiming


@pytest.mark.parametrize("term", DATE_TERMS)
def test_a_wrong_term_of_dates_is_named_with_its_right_value(term):
    terms = complete_plan().costs.date_terms
    found = check(complete(), claiming(date_terms=terms | {term: terms[term] + 1}))
    assert [v.rule for v in found] == ["wrong_cost"]
    assert found[0].message == f"claims {terms[term] + 1} for the date term '{term}'; it is {terms[term]}."


@pytest.mark.parametrize("term", TEAM_TERMS)
def test_a_wrong_term_of_people_is_named_with_its_right_value(term):
    terms = complete_plan().costs.team_terms
    found = check(complete(), claiming(team_terms=terms | {term: 0}))
    assert [v.message for v in found] == [f"claims 0 for the team term '{term}'; it is {terms[term]}."]


def test_a_term_left_out_or_made_up_is_named():
    terms = dict(complete_plan().costs.date_terms)
    del terms["urgency"]
    found = check(complete(), claiming(date_terms=terms | {"luck": 0}))
    assert [v.message for v in found] == [
        "does not claim the date term 'urgency' (84).",
        "claims a date term 'luck', which does not exist.",
    ]


def test_a_wrong_number_of_uncovered_places_is_named():
    assert broken_rules(complete(), claiming(uncovered_places=1)) == {"wrong_uncovered_places"}
    without = complete_plan(teams={"jar-south": {"leader": "dan", "safeguarding": "eve"}})
    assert without.costs.uncovered_places == 1
    assert broken_rules(complete(), without) == set()


def test_the_complete_plan_costs_what_was_computed_by_hand():
    """Eight weeks and twenty weeks at 3; one stretched week at 5; one week after the first at 1; one clear week at 3;
    four weeks short of eight at 4; one start short at 7; two weeks with one visit too many at 6; two stages
    moved by one week at 10 + 2."""
    assert complete_plan().costs.date_terms == {
        "urgency": 3 * 8 + 3 * 20,
        "stretch": 5,
        "sequencing": 1,
        "co_ordination": 3,
        "burden": 16,
        "evenness": 7,
        "partners": 12,
        "stability": 24,
    }
