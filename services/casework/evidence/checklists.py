"""What was asked of areas and what came: the checklist of each step, what of it is open, the burden (R069, R116)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import NamedTuple

from sqlmodel import Session, col, select

from config.framework import Framework
from models import Activity, Area, Evidence, EvidenceFile, EvidenceNeed, Step
from reports.words import date_in_words, plural
from services.casework.evidence.asking import asked_of
from services.casework.evidence.due_days import due_day
from services.casework.evidence.states import (
    ACCEPTED,
    CAME,
    NOT_ASKED,
    NOT_NEEDED,
    OPEN,
    PLANNED,
    RETURNED,
)
from services.casework.seen_steps import SeenStep, steps_by_activity
from services.casework.steps import first_day
from services.days.weeks import day_after
from services.days.working_days import working_days_between
from services.programme import Rules, rules_of


@dataclass(frozen=True, kw_only=True)
class Item:
    """A line of the checklist: what an activity needs for a step, and how far it is.

    Attributes
    ----------
    state
        planned, asked, received, accepted, returned, not_needed, or not_asked: the step that needs it had begun before
        anybody could ask, as in a programme that is adopted half-way.
    asked_of
        The role that is asked, in words.
    asked_on
        The day on which it was asked for; None if it is planned, or nobody had to be asked.
    asked_after
        The step after which it is asked for.
    others
        Codes of the other activities that it serves, the one for which it was asked first.
    days_late
        Working days by which it came late, or by which it is late now.
    number
        That of the row which says that the activity needs it; None before it was asked for.
    """

    area_code: str
    area: str
    activity: str
    item: str
    name: str
    step: str
    step_name: str
    state: str
    met: str = ""
    asked_of: str
    asked_on: date | None = None
    asked_after: str
    due_on: date
    received_on: date | None = None
    held_by: str = ""
    others: tuple[str, ...] = ()
    was_asked: bool = True
    days_late: int = 0
    why: str = ""
    note: str = ""
    link: str = ""
    file: str = ""
    num_pieces: int | None = None
    publisher: str = ""
    period: str = ""
    is_update: bool = False
    is_confidential: bool = False
    number: int | None = None

    @property
    def is_open(self) -> bool:
        """Whether it is still to come."""
        return self.state == PLANNED or self.state in OPEN

    @property
    def is_late(self) -> bool:
        """Whether it is still to come and should have come before."""
        return self.state in OPEN and self.days_late > 0

    @property
    def title(self) -> str:
        """Its name; of an update with the word before it."""
        return f"Update: {self.name}" if self.is_update else self.name

    @property
    def status(self) -> str:
        """How far it is, in words: 'came 29 March 2006, 2 working days late'."""
        if self.state == PLANNED:
            return f"to be asked for after {self.asked_after}"
        if self.state == NOT_ASKED:
            return f"not asked for: {self.step_name} had begun"
        if self.state == NOT_NEEDED:
            return f"not needed: {self.why}"
        if self.met == "held" and self.received_on is not None:
            return f"already held by {self.held_by} since {date_in_words(self.received_on)}"
        words = self._came() if self.state in CAME else self._to_come()
        return f"{words}; {self._served()}" if self.others and not self.was_asked else words

    def _came(self) -> str:
        assert self.received_on is not None
        came = f"came {date_in_words(self.received_on)}"
        came += f", {_working_days(self.days_late)} late" if self.days_late else ""
        return f"{came}, accepted" if self.state == ACCEPTED else came

    def _to_come(self) -> str:
        words = f"late by {_working_days(self.days_late)}" if self.is_late else "to come"
        return f"returned: {self.why}; {words}" if self.state == RETURNED else words

    def _served(self) -> str:
        asked = f"asked on {date_in_words(self.asked_on)} " if self.asked_on is not None else "asked "
        return f"already {asked}for {self.others[0]}"


class OpenItem(NamedTuple):
    """An item that a step still waits for."""

    item: str
    name: str
    state: str
    due_on: date


class Burden(NamedTuple):
    """How often an area was asked for evidence, and how often it was spared because something served already."""

    requests: int
    avoided: int

    def __str__(self) -> str:
        return f"{plural(self.requests, 'request')}, {self.avoided} avoided"


def checklist(session: Session, as_of: date, area_code: str | None = None) -> list[Item]:
    """Everything that the published activities of all areas or one need, by area, activity and due day (R069, R076)."""
    query = (
        select(Activity, Area)
        .join(Area, col(Area.code) == col(Activity.area_code))
        .where(col(Activity.precision).is_not(None), Activity.state != "cancelled")
        .order_by(col(Area.name), col(Activity.code))
    )
    if area_code is not None:
        query = query.where(Area.code == area_code)
    found = session.exec(query).all()
    needs = _Needs(session, [activity for activity, _area in found])
    return [item for activity, area in found for item in needs.items(activity, area.name, as_of)]


def open_items(session: Session, activity: Activity, step_id: str) -> tuple[OpenItem, ...]:
    """What of a step's checklist has not come: asked for or not, returned for completion, and not waived."""
    wanted = {item.id for item in rules_of(session).of(activity).evidence_for(step_id)}
    if not wanted:
        return ()
    items = _Needs(session, [activity]).items(activity, "", date.max)
    return tuple(
        OpenItem(item.item, item.title, item.state, item.due_on)
        for item in items
        if item.item in wanted and item.is_open
    )


