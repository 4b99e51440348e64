"""Everything an import brings, read and found right."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

from services.imports import rows
from services.imports.reading import Sheet
from services.imports.tables import TABLES

Own = TypeVar("Own", bound=rows.Row)


@dataclass(frozen=True)
class Batch:
    """The rows of all files, and a digest of the files' bytes (SHA-256) for the audit log."""

    programme: rows.ProgrammeRow
    areas: tuple[rows.AreaRow, ...]
    ratings: tuple[rows.RatingRow, ...]
    bodies: tuple[rows.BodyRow, ...]
    skills: tuple[rows.SkillRow, ...]
    inspectors: tuple[rows.InspectorRow, ...]
    absences: tuple[rows.AbsenceRow, ...]
    conflicts: tuple[rows.ConflictRow, ...]
    contacts: tuple[rows.ContactRow, ...]
    partner_groups: tuple[rows.PartnerGroupRow, ...]
    partner_members: tuple[rows.PartnerMemberRow, ...]
    school_holidays: tuple[rows.SchoolHolidayRow, ...]
    closures: tuple[rows.ClosureRow, ...]
    elections: tuple[rows.ElectionRow, ...]
    pools: tuple[rows.PoolRow, ...]
    inspections_due: tuple[rows.InspectionDueRow, ...]
    past_reviews: tuple[rows.PastReviewRow, ...]
    past_teams: tuple[rows.PastTeamRow, ...]
    digest: str


def make_batch(sheets: Mapping[str, Sheet], digest: str) -> Batch:
    """The batch of sheets that are right; the programme's file has exactly one row."""
    parts: dict[str, Any] = {
        file.removesuffix(".csv"): sheet.rows for file, sheet in sheets.items() if file != "programme.csv"
    }
    programme = cast(rows.ProgrammeRow, sheets["programme.csv"].rows[0])
    return Batch(programme=programme, digest=digest, **parts)


def rows_of(sheet: Sheet, model: type[Own]) -> Sequence[Own]:
    """The rows of a sheet, known to be of one model."""
    return [row for row in sheet.rows if isinstance(row, model)]


def digest_of(folder: Path) -> str:
    """SHA-256 over names and contents of the import's files, missing ones left out."""
    digest = hashlib.sha256()
    for table in TABLES:
        path = folder / table.file
        if path.is_file():
            content = path.read_bytes()
            digest.update(f"{table.file} {len(content)}\n".encode() + content)
    return digest.hexdigest()
