"""How precise the dates of an activity are: indicative, confirmed, final; it only rises (R016-R018)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sqlmodel import Session, col, select

from config.findings import nearest
from config.policy import ConfirmationRules, day_in
from models import Activity, PlannedStage
from reports.words import date_in_words, plural
from services import audit
from services.audit import Word
from services.casework.steps import LIVING
from services.days.weeks import financial_year
from services.errors import Objection, Refused
from services.programme import find_programme, policy_of


class Precision(StrEnum):
    """The three levels, in their order."""

    INDICATIVE = "indicative"
    CONFIRMED = "confirmed"
    FINAL = "final"

    @property
    def rank(self) -> int:
        """0, 1 or 2."""
        return list(Precision).index(self)

    @classmethod
    def of(cls, word: str) -> "Precision":
        """The level of that name, else Refused with advice."""
        if word not in list(cls):
            raise Refused.because(
                "precision", f"there is no level '{word}'.", nearest(word, list(cls)), "R018"
            )
        return cls(word)


@dataclass(frozen=True)
class Raised:
    """Activities whose dates became more precise. `due_on` is the day by which that was due; `is_late`: after it."""

    precision: Precision
    activities: tuple[str, ...]
    due_on: date | None
    is_late: bool


def higher(present: str | None, level: Precision) -> str:
    """The higher of an activity's level and a new one: precision never falls (R018)."""
    if present is None or Precision.of(present).rank < level.rank:
        return level.value
    return present


def confirm_year(session: Session, year: str, word: Word) -> Raised:
    """Confirm every activity that starts in a financial year ('FY2006-07'), due by 31 December before it (R016).

    Late confirmation needs a reason, the word's note, which the audit log keeps.
    """
    due_on = confirmation_due(year, policy_of(session).confirmation)
    first_days, known_from = first_stage_days(session), first_binding_day(session)
    chosen = [
        activity
        for activity in _published(session)
        if activity.code in first_days and financial_year(first_days[activity.code]) == year
    ]
    if not chosen:
        years = sorted({financial_year(day) for day in first_days.values()})
        message = "no published activity starts in that financial year."
        raise Refused.because(year, message, nearest(year, years), "R016")
    could_be = due_on if due_on >= known_from else None
    return _raise(session, chosen, Precision.CONFIRMED, could_be, word, "R016")


def finalise(session: Session, codes: Iterable[str] | None, word: Word) -> Raised:
    """Make the dates of activities final: those named, or (None) all that are due to be by a day (R017).

    Due on 31 March or twelve weeks before the first stage, whichever is earlier; late needs a reason, the word's note.

    Raises
    ------
    Refused
        If a code is unknown or not published, or if it is late and there is no reason.
    """
    rules, first_days = policy_of(session).confirmation, first_stage_days(session)
    published = {activity.code: activity for activity in _published(session)}
    known_from = first_binding_day(session)
    due = {code: final_due(first_days[code], rules, known_from) for code in published}
    if codes is None:
        chosen = [code for code, day in due.items() if day is None or day <= word.as_of]
    else:
        chosen = list(dict.fromkeys(codes))
        unknown = [code for code in chosen if code not in published]
        if unknown:
            message = "no published activity has that code."
            raise Refused(
                [
                    Objection(code, message, nearest(code, published) or "Publish a plan first.")
                    for code in unknown
                ]
            )
    earliest = min((day for code in chosen if (day := due[code]) is not None), default=None)
    rows = [published[code] for code in chosen]
    return _raise(session, rows, Precision.FINAL, earliest, word, "R017")


def confirmation_due(year: str, rules: ConfirmationRules) -> date:
    """The day by which a financial year is to be confirmed: 31 December before it (R016)."""
    return day_in(_first_day(year).year - 1, rules.confirm_by)


def final_due(first_stage_on: date, rules: ConfirmationRules, known_from: date = date.min) -> date | None:
    """The day by which an activity's dates are to be final (R017).

    The day of the policy (31 March) is the last one on or before the first day of the activity's financial
    year; twelve weeks before its first stage hold if they are earlier.

    Parameters
    ----------
    known_from
        A day before it could not be kept; None is returned where neither could.
    """
    starts_on = _first_day(financial_year(first_stage_on))
    by_year = day_in(starts_on.year, rules.final_by)
    if by_year > starts_on:
        by_year = day_in(starts_on.year - 1, rules.final_by)
    days = by_year, first_stage_on - timedelta(weeks=rules.final_weeks_before)
    return min((day for day in days if day >= known_from), default=None)


def first_stage_days(session: Session) -> dict[str, date]:
    """The day on which each published activity begins, by its code."""
    query = (
        select(col(Activity.code), col(PlannedStage.start_on))
        .join(PlannedStage, col(PlannedStage.activity_code) == col(Activity.code))
        .where(col(PlannedStage.plan_version) == col(Activity.plan_version))
    )
    found: dict[str, date] = {}
    for code, start_on in session.exec(query):
        found[code] = min(start_on, found.get(code, start_on))
    return found


def _first_day(year: str) -> date:
    """1 April of a financial year's name: 'FY2006-07'."""
    try:
        first = date(int(year.removeprefix("FY")[:4]), 4, 1)
    except ValueError:
        first = None
    if first is None or financial_year(first) != year:
        raise Refused.because(year, "this is not a financial year.", "Write it like FY2006-07.", "R016")
    return first


def first_binding_day(session: Session) -> date:
    """The first day on which a word about dates could be kept: the planning date, or the begin if that was earlier.

    A programme that is planned again later on has had its dates from the begin.
    """
    programme = find_programme(session)
    return min(programme.planned_on, programme.first_start_on)


def _published(session: Session) -> list[Activity]:
    query = select(Activity).where(col(Activity.precision).is_not(None), col(Activity.state).in_(LIVING))
    return list(session.exec(query.order_by(col(Activity.code))))


def _raise(
    session: Session,
    activities: list[Activity],
    level: Precision,
    due_on: date | None,
    word: Word,
    requirement: str,
) -> Raised:
    rising = [activity for activity in activities if higher(activity.precision, level) != activity.precision]
    is_late = bool(rising) and due_on is not None and word.as_of > due_on
    if due_on is not None and is_late and not word.note.strip():
        whose = plural(len(rising), "activity", "activities")
        message = f"the dates of {whose} should have been {level} by {date_in_words(due_on)}."
        raise Refused.because("programme", message, "Give the reason for the delay.", requirement, "why")
    before = {activity.code: activity.precision for activity in rising}
    for activity in rising:
        activity.precision = level.value
    after = dict.fromkeys(before, level.value)
    if rising:
        audit.record_word(session, word, f"make {level}", "programme", before=before, after=after)
    return Raised(level, tuple(before), due_on, is_late)
