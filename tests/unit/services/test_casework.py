"""Driving activities: what is due and not done, once, in order."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, update
from sqlmodel import Session, SQLModel, col, select

from models import Activity, Evidence, EvidenceNeed, Reminder, Step, session
from services.audit import Word
from services.casework.advancing import advance, advance_activity, claim_stage, codes_due, waits_for
from services.casework.steps import last_day
from services.errors import NotFound
from tests.people import sign as signs
from tests.tables import at, published

NOTICE = date(2005, 10, 17)
"""Sheffield's notification: twelve weeks before its analysis week."""

ANALYSIS = date(2006, 1, 9)
UNTIL_ANALYSIS = ("notification", "self_assessment", "set_up", "consultation")


@pytest.fixture
def programme(engine: Engine) -> Engine:
    published(engine, num_areas=1)
    return engine


def step(opened: Session, step_id: str, kind: str = "jar") -> Step:
    query = select(Step).join(Activity, col(Activity.id) == col(Step.activity_id))
    return opened.exec(query.where(Activity.kind == kind, Step.step_id == step_id)).one()


def sign(opened: Session, *step_ids: str, on: date | None = None) -> None:
    """Sign steps off on their day."""
    for step_id in step_ids:
        row = step(opened, step_id)
        day = on or last_day(row)
        signs(opened, row.id or 0, day, Word("leader", at(day), max(day, last_day(row))))


def rows(engine: Engine) -> list[dict[str, object]]:
    """Every row of the tables that a day may change."""
    tables: tuple[type[SQLModel], ...] = (Activity, Step, Evidence, EvidenceNeed, Reminder)
    with session(engine, read_only=True) as opened:
        return [row.model_dump() for table in tables for row in opened.exec(select(table))]


def test_nothing_happens_before_anything_is_due(programme: Engine) -> None:
    day = date(2005, 9, 1)
    with session(programme) as opened:
        assert codes_due(opened, day) == []
        assert not advance(opened, day)


def test_a_deadline_waits_for_its_sign_off_on_its_day_and_is_overdue_the_day_after(programme: Engine) -> None:
    states = []
    for days in (-1, 0, 1):
        with session(programme) as opened:
            changes = advance(opened, NOTICE + timedelta(days=days))
            states.append((step(opened, "notification").state, changes.awaiting, changes.overdue))
    assert states == [
        ("planned", [], []),
        ("awaiting_sign_off", ["sheffield-jar notification"], []),
        ("overdue", [], ["sheffield-jar notification"]),
    ]


def test_a_day_run_twice_changes_nothing(programme: Engine) -> None:
    for day in (NOTICE, ANALYSIS, date(2006, 4, 28)):
        with session(programme) as opened:
            assert advance(opened, day)
        before = rows(programme)
        with session(programme) as opened:
            assert not advance(opened, day)
        assert rows(programme) == before


def test_a_missed_month_is_caught_up(programme: Engine) -> None:
    with session(programme) as opened:
        sign(opened, "notification", "self_assessment", "set_up")
        changes = advance(opened, ANALYSIS + timedelta(days=30))
        states = {name: step(opened, name).state for name in ("consultation", "analysis", "fieldwork")}
    assert changes.opened == ["sheffield-jar consultation"]
    assert states == {"consultation": "overdue", "analysis": "planned", "fieldwork": "planned"}


def test_a_stage_begins_on_its_first_day_once_what_comes_before_it_is_done(programme: Engine) -> None:
    """R043."""
    with session(programme) as opened:
        sign(opened, "notification", "self_assessment")
        advance(opened, ANALYSIS)
        assert step(opened, "analysis").state == "planned"
        waits = ["Setting-up meeting and briefing", step(opened, "consultation").name]
        assert waits_for(opened, step(opened, "analysis").id or 0) == waits
        sign(opened, "set_up", "consultation")
        before = advance_activity(opened, "sheffield-jar", ANALYSIS - timedelta(days=1))
        assert "sheffield-jar analysis" not in before.opened
        assert "sheffield-jar analysis" in advance(opened, ANALYSIS).opened
        assert step(opened, "analysis").state == "open"


def test_a_stage_is_to_be_signed_off_on_the_first_working_day_after_it(programme: Engine) -> None:
    states = []
    with session(programme) as opened:
        sign(opened, *UNTIL_ANALYSIS)
    for day in (date(2006, 1, 13), date(2006, 1, 14), date(2006, 1, 16), date(2006, 1, 17)):
        with session(programme) as opened:
            advance(opened, day)
            states.append(step(opened, "analysis").state)
    assert states == ["open", "awaiting_sign_off", "awaiting_sign_off", "overdue"]


