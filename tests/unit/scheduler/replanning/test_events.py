"""Events: each kind accepted and refused, what is frozen, and what is announced (R094)."""

import json

import pytest

from scheduler.events import (
    AddedReview,
    ClosedWeeks,
    CriticalIncident,
    Event,
    InspectorAbsence,
    LateFinish,
    NewConflict,
    Postponement,
    Resignation,
    apply,
    event_in_words,
    event_schema,
    load_event,
)
from scheduler.events.stability import StabilityRule
from scheduler.values.errors import InvalidProblem
from scheduler.values.problem import Problem
from tests.builders import FIRST_MONDAY, changed, messages, span
from tests.replanning import published, three_reviews

UNFROZEN = StabilityRule(frozen_weeks=0)


def after(event: Event, now_week: int = 0, frozen_weeks: int = 0) -> Problem:
    problem = three_reviews()
    rule = StabilityRule(frozen_weeks=frozen_weeks)
    return apply(problem, published(problem), event, now_week, rule)


def refusal(event: Event, now_week: int = 0) -> str:
    with pytest.raises(InvalidProblem) as error:
        after(event, now_week)
    return messages(error.value.findings)


def inspector(problem: Problem, name: str):
    return next(own for own in problem.inspectors if own.id == name)


def activity(problem: Problem, name: str):
    return next(own for own in problem.activities if own.id == name)


def test_an_absence_takes_weeks_from_its_inspector():
    found = after(InspectorAbsence(inspector="ann", weeks=span(8, 12), percent_available=50))
    assert inspector(found, "ann").absences[0].span == span(8, 12)
    assert inspector(found, "dan").absences == ()


def test_a_resignation_is_an_absence_to_the_end():
    found = after(Resignation(inspector="ann", from_week=8))
    assert inspector(found, "ann").absences[0].span == span(8, 52)


def test_a_conflict_bars_an_inspector_from_an_area():
    assert inspector(after(NewConflict(inspector="ann", area="south")), "ann").conflicts == ("south",)


def test_a_postponement_moves_the_window():
    assert (
        activity(after(Postponement(activity="jar-south", not_before=15)), "jar-south").start_window.first
        == 15
    )


def test_an_incident_pulls_a_review_forward_within_its_weeks():
    found = after(CriticalIncident(area="west", within_weeks=4, activity="jar-west"), now_week=6)
    assert activity(found, "jar-west").start_window == span(6, 11)


def test_an_incident_makes_a_new_activity_like_another():
    """R003: of a kind of its own, so that no period limit counts it."""
    found = activity(
        after(CriticalIncident(area="west", within_weeks=4, like="jar-south")), "jar-south-incident"
    )
    assert (found.area, found.kind, found.published, found.short_notice) == ("west", "incident", None, True)


def test_weeks_are_closed_in_an_area_for_some_stages_only():
    found = after(ClosedWeeks(area="south", weeks=span(13, 15), stages=("fieldwork",)))
    calendars = {stage.id: stage.calendars for stage in activity(found, "jar-south").stages}
    assert "event:south" in calendars["fieldwork"]
    assert "event:south" not in calendars["analysis"]
    assert "event:south" not in activity(found, "jar-west").stages[1].calendars


def test_weeks_are_closed_wherever_a_calendar_is_kept():
    found = after(ClosedWeeks(calendar="school", weeks=span(13, 15), reason="flood"))
    assert next(own for own in found.calendars if own.id == "school").closures[-1].reason == "flood"


def test_one_more_review_stands_where_it_is_said():
    added = activity(three_reviews(), "jar-west").model_copy(
        update={"id": "special", "pinned_starts": (9, 12)}
    )
    found = after(AddedReview(review=added))
    assert activity(found, "special").pinned_starts == (9, 12)
    assert activity(found, "special").short_notice
    assert len(found.activities) == 4


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"id": "jar-west"}, "review.id: 'jar-west' is planned already"),
        ({"id": "special", "area": "wst"}, "review.area: there is no area 'wst'. Try 'west'"),
        ({"id": "special", "pinned_starts": (9, 60)}, "review: week 60"),
    ],
)
def test_one_more_review_that_cannot_be_is_named_with_advice(changes, told):
    added = activity(three_reviews(), "jar-west").model_copy(update=changes)
    assert told in refusal(AddedReview(review=added))


