"""Driving published activities through their steps: what the daily tick and the runs of single stages do.

Everything acts on 'due and not done', so a day that was missed is caught up, and a day run twice changes nothing.
Which steps end by themselves and which wait for a person is in the framework (`sign_off`). A stage begins on its
first day once all that must come before it is done (R043); until then it waits, and is shown as late.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from typing import Any

from sqlalchemy import ColumnElement, update
from sqlmodel import Session, col, select

from config.framework import Framework
from models import Activity, Area, Step
from services import audit
from services.audit import Word
from services.casework import reminders
from services.casework.contacts import Contacts
from services.casework.evidence.asking import open_requests
from services.casework.evidence.reminding import plan_evidence_reminders, tell_asked
from services.casework.follow_up.reminding import plan_follow_up_reminders
from services.casework.seen_steps import AnyStep
from services.casework.steps import (
    FINISHED,
    LIVING,
    first_day,
    last_day,
    last_punctual_day,
    steps_of,
    supersede_reminders,
)
from services.errors import NotFound
from services.problem.standing import has_begun
from services.programme import Rules, rules_of

ADVANCE = "advance"
"""What the audit log calls it that steps moved on because their day had come."""

MOVED = ("state", "actual_on", "notes")
"""What of a step a run may change."""

NOBODY = "daily work"
"""Who moves steps on, if no person asked for it."""


@dataclass
class Advanced:
    """What a tick did: steps as 'activity step', and counts. False if everything was done before."""

    opened: list[str] = field(default_factory=list)
    done: list[str] = field(default_factory=list)
    awaiting: list[str] = field(default_factory=list)
    overdue: list[str] = field(default_factory=list)
    requests: int = 0
    reminders: int = 0

    def __bool__(self) -> bool:
        changed = self.opened or self.done or self.awaiting or self.overdue
        return bool(changed or self.requests or self.reminders)


def advance(session: Session, as_of: date, by: Word | None = None) -> Advanced:
    """Bring every published activity up to a day, and plan the reminders that are then due.

    Parameters
    ----------
    by
        Who runs it and when, for the audit log: all that one run moves has the same instant.
    """
    changes, rules = Advanced(), rules_of(session)
    contacts = Contacts(session, rules)
    for code in codes_due(session, as_of):
        _Case(
            session, locked(session, col(Activity.code) == code), rules, contacts, as_of, changes, by
        ).advance()
    changes.reminders = reminders.plan_reminders(session, as_of)
    changes.reminders += plan_evidence_reminders(session, as_of, contacts)
    changes.reminders += plan_follow_up_reminders(session, as_of, contacts)
    return changes


def advance_activity(session: Session, code: str, as_of: date, by: Word | None = None) -> Advanced:
    """Bring one activity up to a day, without its reminders: so that what follows a sign-off begins at once."""
    changes, rules = Advanced(), rules_of(session)
    activity = locked(session, col(Activity.code) == code)
    _Case(session, activity, rules, Contacts(session, rules), as_of, changes, by).advance()
    return changes


def codes_due(session: Session, as_of: date) -> list[str]:
    """Codes of the activities in which a tick has something to look at: under way, or with a step whose day came."""
    has_come = (col(Step.due_on) <= as_of) | (col(Step.start_on) <= as_of) | (col(Step.state) == "done")
    query = (
        select(Activity.code)
        .join(Step, col(Step.activity_id) == col(Activity.id))
        .where(col(Activity.state).in_(LIVING), col(Activity.precision).is_not(None), has_come)
        .distinct()
        .order_by(col(Activity.code))
    )
    return list(session.exec(query))


def claim_stage(session: Session, step_id: int, revision: int, as_of: date, by: Word | None = None) -> bool:
    """Begin a stage, for the run that Prefect started for it; its effects are rows of the same transaction.

    Parameters
    ----------
    step_id
        Number of the step's row.
    revision
        The step's revision when the run was made: a run for dates that are superseded begins nothing.

    Returns
    -------
    True for exactly one caller, however many runs fire and how often. False if the dates have changed, if the
    stage has begun already, if its day has not come, or if something that comes before it is not done
    (`waits_for` says what; the tick begins it later).
    """
    step = find_step(session, step_id)
    rules = rules_of(session)
    activity = locked(session, col(Activity.id) == step.activity_id)
    case = _Case(session, activity, rules, Contacts(session, rules), as_of, Advanced(), by)
    return activity.state in LIVING and case.claim(step, revision)


def waits_for(session: Session, step_id: int) -> list[str]:
    """Names of the steps that must be done before this one and are not (R043)."""
    step = find_step(session, step_id)
    activity = session.get_one(Activity, step.activity_id)
    framework = rules_of(session).of(activity)
    return [other.name for other in unfinished_before(framework, step, steps_of(session, activity))]


def unfinished_before(framework: Framework, step: AnyStep, steps: Iterable[AnyStep]) -> list[AnyStep]:
    """Steps of the same activity that must be done before this one and are not (R043)."""
    before = framework.step(step.step_id).after
    if not before:
        return []
    return [other for other in steps if other.step_id in before and other.state not in FINISHED]


def finish(
    session: Session, activity: Activity, step: Step, actual_on: date, as_of: date, contacts: Contacts
) -> None:
    """Mark a step as done on a day, take back its reminders, and tell those who are told of it."""
    assert step.id is not None
    step.state, step.actual_on = "done", actual_on
    if step.times_withdrawn and contacts.rules.of(activity).opens_to_authority(step.step_id):
        activity.revision += 1  # calendars have it as cancelled
    session.flush()
    supersede_reminders(session, [step.id])
    reminders.tell_done(session, activity, step, as_of, contacts)


def settle(activity: Activity, steps: list[Step]) -> None:
    """An activity is under way once it has begun (`has_begun`), and done with its last step.

    A notice alone does not make it so: until then a planner may still move it by name (R019).
    """
    if all(step.state in FINISHED for step in steps):
        activity.state = "done"
    elif has_begun(steps):
        activity.state = "under_way"


def find_step(session: Session, step_id: int) -> Step:
    """The row of a step; NotFound if there is none."""
    step = session.get(Step, step_id)
    if step is None:
        raise NotFound(
            f"step {step_id}",
            "there is no such step.",
            "Find the step again; the programme may have been imported since.",
        )
    return step


def locked(session: Session, condition: ColumnElement[bool]) -> Activity:
    """An activity that nobody else changes until this transaction ends, nor anything else of its area.

    Evidence is shared by the activities of an area: whoever asks for it must see what others have asked for.
    """
    # Where the database locks rows (PostgreSQL), two ticks wait for each other here; SQLite has one writer.
    area = select(Area.code).join(Activity, col(Activity.area_code) == col(Area.code)).where(condition)
    session.exec(area.with_for_update(of=Area, key_share=True)).one()
    fresh = select(Activity).where(condition).with_for_update().execution_options(populate_existing=True)
    return session.exec(fresh).one()


def lock_all(session: Session) -> None:
    """Let nobody change any activity until this transaction ends; in the order in which a tick takes them."""
    session.exec(select(Area.code).order_by(col(Area.code)).with_for_update(of=Area, key_share=True)).all()


@dataclass
class _Case:
    """One activity on one day."""

    session: Session
    activity: Activity
    rules: Rules
    contacts: Contacts
    as_of: date
    changes: Advanced
    by: Word | None = None

    def __post_init__(self) -> None:
        self.framework = self.rules.of(self.activity)
        self.steps = steps_of(self.session, self.activity)
        self.kept = self._as_it_is()

    def advance(self) -> None:
        while any(self._move_on(step) for step in self.steps):
            pass  # a step that ended may let the next one begin
        self._effects()

    def claim(self, step: Step, revision: int) -> bool:
        if unfinished_before(self.framework, step, self.steps) or not self._begin(step, revision):
            return False
        self._effects()
        reminders.plan_for_steps(self.session, self.activity, [step], self.rules, self.contacts, self.as_of)
        return True

    def _effects(self) -> None:
        asked = open_requests(self.session, self.activity, self.steps, self.as_of)
        self.changes.requests += len(asked.new)
        tell_asked(self.session, self.activity, asked, self.as_of, self.contacts)
        settle(self.activity, self.steps)
        self.session.flush()
        self._write_down()

    def _as_it_is(self) -> dict[str, Any]:
        steps = {step.step_id: {name: getattr(step, name) for name in MOVED} for step in self.steps}
        return {"state": self.activity.state, "steps": steps}

    def _write_down(self) -> None:
        """Say in the audit log which steps moved, as they were and as they are."""
        now = self._as_it_is()
        moved = [name for name, kept in self.kept["steps"].items() if kept != now["steps"][name]]
        if moved:
            by = self.by or Word(NOBODY, datetime.combine(self.as_of, time(), UTC), self.as_of)
            before, after = (
                {"state": kept["state"], "steps": {name: kept["steps"][name] for name in moved}}
                for kept in (self.kept, now)
            )
            audit.record(
                self.session,
                by.who,
                by.at,
                ADVANCE,
                self.activity.code,
                before=before,
                after={"as_of": self.as_of, **after},
                why="their day had come",
            )
        self.kept = now

    def _move_on(self, step: Step) -> bool:
        """One step one state further, if its time has come; whether anything changed."""
        name = f"{self.activity.code} {step.step_id}"
        if step.state == "planned" and step.kind == "stage":
            if unfinished_before(self.framework, step, self.steps) or not self._begin(step, step.revision):
                return False
            self.changes.opened.append(name)
        elif step.state in ("planned", "open") and self._is_over(step):
            if step.needs_sign_off:
                step.state = "awaiting_sign_off"
                self.changes.awaiting.append(name)
            elif unfinished_before(self.framework, step, self.steps):
                return False
            else:
                finish(self.session, self.activity, step, last_day(step), self.as_of, self.contacts)
                self.changes.done.append(name)
        elif step.state == "awaiting_sign_off" and last_punctual_day(step) < self.as_of:
            step.state = "overdue"
            self.changes.overdue.append(name)
        else:
            return False
        return True

    def _is_over(self, step: Step) -> bool:
        """A stage is over on the day after its last; a milestone and a deadline are due on their day."""
        over_on = step.end_on or step.due_on
        return over_on is not None and over_on <= self.as_of

    def _begin(self, step: Step, revision: int) -> bool:
        """The one conditional update that decides who begins a stage."""
        if first_day(step) > self.as_of:
            return False
        result = self.session.exec(
            update(Step)
            .where(col(Step.id) == step.id, col(Step.state) == "planned", col(Step.kind) == "stage")
            .where(col(Step.revision) == revision, col(Step.start_on) <= self.as_of)
            .values(state="open")
        )
        self.session.refresh(step)
        return result.rowcount == 1
