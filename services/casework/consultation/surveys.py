"""The survey of schools and colleges, and the neighbourhood study of a review (R074, R075): counts and days only."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sqlmodel import Session, select

from config.consultation import Consultation
from models import Area, NeighbourhoodStudy, SchoolHoliday, SchoolSurvey
from reports.words import date_in_words, plural
from services import audit
from services.audit import Word
from services.casework.consultation.consulting_review import ConsultingReview, without
from services.casework.step_case import StepCase
from services.days.working_days import ONE_DAY, is_working_day
from services.doors import SURVEY, Advice
from services.errors import Objection

PARTS = ("context_on", "visits_on", "discussions_on")
"""Parts of a neighbourhood study: analysis of its context, visits, discussions (R075)."""


class SurveyDays(NamedTuple):
    """The days on which schools can answer: the first and the last, both included, and how many days they have."""

    first: date
    last: date
    working_days: int


@dataclass(frozen=True)
class Surveyed:
    """What is said of a survey; None leaves what is known as it is."""

    num_chosen: int | None = None
    why_chosen: str = ""
    sent_on: date | None = None
    num_returned: int | None = None
    returned_on: date | None = None
    why_fewer: str = ""


def survey_days(first: date, last: date, holidays: Iterable[tuple[date, date]]) -> SurveyDays | None:
    """When a survey of schools can run between two days, both included; None if there is no day of term (R074).

    Parameters
    ----------
    holidays
        School holidays, each from its first day to the day after its last.
    """
    closed = list(holidays)
    days, day = list[date](), first
    while day <= last:
        if is_working_day(day) and not any(start <= day < end for start, end in closed):
            days.append(day)
        day += ONE_DAY
    return SurveyDays(days[0], days[-1], len(days)) if days else None


def record_survey(session: Session, activity_id: int, said: Surveyed, word: Word) -> SchoolSurvey:
    """Record which schools were chosen and why, when they were sent the survey, and how many have returned it.

    Raises
    ------
    Refused
        With everything wrong: no number or reason, more or fewer schools than the framework says, a day that lies ahead
        or in a school holiday, more returned than sent.
    """
    case = ConsultingReview(session, activity_id, word)
    row = session.get(SchoolSurvey, activity_id)
    before = None if row is None else _kept(row)
    row = row or SchoolSurvey(
        activity_id=activity_id,
        num_chosen=0,
        why_chosen="",
        sent_on=word.as_of,
        recorded_by=word.who,
        recorded_at=word.at,
    )
    row.num_chosen = row.num_chosen if said.num_chosen is None else said.num_chosen
    row.why_chosen = said.why_chosen.strip() or row.why_chosen
    row.sent_on = said.sent_on or row.sent_on
    row.num_returned = row.num_returned if said.num_returned is None else said.num_returned
    row.returned_on = said.returned_on or row.returned_on or (word.as_of if row.num_returned else None)
    row.why_fewer = said.why_fewer.strip() or row.why_fewer
    case.refuse(_wrong(case, row))
    session.add(row)
    session.flush()
    audit.record_word(session, word, "survey schools", case.place, before=before, after=_kept(row))
    return row


def record_study(
    session: Session, activity_id: int, place: str, grounds: str, done: dict[str, date], word: Word
) -> NeighbourhoodStudy:
    """Record which neighbourhood is studied on which grounds, and when its parts were done; blank leaves a text.

    Raises
    ------
    Refused
        Without a place or grounds, for a part that there is not, or a day ahead.
    """
    case = ConsultingReview(session, activity_id, word)
    row = session.get(NeighbourhoodStudy, activity_id) or NeighbourhoodStudy(
        activity_id=activity_id, place="", grounds="", recorded_by=word.who, recorded_at=word.at
    )
    row.place, row.grounds = place.strip() or row.place, grounds.strip() or row.grounds
    name = f"{case.activity.code} neighbourhood"
    case.refuse(
        [
            *without(name, row.place, "which estate, ward or district it is", "place", "R075"),
            *without(name, row.grounds, "on which grounds it was chosen", "grounds", "R075"),
            *(objection for part, day in done.items() for objection in case.ahead(day, part)),
        ]
    )
    for part in PARTS:
        if part in done:
            setattr(row, part, done[part])
    session.add(row)
    session.flush()
    after = {"place": row.place, "grounds": row.grounds, **done}
    audit.record_word(session, word, "study neighbourhood", case.place, after=after)
    return row


def objections_to_survey(case: StepCase) -> Iterator[Objection]:
    """R074: where fewer schools answered than the framework wants, the leader says why first."""
    rule = case.framework.consultation
    if rule is None or case.step.step_id != rule.needed_for:
        return
    row = case.session.get(SchoolSurvey, case.activity.id)
    if row is None or row.num_returned >= rule.min_schools or row.why_fewer:
        return
    schools = plural(row.num_chosen, "school")
    message = f"{row.num_returned} of {schools} answered the survey, {rule.min_schools} should."
    advice = SURVEY.advise("Say why that is enough", code=case.activity.code)
    yield Objection(case.name, message, advice, "R074")


def _days(case: ConsultingReview) -> SurveyDays | None:
    stage = case.step(case.rule.held_in)
    if stage is None or stage.start_on is None or stage.end_on is None:
        return None
    calendar = case.session.get_one(Area, case.activity.area_code).holiday_calendar
    holidays = case.session.exec(select(SchoolHoliday).where(SchoolHoliday.calendar == calendar))
    last = stage.end_on - ONE_DAY
    return survey_days(stage.start_on, last, [(row.start_on, row.end_on) for row in holidays])


def _wrong(case: ConsultingReview, row: SchoolSurvey) -> Iterator[Objection]:
    rule: Consultation = case.rule
    place = f"{case.activity.code} survey"
    if not rule.min_schools <= row.num_chosen <= rule.max_schools:
        schools = plural(row.num_chosen, "school")
        message = f"{schools} were chosen; it goes to {rule.min_schools} to {rule.max_schools}."
        yield Objection(place, message, "Choose about fifteen.", "R074", "chosen")
    yield from without(place, row.why_chosen, "why these schools were chosen", "why_chosen", "R074")
    if row.num_returned > row.num_chosen:
        message = f"{row.num_returned} of {row.num_chosen} can't have returned it."
        yield Objection(
            place, message, Advice("Correct --returned.", "Correct the number."), field="returned"
        )
    yield from case.ahead(row.sent_on, "sent")
    if row.returned_on is not None:
        yield from case.ahead(row.returned_on, "returned_on")
        if row.returned_on < row.sent_on:
            message = f"{date_in_words(row.returned_on)} is earlier than it was sent."
            yield Objection(place, message, "Check the year.", field="returned_on")
    days = _days(case)
    if days is not None and not days.first <= row.sent_on <= days.last:
        told = f"{date_in_words(days.first)} to {date_in_words(days.last)}"
        message = f"{date_in_words(row.sent_on)} is outside {told}, when schools can answer in time."
        yield Objection(place, message, "Give a day of term within these.", "R074", "sent")


def _kept(row: SchoolSurvey) -> dict[str, object]:
    return {
        "chosen": row.num_chosen,
        "sent": row.sent_on,
        "returned": row.num_returned,
        "returned on": row.returned_on,
        "why fewer": row.why_fewer,
    }
