"""Importing a folder in one transaction: every file, every check, and either all of it or everything that is wrong.

Plans made from other facts are marked as stale; steps and reminders stay as they are. What was done, under way or
published before is adopted once (`adoption`).
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from random import Random, SystemRandom

from sqlalchemy import Engine
from sqlmodel import Session, select

from config.framework_files import frameworks, named_frameworks
from config.policy import load_policy
from models import Activity, Partner, session
from services import audit
from services.days.calendar_exceptions import read_again
from services.imports.activities_made import activity_facts
from services.imports.adoption import adopt
from services.imports.changed_facts import OWNERS, Snapshot, differences, snapshot
from services.imports.checks import check_sheets
from services.imports.concern import (
    concern_by_area,
    indices,
    planning_day,
    refuse_later_ratings,
    why_changed,
)
from services.imports.demand import has_teams
from services.imports.facts import write_facts
from services.imports.lapsed import let_lapse
from services.imports.meaning import check_meaning
from services.imports.notice_remarks import remarks_on_notice
from services.imports.pins import pin_people, pin_weeks
from services.imports.problems import ImportProblem, ImportRefused
from services.imports.reading import Batch, make_batch, read_sheet, without_rows
from services.imports.redating import date_again
from services.imports.remarks import remarks_on
from services.imports.scopes import set_scopes
from services.imports.sources import Source, source_of
from services.imports.table_writing import Change
from services.imports.tables import TABLES
from services.imports.vanished import remove_vanished
from services.plans.concern_counts import keep_indices
from services.plans.staleness import facts_may_change
from services.problem.evidence_lines import assessment_lines


@dataclass(frozen=True)
class ImportSummary:
    """What an import did: the changes of each table, the digest of the files, and the plans that are stale now.

    `remarks` are what a person should know of the files, though nothing is wrong.
    """

    changes: tuple[Change, ...]
    digest: str
    stale: tuple[int, ...] = ()
    remarks: tuple[ImportProblem, ...] = ()

    @property
    def is_any(self) -> bool:
        """Whether anything is different now."""
        return any(change.is_any for change in self.changes)


def import_folder(engine: Engine, path: Path, who: str, at: datetime) -> ImportSummary:
    """Read a folder or a workbook and make the facts in the database equal to it, all or nothing.

    Parameters
    ----------
    who, at
        For the audit log.

    Raises
    ------
    ImportRefused
        With everything that is wrong; nothing was applied.
    """
    batch = read_folder(path)
    with session(engine) as opened:
        return import_batch(opened, batch, who, at)


def import_batch(
    opened: Session,
    batch: Batch,
    who: str,
    at: datetime,
    chance: Random | None = None,
    as_of: date | None = None,
) -> ImportSummary:
    """The same for what was read already, within a transaction.

    An area, person or due inspection that is no longer in the files is removed, unless a published plan needs it.

    Parameters
    ----------
    chance
        Draws the windows of kinds that nobody may guess; the machine's own chance, but for tests.
    as_of
        The programme's day, on which steps are dated again if days are other than they were, else that of `at`; and
        from which notice, and on which concern, is counted, else the day of planning.

    Raises
    ------
    ImportRefused
        If something vanished that a published plan refers to, a rating is later than the day, or the past differs from
        what was adopted.
    """
    known = named_frameworks(batch.programme.frameworks, frameworks())
    earlier = snapshot(opened)
    _forgets_no_partners(opened, batch)
    refuse_later_ratings(batch, as_of)
    day, known_indices = planning_day(batch, as_of), indices(opened)
    policy = load_policy(batch.programme.policy)
    judged = assessment_lines(opened, policy)
    concern = concern_by_area(batch.areas, batch.ratings, policy.concern, day, judged)
    with facts_may_change(opened, lambda: why_changed(opened, known_indices), who, at) as stale:
        activities = activity_facts(opened, batch, known, chance or SystemRandom(), concern)
        wanted = {fact["code"] for fact in activities}
        changes = write_facts(opened, batch, known, activities, concern)
        if read_again(opened):
            date_again(opened, as_of or at.date())
        pin_weeks(opened, batch, known, wanted)
        set_scopes(opened, batch, known, wanted)
        let_lapse(opened, batch, known, wanted, (who, at))
        removed = remove_vanished(opened, batch, wanted)
        changes.append(pin_people(opened, batch, known))
    keep_indices(opened, day, at)
    later = snapshot(opened)
    changes = [_counted(change, removed, earlier, later) for change in changes]
    changes += adopt(opened, batch, known, who, at)
    counts = {change.table: [change.added, change.changed, change.removed] for change in changes}
    audit.record(
        opened,
        who,
        at,
        audit.IMPORT,
        "facts",
        after={"digest": batch.digest, "changes": counts},
        why=batch.place,
    )
    _record_changes(opened, earlier, later, batch.place, (who, at))
    remarks = (*batch.remarks, *remarks_on_notice(opened, batch, as_of))
    return ImportSummary(tuple(changes), batch.digest, tuple(stale), remarks)


def _forgets_no_partners(opened: Session, batch: Batch) -> None:
    """A file that may be left out is missed once its facts are known."""
    if "partners.csv" in batch.absent and opened.exec(select(Partner)).first() is not None:
        message = "this file is missing, and there are partners already."
        advice = "Add it again; if there are none any more, with its header only."
        raise ImportRefused([ImportProblem("partners.csv", None, "", "", message, advice)])


def _record_changes(
    opened: Session, earlier: Snapshot, later: Snapshot, place: str, said: tuple[str, datetime]
) -> None:
    """Every fact that is another now, as it was and as it is; of a new programme everything is as its files say."""
    if not earlier:
        return
    for changed in differences(earlier, later):
        audit.record(
            opened,
            *said,
            "change facts",
            changed.subject,
            before=changed.before,
            after=changed.after,
            why=f"import of {place}",
        )


def _counted(change: Change, removed: dict[str, int], earlier: Snapshot, later: Snapshot) -> Change:
    """With the rows that vanished; of activities, also with those of which only a pin or the scope is another now."""
    changed = change.changed
    if change.table == Activity.__name__:
        stayed = {key for key in earlier.keys() & later.keys() if key[1] == OWNERS[Activity][1]}
        changed = sum(earlier[key] != later[key] for key in stayed)
    return Change(change.table, change.added, changed, change.removed + removed.get(change.table, 0))


def read_folder(path: Path) -> Batch:
    """Read and check a folder of CSV files and workbooks, or one workbook; nothing is written anywhere.

    Raises
    ------
    ImportRefused
        With everything that is wrong, in the order of files and rows.
    """
    return read_source(source_of(path))


def read_source(source: Source) -> Batch:
    """The same of a source of tables."""
    strangers, problems, sheets = list(source.unknown()), [], {}
    for table in TABLES:
        sheets[table.file], faults = read_sheet(source, table)
        problems += faults
    if has_teams(sheets):
        for table in (table for table in TABLES if table.is_of_teams):
            if sheets[table.file].is_whole and not sheets[table.file].cells:
                sheets[table.file], faults = without_rows(table)
                problems += faults
    problems += check_sheets(sheets)
    problems += check_meaning(sheets)
    if strangers or problems:
        raise ImportRefused([*strangers, *_placed(source, problems)])
    remarks = [remark for sheet in sheets.values() for remark in sheet.remarks]
    remarks += remarks_on(sheets)
    return make_batch(sheets, source.digest(), source.name, tuple(_placed(source, remarks)))


def _placed(source: Source, findings: list[ImportProblem]) -> list[ImportProblem]:
    """Findings in the order of files and rows, each with the name of its file or sheet."""
    order = {table.file: number for number, table in enumerate(TABLES)}
    places = {table.file: source.place(table) for table in TABLES}
    ordered = sorted(findings, key=lambda finding: (order.get(finding.file, -1), finding.row or 0))
    return [replace(finding, file=places.get(finding.file, finding.file)) for finding in ordered]
