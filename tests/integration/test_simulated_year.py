"""A simulated year, day by day: every due review gets from notification to publication, every word goes once."""

import random
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from itertools import pairwise
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from models import Activity, Delivery, Reminder, Step, session
from services.days.working_days import is_working_day
from tests.day_runner import run_days
from tests.early import EARLY
from tests.engines import quick_engine
from tests.known import known
from tests.people import some_are_late
from tests.punctual_year import DATABASE, FIRST, MAILBOX, NUM_AREAS
from tests.tables import published

STEPS_TO_PUBLICATION = (
    "notification", "self_assessment", "set_up", "consultation", "analysis", "fieldwork", "feedback",
    "draft_report", "accuracy_comments", "discussion", "publication",
)  # fmt: skip


@dataclass(frozen=True)
class Year:
    """A database and a mailbox after the year."""

    engine: Engine
    mailbox: Path

    def steps(self, kind: str = "jar") -> dict[tuple[str, str], Step]:
        """Steps by area and identifier."""
        with session(self.engine, read_only=True) as opened:
            query = select(Step, Activity).join(Activity, col(Activity.id) == col(Step.activity_id))
            rows = opened.exec(query.where(Activity.kind == kind)).all()
        return {(activity.area_code, step.step_id): step for step, activity in rows}

    def reminders(self) -> Counter[tuple[object, ...]]:
        """Every reminder that lies in a message that was sent, by what it is about."""
        with session(self.engine, read_only=True) as opened:
            query = select(Reminder, Step, Activity, Delivery).join(
                Step, col(Step.id) == col(Reminder.step_id)
            )
            query = query.join(Activity, col(Activity.id) == col(Reminder.activity_id))
            query = query.join(Delivery, col(Delivery.id) == col(Reminder.delivery_id))
            rows = opened.exec(query.where(Delivery.state == "sent")).all()
        return Counter(
            (
                activity.code,
                step.step_id,
                reminder.rule,
                reminder.occurrence,
                reminder.due_on,
                reminder.recipient,
            )
            for reminder, step, activity, _delivery in rows
        )

    def states(self) -> set[str]:
        """States of all messages."""
        with session(self.engine, read_only=True) as opened:
            return {row.state for row in opened.exec(select(Delivery))}

    def message_ids(self) -> tuple[list[str], list[str]]:
        """Message-IDs of the database and of the mailbox."""
        with session(self.engine, read_only=True) as opened:
            stored = sorted(row.message_id for row in opened.exec(select(Delivery)))
        return stored, sorted(str(mail["Message-ID"]) for mail in self.mails())

    def mails(self) -> list[EmailMessage]:
        """The messages of the mailbox."""
        paths = sorted(self.mailbox.glob("*.eml"))
        return [message_from_bytes(path.read_bytes(), policy=default) for path in paths]

    def lines(self) -> Counter[tuple[str, str, str]]:
        """What was said to whom about what, read from the mails alone: recipient, step, and when."""
        found: Counter[tuple[str, str, str]] = Counter()
        for mail in self.mails():
            lines = str(known(mail.get_body(("plain",))).get_content()).splitlines()
            for line, following in pairwise(lines):
                if line.startswith("- ") and following.startswith("  "):
                    found[str(mail["To"]), line, following.strip()] += 1
        return found


@pytest.fixture(scope="module")
def punctual(request: pytest.FixtureRequest) -> Year:
    """A year in which everybody signs off on the day; it began with the session (see tests/early.py)."""
    folder = request.config.stash[EARLY].year().wait()
    return Year(quick_engine(f"sqlite:///{folder / DATABASE}"), folder / MAILBOX)


def test_every_review_is_driven_from_notification_to_publication(punctual: Year) -> None:
    steps = punctual.steps()
    areas = {area for area, _step in steps}
    assert len(areas) == NUM_AREAS
    states = {key: step.state for key, step in steps.items() if key[1] in STEPS_TO_PUBLICATION}
    assert len(states) == NUM_AREAS * len(STEPS_TO_PUBLICATION)
    assert set(states.values()) == {"done"}
    assert {step.state for key, step in punctual.steps("ca").items()} == {"done"}


def test_every_step_has_its_date_and_every_stage_its_days(punctual: Year) -> None:
    for step in [*punctual.steps().values(), *punctual.steps("ca").values()]:
        if step.kind == "stage":
            assert known(step.start_on) < known(step.end_on)
        else:
            assert is_working_day(known(step.due_on))


def test_deadlines_count_from_what_happened(punctual: Year) -> None:
    """R052 eight weeks to the draft, R053 six weeks to publication, R089 30 and 70 working days after it."""
    steps = punctual.steps()
    for area in {area for area, _step in steps}:
        field_end = steps[area, "fieldwork"].actual_on
        discussed, was_published = steps[area, "discussion"].actual_on, steps[area, "publication"].actual_on
        assert field_end
        assert discussed
        assert was_published
        draft = steps[area, "draft_report"].due_on
        assert draft
        assert timedelta(weeks=7) < draft - field_end <= timedelta(weeks=8)
        assert timedelta(weeks=6) <= was_published - discussed < timedelta(weeks=7)
        for name, count in (("circulation", 30), ("action_statement", 70)):
            due = steps[area, name].due_on
            assert due
            assert working_days(was_published, due) == count


