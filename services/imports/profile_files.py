"""Importing performance profiles: for each area and quarter in the files the profile becomes what they say (R152).

Profiles of other areas and quarters stay as they are. Either all of it is applied, or everything that is wrong is told.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from sqlmodel import Session, SQLModel, col, select

from config.findings import nearest
from config.rating_files import rating_regimes
from config.ratings import RatingRegime
from models import PerformanceProfile, ProfileFinding, ProfileGroup, ProfileIndicator
from services import audit
from services.audit import Word
from services.imports.problems import ImportProblem, ImportRefused
from services.imports.profile_rows import PROFILE_TABLES, FindingRow, GroupRow, IndicatorRow, ProfileRow
from services.imports.reading import Sheet, rows_of
from services.imports.separate_tables import read_sent, read_tables, unknown_areas
from services.rating.quarters import Quarter

GROUPS, FINDINGS, INDICATORS = (table.file for table in PROFILE_TABLES)


@dataclass(frozen=True)
class ProfileBatch:
    """The rows of all files, which are right in themselves; `place` is what they are called in the log."""

    place: str
    digest: str
    groups: tuple[GroupRow, ...]
    findings: tuple[FindingRow, ...]
    indicators: tuple[IndicatorRow, ...]

    @property
    def rows(self) -> Iterator[tuple[str, ProfileRow]]:
        """Every row with its file."""
        for file, rows in ((GROUPS, self.groups), (FINDINGS, self.findings), (INDICATORS, self.indicators)):
            for row in rows:
                yield file, row


@dataclass(frozen=True)
class ImportedProfiles:
    """What an import did: numbers of profiles that are new, that are other now, and that were so already."""

    added: int
    changed: int
    same: int


def read_profiles(path: Path) -> ProfileBatch:
    """Read a folder or a workbook of profiles; ImportRefused with everything that is wrong in the files alone."""
    read = read_tables(path, PROFILE_TABLES, lambda sheets: _shares(sheets[GROUPS]))
    return ProfileBatch(
        read.place,
        read.digest,
        tuple(rows_of(read.sheets[GROUPS], GroupRow)),
        tuple(rows_of(read.sheets[FINDINGS], FindingRow)),
        tuple(rows_of(read.sheets[INDICATORS], IndicatorRow)),
    )


def read_sent_profiles(sent: Mapping[str, bytes]) -> ProfileBatch:
    """The same of files that somebody sent, by their names."""
    return read_sent(sent, read_profiles, "the files of the profiles, or one workbook")


def import_profiles(session: Session, batch: ProfileBatch, word: Word) -> ImportedProfiles:
    """Make the profiles of these areas and quarters equal to the files.

    Raises
    ------
    ImportRefused
        With every row that means an area, a group, a kind of finding or an outcome that there is not, or a day that
        can't be.
    """
    problems = list(_problems(session, batch))
    if problems:
        raise ImportRefused(problems)
    keys = sorted({(row.area, row.quarter) for _file, row in batch.rows})
    counts = {"added": 0, "changed": 0, "same": 0}
    for area, quarter in keys:
        counts[_write(session, area, quarter, batch, word)] += 1
    done = ImportedProfiles(**counts)
    after = {"digest": batch.digest, **counts}
    audit.record(session, word.who, word.at, "import profiles", "profiles", after=after, why=batch.place)
    return done


def _write(session: Session, area: str, quarter: Quarter, batch: ProfileBatch, word: Word) -> str:
    """Write one profile; 'added', 'changed' or 'same'."""
    query = select(PerformanceProfile).where(
        PerformanceProfile.area_code == area, PerformanceProfile.quarter == str(quarter)
    )
    row = session.exec(query).first()
    state = "changed"
    if row is None:
        state = "added"
        row = PerformanceProfile(
            area_code=area,
            quarter=str(quarter),
            imported_by=word.who,
            imported_at=word.at,
            imported_on=word.as_of,
        )
        session.add(row)
        session.flush()
    wanted = list(_parts(row.id or 0, area, quarter, batch))
    known = [
        part
        for model in (ProfileGroup, ProfileFinding, ProfileIndicator)
        for part in _of(session, model, row)
    ]
    if state == "changed" and _plain(wanted) == _plain(known):
        return "same"
    for part in known:
        session.delete(part)
    session.flush()
    session.add_all(wanted)
    row.imported_by, row.imported_at, row.imported_on = word.who, word.at, word.as_of
    session.flush()
    return state


def _of(
    session: Session,
    model: type[ProfileGroup] | type[ProfileFinding] | type[ProfileIndicator],
    row: PerformanceProfile,
) -> list[SQLModel]:
    return list(session.exec(select(model).where(col(model.profile_id) == row.id)))


def _plain(parts: Iterable[SQLModel]) -> list[str]:
    return sorted(repr(sorted(part.model_dump().items())) for part in parts)


def _parts(number: int, area: str, quarter: Quarter, batch: ProfileBatch) -> Iterator[SQLModel]:
    """The rows of a profile's blocks."""
    key = (area, quarter)
    for group in (row for row in batch.groups if (row.area, row.quarter) == key):
        yield ProfileGroup(
            profile_id=number,
            group_code=group.group,
            inspected=group.inspected,
            good_or_better=group.good_or_better,
            oldest_on=group.oldest_on,
        )
    for found in (row for row in batch.findings if (row.area, row.quarter) == key):
        yield ProfileFinding(
            profile_id=number,
            kind=found.kind,
            found_on=found.day,
            outcomes=" ".join(found.outcomes),
            source=found.source,
        )
    for one in (row for row in batch.indicators if (row.area, row.quarter) == key):
        yield ProfileIndicator(
            profile_id=number,
            code=one.indicator,
            name=one.name,
            year=one.year,
            value=one.value,
            national=one.national,
            comparators=one.comparators,
            lower_is_better=one.lower_is_better,
        )


