"""The rows of a plan's workbook, and the tables they make: Programme, Teams, Deadlines and Evidence."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from reports.table import Cell, Table
from reports.words import last_day


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeRow:
    """
    One stage of one activity in one area, from `start` up to, but not including, `end`.

    Parameters
    ----------
    status
        Precision of the dates: indicative, confirmed or final (R018).
    leader
        Name of the team leader, if there is one yet.
    """

    area_code: str
    area: str
    region: str
    activity: str
    stage: str
    start: date
    end: date
    status: str
    option: str = ""
    leader: str = ""
    is_pinned: bool = False
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamRow:
    """One place of a team: who fills which demand; an empty inspector is an uncovered place."""

    area_code: str
    area: str
    activity: str
    start: date
    end: date
    place: str
    inspector: str
    body: str = ""
    is_leader: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineRow:
    """
    One deadline or due date.

    Parameters
    ----------
    rule
        What it is counted from and how: '8 calendar weeks after the last fieldwork day'.
    is_hard
        A deadline (hard) rather than a due date (soft).
    done_on
        When it was met; None while it is open.
    """

    area_code: str
    area: str
    activity: str
    name: str
    due: date
    rule: str
    who: str
    is_hard: bool
    state: str = ""
    done_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceRow:
    """
    One item of evidence that an activity needs for a step.

    Parameters
    ----------
    asked_on
        None while nobody has been asked for it.
    state
        How far it is, in words: 'came 29 March 2006, 2 working days late'.
    """

    area_code: str
    area: str
    activity: str
    step: str
    item: str
    asked_of: str
    due: date
    state: str
    asked_on: date | None = None
    received_on: date | None = None


def programme_table(rows: Iterable[ProgrammeRow]) -> Table:
    """A line per stage; the last day is the one people name, so it is included."""
    columns = (
        "Area code",
        "Area",
        "Region",
        "Activity",
        "Stage",
        "First day",
        "Last day",
        "Status",
        "Option",
        "Leader",
        "Pinned",
        "Remark",
    )
    cells = (
        (
            row.area_code,
            row.area,
            row.region,
            row.activity,
            row.stage,
            row.start,
            last_day(row.start, row.end),
            row.status,
            row.option,
            row.leader,
            row.is_pinned,
            row.remark,
        )
        for row in rows
    )
    return Table(name="Programme", columns=columns, rows=tuple(cells))


def team_table(rows: Iterable[TeamRow]) -> Table:
    """A line per place; the last day is included."""
    columns = (
        "Area code",
        "Area",
        "Activity",
        "First day",
        "Last day",
        "Place",
        "Inspector",
        "Body",
        "Leader",
    )
    cells = (
        (
            row.area_code,
            row.area,
            row.activity,
            row.start,
            last_day(row.start, row.end),
            row.place,
            row.inspector or "uncovered",
            row.body,
            row.is_leader,
        )
        for row in rows
    )
    return Table(name="Teams", columns=columns, rows=tuple(cells))


def deadline_table(rows: Iterable[DeadlineRow]) -> Table:
    """A line per deadline or due date."""
    columns = ("Area code", "Area", "Activity", "Step", "Due", "Kind", "Rule", "Who", "State", "Done on")
    cells = (
        (
            row.area_code,
            row.area,
            row.activity,
            row.name,
            row.due,
            "deadline" if row.is_hard else "due date",
            row.rule,
            row.who,
            row.state,
            row.done_on,
        )
        for row in rows
    )
    return Table(name="Deadlines", columns=columns, rows=tuple(cells))


def evidence_table(rows: Iterable[EvidenceRow]) -> Table:
    """A line per item of evidence."""
    columns = (
        "Area code",
        "Area",
        "Activity",
        "For",
        "Item",
        "Asked of",
        "Asked on",
        "Due",
        "Came on",
        "State",
    )
    cells = (
        (
            row.area_code,
            row.area,
            row.activity,
            row.step,
            row.item,
            row.asked_of,
            row.asked_on,
            row.due,
            row.received_on,
            row.state,
        )
        for row in rows
    )
    return Table(name="Evidence", columns=columns, rows=tuple(cells))


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanBook:
    """
    What the workbook of a plan holds.

    Parameters
    ----------
    title
        The plan in words: 'Plan 7, option 3, published 7 September 2006'.
    about
        Facts for the About sheet, name and value: cost, bound, gap, seed, the problem's hash.
    """

    title: str
    programme: tuple[ProgrammeRow, ...] = ()
    teams: tuple[TeamRow, ...] = ()
    deadlines: tuple[DeadlineRow, ...] = ()
    evidence: tuple[EvidenceRow, ...] = ()
    about: tuple[tuple[str, Cell], ...] = ()
