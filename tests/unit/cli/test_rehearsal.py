"""The people of a demonstration sign off in their roles, with evidence, outputs and, now and then, a waiver."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from cli.demonstration.demonstrations import USUAL
from cli.demonstration.rehearsal import Rehearsed, rehearse
from config.framework_files import find_framework
from models import Activity, Evidence, RecordedOutput, SignOff, Step, TeamConfirmation, session
from services.audit import Word
from services.casework.cases import published_cases
from services.casework.offered_places import declined_places
from services.casework.review_timetable import timetable
from services.plans.publication import publish
from tests.fakes import FakeTransport
from tests.tables import AT, PLANNED_ON, WHO, fill, store

MONDAYS = {
    "sheffield": date(2006, 1, 9),
    "cheshire": date(2006, 2, 20),
    "wigan": date(2006, 2, 6),
    "torbay": date(2006, 4, 24),
    "barnet": date(2006, 5, 15),
    "luton": date(2006, 10, 9),
}
STATES = ("open", "noticed", "consultation", "analysis", "fieldwork", "drafting")
"""How far a review is: what is done or has begun of it last. Seven months after the first notice none is published."""

PLAN = Path(__file__).parents[3] / "examples" / "england-2005" / "plans" / "option-3.csv"


def how_far(begun: set[str]) -> str:
    """The state of a review, by its steps that are done or have begun."""
    last = {
        "open": True,
        "noticed": "notification" in begun,
        "consultation": "consultation" in begun,
        "analysis": "analysis" in begun,
        "fieldwork": "fieldwork" in begun,
        "drafting": "feedback" in begun,
    }
    return [state for state in STATES if last[state]][-1]


@pytest.fixture
def opening_day(engine: Engine) -> tuple[Engine, Rehearsed]:
    """Six reviews, rehearsed from December on up to the day on which the demonstration opens."""
    with session(engine) as opened:
        fill(opened, 6)
        publish(opened, store(opened, MONDAYS), "indicative", Word(WHO, AT, PLANNED_ON))
    return engine, rehearse(engine, date(2005, 12, 1), USUAL.opens_on, FakeTransport())


def states_of(opened: Session) -> dict[str, str]:
    """How far each review is."""
    return {
        case.area.code: how_far({step.step_id for step in case.steps if step.state != "planned"})
        for case in published_cases(opened)
        if case.activity.kind == "jar"
    }


def test_the_opening_day_shows_each_kind_of_word_and_fact(opening_day: tuple[Engine, Rehearsed]) -> None:
    """R048, R069: reviews in every state, with evidence, waivers, outputs, a declined place, a changed date."""
    engine, played = opening_day
    with session(engine, read_only=True) as opened:
        assert states_of(opened) == {
            "sheffield": "drafting",
            "cheshire": "analysis",
            "wigan": "fieldwork",
            "torbay": "consultation",
            "barnet": "noticed",
            "luton": "open",
        }
        signed = opened.exec(select(SignOff)).all()
        evidence = Counter(row.state for row in opened.exec(select(Evidence)))
        waived = [row for row in signed if row.waived_outputs or row.waived_inputs]
        assert (
            min(evidence["accepted"], evidence["asked"], len(opened.exec(select(RecordedOutput)).all())) > 10
        )
        assert {bool(row.waiver_code) for row in waived} == {True}
        assert played.signed_off == len(signed) > 20
        assert "demo" not in {row.signed_by for row in signed}
        assert [row.step_id for row in opened.exec(select(Step)) if row.agreed_on] == ["discussion"]
        assert [place.activity for place in declined_places(opened)] == ["torbay-jar"]
        codes = {row.id: row.code for row in opened.exec(select(Activity))}
        confirmed = {codes[row.activity_id] for row in opened.exec(select(TeamConfirmation))}
    assert confirmed == {"sheffield-jar", "cheshire-jar", "wigan-jar"}


def test_the_plan_of_the_demonstration_has_reviews_in_every_state_on_its_opening_day() -> None:
    """Of the 150 reviews of England, counted from their planned weeks alone."""
    starts: dict[str, dict[str, date]] = {}
    with PLAN.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["activity"].endswith("-jar"):
                starts.setdefault(row["activity"], {})[row["stage"]] = date.fromisoformat(row["first_monday"])
    framework, found = find_framework("jar-2005"), Counter[str]()
    for weeks in starts.values():
        steps = timetable(framework, weeks["analysis"], weeks)
        found[how_far({step.id for step in steps if (step.start or step.day) <= USUAL.opens_on})] += 1
    assert found.total() == 150
    assert min(found[state] for state in STATES) > 0, found
