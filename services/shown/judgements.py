"""What is judged of an activity, for people: each judgement within its scope, its grade and whose word it is."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, select

from config.judgements import Judgement
from models import Activity, ActivityGrade, Step
from reports.words import capitalised
from services.casework.judging import Judged, judgements_of
from services.casework.signatures import Signed
from services.casework.steps import last_day
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
    rows = {
        row.judgement: row
        for row in session.exec(select(ActivityGrade).where(ActivityGrade.activity_id == activity.id))
    }
    ends = {
        step.step_id: last_day(step)
        for step in session.exec(select(Step).where(Step.activity_id == activity.id))
    }
    return [
        _line(slot, rows.get(slot.id), judged, framework.roles)
        for slot in framework.judgements
        if slot.id in rows or _is_made(slot, ends.get(slot.decided_at), activity)
    ]


def _is_made(slot: Judgement, day: date | None, activity: Activity) -> bool:
    return day is not None and slot.holds_on(day) and slot.is_in(activity.outcomes)


def _line(slot: Judgement, row: ActivityGrade | None, judged: Judged, roles: dict[str, str]) -> JudgementLine:
    grade = row.grade if row is not None else ""
    note = capitalised(judged.overall.reason) if slot.is_overall and judged.grades else ""
    if slot.is_overall and judged.overall.grade is not None:
        grade = judged.overall.grade
    if row is None:
        return JudgementLine(slot.id, slot.name, grade, note=note)
    whom = roles.get(row.on_behalf_of, row.on_behalf_of)
    return JudgementLine(
        slot.id, slot.name, grade, Signed(row.said_by, row.decided_on, whom, row.on_behalf_why), note
    )
