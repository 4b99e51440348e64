"""How far a yearly assessment is: the self-assessment came back, the field exercise began, it is out (R109-R115)."""

from datetime import date

from sqlmodel import Session, col, select

from models import Area, YearlyAssessment
from reports.words import date_in_words, list_in_words, plural
from services import audit
from services.audit import Word
from services.doors import ASSESS_RETURN, SAY_WHY, YEARS
from services.errors import AlreadySo, Objection, Refused
from services.years.made import yearly_rules
from services.years.roles import days_of, has_field_exercise

ISSUED, RETURNED, FIELD, JUDGED, PUBLISHED = STATES = ("issued", "returned", "field", "judged", "published")
"""The states of a yearly assessment, in their order."""

STATE_WORDS = {
    ISSUED: "Self-assessment issued",
    RETURNED: "Self-assessment returned",
    FIELD: "In the field",
    JUDGED: "Judged",
    PUBLISHED: "Published",
}


def place_of(row: YearlyAssessment) -> str:
    """How messages call it: '816 2006'."""
    return f"{row.area_code} {row.year}"


def say_returned(session: Session, row: YearlyAssessment, day: date, word: Word) -> YearlyAssessment:
    """The area returned its self-assessment (R111).

    Raises
    ------
    Refused
        If the day is before it was issued or later than today, or the assessment is further already.
    """
    if row.state == RETURNED and row.returned_on == day:
        raise AlreadySo.because(place_of(row), f"it came back on {date_in_words(day)}.")
    wrong = _objections_to_day(row, day, row.issued_on, word.as_of)
    if row.state != ISSUED:
        wrong.append(_is_further(row))
    _refuse(wrong)
    return _moved(session, row, RETURNED, day, word)


def begin_field(session: Session, row: YearlyAssessment, day: date, word: Word) -> YearlyAssessment:
    """The field exercise in the area began, by Ofsted and CSCI together (R109).

    Raises
    ------
    Refused
        In the year of a review (R113), before the self-assessment is back, or without a reason outside its months.
    """
    rules = yearly_rules(session)
    days = days_of(row.year, rules)
    if row.state == FIELD and row.field_on == day:
        raise AlreadySo.because(place_of(row), f"it began on {date_in_words(day)}.")
    wrong = _objections_to_day(row, day, row.returned_on or row.issued_on, word.as_of)
    if not has_field_exercise(row.year, row.role, rules):
        message = "nothing is examined in the field in the year of a review, which supplies what is needed."
        wrong.append(Objection(place_of(row), message, "Judge it by the review.", "R113"))
    elif row.state == ISSUED:
        message = "its self-assessment has not come back yet."
        wrong.append(Objection(place_of(row), message, ASSESS_RETURN.advise("Record that it came"), "R111"))
    elif row.state != RETURNED:
        wrong.append(_is_further(row))
    elif not days.field_first <= day <= days.field_last and not word.note.strip():
        first, last = date_in_words(days.field_first), date_in_words(days.field_last)
        message = f"{date_in_words(day)} is not within {first} and {last}."
        wrong.append(Objection(place_of(row), message, SAY_WHY, "R109", field="why"))
    _refuse(wrong)
    return _moved(session, row, FIELD, day, word)


def publish_year(session: Session, year: int, day: date, word: Word) -> int:
    """The results of a year are out with the councils' CPA (R110, R115); the number of areas.

    Raises
    ------
    Refused
        If any area is not judged, with all of their names; without a reason after the last day.
    """
    rules = yearly_rules(session)
    days, title = days_of(year, rules), rules.title(year)
    query = (
        select(YearlyAssessment, Area)
        .join(Area, col(Area.code) == col(YearlyAssessment.area_code))
        .where(YearlyAssessment.year == year)
        .order_by(col(Area.name))
    )
    found = list(session.exec(query))
    open_names = [area.name for row, area in found if row.state not in (JUDGED, PUBLISHED)]
    judged = [row for row, _area in found if row.state == JUDGED]
    if found and not open_names and not judged:
        raise AlreadySo.because(title, "it is published.")
    wrong = []
    if not found:
        wrong.append(Objection(title, "no area has one.", "Check the year."))
    if open_names:
        count = plural(len(open_names), "area is", "areas are")
        message = f"{count} not judged: {list_in_words(open_names)}."
        wrong.append(
            Objection(title, message, YEARS.advise("See them, and judge them first", year=year), "R115")
        )
    if judged and day < max(row.judged_on or day for row in judged):
        wrong.append(Objection(title, "an area was judged later than that.", "Check the day.", field="day"))
    if day > word.as_of:
        message = f"{date_in_words(day)} is later than today, {date_in_words(word.as_of)}."
        wrong.append(Objection(title, message, "Check the year.", field="day"))
    if day > days.out_by and not word.note.strip():
        message = f"{date_in_words(day)} is later than {date_in_words(days.out_by)}."
        wrong.append(Objection(title, message, SAY_WHY, "R115", field="why"))
    _refuse(wrong)
    for row in judged:
        row.state, row.published_on = PUBLISHED, day
        session.add(row)
    audit.record_word(
        session, word, "publish year", f"assessments {year}", after={"areas": len(judged), "on": day}
    )
    return len(judged)


def _moved(session: Session, row: YearlyAssessment, state: str, day: date, word: Word) -> YearlyAssessment:
    before = row.state
    row.state = state
    setattr(row, f"{state}_on", day)
    session.add(row)
    session.flush()
    audit.record_word(
        session, word, f"assessment {state}", place_of(row), before=before, after={"state": state, "on": day}
    )
    return row


def _objections_to_day(row: YearlyAssessment, day: date, since: date, today: date) -> list[Objection]:
    """A day that lies before what comes first, or ahead."""
    if day < since:
        message = (
            f"{date_in_words(day)} is earlier than {date_in_words(since)}, when the step before it was done."
        )
        return [Objection(place_of(row), message, "Check the year.", field="day")]
    if day > today:
        message = f"{date_in_words(day)} is later than today, {date_in_words(today)}."
        return [Objection(place_of(row), message, "Check the year.", field="day")]
    return []


def _is_further(row: YearlyAssessment) -> Objection:
    message = f"it is further already: {STATE_WORDS[row.state].lower()}."
    return Objection(place_of(row), message, "See how it stands on the page Years of the area.")


def _refuse(wrong: list[Objection]) -> None:
    if wrong:
        raise Refused(wrong)
