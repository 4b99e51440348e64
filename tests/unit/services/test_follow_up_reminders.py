"""Owners are reminded of their actions, monitors each month of their list; what waits for whom (C5; R090, R092)."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from models import Delivery, Reminder, session
from services.casework.actions import RequiredAction, required_actions
from services.casework.advancing import advance
from services.casework.cases import published_cases
from services.casework.follow_up.proposing import Proposed, finish_action, propose_action
from services.casework.step_turns import Action
from services.days.working_days import subtract_working_days
from services.messages.digests import collect
from services.shown.waiting_list import waiting
from tests.followed import (
    AREA,
    CODE,
    COUNCIL,
    OFFICER,
    PUBLISHED,
    STATEMENT,
    TRUST,
    programme,
    recommended,
    report_out,
    review,
    step,
    word,
)

DUE = date(2007, 1, 31)
DIRECTOR = "director@sheffield.example"


@pytest.fixture
def followed(engine: Engine) -> Engine:
    """The report is out, with a recommendation to the trust and another to the council."""
    programme(engine)
    with session(engine) as opened:
        recommended(opened, TRUST, is_priority=True)
        recommended(opened, COUNCIL)
        report_out(opened)
    return engine


def propose(opened: Session, number: int, due: date = DUE) -> int:
    """An action about a recommendation that owners knew of on the day of the report."""
    return propose_action(opened, number, Proposed("Train forty staff", due), word(PUBLISHED)).id or 0


def finish_steps(opened: Session) -> None:
    """Everything but what was proposed is done."""
    activity = review(opened)
    activity.state = "done"
    for name in ("circulation", "action_statement", "evaluation"):
        row = step(opened, name)
        row.state, row.actual_on = "done", row.due_on
    opened.flush()


def required(opened: Session, day: date, actions: Iterable[Action]) -> list[RequiredAction]:
    (case,) = (case for case in published_cases(opened) if case.activity.code == CODE)
    return [found for found in required_actions(case, day) if found.action in set(actions)]


def said_to(opened: Session, day: date, address: str) -> str:
    """What a person is sent on a day, in one text; blank for nothing."""
    advance(opened, day)
    collect(opened, day)
    found = []
    for row in opened.exec(select(Delivery).where(Delivery.as_of == day)).all():
        row.state = "sent"
        found += [f"{row.subject}\n{row.body}"] if row.recipient == address else []
    opened.flush()
    return "\n".join(found)


def test_each_recommendation_waits_for_an_answer_of_the_director_r092(followed: Engine) -> None:
    with session(followed, read_only=True) as opened:
        found = required(opened, PUBLISHED, [Action.ANSWER])
        assert [line.in_words() for line in found] == ["Answer: recommendation 1", "Answer: recommendation 2"]
        assert {(line.role, line.since, line.due) for line in found} == {("director", PUBLISHED, STATEMENT)}


def test_an_action_waits_for_its_owner_also_once_the_review_is_done_r090(followed: Engine) -> None:
    first = subtract_working_days(DUE, 20)
    with session(followed) as opened:
        propose(opened, 1)
        propose(opened, 2)
        finish_steps(opened)
        assert required(opened, first - timedelta(days=1), [Action.ACT]) == []
        found = [item for item in waiting(opened, first, AREA) if item.action.action is Action.ACT]
    assert {item.action.role_name: [person.email for person in item.people] for item in found} == {
        TRUST: [OFFICER],
        "Director of children's services, or the senior officer named by the chief executive": [DIRECTOR],
    }
    assert {item.action.in_words() for item in found} == {
        "Act: recommendation 1, Train forty staff",
        "Act: recommendation 2, Train forty staff",
    }


def test_what_an_owner_has_done_waits_for_the_monitor_r090(followed: Engine) -> None:
    """Within twenty working days: of 31 January 2007 until 28 February."""
    with session(followed) as opened:
        finish_action(opened, propose(opened, 2), DUE, "", word(DUE))
        (found,) = required(opened, DUE, [Action.CONFIRM])
        assert (found.role, found.since, found.due) == ("lead_inspectorate", DUE, date(2007, 2, 28))
        assert required(opened, DUE, [Action.ACT]) == []


@pytest.mark.parametrize("count", [20, 10, 5, 1])
def test_an_owner_hears_of_an_action_so_many_working_days_before_it_is_due(
    followed: Engine, count: int
) -> None:
    with session(followed) as opened:
        propose(opened, 1)
        finish_steps(opened)
        told = said_to(opened, subtract_working_days(DUE, count), OFFICER)
    assert "recommendation 1 (priority action): Train forty staff" in told
    assert "Due 31 January 2007" in told
    assert f"in your role: {TRUST}" in told


def test_who_has_done_it_hears_nothing_more(followed: Engine) -> None:
    with session(followed) as opened:
        action = propose(opened, 1)
        finish_steps(opened)
        advance(opened, subtract_working_days(DUE, 20))
        finish_action(
            opened, action, subtract_working_days(DUE, 20), "", word(subtract_working_days(DUE, 20))
        )
        assert said_to(opened, subtract_working_days(DUE, 10), OFFICER) == ""


def test_of_an_overdue_action_the_director_hears_too(followed: Engine) -> None:
    """Three working days after it was due the owner; after the next three whoever acts for the council."""
    with session(followed) as opened:
        propose(opened, 1)
        finish_steps(opened)
        assert "late" in said_to(opened, date(2007, 2, 5), OFFICER)
        assert said_to(opened, date(2007, 2, 5), DIRECTOR) == ""
        assert "Train forty staff" in said_to(opened, date(2007, 2, 8), DIRECTOR)


def test_a_monitor_gets_its_list_once_each_month_r090(followed: Engine) -> None:
    """The first working day of September 2006 is the 1st, of October the 2nd."""
    with session(followed) as opened:
        finish_steps(opened)
        lead = "lead@ofsted.example"
        told = said_to(opened, date(2006, 9, 1), lead)
        assert "Recommendations that you monitor, September 2006" in told
        assert "recommendation 2" in told
        assert "recommendation 1" not in told
        assert "you monitor" not in said_to(opened, date(2006, 9, 4), lead)
        assert "you monitor" not in said_to(opened, date(2006, 10, 1), lead)
        assert "Recommendations that you monitor, October 2006" in said_to(opened, date(2006, 10, 2), lead)
        lists = opened.exec(select(Reminder).where(Reminder.rule == "follow_up list")).all()
        assert len(lists) == 2
