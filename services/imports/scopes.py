"""Narrow scopes in `scopes.csv`: activities that look at some outcomes only (R008); without the file they stay."""

from collections.abc import Collection, Iterator, Mapping

from sqlmodel import Session, col, select

from config.findings import nearest
from config.framework import Framework
from models import Activity
from services.imports.checks import Sheets
from services.imports.past import activity_of, framework_of_kind
from services.imports.problems import ImportProblem, ImportRefused, no_such_activity
from services.imports.reading import Batch, rows_of
from services.imports.rows import ProgrammeRow, ScopeRow
from services.plans.pinning import movable

FILE = "scopes.csv"


def check_scopes(
    sheets: Sheets, programme: ProgrammeRow, known: Mapping[str, Framework]
) -> Iterator[ImportProblem]:
    """Kinds that are not known, and outcomes that their framework does not have."""
    kinds = {framework.kind for framework in known.values()}
    for row in rows_of(sheets[FILE], ScopeRow):
        framework = framework_of_kind(row.kind, programme, known)
        if framework is None:
            message = "no framework is of this kind."
            yield ImportProblem(FILE, row.row, "kind", row.kind, message, nearest(row.kind, kinds))
            continue
        if not row.outcomes:
            advice = "Name those that it looks at, or delete the row."
            yield ImportProblem(FILE, row.row, "outcomes", "", "no outcome is named.", advice)
        yield from _unknown(row, framework)


def _unknown(row: ScopeRow, framework: Framework) -> Iterator[ImportProblem]:
    for name in row.outcomes:
        if name not in framework.outcomes:
            message = f"{framework.id} has no such outcome."
            advice = nearest(name, framework.outcomes) or "Add [outcomes] to the framework's file."
            yield ImportProblem(FILE, row.row, "outcomes", name, message, advice)


def set_scopes(
    session: Session, batch: Batch, known: Mapping[str, Framework], wanted: Collection[str]
) -> None:
    """Give exactly the activities of the file a narrow scope; what has begun keeps its own.

    Raises
    ------
    ImportRefused
        If an area has no such activity, or one that has begun would look at something else.
    """
    if FILE in batch.absent:
        return
    named: dict[str, tuple[ScopeRow, str | None]] = {}
    for row in batch.scopes:
        if meant := activity_of(row, batch.programme, known):
            code, framework = meant
            named[code] = row, framework.scope(row.outcomes)
    free, problems = movable(session), []
    rows = {row.code: row for row in session.exec(select(Activity).where(col(Activity.code).in_(wanted)))}
    for code, (row, scope) in named.items():
        if code not in rows:
            problems.append(no_such_activity(FILE, row.row, row.kind, code))
        elif code not in free and rows[code].scope != scope:
            problems.append(_begun(row, code))
    if problems:
        raise ImportRefused(problems)
    for code in rows.keys() & free:
        rows[code].scope = named[code][1] if code in named else None
    session.flush()


def _begun(row: ScopeRow, code: str) -> ImportProblem:
    text = ";".join(row.outcomes)
    message = f"{code} has begun, and looks at something else."
    return ImportProblem(
        FILE, row.row, "outcomes", text, message, "Write what it looks at, or delete the row."
    )
