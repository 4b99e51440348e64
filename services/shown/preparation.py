"""The space of a preparation group, for its page, its report to the executive, its calendar and its commands."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from config.judgements import Judgement
from models import Area, MockInspection, PreparationEntry, PreparationMember, PreparationTask, SelfEvaluation
from reports.words import list_in_words, plural
from services.preparation.evaluating import evaluations_of, framework_of, slots_of, what_if
from services.preparation.meetings import held_of, inspection_begins, meetings_of
from services.preparation.members import LEADS, leads_of, members_of, organisations_of
from services.preparation.planned_tasks import mocks_of, tasks_of
from services.preparation.space_log import entries_of
from services.preparation.spaces import group_of


@dataclass(frozen=True)
class MeetingLine:
    """A meeting: its day, and what it decided (blank: not recorded)."""

    held_on: date
    decided: str
    is_over: bool


@dataclass(frozen=True)
class TaskLine:
    """A task with its owner's name."""

    task: PreparationTask
    owner: str
    is_late: bool


@dataclass(frozen=True)
class JudgementLine:
    """What is judged, and what the group says of itself; None: nothing yet."""

    slot: Judgement
    said: SelfEvaluation | None


@dataclass(frozen=True)
class MockLine:
    """A mock inspection with its action plan."""

    mock: MockInspection
    actions: tuple[TaskLine, ...]


@dataclass(frozen=True)
class PreparationView:
    """All of it; `begins_on` is the first day of the inspection, None before the authority may know of it.

    `leads` are subjects with the member who leads, None for an open one; `what_if` is what the framework's limits would
    make of the own grades, blank for nothing; `open_items` say what is missing.
    """

    area: str
    inspection: str
    reports_to: str
    started_on: date
    begins_on: date | None
    members: tuple[PreparationMember, ...]
    leads: tuple[tuple[str, str | None], ...]
    meetings: tuple[MeetingLine, ...]
    tasks: tuple[TaskLine, ...]
    judgements: tuple[JudgementLine, ...]
    what_if: str
    mocks: tuple[MockLine, ...]
    open_items: tuple[str, ...]
    entries: tuple[PreparationEntry, ...]

    @property
    def to_record(self) -> tuple[MeetingLine, ...]:
        """Meetings that are over and not recorded."""
        return tuple(line for line in self.meetings if line.is_over and not line.decided)

    @property
    def next_on(self) -> date | None:
        """The next meeting; None if there is none any more."""
        return next((line.held_on for line in self.meetings if not line.is_over), None)


def preparation_view(session: Session, area: str, as_of: date) -> PreparationView:
    """How far a group is (R131, R166-R169, R193); NotFound before it has started."""
    group = group_of(session, area)
    framework, members, leads = (
        framework_of(session, group),
        members_of(session, area),
        leads_of(session, area),
    )
    owners = {member.id: member.name for member in members}
    tasks = tuple(
        TaskLine(task, owners[task.owner_id], task.done_on is None and task.due_on < as_of)
        for task in tasks_of(session, area)
    )
    said = evaluations_of(session, area)
    judgements = tuple(JudgementLine(slot, said.get(slot.id)) for slot in slots_of(framework, as_of))
    grades = {line.slot.id: line.said.grade for line in judgements if line.said is not None}
    held = held_of(session, area)
    days = sorted({*meetings_of(session, group, as_of), *held})
    council = session.get(Area, area)
    view = PreparationView(
        area=area if council is None else council.name,
        inspection=framework.name,
        reports_to=group.reports_to,
        started_on=group.started_on,
        begins_on=inspection_begins(session, group),
        members=tuple(members),
        leads=tuple((name, leads[role].name if role in leads else None) for role, name in LEADS.items()),
        meetings=tuple(
            MeetingLine(day, held[day].decided if day in held else "", day <= as_of) for day in days
        ),
        tasks=tuple(line for line in tasks if line.task.mock_id is None),
        judgements=judgements,
        what_if=what_if(framework, grades, as_of),
        mocks=tuple(
            MockLine(mock, tuple(line for line in tasks if line.task.mock_id == mock.id))
            for mock in mocks_of(session, area)
        ),
        open_items=(),
        entries=tuple(entries_of(session, area)),
    )
    return _with_open_items(session, area, view)


def _with_open_items(session: Session, area: str, view: PreparationView) -> PreparationView:
    return PreparationView(**{**vars(view), "open_items": tuple(_open_items(session, area, view))})


def _open_items(session: Session, area: str, view: PreparationView) -> Iterator[str]:
    """What R131, R166-R168 and R193 ask for and is not there."""
    if not any(member.is_chair for member in view.members):
        yield "Nobody is in the chair (R166)."
    missing = [name for name, lead in view.leads if lead is None]
    if missing:
        yield f"No lead is named for: {list_in_words(missing)} (R168)."
    nominating = {member.nominated_by for member in view.members}
    silent = [name for name in organisations_of(session, area) if name not in nominating]
    if silent:
        yield f"Nobody is nominated by: {list_in_words(silent)} (R193)."
    if view.to_record:
        yield f"{plural(len(view.to_record), 'meeting')} not recorded."
    late = sum(
        line.is_late for line in (*view.tasks, *(task for mock in view.mocks for task in mock.actions))
    )
    if late:
        yield f"{plural(late, 'task')} late."
    blank = [line.slot.name for line in view.judgements if line.said is None]
    if blank:
        yield f"Not evaluated: {list_in_words(blank)} (R167)."
    without = sum(not mock.actions for mock in view.mocks)
    if without:
        yield f"{plural(without, 'mock inspection')} without an action plan (R193)."
