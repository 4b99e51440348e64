"""Importing other inspections: for each area in a file, what is due, or was found, becomes what the file says.

Other areas stay as they are. Either all of it is applied, or everything that is wrong is told.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session, select

from config.inspection_files import read_registers
from models import OtherInspection, SettingResult
from services import audit
from services.audit import Word
from services.imports.inspection_checks import DUE, RESULTS, check_inspections, check_results
from services.imports.inspection_rows import (
    INSPECTION_TABLES,
    OtherInspectionRow,
    SettingResultRow,
)
from services.imports.problems import ImportRefused
from services.imports.reading import rows_of
from services.imports.separate_tables import read_sent, read_tables, unknown_areas
from services.inspections.due import days_of_reviews
from services.inspections.relating import Days


@dataclass(frozen=True)
class InspectionBatch:
    """The rows of both files, which are right in themselves; `place` is what they are called in the log."""

    place: str
    digest: str
    inspections: tuple[OtherInspectionRow, ...]
    results: tuple[SettingResultRow, ...]


@dataclass(frozen=True)
class ImportedInspections:
    """What an import did: how many inspections and results the areas in the files have now."""

    inspections: int
    results: int


def read_inspections(path: Path) -> InspectionBatch:
    """Read a folder or a workbook; ImportRefused with everything that is wrong in the files alone."""
    read = read_tables(path, INSPECTION_TABLES)
    return InspectionBatch(
        read.place,
        read.digest,
        tuple(rows_of(read.sheets[DUE], OtherInspectionRow)),
        tuple(rows_of(read.sheets[RESULTS], SettingResultRow)),
    )


def read_sent_inspections(sent: Mapping[str, bytes]) -> InspectionBatch:
    """The same of files that somebody sent, by their names."""
    return read_sent(sent, read_inspections, f"{DUE} and {RESULTS}, or one workbook")


def import_inspections(session: Session, batch: InspectionBatch, word: Word) -> ImportedInspections:
    """Make what is due in the areas of the files, and what was found there, equal to the files.

    Raises
    ------
    ImportRefused
        With every row that means an unknown area, type, outcome or reason, a type that is subsumed (R011), a day after
        the one by which it is due (R101), a relation that is not so (R104), or an overlap area twice (R100).
    """
    codes = sorted({row.area for row in batch.inspections} | {row.area for row in batch.results})
    problems = [
        *unknown_areas(session, [(DUE, row.row, row.area) for row in batch.inspections]),
        *unknown_areas(session, [(RESULTS, row.row, row.area) for row in batch.results]),
        *check_inspections(batch.inspections, _reviews(session, codes)),
        *check_results(batch.results, word.as_of),
    ]
    if problems:
        raise ImportRefused(problems)
    _clear(session, batch)
    session.add_all(_inspection(row, word) for row in batch.inspections)
    session.add_all(_result(row, word) for row in batch.results)
    session.flush()
    done = ImportedInspections(len(batch.inspections), len(batch.results))
    after = {
        "digest": batch.digest,
        "inspections": done.inspections,
        "results": done.results,
        "areas": codes,
    }
    audit.record(
        session, word.who, word.at, "import inspections", "inspections", after=after, why=batch.place
    )
    return done


def _clear(session: Session, batch: InspectionBatch) -> None:
    """Take out what was known of the areas in each file."""
    due, found = {row.area for row in batch.inspections}, {row.area for row in batch.results}
    for known in session.exec(select(OtherInspection)):
        if known.area_code in due:
            session.delete(known)
    for result in session.exec(select(SettingResult)):
        if result.area_code in found:
            session.delete(result)
    session.flush()


def _reviews(session: Session, codes: list[str]) -> dict[str, list[Days]]:
    registers = read_registers().values()
    return {
        code: [days for register in registers for days in days_of_reviews(session, code, register)]
        for code in codes
    }


def _inspection(row: OtherInspectionRow, word: Word) -> OtherInspection:
    return OtherInspection(
        area_code=row.area,
        type=row.type,
        place=row.place or "",
        sector=row.sector,
        due_by=row.due_by,
        window_first_on=row.window_first_day,
        window_last_on=row.window_last_day,
        planned_first_on=row.planned_first_day,
        planned_last_on=row.planned_last_day,
        reason_code=row.reason or "",
        overlaps=" ".join(row.overlaps),
        told_on=row.told_on,
        imported_by=word.who,
        imported_at=word.at,
    )


def _result(row: SettingResultRow, word: Word) -> SettingResult:
    return SettingResult(
        area_code=row.area,
        type=row.type,
        place=row.place,
        sector=row.sector,
        found_on=row.day,
        outcome=row.outcome,
        grade=row.grade,
        commissioner=row.commissioner or "",
        imported_by=word.who,
        imported_at=word.at,
    )
