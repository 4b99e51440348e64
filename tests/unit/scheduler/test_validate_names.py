"""Names given twice and references to nothing are found."""

import pytest

from scheduler.validating.validation import require_valid, validate
from scheduler.values.errors import InvalidProblem
from scheduler.values.problem import PartnerLimit, TeamPrices
from tests.builders import area, changed, inspector, messages, one_area, ref, review, two_areas
from tests.complete import complete


def findings(problem):
    return messages(validate(problem))


def places(problem):
    return {found.place for found in validate(problem)}


@pytest.mark.parametrize("problem", [one_area(), two_areas(), complete()], ids=lambda p: p.name)
def test_sound_problems_have_no_findings(problem):
    assert validate(problem) == ()
    require_valid(problem)


def test_everything_wrong_is_reported_together():
    problem = one_area(areas=(), calendars=(), inspectors=())
    with pytest.raises(InvalidProblem) as error:
        require_valid(problem)
    text = str(error.value)
    for words in (
        "area 'north'",
        "calendar 'office'",
        "calendar 'school'",
        "skill safeguarding",
        "skill leader",
    ):
        assert words in text


def test_an_area_twice_is_found():
    assert findings(one_area(areas=(area("North"), area("North")))) == (
        "area north: is there 2 times. Remove or rename all but one of them."
    )


@pytest.mark.parametrize(
    ("kind", "place"),
    [
        ("activities", "activity jar-north"),
        ("calendars", "calendar office"),
        ("lag_tables", "lag table months"),
        ("pools", "pool audit_commission"),
        ("inspectors", "inspector ann"),
        ("periods", "period FY2005-06"),
        ("period_limits", "period limit autumn"),
        ("partner_limits", "partner limit police"),
    ],
)
def test_every_name_is_given_once(kind, place):
    problem = complete()
    parts = getattr(problem, kind)
    assert place in places(problem.model_copy(update={kind: (*parts, parts[0])}))


def test_a_stage_twice_in_an_activity_is_found():
    stages = review("north").stages
    twice = review("north", stages=(stages[0], stages[1].model_copy(update={"id": "analysis"})))
    assert "activity jar-north, stage analysis: is there 2 times" in findings(one_area(activities=(twice,)))


def test_a_misspelt_reference_gets_the_nearest_name_as_advice():
    problem = changed(complete(), "inspectors", "bob", conflicts=("sauth",))
    assert findings(problem) == (
        "inspector bob: refers to the area 'sauth', which does not exist. Try 'south'."
    )


@pytest.mark.parametrize(
    ("kind", "name", "changes", "words"),
    [
        ("activities", "jar-north", {"area": "nowhere"}, "area 'nowhere'"),
        ("inspectors", "bob", {"previous_areas": ("nowhere",)}, "area 'nowhere'"),
        ("inspectors", "bob", {"max_reviews": {"calendar_year": 3}}, "kind of period 'calendar_year'"),
        ("period_limits", "south", {"areas": ("south", "nowhere")}, "area 'nowhere'"),
        ("partner_limits", "police", {"areas": ("nowhere",)}, "area 'nowhere'"),
    ],
)
def test_unknown_references_are_found(kind, name, changes, words):
    assert f"refers to the {words}, which does not exist" in findings(
        changed(complete(), kind, name, **changes)
    )


def test_unknown_calendars_and_pools_of_stages_are_found():
    problem = complete(calendars=complete().calendars[:1], pools=())
    text = findings(problem)
    assert "activity jar-north, stage fieldwork: refers to the calendar 'school'" in text
    assert "activity ca-north, stage on_site: refers to the pool 'audit_commission'" in text


def test_links_to_nothing_are_found():
    lag, near, within, apart = complete().links
    links = (
        lag.model_copy(update={"table": "month"}),
        near.model_copy(update={"other": ref("yot-nort")}),
        within.model_copy(update={"outer": ref("jar-south", "field work")}),
        apart,
    )
    found = [str(finding) for finding in validate(complete(links=links))]
    assert len(found) == 3
    assert "lag table 'month', which does not exist. Try 'months'." in messages(found)
    assert "activity 'yot-nort', which does not exist. Try 'yot-north'." in messages(found)
    assert "stage of jar-south 'field work', which does not exist. Try 'fieldwork'." in messages(found)


def test_the_period_of_fairness_matters_only_if_it_has_a_price():
    prices = TeamPrices(fair_period="calendar_year", per_review_over_share=1)
    assert "kind of period 'calendar_year'" in findings(complete(team_prices=prices))
    assert validate(complete(team_prices=TeamPrices(fair_period="calendar_year"))) == ()


def test_an_announced_inspector_may_have_left_since():
    published = complete().activities[0].published.model_copy(update={"members": ("gone",)})
    assert validate(changed(complete(), "activities", "jar-north", published=published)) == ()


def test_a_skill_nobody_has_is_found_r059():
    without_bob = tuple(i for i in complete().inspectors if i.id != "cat")
    text = findings(complete(inspectors=without_bob))
    assert text.startswith("skill camhs: no inspector has it, but a team demands it: jar-north (R059).")
    assert validate(complete(inspectors=(*without_bob, inspector("fay", "ALI", "camhs")))) == ()


def test_a_partner_limit_of_known_areas_is_sound():
    limit = PartnerLimit(id="p", areas=("north",), kinds=("jar",), maximum=0, price=1, max_excess=1)
    assert validate(one_area(partner_limits=(limit,))) == ()