def test_a_stage_under_way_takes_longer_with_its_people():
    """What is a fact is not asked whether weeks are closed or people away."""
    problem = changed(three_reviews(), "inspectors", "ann", absences=({"span": {"first": 7, "end": 9}},))
    found = apply(problem, published(problem), LateFinish(activity="jar-north", weeks=1), 6, UNFROZEN)
    stage = activity(found, "jar-north").stages[1]
    assert (stage.duration_weeks, stage.calendars) == (3, ())
    assert inspector(found, "ann").absences[0].span == span(8, 9)


@pytest.mark.parametrize(
    ("event", "told"),
    [
        (
            InspectorAbsence(inspector="anne", weeks=span(1, 2)),
            "inspector: there is no inspector 'anne'. Try 'ann'",
        ),
        (Resignation(inspector="bob", from_week=3), "inspector: there is no inspector 'bob'."),
        (NewConflict(inspector="ann", area="sooth"), "area: there is no area 'sooth'. Try 'south'"),
        (
            Postponement(activity="jar-soth", not_before=9),
            "activity: there is no activity 'jar-soth'. Try 'jar-south'",
        ),
        (
            CriticalIncident(area="west", within_weeks=3, like="jar-east"),
            "like: there is no activity 'jar-east'",
        ),
        (
            CriticalIncident(area="west", within_weeks=3, activity="jar-south"),
            "'jar-south' is in another area",
        ),
        (ClosedWeeks(calendar="scool", weeks=span(1, 2)), "there is no calendar 'scool'. Try 'school'"),
        (ClosedWeeks(area="west", weeks=span(1, 2), stages=("visit",)), "there is no stage 'visit'"),
        (LateFinish(activity="jar-north", weeks=1, stage="visit"), "there is no stage 'visit'"),
        (InspectorAbsence(inspector="ann", weeks=span(50, 60)), "weeks.end: week 60"),
        (InspectorAbsence(inspector="ann", weeks=span(5, 5)), "weeks: it has no week"),
        (
            Resignation(inspector="ann", from_week=52),
            "is outside the horizon. Give a week from 0 to 51",
        ),
        (Postponement(activity="jar-south", not_before=45), "activity jar-south"),
        (
            LateFinish(activity="jar-south", weeks=1),
            "'jar-south' has not begun yet. Report a postponement",
        ),
    ],
)
def test_what_makes_no_sense_is_named_with_advice(event, told):
    assert told in refusal(event)


@pytest.mark.parametrize(
    ("event", "told"),
    [
        (InspectorAbsence(inspector="ann", weeks=span(8, 12)), "is in the past; this week is 9"),
        (Postponement(activity="jar-north", not_before=12), "'jar-north' began on 19 September 2005"),
        (LateFinish(activity="jar-north", weeks=1), "fieldwork of 'jar-north' is over"),
        (NewConflict(inspector="ann", area="north"), "'ann' has worked on 'jar-north' there, which is over"),
    ],
)
def test_what_is_past_is_refused(event, told):
    assert told in refusal(event, now_week=9)


def test_all_mistakes_are_told_together():
    told = refusal(InspectorAbsence(inspector="zoe", weeks=span(-3, 70)))
    assert "no inspector 'zoe'" in told
    assert "week -3" in told
    assert "week 70" in told


def test_a_plan_that_breaks_a_rule_is_not_replanned():
    problem = three_reviews()
    other = published(changed(problem, "inspectors", "ann", conflicts=("north",)))
    with pytest.raises(InvalidProblem, match="other_problem"):
        apply(problem, other, Resignation(inspector="ann", from_week=3), 0)


def test_what_begins_within_the_frozen_zone_is_pinned_and_nothing_moves_into_it():
    """R094."""
    found = after(Resignation(inspector="eve", from_week=12), now_week=6, frozen_weeks=6)
    pins = [own.pinned_starts for own in found.activities]
    assert pins == [(2, 5), (10, 13), None]
    assert activity(found, "jar-west").start_window.first == 12


def test_the_events_own_activity_leaves_the_frozen_zone():
    found = after(Postponement(activity="jar-south", not_before=15), now_week=6, frozen_weeks=6)
    assert activity(found, "jar-south").pinned_starts is None


def test_of_an_activity_under_way_only_what_has_not_begun_may_move():
    """Fieldwork of week 5 is closed; the analysis was in week 2."""
    found = after(ClosedWeeks(area="north", weeks=span(5, 6)), now_week=4, frozen_weeks=6)
    own = activity(found, "jar-north")
    assert (own.pinned_starts, own.start_window) == (None, span(2, 3))


def test_the_nearer_the_start_the_dearer_a_move():
    found = after(Resignation(inspector="eve", from_week=3))
    prices = [activity(found, name).published.move_price for name in ("jar-north", "jar-south", "jar-west")]
    assert prices == [200, 200, 40]
    assert activity(found, "jar-north").published.members == ("ann", "cat")


