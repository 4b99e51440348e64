"""A programme adopted half-way: rows of stages and people put together to activities with their framework."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from config.findings import InvalidFile
from config.framework import Framework
from config.framework_files import framework_on, programme_frameworks
from services.days.planned_days import begins_on, last_friday, stage_days
from services.imports.numbers import activity_code, due_number, past_numbers, team_numbers, usual_number
from services.imports.rows import InspectionDueRow, PastReviewRow, PastTeamRow, PinRow, ProgrammeRow, ScopeRow


@dataclass(frozen=True)
class PastActivity:
    """An activity that was done, under way or published before.

    `rows` are its stages in the framework's order, `team` the people who are named.
    """

    code: str
    framework: Framework
    rows: tuple[PastReviewRow, ...]
    team: tuple[PastTeamRow, ...]

    @property
    def state(self) -> str:
        """done, under_way or published."""
        return self.rows[0].state

    @property
    def precision(self) -> str:
        """How precise its dates are (R018); what has begun cannot be more precise."""
        given = next((row.precision for row in self.rows if row.precision), None)
        return given or ("indicative" if self.state == "published" else "final")

    @property
    def is_whole(self) -> bool:
        """Whether every stage of the framework has a row."""
        return [row.stage for row in self.rows] == [stage.id for stage in self.framework.stages]

    def mondays(self) -> dict[str, date]:
        """First Monday of each stage."""
        return {row.stage: row.first_day for row in self.rows}

    def planned_last_day(self, row: PastReviewRow) -> date:
        """The Friday on which a stage of whole weeks ends as planned; one of working days ends with its last."""
        stage = self.framework.stage(row.stage)
        begins = begins_on(stage, row.first_day)
        return last_friday(stage, begins) if stage.duration_days is None else stage_days(stage, begins)[1]

    def ended_on(self, row: PastReviewRow) -> date | None:
        """The last day of a stage that has ended, else None."""
        return row.last_day or (self.planned_last_day(row) if self.state == "done" else None)

    def actuals(self) -> dict[str, date]:
        """Last days of the stages that have ended."""
        return {row.stage: day for row in self.rows if (day := self.ended_on(row)) is not None}


def past_activities(
    rows: Iterable[PastReviewRow],
    teams: Iterable[PastTeamRow],
    programme: ProgrammeRow,
    due: Sequence[InspectionDueRow],
    known: Mapping[str, Framework],
) -> list[PastActivity]:
    """The activities of rows whose kind and stage are known, in the order of the file."""
    of_kind: dict[str, list[PastReviewRow]] = defaultdict(list)
    for row in rows:
        of_kind[row.kind].append(row)
    people: dict[str, list[PastTeamRow]] = defaultdict(list)
    for person in teams:
        people[person.kind].append(person)
    found = []
    for kind, its_rows in of_kind.items():
        any_framework = framework_of_kind(kind, programme, known)
        if any_framework is None:
            continue
        numbered = past_numbers(its_rows, any_framework, programme)
        members = team_numbers(people[kind], numbered, any_framework, programme)
        for (area, number), of_activity in numbered.items():
            framework = framework_of((area, kind, number), programme, due, known)
            if framework is None:
                continue
            order = [stage.id for stage in framework.stages]
            stages = sorted((r for r in of_activity if r.stage in order), key=lambda r: order.index(r.stage))
            if stages:
                code = activity_code(area, kind, number)
                found.append(PastActivity(code, framework, tuple(stages), tuple(members[area, number])))
    return sorted(found, key=lambda activity: min(row.row for row in activity.rows))


def framework_of_kind(kind: str, programme: ProgrammeRow, known: Mapping[str, Framework]) -> Framework | None:
    """A framework of a kind: the programme's, else any that may have a window from a file; None if there is none."""
    of_programme = programme_frameworks(programme.first_start_on, known)
    return next((framework for framework in (*of_programme, *known.values()) if framework.kind == kind), None)


def activity_of(
    row: PinRow | ScopeRow, programme: ProgrammeRow, known: Mapping[str, Framework]
) -> tuple[str, Framework] | None:
    """Code and framework of the activity that a row means; None if it names no kind, or one that is not known."""
    framework = framework_of_kind(row.kind, programme, known) if row.kind is not None else None
    if framework is None:
        return None
    return activity_code(row.area, framework.kind, row.round or usual_number(framework, programme)), framework


def framework_of(
    activity: tuple[str, str, int],
    programme: ProgrammeRow,
    due: Sequence[InspectionDueRow],
    known: Mapping[str, Framework],
) -> Framework | None:
    """The framework that the import gives an area's activity of a kind and number; None if it has none."""
    area, kind, number = activity
    of_programme = programme_frameworks(programme.first_start_on, known)
    found = next((framework for framework in of_programme if framework.kind == kind), None)
    of_kind = framework_of_kind(kind, programme, known)
    if found is not None or of_kind is None:
        return found
    inspections = (row for row in due if (row.area, row.kind) == (area, kind))
    inspection = next((row for row in inspections if due_number(row, of_kind) == number), None)
    if inspection is None:
        return None
    try:
        return framework_on(kind, inspection.window_first_day, known)
    except InvalidFile:
        return None  # the inspection itself is reported
