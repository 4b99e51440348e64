"""What is of a body: its inspectors, the reviews in which they or its contacts have a part, and what waits for them."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, func, select

from models import Activity, Body, Contact, Inspector, TeamPlace
from services.errors import NotFound
from services.programme import rules_of
from services.shown.outlook import StepLine, needs_action, next_step, step_lines
from services.shown.people_list import PersonLine, people_lines
from services.shown.recommendations import RecommendationLine, monitored
from services.shown.waiting_list import Waiting, waiting


@dataclass(frozen=True)
class ReviewLine:
    """A review: its first and last day, both included, and the step that is next (None: all is done)."""

    area: str
    area_code: str
    activity: str
    activity_name: str
    first_on: date
    last_on: date
    next_step: StepLine | None


@dataclass(frozen=True)
class BodyView:
    """A body's inspectors, its reviews by their first days, the steps that need action, its turn and its monitoring."""

    name: str
    code: str
    people: tuple[PersonLine, ...]
    reviews: tuple[ReviewLine, ...]
    action: tuple[StepLine, ...]
    required: tuple[Waiting, ...]
    monitored: tuple[RecommendationLine, ...] = ()


def reviews_of_body(session: Session, _as_of: date, body: str, email: str = "") -> frozenset[str]:
    """Codes of the activities in whose team one of its inspectors is, or in which a mail address of it has a role.

    Parameters
    ----------
    email
        That of the account which asks: a contact of the body, such as the lead inspectorate's office.
    """
    team = (
        select(Activity.code)
        .join(TeamPlace, col(TeamPlace.activity_code) == col(Activity.code))
        .join(Inspector, col(Inspector.code) == col(TeamPlace.inspector_code))
        .where(col(TeamPlace.plan_version) == col(Activity.plan_version), Inspector.body_code == body)
    )
    found = set(session.exec(team))
    held = select(Contact).where(func.lower(col(Contact.email)) == email.lower(), Contact.email != "")
    roles = [(contact.area_code, contact.role) for contact in session.exec(held)]
    if roles:
        rules = rules_of(session)
        for activity in session.exec(select(Activity)):
            known = rules.of(activity).roles
            if any(area in (None, activity.area_code) and role in known for area, role in roles):
                found.add(activity.code)
    return frozenset(found)


def is_on_list(session: Session, as_of: date, recommendation: int, body: str | None) -> bool:
    """Whether a recommendation, by its row, is on the list of what a body monitors (R090)."""
    return any(line.row == recommendation for line in monitored(session, as_of, body or ""))


def areas_of_body(session: Session, as_of: date, body: str, email: str = "") -> frozenset[str]:
    """Codes of the areas with such a review."""
    codes = reviews_of_body(session, as_of, body, email)
    return frozenset(session.exec(select(Activity.area_code).where(col(Activity.code).in_(codes))))


def body_view(session: Session, as_of: date, body: str, email: str = "") -> BodyView:
    """Everything that is of a body on a day; NotFound if there is no such body."""
    row = session.get(Body, body)
    if row is None:
        raise NotFound(f"body {body}", "there is no such body.", "Use a code of bodies.csv.")
    inspectors = session.exec(select(Inspector).where(Inspector.body_code == body)).all()
    mailboxes = {person.email.lower() for person in inspectors}
    mine = reviews_of_body(session, as_of, body, email)
    lines = [line for line in step_lines(session, as_of) if line.activity in mine]
    addresses = (mailboxes | {email.lower()}) - {""}
    required = (
        item
        for item in waiting(session, as_of)
        if item.action.activity in mine and any(person.mailbox in addresses for person in item.people)
    )
    return BodyView(
        name=row.name,
        code=row.code,
        people=tuple(line for line in people_lines(session, as_of) if line.body_code == body),
        reviews=_reviews(lines),
        action=tuple(needs_action(lines)),
        required=tuple(required),
        monitored=tuple(monitored(session, as_of, body)),
    )


def _reviews(lines: list[StepLine]) -> tuple[ReviewLine, ...]:
    by_activity: dict[str, list[StepLine]] = {}
    for line in lines:
        by_activity.setdefault(line.activity, []).append(line)
    found = [
        ReviewLine(
            area=steps[0].area,
            area_code=steps[0].area_code,
            activity=code,
            activity_name=steps[0].activity_name,
            first_on=min(step.first_on for step in steps),
            last_on=max(step.last_on for step in steps),
            next_step=next_step(steps),
        )
        for code, steps in by_activity.items()
    ]
    return tuple(sorted(found, key=lambda line: (line.first_on, line.activity)))
