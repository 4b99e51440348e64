"""What a profile allows, on which day; and the grade that people give, no better than that (R096, R149, R154, R158)."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from models import AnnualRating, AuditEntry, session
from services.errors import AlreadySo, NotFound, Refused
from services.naming.areas import find_area
from services.rating.annual import NewRating, assessment_of, rate, rating_of
from services.rating.assessing import Assessment, assess
from services.shown.rating_letter import lines_of_groups, lines_of_limits, lines_of_tests
from tests.known import known
from tests.rated import (
    AMBER,
    AREA,
    GREEN,
    OLD_PRIORITY_ACTION,
    RATED_ON,
    RED_ADOPTION,
    REGIME,
    SECOND_AMBER,
    Shares,
    files_of,
    imported,
    on,
    profile_of,
)

PLAN = "Review of the plan of 2009"


def assessed(shares: Shares, day: date = RATED_ON, **more: object) -> Assessment:
    return assess(REGIME, profile_of(shares, **more), day)  # type: ignore[arg-type]


def given(opened: Session, grade: str, day: date = RATED_ON, note: str = "", **more: str) -> AnnualRating:
    values = {"by": "Ann Lee", "plan_review": PLAN, **more}
    return rate(opened, AREA, 2009, NewRating(grade, **values), on(day, note))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "best", "share"),
    [
        (AMBER, "excellent", "8 of 9 (88.9 %)"),
        (AMBER | SECOND_AMBER, "well", "7 of 9 (77.8 %)"),
    ],
)
def test_a_very_large_majority_of_groups_in_the_top_bands_is_needed_to_perform_excellently(
    changes: Mapping[str, tuple[int, int]], best: str, share: str
) -> None:
    """R149: nine groups, eight green and one amber: it may; seven green and two amber: it may not."""
    found = assessed({**GREEN, **changes})
    assert found.best == best
    assert share in lines_of_tests(found)[0]


def test_one_red_group_is_enough_not_to_perform_excellently_and_a_small_number_is_told() -> None:
    """R149, R195: adoption 0 of 1."""
    found = assessed({**GREEN, **RED_ADOPTION})
    assert found.best == "well"
    assert "not: Adoption services, n = 1" in lines_of_tests(found)[1]
    assert "Adoption services: 0 of 1 (0.0 %), red; a small number, n = 1." in lines_of_groups(found)


def test_one_school_that_fails_changes_no_band() -> None:
    """62 of 80 is 77.5 per cent, 61 of 80 is 76.3."""
    before, after = assessed(GREEN), assessed({**GREEN, "schools": (61, 80)})
    assert [one.band for one in before.profile.groups] == [one.band for one in after.profile.groups]
    assert "Schools: 62 of 80 (77.5 %), light green." in lines_of_groups(before)
    assert "Schools: 61 of 80 (76.3 %), light green." in lines_of_groups(after)


def test_a_share_just_below_a_band_never_reads_as_the_bound() -> None:
    """R148: 79.96 per cent."""
    assert "Schools: 1999 of 2500 (79.9 %), light green." in lines_of_groups(
        assessed({**GREEN, "schools": (1999, 2500)})
    )


def test_a_group_without_inspections_has_no_band_and_is_looked_at_by_no_test() -> None:
    found = assessed({**GREEN, "adoption": (0, 0)})
    assert "Adoption services: no inspections." in lines_of_groups(found)
    assert "8 of 8 (100.0 %)" in lines_of_tests(found)[0]
    assert found.best == "excellent"


def test_what_the_profile_says_nothing_of_is_missing_and_not_nothing() -> None:
    """R159: youth services were missed in the profiles of 2009."""
    shares = {code: share for code, share in GREEN.items() if code != "youth_services"}
    assert "Youth services: missing from the profile." in lines_of_groups(assessed(shares))


def test_a_priority_action_limits_by_the_definition_of_the_day_and_both_texts_are_shown() -> None:
    """R154, R196: one old-style priority action on 31 March and on 1 April 2010."""
    old, new = (
        assessed(GREEN, day, findings=[OLD_PRIORITY_ACTION]) for day in (date(2010, 3, 31), date(2010, 4, 1))
    )
    assert (old.best, new.best) == ("adequate", "excellent")
    texts = ("An area for priority action", "A priority action: child protection procedures not followed")
    for found in (old, new):
        assert all(any(line.startswith(text) for line in lines_of_limits(found)) for text in texts)
    assert "(until 31 March 2010): at most performs adequately; limits: " in lines_of_limits(old)[0]
    assert "would limit, but does not hold on this day" in lines_of_limits(new)[0]
    assert lines_of_limits(new)[1].endswith(
        "(from 1 April 2010): at most performs adequately; does not limit."
    )


def test_a_child_at_immediate_risk_limits_by_both_definitions() -> None:
    """R196."""
    visit = ("contact_visit", date(2009, 6, 10), ("priority_action", "immediate_risk"))
    for day in (date(2010, 3, 31), date(2010, 4, 1)):
        assert assessed(GREEN, day, findings=[visit]).best == "adequate"


def test_the_newest_finding_of_a_kind_speaks() -> None:
    """R096: a later visit without a priority action looked at it again."""
    later = ("contact_visit", date(2010, 2, 3), ("strengths", "development"))
    day = date(2010, 3, 31)
    assert assessed(GREEN, day, findings=[OLD_PRIORITY_ACTION, later]).best == "excellent"
    assert assessed(GREEN, date(2010, 2, 2), findings=[OLD_PRIORITY_ACTION, later]).best == "adequate"


def test_inadequate_safeguarding_limits_most() -> None:
    """R147."""
    found = assessed(GREEN, findings=[("safeguarding", date(2009, 6, 30), ("grade_1",))])
    assert found.best == "poor"


def test_outcomes_count_from_both_sides() -> None:
    """R149: above the national average, at least level with comparators; where lower is better, lower is above."""
    assert assessed(GREEN).best == "excellent"
    found = assessed(GREEN, indicators=())
    assert [one.met for one in found.tests] == [True, True, None, None]
    assert "no figures" in lines_of_tests(found)[2]


def test_a_rating_is_given_by_people_and_written_into_the_log(engine: Engine, tmp_path: Path) -> None:
    imported(engine, files_of(tmp_path / "files", {**GREEN, **AMBER}))
    with session(engine) as opened:
        row = given(opened, "excellent")
        assert (row.grade, row.quarter, row.regime) == ("excellent", "2009-Q3", "england-2009")
        with pytest.raises(AlreadySo):
            given(opened, "excellent")
        entry = opened.exec(select(AuditEntry).where(AuditEntry.action == "rate")).one()
        assert entry.subject == "sheffield rating 2009"


def test_a_grade_that_is_ruled_out_is_refused_with_every_test_limit_and_figure(
    engine: Engine, tmp_path: Path
) -> None:
    """R096, R149."""
    rows = ["contact_visit,2009-06-10,priority_action,Letter"]
    imported(engine, files_of(tmp_path / "files", {**GREEN, **AMBER, **RED_ADOPTION}, rows))
    with session(engine) as opened, pytest.raises(Refused) as refused:
        given(opened, "excellent")
    said = [str(finding) for finding in refused.value.findings]
    assert len(said) == 3
    assert "7 of 9 (77.8 %); not: Adoption services, n = 1; Pupil referral units" in said[0]
    assert "No group of services is red; 8 of 9 (88.9 %); not: Adoption services, n = 1" in said[1]
    assert "at most 'performs adequately'" in said[2]
    assert "Areas for priority action, 10 June 2009. (R096)" in said[2]
    assert "Rate it performs adequately at most (adequate)." in said[2]
    with session(engine) as opened:
        assert known(given(opened, "adequate")).grade == "adequate"


def test_a_rating_needs_who_decided_it_the_plan_review_and_a_year_with_a_calendar(
    engine: Engine, tmp_path: Path
) -> None:
    """R151, R161."""
    imported(engine, files_of(tmp_path / "files"))
    with session(engine) as opened, pytest.raises(Refused) as refused:
        rate(opened, AREA, 2011, NewRating("wel", " ", ""), on(RATED_ON))
    fields = {finding.field for finding in refused.value.findings}
    assert fields == {"year", "by", "plan_review", "grade"}
    assert "Try 'well'." in str(refused.value)


def test_another_rating_needs_a_reason_and_the_earlier_one_stays(engine: Engine, tmp_path: Path) -> None:
    imported(engine, files_of(tmp_path / "files"))
    with session(engine) as opened:
        given(opened, "well")
        with pytest.raises(Refused, match="another rating needs a reason"):
            given(opened, "adequate")
        given(opened, "adequate", note="a visit was overlooked")
        assert known(rating_of(opened, AREA, 2009)).grade == "adequate"
        assert len(opened.exec(select(AnnualRating)).all()) == 2


def test_without_a_profile_nothing_is_rated(engine: Engine, tmp_path: Path) -> None:
    imported(engine, files_of(tmp_path / "files"))
    with session(engine) as opened, pytest.raises(NotFound, match="there is none yet"):
        assessment_of(opened, find_area(opened, "wigan"), RATED_ON)
