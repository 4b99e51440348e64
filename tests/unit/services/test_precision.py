"""Confirming a year and making dates final (R016, R017)."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from config.policy import load_policy
from models import Activity, AuditEntry, session
from services.audit import Word
from services.casework.precision import confirm_year, confirmation_due, final_due, finalise
from services.errors import Refused
from services.plans.publication import publish
from services.shown.attention import concerns
from tests.tables import PLANNED_ON, WHO, at, fill, published, store

RULES = load_policy().confirmation


def levels(opened: Session, kind: str = "jar") -> dict[str, str | None]:
    return {
        row.area_code: row.precision for row in opened.exec(select(Activity).where(Activity.kind == kind))
    }


def test_a_year_is_confirmed_by_the_end_of_december_before_it() -> None:
    """R016."""
    assert confirmation_due("FY2006-07", RULES) == date(2005, 12, 31)


@pytest.mark.parametrize("word", ["2006", "FY2006-08", "FYsoon"])
def test_a_word_that_names_no_financial_year_is_refused(word: str) -> None:
    with pytest.raises(Refused, match="Write it like FY2006-07"):
        confirmation_due(word, RULES)


@pytest.mark.parametrize(
    ("first_stage", "due"),
    [
        (date(2006, 10, 9), date(2006, 3, 31)),  # 31 March comes first
        (date(2006, 5, 15), date(2006, 2, 20)),  # twelve weeks before come first
        (date(2006, 4, 3), date(2006, 1, 9)),
        (date(2006, 3, 6), date(2005, 3, 31)),  # the last week of the year before
    ],
)
def test_dates_are_final_by_31_march_or_twelve_weeks_before(first_stage: date, due: date) -> None:
    """R017."""
    assert final_due(first_stage, RULES) == due


def test_confirming_a_year_raises_what_starts_in_it_and_nothing_else(engine: Engine) -> None:
    published(engine, precision="indicative")
    day = date(2005, 12, 20)
    with session(engine) as opened:
        raised = confirm_year(opened, "FY2006-07", Word(WHO, at(day), day))
        assert levels(opened) == {"sheffield": "indicative", "cheshire": "indicative", "wigan": "confirmed"}
    assert (raised.activities, raised.is_late) == (("wigan-ca", "wigan-jar"), False)


def test_an_activity_belongs_to_the_year_of_its_own_first_stage(engine: Engine) -> None:
    published(engine, precision="indicative")
    day = date(2004, 12, 20)
    with session(engine) as opened:
        raised = confirm_year(opened, "FY2005-06", Word(WHO, at(day), day))
    assert raised.activities == ("cheshire-ca", "cheshire-jar", "sheffield-ca", "sheffield-jar")


def test_a_late_confirmation_needs_a_reason_and_is_written_down(engine: Engine) -> None:
    published(engine, precision="indicative")
    day = date(2006, 1, 2)
    with session(engine) as opened:
        with pytest.raises(Refused, match=r"confirmed by 31 December 2005.*\(R016\)"):
            confirm_year(opened, "FY2006-07", Word(WHO, at(day), day))
        assert confirm_year(opened, "FY2006-07", Word(WHO, at(day), day, "the budget came late")).is_late
        entry = opened.exec(select(AuditEntry).where(AuditEntry.action == "make confirmed")).one()
    assert entry.why == "the budget came late"


def test_confirming_again_raises_nothing(engine: Engine) -> None:
    published(engine, precision="final")
    day = date(2006, 6, 1)
    with session(engine) as opened:
        raised = confirm_year(opened, "FY2006-07", Word(WHO, at(day), day))
        assert (raised.activities, raised.is_late) == ((), False)
        assert levels(opened)["wigan"] == "final"


def test_a_year_without_activities_is_refused_with_those_that_have_some(engine: Engine) -> None:
    published(engine)
    day = date(2006, 6, 1)
    with session(engine) as opened, pytest.raises(Refused, match="FY2006-07"):
        confirm_year(opened, "FY2016-17", Word(WHO, at(day), day))


@pytest.mark.parametrize("year", ["2006", "FY2006-08", "FY0000-01", "FY\u00b2006-07", ""])
def test_what_is_no_financial_year_is_refused_with_an_example(engine: Engine, year: str) -> None:
    published(engine)
    day = date(2006, 6, 1)
    with session(engine) as opened, pytest.raises(Refused, match="Write it like FY2006-07"):
        confirm_year(opened, year, Word(WHO, at(day), day))


def test_the_dates_that_are_late_are_counted(engine: Engine) -> None:
    published(engine, precision="indicative")
    day = date(2006, 6, 1)
    with (
        session(engine) as opened,
        pytest.raises(Refused, match=r"the dates of \d+ activit\w+ should have been"),
    ):
        finalise(opened, None, Word(WHO, at(day), day))


def test_what_is_due_is_made_final(engine: Engine) -> None:
    """R017: 31 March 2005 was over when the programme was planned; twelve weeks before the first stage hold."""
    published(engine, precision="confirmed")
    day = date(2005, 10, 17)
    with session(engine) as opened:
        assert finalise(opened, None, Word(WHO, at(day), day - timedelta(days=1))).activities == ()
        raised = finalise(opened, None, Word(WHO, at(day), day))
        assert levels(opened) == {"sheffield": "final", "cheshire": "confirmed", "wigan": "confirmed"}
    assert raised.due_on == day


def test_of_two_days_for_final_dates_the_one_that_can_be_kept_counts() -> None:
    """R017: 31 March 2005 was over when the programme was planned."""
    planned_on = date(2005, 8, 1)
    assert final_due(date(2006, 1, 30), RULES, planned_on) == date(2005, 11, 7)
    assert final_due(date(2005, 9, 5), RULES, planned_on) is None
    assert final_due(date(2006, 4, 24), RULES, planned_on) == date(2006, 1, 30)


def test_named_activities_are_made_final(engine: Engine) -> None:
    published(engine, precision="confirmed")
    day = date(2006, 2, 1)
    with session(engine) as opened:
        assert finalise(opened, ["wigan-jar"], Word(WHO, at(day), day)).activities == ("wigan-jar",)
        assert levels(opened)["wigan"] == "final"
        assert levels(opened, "ca")["wigan"] == "confirmed"


def test_late_final_dates_need_a_reason(engine: Engine) -> None:
    """R017."""
    published(engine, precision="confirmed")
    day = date(2006, 3, 1)
    with session(engine) as opened:
        with pytest.raises(Refused, match=r"final by 20 February 2006.*\(R017\)"):
            finalise(opened, ["wigan-jar"], Word(WHO, at(day), day))
        assert finalise(opened, ["wigan-jar"], Word(WHO, at(day), day, "agreed on the telephone")).is_late


def test_only_published_activities_are_made_final(engine: Engine) -> None:
    day = date(2006, 2, 1)
    with session(engine) as opened:
        fill(opened)
        with pytest.raises(Refused, match="Publish a plan first"):
            finalise(opened, ["wigan-jar"], Word(WHO, at(day), day))


def test_what_should_have_become_more_precise_is_named_until_it_has(engine: Engine) -> None:
    """R016, R017: what was due before the programme was planned, on 1 August 2005, is asked of nobody."""
    published(engine, precision="indicative")
    day = date(2006, 1, 10)
    with session(engine) as opened:
        assert said(opened, date(2005, 10, 17)) == []
        assert not [words for words in said(opened, date(2005, 12, 31)) if "confirmed" in words]
        assert said(opened, day) == [
            "2 activities should have been confirmed by 31 December 2005.",
            "4 activities should have been final by 17 October 2005.",
        ]
        assert not confirm_year(opened, "FY2005-06", Word(WHO, at(day), day)).is_late
        confirm_year(opened, "FY2006-07", Word(WHO, at(day), day, "late"))
        finalise(opened, None, Word(WHO, at(day), day, "late"))
        assert said(opened, day) == []


def said(opened: Session, day: date) -> list[str]:
    """The concerns about dates, without their advice."""
    return [
        own.message.partition(" Agree")[0] for own in concerns(opened, day) if own.kind.startswith("not-")
    ]


def test_the_dates_of_york_are_final_in_time_until_twelve_weeks_before_its_analysis(engine: Engine) -> None:
    """R017: 24 April less twelve weeks is 30 January 2006."""
    with session(engine) as opened:
        fill(opened, 1)
        version = store(opened, {"sheffield": date(2006, 4, 24)})
        publish(opened, version, "confirmed", Word(WHO, at(PLANNED_ON), PLANNED_ON))
        late, timely = date(2006, 1, 31), date(2006, 1, 30)
        with pytest.raises(Refused, match="final by 30 January 2006"):
            finalise(opened, ["sheffield-jar"], Word(WHO, at(late), late))
        assert not finalise(opened, ["sheffield-jar"], Word(WHO, at(timely), timely)).is_late
