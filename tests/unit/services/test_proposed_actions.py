"""What is done about recommendations, who confirms it, priority actions, checks and interventions (C5)."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from models import Activity, PlannedStage, session
from services.casework.follow_up.checks import hold_check, plan_check
from services.casework.follow_up.interventions import (
    Intervenes,
    begin_intervention,
    end_intervention,
    interventions_in,
)
from services.casework.follow_up.monitoring import close_priority, confirm_recommendation, open_priorities
from services.casework.follow_up.proposing import Proposed, begin_action, finish_action, propose_action
from services.casework.follow_up.states import State
from services.casework.steps import date_steps
from services.errors import AlreadySo, NotFound, Refused
from services.programme import rules_of
from services.shown.follow_up import follow_up_of
from services.shown.recommendations import all_recommendations, monitored
from tests.followed import (
    AREA,
    COUNCIL,
    PUBLISHED,
    STATEMENT,
    TRUST,
    programme,
    recommended,
    report_out,
    review,
    word,
)
from tests.framework_texts import TEN_DAYS

APPROVED = date(2006, 11, 7)
DUE = date(2007, 1, 31)


@pytest.fixture
def followed(engine: Engine) -> Engine:
    programme(engine)
    return engine


def act(opened: Session, row_id: int, due: date = DUE) -> int:
    """An action about a recommendation, recorded on the day of the report."""
    return propose_action(opened, row_id, Proposed("Train forty staff", due), word(PUBLISHED)).id or 0


# --- Actions ---------------------------------------------------------------------------------------------------


def test_an_action_that_is_due_before_the_statement_is_refused_r089(followed: Engine) -> None:
    with session(followed) as opened:
        row = recommended(opened, TRUST).id or 0
        with pytest.raises(Refused, match="are not published yet"):
            act(opened, row)
        report_out(opened)
        with pytest.raises(
            Refused, match="20 November 2006 is earlier than the statement of proposed action"
        ):
            act(opened, row, STATEMENT - timedelta(days=1))
        with pytest.raises(NotFound, match="there is no such organisation"):
            propose_action(opened, row, Proposed("Train", DUE, "the fire brigade"), word(PUBLISHED))
        act(opened, row, STATEMENT)


def test_a_recommendation_goes_from_open_to_confirmed_by_its_monitor_r090(followed: Engine) -> None:
    with session(followed) as opened:
        row = recommended(opened, TRUST).id or 0
        report_out(opened)
        late = DUE + timedelta(days=1)

        def state(day: date = PUBLISHED) -> State:
            (line,) = all_recommendations(opened, day)
            return line.state

        assert state() is State.OPEN
        with pytest.raises(Refused, match="nothing was proposed"):
            confirm_recommendation(opened, row, word(PUBLISHED))
        action = act(opened, row)
        assert (state(), state(late)) == (State.PLANNED, State.OVERDUE)
        begin_action(opened, action, STATEMENT, word(STATEMENT, who="Amy Wye"))
        assert state(STATEMENT) is State.IN_PROGRESS
        with pytest.raises(Refused, match="1 of its 1 actions are not done"):
            confirm_recommendation(opened, row, word(STATEMENT))
        finish_action(opened, action, DUE, "Attendance lists", word(DUE, who="Amy Wye"))
        assert state(late) is State.DONE
        with pytest.raises(Refused, match="a correction needs a reason"):
            finish_action(opened, action, STATEMENT, "", word(DUE))
        with pytest.raises(Refused, match=f"{TRUST} owns it, and can't confirm it itself"):
            confirm_recommendation(opened, row, word(late, who="Amy Wye"))
        confirm_recommendation(opened, row, word(late, "seen on a visit", on_behalf_of="operations"))
        assert state(late) is State.CONFIRMED
        assert monitored(opened, late, "HC") == []
        with pytest.raises(AlreadySo):
            confirm_recommendation(opened, row, word(late))


def test_another_owner_does_not_say_that_an_action_is_done(followed: Engine) -> None:
    with session(followed) as opened:
        row = recommended(opened, TRUST).id or 0
        report_out(opened)
        action = act(opened, row)
        with pytest.raises(Refused, match="Ben Dee may not say this"):
            finish_action(opened, action, PUBLISHED, "", word(PUBLISHED, who="Ben Dee"))
        with pytest.raises(Refused, match="is outside 14 August 2006"):
            finish_action(opened, action, DUE, "", word(PUBLISHED))
        finish_action(opened, action, PUBLISHED, "", word(PUBLISHED, who="director of sheffield"))


# --- Priority actions --------------------------------------------------------------------------------------------


def add_inspection(opened: Session, code: str, monday: date) -> None:
    activity = Activity(code=code, area_code=AREA, kind="ten", framework_id="ten-2009", plan_version=1)
    activity.precision = "final"
    opened.add(activity)
    opened.add(
        PlannedStage(
            plan_version=1,
            activity_code=code,
            stage="inspection",
            start_on=monday,
            end_on=monday + timedelta(weeks=2),
        )
    )
    opened.flush()
    date_steps(opened, activity, rules_of(opened).of(activity), date(2006, 1, 2))


def test_a_priority_action_stays_on_until_a_later_inspection_closes_it_r096(
    followed: Engine, home: Path
) -> None:
    """Of a visit of 9 June 2009: the inspection of 7 June 2010 has it first, and December 2009 knows of it."""
    (home / "frameworks").mkdir(exist_ok=True)
    text = f'{TEN_DAYS}\n[follow_up]\npublished_at = "report"\n'
    (home / "frameworks" / "ten-2009.toml").write_text(text)
    visit, later = "sheffield-visit", "sheffield-ten"
    visited, begins, rated = date(2009, 6, 9), date(2010, 6, 7), date(2009, 12, 9)
    with session(followed) as opened:
        add_inspection(opened, visit, date(2009, 6, 8))
        add_inspection(opened, later, begins)
        row = recommended(opened, COUNCIL, day=visited, code=visit, is_priority=True).id or 0
        recommended(opened, COUNCIL, day=begins, code=later)
        assert open_priorities(opened, AREA, rated) == []
        report_out(opened, visited, visit, "report")
        assert [found.id for found in open_priorities(opened, AREA, rated)] == [row]
        action = propose_action(opened, row, Proposed("Read every file", rated), word(visited)).id or 0
        finish_action(opened, action, rated, "", word(rated))
        confirm_recommendation(opened, row, word(rated))
        assert [found.id for found in open_priorities(opened, AREA, begins)] == [row]
        (shown,) = follow_up_of(opened, later, begins)
        assert [line.row for line in shown.carried] == [row]
        for wrong in (visit, "sheffield-jar"):
            with pytest.raises(Refused, match="R096"):
                close_priority(opened, row, wrong, word(begins))
        with pytest.raises(Refused, match="and by today"):
            close_priority(opened, row, later, word(begins - timedelta(days=1)))
        ended = date(2010, 6, 18)
        close_priority(opened, row, later, word(ended))
        assert open_priorities(opened, AREA, ended) == []
        assert [found.id for found in open_priorities(opened, AREA, ended - timedelta(days=1))] == [row]


def test_what_is_no_priority_action_is_not_closed_by_an_inspection(followed: Engine) -> None:
    with session(followed) as opened:
        row = recommended(opened, TRUST).id or 0
        report_out(opened)
        with pytest.raises(Refused, match="it is no priority action that is open"):
            close_priority(opened, row, "sheffield-ca", word(PUBLISHED))


# --- Checks and interventions --------------------------------------------------------------------------------------


def test_progress_is_checked_after_the_publication_on_a_day_when_people_work_r092(followed: Engine) -> None:
    with session(followed) as opened:
        recommended(opened, COUNCIL)
        report_out(opened)
        number = review(opened).id or 0
        with pytest.raises(Refused, match="is a bank holiday"):
            plan_check(opened, number, date(2007, 5, 28), word(PUBLISHED))
        with pytest.raises(Refused, match="is not after the publication"):
            plan_check(opened, number, PUBLISHED, word(PUBLISHED))
        check = plan_check(opened, number, DUE, word(PUBLISHED)).id or 0
        with pytest.raises(Refused) as refused:
            hold_check(opened, check, DUE, "", word(PUBLISHED))
        assert len(refused.value.findings) == 2


def test_the_government_intervenes_on_a_ground_by_a_power_from_a_day_on_r091(followed: Engine) -> None:
    said = Intervenes(AREA, "care_not_adequate", "direction", PUBLISHED, "Order of 14 August 2006")
    with session(followed) as opened:
        with pytest.raises(Refused) as refused:
            begin_intervention(opened, Intervenes(AREA, "care", "x", DUE, ""), word(PUBLISHED))
        assert len(refused.value.findings) == 4
        number = begin_intervention(opened, said, word(PUBLISHED)).id or 0
        with pytest.raises(Refused, match="of that kind lasts since 14 August 2006"):
            begin_intervention(opened, said, word(PUBLISHED))
        with pytest.raises(Refused, match="its end needs a reason"):
            end_intervention(opened, number, DUE, word(DUE))
        end_intervention(opened, number, DUE, word(DUE, "functions are adequate"))
        (row,) = interventions_in(opened, AREA)
        assert (row.from_on, row.until_on) == (PUBLISHED, DUE)
