"""Mistakes in frozen dates, saved and joint places, and past reviews; every refusal has its acceptance."""

from typing import Any

import pytest

from scheduler.counting.pre_check import precheck
from scheduler.validating.validation import validate
from scheduler.values.problem import JointPlace, PastReview, Problem, Published, SavedPlace, WithinLink
from tests.builders import assessment, messages, one_area, ref, review, span, team, two_areas

POOLS = ({"id": "audit_commission", "units": 1},)


def found(problem: Problem) -> str:
    return messages(validate(problem))


def announced(*starts: int, **changes: Any) -> Problem:
    published = Published(starts=starts, is_frozen=True)
    return one_area(activities=(review("north", **{"published": published} | changes),))


@pytest.mark.parametrize(
    ("problem", "words"),
    [
        (announced(8, 11), ""),
        (announced(8, 15), "fieldwork starts 6 clear weeks after analysis"),
        (announced(4, 7), "closed by school, October half-term"),
        (announced(8, 11, start_window=span(9, 40)), "week 8 is outside the start window"),
        (announced(8, 11, pinned_starts=(8, 11)), ""),
        (announced(8, 11, pinned_starts=(9, 12)), "but pinned to (9, 12)"),
    ],
)
def test_confirmed_dates_keep_the_other_rules_r017(problem: Problem, words: str) -> None:
    assert words in found(problem)
    assert bool(words) == bool(validate(problem))


@pytest.mark.parametrize(
    ("zone", "changes", "words"),
    [
        (12, {}, ""),
        (52, {}, "nothing could move"),
        (12, {"start_window": span(0, 12)}, "must start before week 12, but the frozen zone ends in week 12"),
        (12, {"start_window": span(0, 12), "short_notice": True}, ""),
        (12, {"start_window": span(0, 12), "published": Published(starts=(8, 11))}, ""),
        (12, {"published": Published(starts=(4, 7))}, "fieldwork is published in week 7 of the frozen zone"),
    ],
)
def test_the_frozen_zone_leaves_a_week_for_everything_r019(zone: int, changes: Any, words: str) -> None:
    problem = one_area(activities=(review("north", **changes),), frozen_until=zone)
    assert words in found(problem)
    assert bool(words) == bool(validate(problem))


def with_team(**changes: Any) -> Problem:
    activities = (
        review("north", team=team("safeguarding", "education", **changes)),
        assessment("north", start_window=span(0, 40)),
    )
    link = WithinLink(inner=ref("ca-north"), outer=ref("jar-north", "fieldwork"))
    return one_area(activities=activities, links=(link,), pools=POOLS)


def joint(activity: str = "ca-north", stage: str = "on_site") -> tuple[JointPlace, ...]:
    return (JointPlace(skill="management", beside=ref(activity, stage), body="AC"),)


def test_a_joint_place_needs_a_visit_that_is_linked_r034() -> None:
    assert found(with_team(joint=joint())) == ""
    assert "stage visit of ca-north, which does not exist" in found(with_team(joint=joint(stage="visit")))
    loose = with_team(joint=joint()).model_copy(update={"links": ()})
    assert "no link keeps on_site within its on-site weeks" in found(loose)


def test_a_place_saved_by_what_runs_within_the_fieldwork_leaves_no_weeks_r033() -> None:
    """The assessment would have to end before the analysis begins; without the link it can."""
    saved = with_team(saved=(SavedPlace(skill="management", after=ref("ca-north")),))
    (lack,) = precheck(saved)
    assert (lack.kind, lack.activities) == ("stranded", ("jar-north", "ca-north"))
    assert precheck(saved.model_copy(update={"links": ()})) == ()


def test_a_saved_place_refers_to_another_activity_of_the_area_r033() -> None:
    saved = with_team(saved=(SavedPlace(skill="management", after=ref("ca-north")),))
    assert found(saved) == ""
    own = (SavedPlace(skill="management", after=ref("jar-north", "analysis")),)
    assert "no other activity of north" in found(with_team(saved=own))


def test_the_body_of_a_joint_place_is_one_of_the_bodies_r056() -> None:
    problem = with_team(joint=joint())
    alone = tuple(i.model_copy(update={"body": "Ofsted"}) for i in problem.inspectors)
    assert found(problem.model_copy(update={"inspectors": alone})) == ""
    assert "needs 2 bodies" in found(with_team().model_copy(update={"inspectors": alone}))


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({}, ""),
        ({"id": "jar-north"}, "name of another one, or of an activity"),
        ({"area": "nowhere"}, "the area 'nowhere', which does not exist"),
        ({"team_weeks": (-1, -2)}, "out of order"),
        ({"team_weeks": (-2000,)}, "far before the horizon"),
        ({"drafting_end": -3}, "drafted up to week -3"),
        ({"members": ("gone",)}, ""),
    ],
)
def test_past_reviews_are_sound(changes: Any, words: str) -> None:
    usual = {"id": "jar-done", "area": "north", "team_weeks": (-5, -2), "members": ("ann",), "leader": "ann"}
    problem = two_areas(past_reviews=(PastReview(**usual | {"drafting_end": 6} | changes),))
    assert words in found(problem)
    assert bool(words) == bool(validate(problem))


def test_a_draft_that_never_ends_is_named_r052() -> None:
    assert found(with_team(drafting_weeks=8)) == ""
    assert "drafts its report in 5000 weeks" in found(with_team(drafting_weeks=5000))
