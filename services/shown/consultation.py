"""The consultation of a review for people: groups, survey, study, concerns and feedback, and what is to be noted."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from config.consultation import Consultation
from models import Activity, Area, GroupConsultation, NeighbourhoodStudy, SchoolHoliday, SchoolSurvey
from reports.words import date_in_words, plural
from services.casework.consultation.feeding_back import feedback_of
from services.casework.consultation.groups import groups_of
from services.casework.consultation.raised_concerns import concerns_of
from services.casework.consultation.surveys import SurveyDays, survey_days
from services.casework.steps import first_day, steps_of
from services.days.working_days import ONE_DAY
from services.errors import NotFound
from services.naming.steps import find_activities
from services.programme import rules_of


@dataclass(frozen=True)
class GroupLine:
    """A group that is consulted; `grounds` is blank for one that always is. `times` are its consultations in words."""

    code: str
    name: str
    grounds: str
    times: tuple[str, ...]


@dataclass(frozen=True)
class ConcernLine:
    """A concern: its number and days, and how it stands in words; `is_late` once it is escalated."""

    number: int
    raised_on: date
    status: str
    is_open: bool
    is_late: bool


@dataclass(frozen=True)
class ConsultationView:
    """The consultation of a review.

    `days` is when the survey of schools can run; `survey`, `study` and `feedback` are sentences, blank for what is not
    recorded. `is_feedback_late` once the step has passed by which those who were consulted should know.
    """

    row: int
    code: str
    days: SurveyDays | None
    groups: tuple[GroupLine, ...]
    survey: str
    study: str
    concerns: tuple[ConcernLine, ...]
    feedback: tuple[str, ...]
    is_feedback_late: bool
    local_groups: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class ConsultationForm:
    """A review with its consultation, where it is, its roles, and whether its report is published."""

    view: ConsultationView
    name: str
    area: str
    area_code: str
    roles: tuple[tuple[str, str], ...]
    is_published: bool


def consultation_form(session: Session, number: int, as_of: date) -> ConsultationForm:
    """The review of a row; NotFound if there is none, or if nobody is consulted in it."""
    row = session.get(Activity, number)
    found = [] if row is None else consultation_of(session, row.code, as_of)
    framework = None if row is None else rules_of(session).of(row)
    rule = None if framework is None else framework.consultation
    if row is None or framework is None or rule is None or not found:
        raise NotFound(f"activity {number}", "nobody is consulted in it.", "Go to the area's page.")
    steps = steps_of(session, row)
    return ConsultationForm(
        view=found[0],
        name=framework.name,
        area=session.get_one(Area, row.area_code).name,
        area_code=row.area_code,
        roles=tuple(framework.roles.items()),
        is_published=any(step.step_id == rule.published_at and step.state == "done" for step in steps),
    )


def consultation_of(session: Session, text: str, as_of: date) -> list[ConsultationView]:
    """The consultation of the activity of that code, or of every one of an area in which children are consulted."""
    found = []
    for activity in find_activities(session, text):
        rule = rules_of(session).of(activity).consultation
        if rule is not None and activity.state != "cancelled":
            found.append(_view(session, activity, rule, as_of))
    return found


def _view(session: Session, activity: Activity, rule: Consultation, as_of: date) -> ConsultationView:
    steps = {step.step_id: step for step in steps_of(session, activity)}
    stage, by = steps.get(rule.held_in), steps.get(rule.fed_back_by)
    days = None
    if stage is not None and stage.start_on is not None and stage.end_on is not None:
        calendar = session.get_one(Area, activity.area_code).holiday_calendar
        holidays = session.exec(select(SchoolHoliday).where(SchoolHoliday.calendar == calendar))
        closed = [(row.start_on, row.end_on) for row in holidays]
        days = survey_days(stage.start_on, stage.end_on - ONE_DAY, closed)
    feedback = feedback_of(session, activity.id)
    chosen = {row.group_code: row.grounds for row in groups_of(session, activity.id)}
    published = steps.get(rule.published_at)
    is_out = published is not None and published.state == "done"
    return ConsultationView(
        row=activity.id or 0,
        code=activity.code,
        days=days,
        groups=tuple(
            GroupLine(code, rule.group_name(code), grounds, _times(session, activity.area_code, code))
            for code, grounds in {**dict.fromkeys(rule.groups, ""), **chosen}.items()
        ),
        survey=_survey(session.get(SchoolSurvey, activity.id)),
        study=_study(session.get(NeighbourhoodStudy, activity.id)),
        concerns=tuple(
            ConcernLine(
                row.id or 0,
                row.raised_on,
                _status(row.closed_on, row.referred_to, row.due_on, as_of),
                row.closed_on is None,
                row.closed_on is None and row.due_on < as_of,
            )
            for row in concerns_of(session, activity.id)
        ),
        feedback=tuple(f"{row.whom}, {date_in_words(row.given_on)}: {row.how}" for row in feedback),
        is_feedback_late=is_out and by is not None and not feedback and first_day(by) < as_of,
        local_groups=tuple(rule.local_groups.items()),
    )


def _times(session: Session, area: str, code: str) -> tuple[str, ...]:
    query = select(GroupConsultation).where(
        GroupConsultation.area_code == area, GroupConsultation.group_code == code
    )
    rows = session.exec(query.order_by(col(GroupConsultation.held_on)))
    return tuple(f"{row.consultation}, {date_in_words(row.held_on)}" for row in rows)


def _survey(row: SchoolSurvey | None) -> str:
    """'13 of 15 schools returned it by 7 April 2006', with why fewer will do."""
    if row is None:
        return ""
    fewer = f"; {row.why_fewer}" if row.why_fewer else ""
    if row.returned_on is None:
        return f"Sent to {plural(row.num_chosen, 'school')} on {date_in_words(row.sent_on)} ({row.why_chosen}){fewer}"
    by = date_in_words(row.returned_on)
    return f"{row.num_returned} of {row.num_chosen} schools returned it by {by} ({row.why_chosen}){fewer}"


def _study(row: NeighbourhoodStudy | None) -> str:
    if row is None:
        return ""
    parts = (("context", row.context_on), ("visits", row.visits_on), ("discussions", row.discussions_on))
    done = [f"{name} {date_in_words(day) if day else 'to come'}" for name, day in parts]
    return f"{row.place} ({row.grounds}): {', '.join(done)}"


def _status(closed_on: date | None, referred_to: str, due_on: date, as_of: date) -> str:
    if closed_on is not None:
        how = f"referred to {referred_to}" if referred_to else "answered"
        return f"{how} on {date_in_words(closed_on)}"
    late = ", escalated" if due_on < as_of else ""
    return f"to be answered or referred by {date_in_words(due_on)}{late}"