def test_a_step_that_nobody_signs_off_ends_by_itself_on_its_own_day(programme: Engine) -> None:
    with session(programme) as opened:
        opened.exec(update(Step).where(col(Step.step_id) == "notification").values(needs_sign_off=False))
        changes = advance(opened, NOTICE + timedelta(days=3))
        assert changes.done == ["sheffield-jar notification"]
        row = step(opened, "notification")
        assert (row.state, row.actual_on) == ("done", NOTICE)


def test_a_step_that_ends_by_itself_still_waits_for_what_comes_before_it(programme: Engine) -> None:
    """R043."""
    by_itself = update(Step).where(col(Step.step_id) == "set_up").values(needs_sign_off=False)
    with session(programme) as opened:
        opened.exec(by_itself)
        advance(opened, date(2005, 11, 14))
        assert step(opened, "set_up").state == "planned"
        sign(opened, "notification")
        opened.exec(by_itself)  # dating the steps again reads it from the framework
        assert "sheffield-jar set_up" in advance(opened, date(2005, 11, 14)).done


def test_an_activity_is_under_way_from_its_first_stage_on_and_done_with_its_last_step(
    programme: Engine,
) -> None:
    def state(opened: Session) -> str:
        return opened.exec(select(Activity.state).where(Activity.code == "sheffield-jar")).one()

    states = []
    with session(programme) as opened:
        sign(opened, "notification")
        states.append(state(opened))
        sign(opened, "set_up", "self_assessment")
        advance(opened, date(2005, 11, 15))
        states.append(state(opened))
        sign(opened, "consultation", "analysis")
        advance(opened, date(2006, 2, 1))
        sign(opened, "fieldwork", "feedback", "draft_report", "accuracy_comments", "discussion")
        sign(opened, "publication", "circulation", "action_statement")
        states.append(state(opened))
        sign(opened, "evaluation")
        states.append(state(opened))
        assert "sheffield-jar" not in codes_due(opened, date(2007, 1, 1))
    assert states == ["planned", "under_way", "under_way", "done"]


def test_an_unpublished_or_cancelled_activity_is_left_alone(programme: Engine) -> None:
    with session(programme) as opened:
        opened.exec(update(Activity).where(col(Activity.kind) == "jar").values(state="cancelled"))
        opened.exec(update(Activity).where(col(Activity.kind) == "ca").values(precision=None))
        assert not advance(opened, date(2006, 5, 1))


def test_one_of_many_claims_of_a_stage_succeeds(programme: Engine) -> None:
    with session(programme) as opened:
        sign(opened, *UNTIL_ANALYSIS)
        row = step(opened, "analysis")
    claims = []
    for _ in range(3):
        with session(programme) as opened:
            claims.append(claim_stage(opened, row.id or 0, row.revision, ANALYSIS))
    assert claims == [True, False, False]


def test_a_claim_for_superseded_dates_begins_nothing(programme: Engine) -> None:
    with session(programme) as opened:
        sign(opened, *UNTIL_ANALYSIS)
        row = step(opened, "analysis")
        assert not claim_stage(opened, row.id or 0, row.revision - 1, ANALYSIS)
        assert claim_stage(opened, row.id or 0, row.revision, ANALYSIS)


def test_a_claim_before_the_day_or_out_of_order_begins_nothing(programme: Engine) -> None:
    with session(programme) as opened:
        sign(opened, "notification")
        row = step(opened, "analysis")
        assert not claim_stage(opened, row.id or 0, row.revision, ANALYSIS)
        sign(opened, *UNTIL_ANALYSIS[1:])
        assert not claim_stage(opened, row.id or 0, row.revision, ANALYSIS - timedelta(days=1))
        assert claim_stage(opened, row.id or 0, row.revision, ANALYSIS)


def test_a_claim_does_the_same_as_the_tick(programme: Engine) -> None:
    """The effects are rows of the claim's own transaction: a tick after it finds nothing left to do."""
    day = date(2005, 11, 15)
    with session(programme) as opened:
        sign(opened, "notification", "set_up")
        advance(opened, day - timedelta(days=1))
        row = step(opened, "consultation")
        assert claim_stage(opened, row.id or 0, row.revision, day)
    before = rows(programme)
    with session(programme) as opened:
        assert advance_activity(opened, "sheffield-jar", day).opened == []
    assert rows(programme) == before


def test_an_error_after_a_claim_takes_the_claim_back(programme: Engine) -> None:
    with session(programme) as opened:
        sign(opened, *UNTIL_ANALYSIS)
        row = step(opened, "analysis")
    with pytest.raises(RuntimeError), session(programme) as opened:  # noqa: PT012
        assert claim_stage(opened, row.id or 0, row.revision, ANALYSIS)
        raise RuntimeError("the process ends here")
    with session(programme) as opened:
        assert claim_stage(opened, row.id or 0, row.revision, ANALYSIS)


def test_an_unknown_step_is_not_claimed(programme: Engine) -> None:
    with session(programme) as opened, pytest.raises(NotFound, match="no such step"):
        claim_stage(opened, 999, 1, ANALYSIS)
