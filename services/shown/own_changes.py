"""What somebody did last, each change with what takes it back."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from models import Activity, AuditEntry, Step
from services import audit
from services.casework.sign_offs import AGREE, RECORD, SIGN_OFF, WAIVE
from services.plans.by_hand import BY_HAND
from services.shown.history import HistoryLine, in_lines
from services.shown.log_words import value_of

MOST_SHOWN = 10


TAKEN_BACK = frozenset({SIGN_OFF, RECORD, AGREE, WAIVE})
"""Words about a step that `undo` takes back."""


@dataclass(frozen=True)
class OwnChange:
    """An entry of the log, and what goes back behind it.

    `step` is the number of the step that it is about, `is_word` whether it is a word that can be taken back;
    `made_from` is the plan of which it made a draft, `replaced` the plan that was published before; None: no such.
    """

    line: HistoryLine
    step: int | None = None
    is_word: bool = False
    made_from: int | None = None
    replaced: int | None = None


def last_changes_of(session: Session, _as_of: date, who: str) -> tuple[OwnChange, ...]:
    """The newest entries of the log by somebody of exactly this name, the newest first."""
    query = select(AuditEntry).where(AuditEntry.who == who).order_by(col(AuditEntry.id).desc())
    entries = list(session.exec(query.limit(MOST_SHOWN)))
    lines, steps = in_lines(session, entries), _steps(session, entries)
    return tuple(_change(entry, line, steps) for entry, line in zip(entries, lines, strict=True))


def _steps(session: Session, entries: Iterable[AuditEntry]) -> dict[str, int]:
    """The numbers of the steps that entries are about, by subject."""
    codes = {entry.subject.partition(" ")[0] for entry in entries}
    query = select(Activity.code, Step.step_id, Step.id).join(Step, col(Step.activity_id) == col(Activity.id))
    found = session.exec(query.where(col(Activity.code).in_(codes)))
    return {f"{code} {step}": number for code, step, number in found if number is not None}


def _change(entry: AuditEntry, line: HistoryLine, steps: Mapping[str, int]) -> OwnChange:
    before = value_of(entry.before)
    plan = before.get("plan") if isinstance(before, dict) else None
    return OwnChange(
        line,
        steps.get(entry.subject),
        entry.action in TAKEN_BACK,
        plan if entry.action == BY_HAND else None,
        plan if entry.action == audit.PUBLISH else None,
    )
