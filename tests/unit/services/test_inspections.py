"""Inspections besides the review: relation to it, joint visits, what is inspected once (R097-R105, R174)."""

from datetime import date

import pytest

from config.inspection_files import register_on
from services.inspections.due import DueInspection
from services.inspections.overlaps import allocate, claimed_twice
from services.inspections.relating import (
    AFTER,
    BEFORE,
    WITHIN,
    Days,
    Relation,
    nearest_review,
    price_of,
    relate,
)
from services.inspections.visits import joint_visits
from tests.known import known

REGISTER = register_on(date(2006, 5, 1))
YORK = Days(date(2006, 5, 15), date(2006, 5, 26))
"""The days of York's review on site."""
OCTOBER = Days(date(2006, 10, 9), date(2006, 10, 20))


def due(
    kind: str, first_on: date | None, last_on: date, place: str = "", review: Days | None = None
) -> DueInspection:
    """An inspection on some days."""
    days = Days(first_on, last_on)
    return DueInspection(
        type=known(REGISTER.type_of(kind)),
        place=place,
        sector="",
        days=days,
        due_by=last_on,
        is_planned=False,
        relation=None if review is None else relate(days, review),
        reason="",
        overlaps=(),
        price=None,
        is_told=False,
    )


def test_a_youth_offending_inspection_in_the_second_week_is_within_the_review_r097_r104() -> None:
    """C9: York, 22 to 26 May 2006, fieldwork 15 to 26 May."""
    assert relate(Days(date(2006, 5, 22), date(2006, 5, 26)), YORK) == Relation(WITHIN, 0)


def test_an_adoption_inspection_due_by_30_june_is_14_weeks_before_a_review_in_october_r101() -> None:
    """C9: fieldwork 9 to 20 October 2006; it stays before 30 June."""
    relation = known(relate(Days(None, date(2006, 6, 30)), OCTOBER))
    assert relation == Relation(BEFORE, 14)
    kind = known(REGISTER.type_of("adoption"))
    assert price_of(relation, known(kind.price_per_week), known(kind.cap_weeks)) == 14


@pytest.mark.parametrize(
    ("days", "relation"),
    [
        (Days(date(2006, 5, 29), date(2006, 6, 2)), Relation(AFTER, 0)),
        (Days(date(2006, 6, 5), date(2006, 6, 9)), Relation(AFTER, 1)),
        (Days(date(2006, 5, 8), date(2006, 5, 12)), Relation(BEFORE, 0)),
        (Days(date(2006, 5, 15), date(2006, 5, 28)), Relation(WITHIN, 0)),
        (Days(date(2006, 5, 22), date(2006, 8, 14)), None),
        (Days(None, date(2006, 8, 14)), None),
    ],
)
def test_whole_weeks_count_and_days_on_both_sides_of_the_edge_say_nothing_r104(
    days: Days, relation: Relation | None
) -> None:
    """A window that has days within the review and after it says nothing before its days are planned."""
    assert relate(days, YORK) == relation


def test_an_inspection_is_related_to_the_nearest_of_two_reviews_r104() -> None:
    """A special review in October; one in May."""
    assert nearest_review(Days(None, date(2006, 6, 30)), (YORK, OCTOBER)) == YORK
    assert nearest_review(Days(None, date(2006, 9, 29)), (YORK, OCTOBER)) == OCTOBER
    assert nearest_review(Days(None, date(2006, 9, 29)), ()) is None


def test_the_price_of_distance_ends_at_its_cap_r099() -> None:
    """C9: CAMHS near the review, 2 a week up to 26 weeks."""
    kind = known(REGISTER.type_of("camhs"))
    price, cap = known(kind.price_per_week), known(kind.cap_weeks)
    assert [price_of(Relation(AFTER, weeks), price, cap) for weeks in (0, 3, 26, 40)] == [0, 6, 52, 52]


def test_welfare_and_education_at_one_home_are_one_visit_where_windows_meet_r174() -> None:
    """C9: windows that meet from 4 to 15 September 2006."""
    welfare = due("home_welfare", date(2006, 8, 21), date(2006, 9, 15), "Elm House")
    education = due("school_education", date(2006, 9, 4), date(2006, 9, 29), "Elm House")
    (visit,) = joint_visits([education, welfare])
    assert (visit.first_on, visit.last_on) == (date(2006, 9, 4), date(2006, 9, 15))
    assert [one.type.id for one in visit.inspections] == ["home_welfare", "school_education"]


def test_windows_that_do_not_meet_other_places_and_one_type_are_no_joint_visit_r174() -> None:
    """The twin of the visit that is joined."""
    welfare = due("home_welfare", date(2006, 8, 21), date(2006, 9, 15), "Elm House")
    assert (
        joint_visits([welfare, due("school_education", date(2006, 9, 18), date(2006, 9, 29), "Elm House")])
        == ()
    )
    assert (
        joint_visits([welfare, due("school_education", date(2006, 9, 4), date(2006, 9, 29), "Oak House")])
        == ()
    )
    assert (
        joint_visits([welfare, due("home_welfare", date(2006, 9, 4), date(2006, 9, 29), "Elm House")]) == ()
    )
    assert joint_visits([welfare, due("school_education", None, date(2006, 9, 29), "Elm House")]) == ()


def test_youth_offending_is_inspected_once_by_the_inspection_within_the_review_r100() -> None:
    """C9: allocated to the youth offending team's inspection, which saves the review that seat."""
    inspection = due("yot", date(2006, 5, 22), date(2006, 5, 26), review=YORK)
    by = {one.overlap.id: (one.by, one.overlap.skill) for one in allocate(REGISTER, [inspection])}
    assert by == {"youth_offending": (inspection, "youth_justice"), "mental_health": (None, "camhs")}


def test_the_review_keeps_what_an_inspection_after_it_would_look_at_r100() -> None:
    """It could not use what is found later (decision)."""
    inspection = due("yot", date(2006, 6, 12), date(2006, 6, 16), review=YORK)
    assert all(one.by is None for one in allocate(REGISTER, [inspection]))


def test_what_two_inspections_claim_is_told_once_r100() -> None:
    """The second is the one that is told."""
    assert claimed_twice([("youth_offending",), ("mental_health", "youth_offending")]) == (
        1,
        "youth_offending",
    )
    assert claimed_twice([("youth_offending",), ("mental_health",), ()]) is None


def test_what_stays_apart_by_law_or_by_rule_needs_no_reason_r098_r105() -> None:
    """Child and adolescent mental health needs one."""
    needs = {one.id: one.needs_reason for one in REGISTER.types}
    assert (needs["adoption"], needs["yot"], needs["camhs"]) == (False, False, True)
