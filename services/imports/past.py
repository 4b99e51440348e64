"""A programme adopted half-way: rows of stages and people put together to activities with their framework."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from config.findings import InvalidFile
from config.framework import Framework
from config.framework_files import framework_on, programme_frameworks
from services.days.stage_days import begins_on, last_friday, stage_days
from services.imports.facts import activity_code
from services.imports.rows import InspectionDueRow, PastReviewRow, PastTeamRow, ProgrammeRow


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
    by_activity: dict[tuple[str, str], list[PastReviewRow]] = defaultdict(list)
    for row in rows:
        by_activity[row.area, row.kind].append(row)
    people: dict[tuple[str, str], list[PastTeamRow]] = defaultdict(list)
    for person in teams:
        people[person.area, person.kind].append(person)
    found = []
    for (area, kind), its_rows in by_activity.items():
        framework = framework_of(area, kind, programme, due, known)
        if framework is None:
            continue
        order = [stage.id for stage in framework.stages]
        of_stages = sorted((r for r in its_rows if r.stage in order), key=lambda r: order.index(r.stage))
        if of_stages:
            number = programme.round if framework.window == "programme" else 1
            code = activity_code(area, kind, number)
            found.append(PastActivity(code, framework, tuple(of_stages), tuple(people[area, kind])))
    return found


def framework_of(
    area: str,
    kind: str,
    programme: ProgrammeRow,
    due: Sequence[InspectionDueRow],
    known: Mapping[str, Framework],
) -> Framework | None:
    """The framework that the import gives an area's activity of that kind; None if it has none."""
    of_programme = programme_frameworks(programme.first_start_on, known)
    found = next((framework for framework in of_programme if framework.kind == kind), None)
    inspection_due = next(
        (inspection for inspection in due if (inspection.area, inspection.kind) == (area, kind)), None
    )
    if found is not None or inspection_due is None:
        return found
    try:
        return framework_on(kind, inspection_due.window_first_day, known)
    except InvalidFile:
        return None  # the inspection itself is reported