def burden(session: Session, area_code: str) -> Burden:
    """Requests made of an area, and those avoided (R116); what a review's team gathers itself asks nobody."""
    rules = rules_of(session)
    query = (
        select(EvidenceNeed, Evidence, Activity)
        .join(Evidence, col(Evidence.id) == col(EvidenceNeed.evidence_id))
        .join(Activity, col(Activity.id) == col(EvidenceNeed.activity_id))
        .where(Evidence.area_code == area_code)
    )
    asked = [
        (need, evidence)
        for need, evidence, activity in session.exec(query)
        if evidence.asked_of not in rules.of(activity).team_roles
    ]
    avoided = [need for need, evidence in asked if not need.was_asked and evidence.met != "waived"]
    return Burden(sum(need.was_asked for need, _evidence in asked), len(avoided))


class _Needs:
    """The steps of some activities, what they need, and what serves it; read once."""

    def __init__(self, session: Session, activities: Sequence[Activity]) -> None:
        self._rules: Rules = rules_of(session)
        self._codes = {activity.id: activity.code for activity in activities}
        self._steps = {
            activity_id: {step.step_id: step for step in steps}
            for activity_id, steps in steps_by_activity(
                session, col(Step.activity_id).in_(self._codes)
            ).items()
        }
        areas = {activity.area_code for activity in activities}
        query = (
            select(EvidenceNeed, Evidence, Activity.code)
            .join(Evidence, col(Evidence.id) == col(EvidenceNeed.evidence_id))
            .join(Activity, col(Activity.id) == col(EvidenceNeed.activity_id))
            .where(col(Evidence.area_code).in_(areas))
            .order_by(col(EvidenceNeed.id))
        )
        self._needs: dict[tuple[int, str], tuple[EvidenceNeed, Evidence]] = {}
        self._users: dict[int, list[str]] = {}
        for need, evidence, code in session.exec(query):
            self._needs[need.activity_id, need.item] = need, evidence
            self._users.setdefault(need.evidence_id, []).append(code)
        files = select(EvidenceFile.evidence_id, EvidenceFile.name).where(
            col(EvidenceFile.evidence_id).in_(self._users)
        )
        self._files: Mapping[int, str] = dict(session.exec(files).all())

    def items(self, activity: Activity, area: str, as_of: date) -> list[Item]:
        framework, steps = self._rules.of(activity), self._steps.get(activity.id or 0, {})
        found = list(self._items(activity, framework, steps, area, as_of))
        return sorted(found, key=lambda item: (item.due_on, item.step))

    def _items(
        self, activity: Activity, framework: Framework, steps: Mapping[str, SeenStep], area: str, as_of: date
    ) -> Iterator[Item]:
        days = {step_id: first_day(step) for step_id, step in steps.items()}
        for item in framework.evidence:
            if item.needed_for not in steps or item.asked_at not in steps:
                continue  # the framework has changed since the steps were dated
            line = partial(
                Item,
                area_code=activity.area_code,
                area=area,
                activity=activity.code,
                item=item.id,
                step=item.needed_for,
                step_name=steps[item.needed_for].name,
                asked_after=steps[item.asked_at].name,
            )
            pair = self._needs.get((activity.id or 0, item.id))
            if pair is None:
                asked_at, needed_for = steps[item.asked_at], steps[item.needed_for]
                is_too_late = asked_at.state == "done" and needed_for.state != "planned"
                role = asked_of(item, self._rules.frameworks, self._rules.policy.evidence.co_ordinator)
                yield line(
                    name=item.name,
                    state=NOT_ASKED if is_too_late else PLANNED,
                    asked_of=framework.role_name(role),
                    due_on=due_day(item.needed_for, item.due_at or "", days, date.min),
                    publisher=item.publisher,
                    is_confidential=item.confidential,
                )
                continue
            need, evidence = pair
            yield line(
                name=evidence.name,
                state=evidence.state,
                met=evidence.met,
                asked_of=framework.role_name(evidence.asked_of),
                asked_on=evidence.asked_on,
                due_on=evidence.due_on,
                received_on=evidence.received_on,
                held_by=evidence.held_by,
                others=tuple(code for code in self._users.get(need.evidence_id, ()) if code != activity.code),
                was_asked=need.was_asked,
                days_late=_days_late(evidence, as_of),
                why=evidence.why,
                note=evidence.note,
                link=evidence.link,
                file=self._files.get(need.evidence_id, ""),
                num_pieces=evidence.num_pieces,
                publisher=evidence.publisher,
                period=evidence.period,
                is_update=evidence.is_update,
                is_confidential=evidence.is_confidential,
                number=need.id,
            )


def _days_late(evidence: Evidence, as_of: date) -> int:
    """Working days after the due day until it came, or until now; 0 if it was in time or is not awaited."""
    if evidence.state in CAME and evidence.met != "held" and evidence.received_on is not None:
        end = evidence.received_on
    elif evidence.state in OPEN:
        end = as_of
    else:
        return 0
    if end <= evidence.due_on or end == date.max:
        return 0
    return working_days_between(day_after(evidence.due_on), day_after(end))


def _working_days(count: int) -> str:
    return plural(count, "working day")
