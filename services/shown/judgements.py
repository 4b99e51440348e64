"""What is judged of an activity, for people: each judgement within its scope, its grade and whose word it is."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, select

from config.judgements import Judgement
from models import Activity, ActivityGrade
from reports.words import capitalised
from services.casework.judging import Judged, judgements_of
from services.casework.signatures import Signed, judged_by
from services.casework.steps import last_day, steps_of
from services.programme import rules_of


@dataclass(frozen=True)
class JudgementLine:
    """A judgement: `grade` is blank while nobody has given it; `said` who did, for whom and why."""

    id: str
    name: str
    grade: str = ""
    said: Signed | None = None
    note: str = ""


def judgement_lines(session: Session, activity: Activity) -> list[JudgementLine]:
    """Every judgement that is made of it, in the framework's order; empty if its framework makes none (R008, R012).

    A judgement is made if it holds on the day on which its step ends, or was made all the same. The overall one has
    the grade that follows from the others, and the reason.
    """
    framework, judged = rules_of(session).whole(activity), judgements_of(session, activity)
    grades = session.exec(select(ActivityGrade).where(ActivityGrade.activity_id == activity.id))
    said = {grade.judgement: judged_by(framework, grade) for grade in grades}
    ends = {step.step_id: last_day(step) for step in steps_of(session, activity)}
    return [
        _line(slot, said.get(slot.id), judged)
        for slot in framework.judgements
        if slot.id in said or _is_made(slot, ends.get(slot.decided_at), activity)
    ]


def _is_made(slot: Judgement, day: date | None, activity: Activity) -> bool:
    return day is not None and slot.holds_on(day) and slot.is_in(activity.outcomes)


def _line(slot: Judgement, said: Signed | None, judged: Judged) -> JudgementLine:
    grade = judged.grades.get(slot.id, "")
    note = capitalised(judged.overall.reason) if slot.is_overall and judged.grades else ""
    if slot.is_overall and judged.overall.grade is not None:
        grade = judged.overall.grade
    return JudgementLine(slot.id, slot.name, grade, said, note)
