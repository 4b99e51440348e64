"""`why-early`: what the concern about an area rests on, and what changed since the plan."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine

from cli.shown.exit_codes import ExitCode
from models import Area, ConcernIndex, Rating, session
from tests.commands import Run

AS_OF = ("--as-of", "2006-01-09")


@pytest.fixture
def rated(published: Engine) -> Engine:
    """Sheffield is weak with two stars; it was fair when the plan was made."""
    with session(published) as opened:
        area = opened.get_one(Area, "sheffield")
        area.urgency, area.is_urgency_given = 7, False
        for measure, value, day in (
            ("cpa_category", "weak", date(2005, 12, 15)),
            ("cpa_category", "fair", date(2004, 12, 16)),
            ("csci_stars", "2", date(2004, 11, 18)),
        ):
            opened.add(
                Rating(
                    area_code="sheffield", measure=measure, value=value, published_on=day, source="a report"
                )
            )
        for value, at in ((5, datetime(2005, 7, 1, tzinfo=UTC)), (7, datetime(2005, 12, 16, tzinfo=UTC))):
            opened.add(ConcernIndex(area_code="sheffield", counted_on=at.date(), value=value, counted_at=at))
    return published


def test_the_lines_are_shown_with_their_days_and_points_r023(run: Run, rated: Engine) -> None:
    said = run("why-early", "Sheffield", *AS_OF)
    assert said.code == ExitCode.DONE
    assert "15 December 2005" in said.out
    assert "replaced by a newer one" in said.out
    assert "Concern about Sheffield on 9 January 2006: 7 of 10, counted from these lines." in said.err
    assert "It was 5 when plan 1 was made." in said.err
    document = run("why-early", "Sheffield", *AS_OF, "--json").document
    assert [(line["value"], line["points"]) for line in document["lines"]] == [
        ("weak", 7),
        ("fair", 0),
        ("2", 0),
    ]


def test_an_earlier_day_knows_less_r027(run: Run, rated: Engine) -> None:
    said = run("why-early", "Sheffield", "--as-of", "2005-08-01")
    assert "on 1 August 2005: 5 of 10" in said.err
    assert "Plans are still made with 7" in said.err


def test_without_an_area_it_lists_what_changed_since_the_plan_r020(run: Run, rated: Engine) -> None:
    assert "Sheffield" in run("why-early").out
    assert [change["area"] for change in run("why-early", "--json").document["changes"]] == ["sheffield"]


def test_an_index_set_by_hand_is_shown_with_its_reason(run: Run, published: Engine) -> None:
    with session(published) as opened:
        opened.get_one(Area, "wigan").urgency_source = "a visit in May"
    assert "3 of 10, set by hand: a visit in May." in run("why-early", "Wigan", *AS_OF).err
    assert "No concern has changed since plan 1 was made." in run("why-early").err


def test_before_there_is_a_plan_nothing_has_changed(run: Run, home: Path) -> None:
    run("init")
    assert "There is no plan yet" in run("why-early").err