def _shares(sheet: Sheet) -> Iterator[ImportProblem]:
    for row in rows_of(sheet, GroupRow):
        if row.good_or_better > row.inspected:
            message = f"{row.good_or_better} of {row.inspected} is more than all."
            advice = "Check the two numbers."
            yield ImportProblem(GROUPS, row.row, "good_or_better", str(row.good_or_better), message, advice)


def _problems(session: Session, batch: ProfileBatch) -> Iterator[ImportProblem]:
    yield from unknown_areas(session, [(file, row.row, row.area) for file, row in batch.rows])
    regimes = list(rating_regimes().values())
    for file, row in batch.rows:
        regime = next((one for one in regimes if one.holds_on(row.quarter.last_day)), None)
        if regime is None:
            spans = ", ".join(f"{one.id} from {one.valid_from}" for one in regimes)
            message = "no rating regime holds at its end."
            yield ImportProblem(file, row.row, "quarter", str(row.quarter), message, f"Known are: {spans}.")
        else:
            yield from _of_regime(file, row, regime)


def _of_regime(file: str, row: ProfileRow, regime: RatingRegime) -> Iterator[ImportProblem]:
    end = row.quarter.last_day
    if isinstance(row, GroupRow):
        groups = [group.id for group in regime.groups if group.holds_on(end)]
        if row.group not in groups:
            message = f"{regime.id} has no such group in {row.quarter}."
            yield ImportProblem(file, row.row, "group", row.group, message, nearest(row.group, groups))
        if row.oldest_on is not None and row.oldest_on > end:
            yield _too_late(file, row, "oldest_on", str(row.oldest_on))
    if isinstance(row, FindingRow):
        kinds = {
            kind.id: kind for kind in regime.findings if kind.holds_on(row.day) or row.day < regime.valid_from
        }
        if row.kind not in kinds:
            message = f"{regime.id} has no such kind of finding on that day."
            yield ImportProblem(file, row.row, "kind", row.kind, message, nearest(row.kind, kinds))
        else:
            known = kinds[row.kind].outcomes
            for outcome in (code for code in row.outcomes if code not in known):
                message = f"'{row.kind}' has no such outcome."
                yield ImportProblem(file, row.row, "outcomes", outcome, message, nearest(outcome, known))
        if row.day > end:
            yield _too_late(file, row, "day", str(row.day))


def _too_late(file: str, row: ProfileRow, column: str, value: str) -> ImportProblem:
    message = f"it is later than the last day of {row.quarter}."
    return ImportProblem(file, row.row, column, value, message, "Check the day, or the quarter.")
