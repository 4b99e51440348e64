"""Judgements of an activity: grades on the framework's scales, limited where it says so (R146, R147)."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from config.applying import is_conditional
from config.findings import nearest
from config.framework import Framework
from models import Activity, ActivityGrade
from reports.words import date_in_words
from services import audit
from services.audit import Word
from services.casework.advancing import locked, settle
from services.casework.contacts import Contacts
from services.casework.overall import Overall, overall_grade, overall_slot
from services.casework.scope import scope_in_words
from services.casework.signers import Signer, Task, objections_to_signer
from services.casework.step_turns import Action, acting_roles
from services.casework.steps import LIVING, MovedStep, date_steps, first_day, steps_of
from services.conditions import grades_of
from services.errors import AlreadySo, Objection, Refused
from services.programme import rules_of


@dataclass(frozen=True)
class Judged:
    """The grades of an activity, the last one decided on that day; and the steps that moved because of them."""

    activity: str
    decided_on: date | None
    grades: Mapping[str, str]
    overall: Overall
    moved: tuple[MovedStep, ...] = ()


def judgements_of(session: Session, activity: Activity) -> Judged:
    """The grades of an activity as they are."""
    query = select(ActivityGrade).where(ActivityGrade.activity_id == activity.id)
    rows = list(session.exec(query))
    if not rows:
        return Judged(activity.code, None, {}, Overall(None, "nothing has been judged yet"))
    day, grades = max(row.decided_on for row in rows), {row.judgement: row.grade for row in rows}
    return Judged(activity.code, day, grades, overall_grade(rules_of(session).whole(activity), grades, day))


def judge(
    session: Session,
    activity_id: int,
    grades: Mapping[str, str],
    decided_on: date,
    word: Word,
    signer: Signer | None = None,
) -> Judged:
    """Record grades of an activity; steps that depend on them come or go at once.

    Parameters
    ----------
    grades
        By judgement; those left out stay as they are.
    word
        Who writes it down; its note is the reason, needed where a grade is corrected.
    signer
        Whose word it is: who holds the role that signs off the step at which it is judged (or acts in it, if nobody
        signs), or somebody on behalf of them. None: who writes it down.

    Raises
    ------
    Refused
        With every reason: unknown judgements or grades, a day that can't be, an overall grade beyond its limit,
        a correction without a reason, a signer who does not hold the role.
    """
    activity, signer = locked(session, col(Activity.id) == activity_id), signer or Signer(word.who)
    rules = rules_of(session)
    framework, before = rules.whole(activity), grades_of(session, activity)
    after = {**before, **grades}
    if _is_known(session, activity, grades, decided_on):
        raise AlreadySo.because(activity.code, f"it was graded so on {date_in_words(decided_on)}.")
    objections = [
        *_day(session, activity, framework, grades, decided_on, word.as_of),
        *_grades(activity, framework, grades, decided_on),
        *_corrected(activity, before, grades, word),
        *_signed(session, activity, framework, grades, (word, signer)),
    ]
    if not objections:
        objections = list(_beyond_limit(activity, framework, after, decided_on))
    if objections:
        raise Refused(objections)
    for name, grade in grades.items():
        session.merge(_graded(activity_id, name, grade, decided_on, (word, signer)))
    session.flush()
    if rules.conditions is not None:
        rules.conditions.forget()
    moved: tuple[MovedStep, ...] = ()
    if is_conditional(framework) and activity.plan_version is not None:
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
            "said by": signer.name,
            "on behalf of": signer.on_behalf_of,
            "because": signer.why,
            "moved": {step.step_id: [step.before, step.after] for step in moved},
        },
    )
    return Judged(activity.code, decided_on, after, overall_grade(framework, after, decided_on), moved)


def _graded(
    activity_id: int, name: str, grade: str, decided_on: date, said: tuple[Word, Signer]
) -> ActivityGrade:
    word, signer = said
    return ActivityGrade(
        activity_id=activity_id,
        judgement=name,
        grade=grade,
        decided_on=decided_on,
        said_by=signer.name,
        said_at=word.at,
        on_behalf_of=signer.on_behalf_of,
        on_behalf_why=signer.why if signer.on_behalf_of else "",
    )


def _signed(
    session: Session,
    activity: Activity,
    framework: Framework,
    grades: Mapping[str, str],
    said: tuple[Word, Signer],
) -> Iterator[Objection]:
    """Who judges holds the role of the step at which it is decided, as for a sign-off (R012)."""
    word, signer = said
    known = {slot.id: slot for slot in framework.judgements}
    contacts = Contacts(session, rules_of(session))
    steps = {step.step_id: step for step in steps_of(session, activity)}
    named = dict.fromkeys(known[name].decided_at for name in grades if name in known)
    for step in (steps[name] for name in named if name in steps):
        roles = tuple(acting_roles(step, Action.JUDGE))
        task = Task(f"{activity.code} {step.step_id}", roles, word.as_of, "judges it")
        yield from objections_to_signer(activity, task, signer, contacts)


def _is_known(session: Session, activity: Activity, grades: Mapping[str, str], decided_on: date) -> bool:
    query = select(ActivityGrade).where(ActivityGrade.activity_id == activity.id)
    known = {row.judgement: (row.grade, row.decided_on) for row in session.exec(query)}
    return bool(grades) and all(known.get(name) == (grade, decided_on) for name, grade in grades.items())


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
    known = {judgement.id for judgement in framework.judgements}
    for name in (name for name in grades if name in known):
        at = framework.judgement(name).decided_at
        if at not in begins:
            message = f"it is judged at {framework.step(at).in_rules()}, which has no date yet."
            yield Objection(f"{activity.code} {name}", message, "Publish a plan first.")
        elif decided_on < begins[at]:
            day = date_in_words(begins[at])
            name_of_step = framework.step(at).in_rules()
            message = f"{date_in_words(decided_on)} is earlier than {name_of_step}, which begins on {day}."
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


def _corrected(
    activity: Activity, before: Mapping[str, str], grades: Mapping[str, str], word: Word
) -> Iterator[Objection]:
    for name, grade in grades.items():
        if before.get(name, grade) != grade and not word.note.strip():
            message = f"it was graded {before[name]}; a correction needs a reason."
            yield Objection(f"{activity.code} {name}", message, "Say what was wrong.", field="why")


def _beyond_limit(
    activity: Activity, framework: Framework, grades: Mapping[str, str], day: date
) -> Iterator[Objection]:
    slot, overall = overall_slot(framework, day), overall_grade(framework, grades, day)
    if slot is None or overall.at_most is None or slot.id not in grades:
        return
    if slot.is_worse(overall.at_most, grades[slot.id]):
        message = f"it can't be {grades[slot.id]}: {overall.reason}."
        advice = f"Grade it {overall.at_most}, or correct the other grade."
        yield Objection(f"{activity.code} {slot.id}", message, advice)
