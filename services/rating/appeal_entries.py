"""Appeals as they are read: how far each has come, what is to be done next and by when; and how they were decided."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from config.rating_files import find_regime
from models import AnnualRating, Area, RatingAppeal
from services.casework.waiver_reasons import reason_in_words
from services.days.weeks import day_before
from services.days.working_days import add_working_days, previous_working_day
from services.programme import policy_of
from services.rating.annual import round_of
from services.rating.appeal_steps import (
    NOT_UPHELD,
    UPHELD,
    Step,
    appeal_rules,
    find_appeal,
    lodge_by,
    steps_of_appeal,
)

STEP_WORDS: Mapping[Step, str] = {
    Step.QUERY: "query",
    Step.TALK: "talk before an appeal",
    Step.LODGED: "lodged",
    Step.EVIDENCE: "evidence added",
    Step.DECIDED: "decided",
    Step.TOLD: "the area was told",
}
NEXT_WORDS: Mapping[Step, str] = {
    Step.TALK: "talk with the area",
    Step.LODGED: "lodge the appeal",
    Step.DECIDED: "decide",
    Step.TOLD: "tell the area",
}
"""What is to be done next."""

OUTCOME_WORDS: Mapping[str, str] = {UPHELD: "upheld", NOT_UPHELD: "not upheld", "": ""}


@dataclass(frozen=True)
class AppealStepEntry:
    """Something that happened in an appeal."""

    step: Step
    name: str
    happened_on: date
    said_by: str
    note: str


@dataclass(frozen=True)
class AppealEntry:
    """An appeal on a day.

    Attributes
    ----------
    state
        In words: 'lodged', 'decided: upheld'.
    next_step, due
        What is to come and by when; None and None once the area was told.
    since
        The day from which the next step waits.
    waiver
        Why a rule of lodging was set aside; empty if none was.
    grade, new_grade
        The rating in words, and the one to which an upheld appeal led.
    """

    number: int
    area_code: str
    area: str
    year: int
    step: Step
    state: str
    steps: tuple[AppealStepEntry, ...]
    since: date
    next_step: Step | None
    due: date | None
    outcome: str
    complaint: str
    waiver: str
    grade: str
    new_grade: str

    @property
    def lodged_on(self) -> date | None:
        """The day on which it was lodged; None before."""
        return next((one.happened_on for one in self.steps if one.step is Step.LODGED), None)

    def is_late(self, day: date) -> bool:
        """Whether what is to come next is late on a day."""
        return self.due is not None and self.due < day


@dataclass(frozen=True)
class AppealCounts:
    """How many appeals of a year were lodged, and how they were decided (R153)."""

    lodged: int
    upheld: int
    not_upheld: int

    @property
    def num_open(self) -> int:
        """Those that wait for a decision."""
        return self.lodged - self.upheld - self.not_upheld


def list_appeals(
    session: Session, area_code: str | None = None, year: int | None = None
) -> list[AppealEntry]:
    """The appeals of all areas or one, of all years or one: what is to come first, by the day it is due."""
    query = select(RatingAppeal).order_by(col(RatingAppeal.id))
    if area_code is not None:
        query = query.where(RatingAppeal.area_code == area_code)
    if year is not None:
        query = query.where(RatingAppeal.year == year)
    found = [_entry(session, appeal) for appeal in session.exec(query)]
    return sorted(found, key=lambda entry: (entry.due is None, entry.due or date.max, entry.number))


def show_appeal(session: Session, number: int) -> AppealEntry:
    """The appeal of a number; NotFound if there is none."""
    return _entry(session, find_appeal(session, number))


def count_appeals(entries: Iterable[AppealEntry]) -> AppealCounts:
    """How many of these were lodged, and how they were decided."""
    lodged = [entry for entry in entries if entry.lodged_on is not None]
    outcomes = [entry.outcome for entry in lodged]
    return AppealCounts(
        len(lodged), outcomes.count(OUTCOME_WORDS[UPHELD]), outcomes.count(OUTCOME_WORDS[NOT_UPHELD])
    )


def _entry(session: Session, appeal: RatingAppeal) -> AppealEntry:
    rating = session.get_one(AnnualRating, appeal.rating_id)
    steps = tuple(
        AppealStepEntry(Step(row.step), STEP_WORDS[Step(row.step)], row.happened_on, row.said_by, row.note)
        for row in steps_of_appeal(session, appeal)
    )
    last, outcome = steps[-1], OUTCOME_WORDS[appeal.outcome]
    next_step, due = _next(rating, steps)
    new = None if appeal.new_rating_id is None else session.get_one(AnnualRating, appeal.new_rating_id)
    regime, reasons = find_regime(rating.regime), policy_of(session).waivers.reasons
    waiver = reason_in_words(appeal.waiver_code, appeal.waiver_reason, reasons) if appeal.waiver_code else ""
    return AppealEntry(
        number=appeal.id or 0,
        area_code=appeal.area_code,
        area=session.get_one(Area, appeal.area_code).name,
        year=appeal.year,
        step=last.step,
        state=f"{last.name}: {outcome}" if outcome else last.name,
        steps=steps,
        since=last.happened_on,
        next_step=next_step,
        due=due,
        outcome=outcome,
        complaint=appeal.complaint,
        waiver=waiver,
        grade=regime.grade_name(rating.grade),
        new_grade="" if new is None else find_regime(new.regime).grade_name(new.grade),
    )


def _next(rating: AnnualRating, steps: tuple[AppealStepEntry, ...]) -> tuple[Step | None, date | None]:
    """What comes next, and by when; a decision comes before publication, too (R153)."""
    rules, last = appeal_rules(rating), steps[-1]
    if last.step is Step.QUERY:
        return Step.TALK, add_working_days(last.happened_on, rules.talk_within)
    if last.step is Step.TALK:
        return Step.LODGED, lodge_by(rating)
    if last.step in (Step.LODGED, Step.EVIDENCE):
        lodged_on = next(one.happened_on for one in steps if one.step is Step.LODGED)
        before = previous_working_day(day_before(round_of(rating).published_on))
        return Step.DECIDED, min(add_working_days(lodged_on, rules.decide_within), before)
    if last.step is Step.DECIDED:
        return Step.TOLD, add_working_days(last.happened_on, rules.tell_within)
    return None, None
