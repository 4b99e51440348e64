"""Several processes at once: one does the work, the others find it done, and nobody fails."""

import threading
from collections.abc import Callable
from datetime import date

from sqlalchemy import Engine
from sqlmodel import col, select

from models import Activity, Delivery, Evidence, EvidenceNeed, Reminder, Step, session
from services.audit import Word
from services.casework.advancing import advance, claim_stage
from services.casework.reminders import plan_reminders
from services.casework.steps import last_day
from services.messages.outbox import send_due
from tests.fakes import FakeTransport
from tests.people import sign as signs
from tests.tables import at, published

DAY = date(2005, 11, 28)


def at_once(work: Callable[[], object], count: int = 4) -> list[object]:
    """Run the same work in several threads that start together; their results, errors included."""
    results: list[object] = []
    gate = threading.Barrier(count)

    def run() -> None:
        gate.wait()
        try:
            results.append(work())
        except Exception as error:
            results.append(error)

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_of_many_claims_at_once_exactly_one_succeeds(engine: Engine) -> None:
    published(engine, num_areas=1)
    with session(engine) as opened:
        query = select(Step).join(Activity, col(Activity.id) == col(Step.activity_id))
        steps = {step.step_id: step for step in opened.exec(query.where(Activity.kind == "jar"))}
        for name in ("notification", "set_up", "self_assessment", "consultation"):
            day = last_day(steps[name])
            signs(opened, steps[name].id or 0, day, Word("leader", at(day), day))

    def claim() -> bool:
        with session(engine) as opened:
            return claim_stage(opened, steps["analysis"].id or 0, 1, date(2006, 1, 9))

    assert sorted(at_once(claim), key=str) == [False, False, False, True]


def test_ticks_at_once_plan_every_reminder_once(engine: Engine) -> None:
    published(engine, num_areas=2)

    def tick() -> int:
        with session(engine) as opened:
            return advance(opened, DAY).reminders

    results = at_once(tick)
    with session(engine, read_only=True) as opened:
        number = len(opened.exec(select(Reminder)).all())
    assert all(isinstance(result, int) for result in results), results
    assert sum(int(str(result)) for result in results) == number > 0


def test_senders_at_once_send_every_message_once(engine: Engine) -> None:
    published(engine, num_areas=2)
    with session(engine) as opened:
        plan_reminders(opened, DAY)
    transport = FakeTransport()
    results = at_once(lambda: send_due(engine, DAY, lambda: at(DAY), transport))
    ids = [str(message["Message-ID"]) for message in transport.messages]
    assert [result for result in results if isinstance(result, Exception)] == []
    with session(engine, read_only=True) as opened:
        rows = opened.exec(select(Delivery)).all()
    assert sorted(ids) == sorted(row.message_id for row in rows)
    assert {row.state for row in rows} == {"sent"}


def test_ticks_at_once_ask_an_area_once_for_what_two_activities_need(engine: Engine) -> None:
    """R117: four threads, with the review's and the assessment's notice both signed off."""
    published(engine, num_areas=2)
    with session(engine) as opened:
        query = select(Step).where(Step.step_id == "notification")
        for step in opened.exec(query).all():
            step.state, step.actual_on = "done", step.due_on

    def tick() -> int:
        with session(engine) as opened:
            return advance(opened, date(2006, 1, 4)).requests

    results = at_once(tick)
    assert all(isinstance(result, int) for result in results), results
    with session(engine, read_only=True) as opened:
        asked = [(row.area_code, row.content) for row in opened.exec(select(Evidence))]
        needs = len(opened.exec(select(EvidenceNeed)).all())
    assert sum(int(str(result)) for result in results) == len(asked) == len(set(asked))
    assert (len(asked), needs) == (10, 14)  # in each of two areas five items, two of them needed twice
