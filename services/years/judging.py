"""Judging an area in a year: every judgement graded, in time, by the field exercise or by the area's review (R107)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, select

from config.findings import nearest
from config.yearly_rules import YearlyRules
from models import Activity, ActivityGrade, AssessmentGrade, YearlyAssessment
from reports.words import date_in_words
from services import audit
from services.audit import Word
from services.doors import ASSESS_FIELD, SAY_WHAT_WAS_WRONG, SAY_WHY, Advice
from services.errors import AlreadySo, Objection, Refused
from services.programme import policy_of
from services.years.made import reports_by_area, yearly_rules
from services.years.roles import days_of, has_field_exercise, review_years
from services.years.steps import ISSUED, JUDGED, PUBLISHED, place_of


@dataclass(frozen=True)
class Given:
    """The grade of a judgement, and the review that it comes from; blank if it was given."""

    grade: str
    from_review: str = ""


def judge_area(
    session: Session, row: YearlyAssessment, grades: Mapping[str, str], day: date, word: Word
) -> dict[str, Given]:
    """Grade every judgement of an area's assessment; in the year of a review its grades fill those left out (R113).

    Raises
    ------
    Refused
        With everything wrong: a judgement or grade that nobody knows, one that is missing, a result before the field
        exercise, one after the last day without a reason, a correction without one.
    """
    rules, before = yearly_rules(session), grades_of_assessment(session, row)
    after = {
        **_from_review(session, row, rules),
        **before,
        **{name: Given(grade) for name, grade in grades.items()},
    }
    if row.state in (JUDGED, PUBLISHED) and after == before and row.judged_on == day:
        raise AlreadySo.because(place_of(row), f"it was judged so on {date_in_words(day)}.")
    wrong = [
        *_stage(row, rules, day, word),
        *_known(row, rules, grades),
        *_missing(row, rules, after),
        *_corrected(row, before, after, word),
    ]
    if wrong:
        raise Refused(wrong)
    for name, given in after.items():
        session.merge(
            AssessmentGrade(
                assessment_id=row.id or 0,
                judgement=name,
                grade=given.grade,
                said_by=word.who,
                said_at=word.at,
                from_review=given.from_review,
            )
        )
    if row.state != PUBLISHED:
        row.state = JUDGED
    row.judged_on = day
    if day > days_of(row.year, rules).judged_by:
        row.late_because = word.note.strip()
    session.add(row)
    session.flush()
    audit.record_word(
        session,
        word,
        "judge assessment",
        place_of(row),
        before={name: given.grade for name, given in before.items()},
        after={name: given.grade for name, given in after.items()} | {"decided": day},
    )
    return after


def grades_of_assessment(session: Session, row: YearlyAssessment) -> dict[str, Given]:
    """What was graded, by judgement."""
    query = select(AssessmentGrade).where(AssessmentGrade.assessment_id == row.id)
    return {given.judgement: Given(given.grade, given.from_review) for given in session.exec(query)}


def _from_review(session: Session, row: YearlyAssessment, rules: YearlyRules) -> dict[str, Given]:
    """The grades that the area's review of that year gave to judgements of the same name (R042, R113)."""
    if has_field_exercise(row.year, row.role, rules):
        return {}
    codes = [
        report.activity
        for report in reports_by_area(session, policy_of(session)).get(row.area_code, ())
        if row.year in review_years([report.out_on], rules)
    ]
    found = {}
    for code in codes:
        activity = session.exec(select(Activity).where(Activity.code == code)).one()
        for given in session.exec(select(ActivityGrade).where(ActivityGrade.activity_id == activity.id)):
            if given.judgement in rules.judgements and given.grade in rules.scale:
                found[given.judgement] = Given(given.grade, code)
    return found


def _stage(row: YearlyAssessment, rules: YearlyRules, day: date, word: Word) -> Iterator[Objection]:
    place, days = place_of(row), days_of(row.year, rules)
    if has_field_exercise(row.year, row.role, rules):
        if row.field_on is None:
            message = "its field exercise has not begun, so there is no result yet."
            yield Objection(place, message, ASSESS_FIELD.advise("Record that it began"), "R109")
    elif row.state == ISSUED:
        yield Objection(place, "its self-assessment has not come back yet.", "Record that it came.", "R111")
    begun_on = row.field_on or row.returned_on
    if begun_on is not None and day < begun_on:
        message = f"{date_in_words(day)} is earlier than {date_in_words(begun_on)}, when the step before it was done."
        yield Objection(place, message, "Check the year.", field="day")
    if day > word.as_of:
        message = f"{date_in_words(day)} is later than today, {date_in_words(word.as_of)}."
        yield Objection(place, message, "Check the year.", field="day")
    if day > days.judged_by and not word.note.strip():
        message = (
            f"{date_in_words(day)} is later than {date_in_words(days.judged_by)}, by which all are judged."
        )
        yield Objection(place, message, SAY_WHY, "R115", field="why")


def _known(row: YearlyAssessment, rules: YearlyRules, grades: Mapping[str, str]) -> Iterator[Objection]:
    for name, grade in grades.items():
        place = f"{place_of(row)} {name}"
        if name not in rules.judgements:
            yield Objection(place, "nothing of that name is judged.", nearest(name, rules.judgements), "R107")
        elif grade not in rules.scale:
            advice = f"Choose one of: {', '.join(rules.scale)}."
            yield Objection(place, f"its scale has no grade '{grade}'.", advice, "R107", field=name)


def _missing(row: YearlyAssessment, rules: YearlyRules, after: Mapping[str, Given]) -> Iterator[Objection]:
    for name, words in rules.judgements.items():
        if name not in after:
            message = f"it has no grade for '{words}'."
            yield Objection(
                f"{place_of(row)} {name}",
                message,
                Advice(f"Give one, such as {name}=3.", "Choose one."),
                "R107",
                field=name,
            )


def _corrected(
    row: YearlyAssessment, before: Mapping[str, Given], after: Mapping[str, Given], word: Word
) -> Iterator[Objection]:
    if row.state not in (JUDGED, PUBLISHED) or word.note.strip():
        return
    for name, given in before.items():
        if after[name].grade != given.grade:
            message = f"it was graded {given.grade}; a correction needs a reason."
            yield Objection(f"{place_of(row)} {name}", message, SAY_WHAT_WAS_WRONG, field="why")
