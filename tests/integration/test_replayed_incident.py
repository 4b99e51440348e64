"""The special review after the request of 12 November 2008, run day by day: a month from the request to the report.

The days are those of the judgment about it, and of the council: fieldwork from Thursday 13 November, the report out on
1 December, the statement of action asked for by 27 February 2009.
"""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import update
from sqlmodel import Session, col, select

from models import Activity, Step, session
from services.audit import Word
from services.casework.sign_offs import agree_date
from tests.engines import quick_engine
from tests.replaying import Replay, step_of, text_of, to_waive
from tests.special import REQUEST_ON, SPECIAL, published_to_2008, with_dates

DIRECTOR, CHIEF = "director@sheffield.example", "chief_executive@sheffield.example"
LEAD = "lead@ofsted.example"
REPORT, ASKED_BY, RULE = date(2008, 12, 1), date(2009, 2, 27), date(2009, 3, 12)


class Minister:
    """Sets a day of its own for the statement, and sees what the rule would have said."""

    def __init__(self) -> None:
        self.rule: date | None = None

    def sets(self, opened: Session, word: Word) -> None:
        step = step_of(opened, SPECIAL, "action_statement")
        self.rule = step.due_on
        agree_date(opened, step.id or 0, ASKED_BY, word)


@pytest.fixture(scope="module")
def minister() -> Minister:
    return Minister()


@pytest.fixture(scope="module")
def replay(
    migrated_file: Path, tmp_path_factory: pytest.TempPathFactory, minister: Minister
) -> Iterator[Replay]:
    """The reviews of 2006 are over; the special one is decided, planned and published on the day of the request."""
    folder = tmp_path_factory.mktemp("incident")
    path = folder / "own.db"
    path.write_bytes(migrated_file.read_bytes())
    engine = quick_engine(f"sqlite:///{path}")
    published_to_2008(engine)
    with session(engine) as opened:
        opened.exec(update(Activity).values(state="done"))
        opened.exec(update(Step).values(state="done", actual_on=date(2006, 12, 29)))
    with_dates(engine, folder)
    replay = Replay(engine, deeds={date(2008, 12, 8): minister.sets})
    replay.run(REQUEST_ON, date(2008, 12, 12)).run_weekly(date(2008, 12, 15), date(2009, 2, 23))
    yield replay.run(date(2009, 2, 26), date(2009, 3, 3))
    engine.dispose()


def test_the_report_is_out_within_three_weeks_of_the_request_r094(replay: Replay) -> None:
    names = ("notification", "fieldwork", "feedback", "draft_report", "accuracy_comments", "publication")
    assert replay.days(SPECIAL, *names) == [
        REQUEST_ON,
        date(2008, 11, 26),
        date(2008, 11, 26),
        date(2008, 11, 27),
        date(2008, 11, 28),
        REPORT,
    ]
    assert {replay.step(SPECIAL, name).state for name in names} == {"done"}
    assert replay.step(SPECIAL, "fieldwork").start_on == date(2008, 11, 13)


def test_what_counts_from_the_report_keeps_its_rule_unless_an_earlier_day_is_agreed_r089(
    replay: Replay, minister: Minister
) -> None:
    """Thirty working days to its circulation; seventy to the statement, sixty-one as the minister asked: no waiver."""
    assert replay.days(SPECIAL, "circulation") == [date(2009, 1, 15)]
    assert minister.rule == RULE
    statement = replay.step(SPECIAL, "action_statement")
    assert (statement.due_on, statement.actual_on, statement.waiver_needed) == (ASKED_BY, ASKED_BY, "")


def test_four_rules_are_waived_by_name_and_nobody_is_asked_for_a_fifth_r094(replay: Replay) -> None:
    with session(replay.engine, read_only=True) as opened:
        query = select(Step).join(Activity, col(Activity.id) == col(Step.activity_id))
        waived = {
            step.step_id: step.waiver_code
            for step in opened.exec(query.where(Activity.code == SPECIAL))
            if step.waiver_needed
        }
        assert to_waive(opened, date(2009, 3, 3)) == []
    names = ("notification", "fieldwork", "accuracy_comments", "publication")
    assert waived == dict.fromkeys(names, "critical_event")


def test_the_inspectorate_hears_at_once_and_the_authority_with_the_notice_r068(replay: Replay) -> None:
    assert min(replay.told(LEAD, "13 to 26 November 2008")) == REQUEST_ON
    for person in (DIRECTOR, CHIEF):
        first, mail = next((day, mail) for day, mail in replay.sent if mail["To"] == person)
        assert first == date(2008, 11, 13)
        assert "13 to 26 November 2008" in text_of(mail)
        assert "1 December 2008" in text_of(mail)


def test_the_report_and_the_ministers_day_are_told_on_the_day_after(replay: Replay) -> None:
    assert date(2008, 12, 2) in replay.told(DIRECTOR, "Report published")
    (changed,) = (
        text_of(mail) for day, mail in replay.sent if (day, mail["To"]) == (date(2008, 12, 9), DIRECTOR)
    )
    assert "27 February 2009\n  Before: 12 March 2009." in changed


def test_nobody_hears_twice_on_a_day_though_the_days_are_short(replay: Replay) -> None:
    assert replay.twice_a_day() == []
    assert len([day for day, mail in replay.sent if mail["To"] == DIRECTOR]) >= 5
