"""Judgements of an activity: grades on the framework's scales, limited where it says so (R146, R147)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from config.findings import nearest
from config.framework import Framework
from config.judgements import Judgement
from models import Activity, ActivityGrade
from reports.words import date_in_words
from services import audit
from services.audit import Word
from services.casework.advancing import locked, settle
from services.casework.contacts import Contacts
from services.casework.scope import scope_in_words
from services.casework.speakers import Subject, objections_to_speaker
from services.casework.steps import LIVING, MovedStep, date_steps, first_day, steps_of
from services.errors import AlreadySo, Objection, Refused
from services.outcomes import grades_of
from services.programme import rules_of


@dataclass(frozen=True)
class Overall:
    """The overall grade and its reason; None where it is not given, or none is made. `at_most` limits it."""

    grade: str | None
    reason: str
    at_most: str | None = None


@dataclass(frozen=True)
class Judged:
    """The grades of an activity, the last one decided on that day; and the steps that moved because of them."""

    activity: str
    decided_on: date | None
    grades: Mapping[str, str]
    overall: Overall
    moved: tuple[MovedStep, ...] = ()


def overall_grade(framework: Framework, grades: Mapping[str, str], day: date) -> Overall:
    """The overall grade of judgements made on a day: the given one, limited by the rules that hold then (R147).

    Where a limit leaves only the worst grade, that is the overall grade whatever is given.
    """
    slot = _overall(framework, day)
    if slot is None:
        return Overall(None, f"no overall judgement is made on {date_in_words(day)}")
    limits = [
        (limit, framework.judgement(limit.judgement))
        for limit in framework.grade_limits
        if limit.holds_on(day) and limit.judgement in grades
    ]
    met = [limit for limit, of in limits if not of.is_worse(limit.at_most, grades[limit.judgement])]
    given = grades.get(slot.id)
    if not met:
        return Overall(given, "no rule limits it")
    hardest = min(met, key=lambda limit: slot.scale.index(limit.overall_at_most))
    cited = f" ({', '.join(hardest.requirements)})" if hardest.requirements else ""
    name = framework.judgement(hardest.judgement).name
    reason = f"{name} is {grades[hardest.judgement]}, so it is at most {hardest.overall_at_most}{cited}"
    if hardest.overall_at_most == slot.scale[0]:
        given = slot.scale[0]
    return Overall(given, reason, hardest.overall_at_most)


def judgements_of(session: Session, activity: Activity) -> Judged:
    """The grades of an activity as they are."""
    query = select(ActivityGrade).where(ActivityGrade.activity_id == activity.id)
    rows = list(session.exec(query))
    if not rows:
        return Judged(activity.code, None, {}, Overall(None, "nothing has been judged yet"))
    day, grades = max(row.decided_on for row in rows), {row.judgement: row.grade for row in rows}
    return Judged(activity.code, day, grades, overall_grade(rules_of(session).whole(activity), grades, day))


def judge(
    session: Session, activity_id: int, grades: Mapping[str, str], decided_on: date, word: Word
) -> Judged:
    """Record grades of an activity; steps that depend on them come or go at once.

    Parameters
    ----------
    grades
        By judgement; those left out stay as they are.
    word
        Whose word it is; its note is the reason, needed where a grade is corrected.

    Raises
    ------
    Refused
        With every reason: unknown judgements or grades, a day that can't be, an overall grade beyond its limit,
        a correction without a reason.
    """
    activity = locked(session, col(Activity.id) == activity_id)
    rules = rules_of(session)
    framework, before = rules.whole(activity), grades_of(session, activity)
    after = {**before, **grades}
    if _is_known(session, activity, grades, decided_on):
        raise AlreadySo.because(activity.code, f"it was graded so on {date_in_words(decided_on)}.")
    objections = [
        *_day(session, activity, framework, grades, decided_on, word.as_of),
        *_grades(activity, framework, grades, decided_on),
        *_corrected(activity, before, grades, word),
        *_out_of_turn(session, activity, framework, grades, word),
    ]
    if not objections:
        objections = list(_beyond_limit(activity, framework, after, decided_on))
    if objections:
        raise Refused(objections)
    for name, grade in grades.items():
        _write(session, activity_id, name, grade, decided_on, word)
    session.flush()
    if rules.outcomes is not None:
        rules.outcomes.forget()
    moved: tuple[MovedStep, ...] = ()
    if framework.is_conditional() and activity.plan_version is not None:
        moved = date_steps(session, activity, rules.of(activity), word.as_of)
        activity.state = "under_way" if activity.state == "done" else activity.state  # it may have more to do
        settle(activity, steps_of(session, activity))
    audit.record_word(
        session,
        word,
        "judge",
        f"{activity.code} judgements",
        before={"grades": before},
        after={
            "grades": after,
            "decided": decided_on,
            "moved": {step.step_id: [step.before, step.after] for step in moved},
        },
    )
    return Judged(activity.code, decided_on, after, overall_grade(framework, after, decided_on), moved)


def _overall(framework: Framework, day: date) -> Judgement | None:
    return next((slot for slot in framework.judgements_on(day) if slot.is_overall), None)


def _is_known(session: Session, activity: Activity, grades: Mapping[str, str], decided_on: date) -> bool:
    query = select(ActivityGrade).where(ActivityGrade.activity_id == activity.id)
    known = {row.judgement: (row.grade, row.decided_on) for row in session.exec(query)}
    return bool(grades) and all(known.get(name) == (grade, decided_on) for name, grade in grades.items())


def _write(session: Session, activity_id: int, name: str, grade: str, decided_on: date, word: Word) -> None:
    row = session.get(ActivityGrade, (activity_id, name))
    if row is None:
        row = ActivityGrade(
            activity_id=activity_id,
            judgement=name,
            grade=grade,
            decided_on=decided_on,
            said_by=word.who,
            said_at=word.at,
        )
    row.grade, row.decided_on, row.said_by, row.said_at = grade, decided_on, word.who, word.at
    session.add(row)


def _day(
    session: Session,
    activity: Activity,
    framework: Framework,
    grades: Mapping[str, str],
    decided_on: date,
    as_of: date,
) -> Iterator[Objection]:
    if activity.state not in (*LIVING, "done"):
        advice = "Name another activity of the area."
        yield Objection(activity.code, f"the activity is {activity.state}.", advice)
    if decided_on > as_of:
        message = f"{date_in_words(decided_on)} is later than today, {date_in_words(as_of)}."
        yield Objection(activity.code, message, "Check the year.")
    begins = {step.step_id: first_day(step) for step in steps_of(session, activity)}
    for name in grades.keys() & {judgement.id for judgement in framework.judgements}:
        at = framework.judgement(name).decided_at
        if at not in begins:
            message = f"it is judged at {at}, which has no date yet."
            yield Objection(f"{activity.code} {name}", message, "Publish a plan first.")
        elif decided_on < begins[at]:
            day = date_in_words(begins[at])
            message = f"{date_in_words(decided_on)} is earlier than {at}, which begins on {day}."
            yield Objection(f"{activity.code} {name}", message, "Check the year.")


def _grades(
    activity: Activity, framework: Framework, grades: Mapping[str, str], day: date
) -> Iterator[Objection]:
    everywhere = {judgement.id: judgement for judgement in framework.judgements_on(day)}
    slots = {name: slot for name, slot in everywhere.items() if slot.is_in(activity.outcomes)}
    for name, grade in grades.items():
        place = f"{activity.code} {name}"
        if not framework.judgements:
            advice = "Add [[judgements]] to the framework's file."
            yield Objection(place, f"{framework.id} makes no judgements.", advice)
        elif name in everywhere.keys() - slots.keys():
            message = f"it is not within the scope: {scope_in_words(framework, activity)}."
            yield Objection(place, message, nearest(name, slots), "R008")
        elif name not in slots:
            message = f"nothing of that name is judged on {date_in_words(day)}."
            yield Objection(place, message, nearest(name, slots), "R146")
        elif grade not in slots[name].scale:
            advice = f"Choose one of: {', '.join(slots[name].scale)}."
            yield Objection(place, f"its scale has no grade '{grade}'.", advice, "R146")


def _out_of_turn(
    session: Session, activity: Activity, framework: Framework, grades: Mapping[str, str], word: Word
) -> Iterator[Objection]:
    """That a person may not grade the activity, at the step at which it is judged."""
    rules = rules_of(session)
    at = next((slot.decided_at for slot in framework.judgements if slot.id in grades), "")
    subject, contacts = Subject(activity.code, activity, at), Contacts(session, rules)
    yield from objections_to_speaker(subject, rules.policy.speakers.judgement, word, contacts)


def _corrected(
    activity: Activity, before: Mapping[str, str], grades: Mapping[str, str], word: Word
) -> Iterator[Objection]:
    for name, grade in grades.items():
        if before.get(name, grade) != grade and not word.note.strip():
            message = f"it was graded {before[name]}; a correction needs a reason."
            yield Objection(f"{activity.code} {name}", message, "Say what was wrong.")


def _beyond_limit(
    activity: Activity, framework: Framework, grades: Mapping[str, str], day: date
) -> Iterator[Objection]:
    slot, overall = _overall(framework, day), overall_grade(framework, grades, day)
    if slot is None or overall.at_most is None or slot.id not in grades:
        return
    if slot.is_worse(overall.at_most, grades[slot.id]):
        message = f"it can't be {grades[slot.id]}: {overall.reason}."
        advice = f"Grade it {overall.at_most}, or correct the other grade."
        yield Objection(f"{activity.code} {slot.id}", message, advice)