def test_days_in_files_become_weeks():
    text = '{"kind": "absence", "inspector": "ann", "weeks": {"first": "2005-10-05", "end": "2005-10-15"}}'
    assert load_event(text, FIRST_MONDAY) == InspectorAbsence(
        inspector="ann", weeks=span(4, 6), first_percent=40
    )
    text = '{"kind": "postponement", "activity": "a", "not_before": "2005-09-12"}'
    assert load_event(text, FIRST_MONDAY) == Postponement(activity="a", not_before=1)


@pytest.mark.parametrize(("day", "week"), [("2005-09-12", 1), ("2005-09-13", 2), ("2005-09-18", 2)])
def test_nothing_may_begin_before_the_day_that_was_asked_for(day, week):
    """A review that begins on the Monday before it would begin too early."""
    text = json.dumps({"kind": "postponement", "activity": "a", "not_before": day})
    assert load_event(text, FIRST_MONDAY) == Postponement(activity="a", not_before=week)


def test_a_week_beyond_all_calendars_is_told_like_any_other_outside_the_horizon():
    assert "outside the horizon" in refusal(Resignation(inspector="eve", from_week=10**30))


@pytest.mark.parametrize(
    ("document", "told"),
    [
        ({"kind": "absense"}, "kind: must have one of the kinds absence, resignation, incident"),
        ({"inspector": "ann"}, "kind: must have one of the kinds absence"),
        ({"kind": "absence", "inspector": "ann"}, "weeks: Field required"),
        ({"kind": "resignation", "inspector": "ann", "from_week": "soon"}, "from_week"),
        (
            {"kind": "resignation", "inspector": "ann", "from_week": "2006-02-30"},
            "from_week: is neither a week's number nor a day",
        ),
        (
            {"kind": "resignation", "inspector": "ann", "from_week": "2006-W13"},
            "Write it like 2006-05-01",
        ),
        ({"kind": "incident", "area": "west", "within_weeks": 3}, "either `activity` or `like`"),
        ({"kind": "closed_weeks", "weeks": {"first": 1, "end": 2}}, "either `area` or `calendar`"),
        ({"kind": "conflict", "inspector": "ann", "area": "west", "why": "x"}, "why: Extra inputs"),
        ([], "document"),
    ],
)
def test_a_wrong_file_is_refused_field_by_field(document, told):
    with pytest.raises(InvalidProblem) as error:
        load_event(json.dumps(document), FIRST_MONDAY)
    assert told in messages(error.value.findings)


def test_events_survive_a_round_trip_and_have_words_and_a_schema():
    problem = three_reviews()
    for event, words in (
        (
            InspectorAbsence(inspector="ann", weeks=span(8, 12)),
            "away from 31 October 2005 to 25 November 2005",
        ),
        (Resignation(inspector="ann", from_week=8), "gone from 31 October 2005"),
        (
            CriticalIncident(area="west", within_weeks=3, like="jar-west"),
            "West (west): a review like jar-west",
        ),
        (Postponement(activity="jar-west", not_before=9), "before 7 November 2005"),
        (ClosedWeeks(area="west", weeks=span(8, 9), reason="flood"), "(flood)"),
        (NewConflict(inspector="ann", area="west"), "may not work in West"),
        (LateFinish(activity="jar-north", weeks=2), "2 weeks longer"),
    ):
        assert load_event(event.model_dump_json(), FIRST_MONDAY) == event
        assert words in event_in_words(event, problem)
        assert event.kind in json.dumps(event_schema())


@pytest.mark.parametrize(
    ("first", "end", "shares"),
    [
        ("2005-10-07", "2005-10-08", {4: 80}),
        ("2005-10-05", "2005-10-06", {4: 80}),
        ("2005-10-07", "2005-10-11", {4: 80, 5: 80}),
        ("2005-10-05", "2005-10-20", {4: 40, 5: 0, 6: 40}),
        ("2005-10-03", "2005-10-08", {4: 0}),
    ],
)
def test_a_friday_away_leaves_four_fifths_of_its_week(first, end, shares):
    """It became a whole week at 0 per cent, while the import took it for a day."""
    text = json.dumps({"kind": "absence", "inspector": "ann", "weeks": {"first": first, "end": end}})
    event = load_event(text, FIRST_MONDAY)
    assert {week: share for weeks, share in event.shares() for week in weeks.weeks()} == shares
    ann = next(person for person in after(event).inspectors if person.id == "ann")
    assert [absence.percent_available for absence in ann.absences][-len(shares) :] == list(shares.values())