def test_every_reminder_is_sent_once_on_its_day(punctual: Year) -> None:
    """20, 10, 5 and 1 working days before, and on the day: for each step that was signed off in time."""
    steps, sent = punctual.steps(), dates_of_reminders(punctual)
    checked = 0
    for (area, name), step in steps.items():
        day = known(step.start_on or step.due_on)
        if name not in STEPS_TO_PUBLICATION or day < FIRST + timedelta(days=40):
            continue
        expected = {count: day_before(day, count) for count in (20, 10, 5, 1)}
        found = {occurrence: on for occurrence, on in sent[area, name, "before"] if on}
        assert found == {count: on for count, on in expected.items() if on >= known_on(step)}, (area, name)
        checked += len(found)
    assert checked > 80


def test_what_was_sent_lies_in_the_mailbox_once(punctual: Year) -> None:
    stored, delivered = punctual.message_ids()
    assert stored == delivered
    assert punctual.states() == {"sent"}
    assert set(punctual.reminders().values()) == {1}
    lines = punctual.lines()
    assert len(lines) > 300
    assert [line for line, count in lines.items() if count > 1] == []


def test_a_year_run_twice_a_day_and_killed_at_random_sends_the_same(
    migrated_file: Path, tmp_path: Path, is_long: bool
) -> None:
    first, last = date(2006, 1, 2), date(2006, 4, 21) if is_long else date(2006, 2, 24)
    years = []
    for name in ("whole", "killed"):
        path = tmp_path / f"{name}.db"
        path.write_bytes(migrated_file.read_bytes())
        years.append(Year(quick_engine(f"sqlite:///{path}"), tmp_path / name))
        published(years[-1].engine, NUM_AREAS, as_of=date(2005, 12, 30))
    whole, killed = years
    assert list(run_days(whole.engine, whole.mailbox, first, last, some_are_late))
    kills = run_and_kill(killed, first, last, random.Random(2005))
    assert kills >= 3
    assert killed.reminders() == whole.reminders()
    assert set(killed.reminders().values()) == {1}
    stored, delivered = killed.message_ids()
    assert stored == delivered
    assert killed.states() == {"sent"}
    assert {key: step.state for key, step in killed.steps().items()} == {
        key: step.state for key, step in whole.steps().items()
    }


def run_and_kill(year: Year, first: date, last: date, dice: random.Random, most: int = 3) -> int:
    """Run the days in processes of their own, killing the first few of them; returns how many were killed."""
    kills = 0
    while first <= last:
        command = [sys.executable, "-m", "tests.day_runner", str(year.engine.url), str(year.mailbox)]
        process = subprocess.Popen([*command, str(first), str(last)], stdout=subprocess.PIPE, text=True)
        stdout = known(process.stdout)
        deadline = time.monotonic() + dice.uniform(0.1, 0.7)
        has_begun = False
        for line in stdout:
            first = date.fromisoformat(line.strip()) + timedelta(days=1)
            if not has_begun:
                has_begun, deadline = True, time.monotonic() + dice.uniform(0.1, 0.7)
            if kills < most and time.monotonic() > deadline:
                time.sleep(dice.uniform(0, 0.03))
                process.kill()
                kills += 1
                break
        stdout.read()
        if process.wait() == 0:
            return kills
    return kills


def working_days(start: date, end: date) -> int:
    """Working days after `start` up to and including `end`."""
    days = (start + timedelta(days=number) for number in range(1, (end - start).days + 1))
    return sum(is_working_day(day) for day in days)


def day_before(day: date, count: int) -> date:
    """The day that lies so many working days before another."""
    while count:
        day -= timedelta(days=1)
        count -= is_working_day(day)
    return day


def known_on(step: Step) -> date:
    """The day on which the step's date was set."""
    return known(step.dated_on)


def dates_of_reminders(year: Year) -> dict[tuple[str, str, str], set[tuple[int, date]]]:
    """Days on which reviews' reminders went out, by area, step and rule."""
    found: dict[tuple[str, str, str], set[tuple[int, date]]] = {}
    with session(year.engine, read_only=True) as opened:
        query = select(Reminder, Step, Activity, Delivery).join(Step, col(Step.id) == col(Reminder.step_id))
        query = query.join(Activity, col(Activity.id) == col(Reminder.activity_id))
        query = query.join(Delivery, col(Delivery.id) == col(Reminder.delivery_id))
        for reminder, step, activity, delivery in opened.exec(query.where(Activity.kind == "jar")):
            key = (activity.area_code, step.step_id, reminder.rule)
            found.setdefault(key, set()).add((reminder.occurrence, delivery.as_of))
    return found
