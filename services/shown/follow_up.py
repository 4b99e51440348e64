"""Follow-up for people: of a review its statement, recommendations and checks; of an area its interventions, too."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from config.framework import Framework
from models import Activity, Intervention, ProgressCheck, Recommendation
from reports.words import capitalised, date_in_words
from services.casework.announcement import announced
from services.casework.follow_up.interventions import interventions_in
from services.casework.follow_up.monitoring import carried_into, open_priorities
from services.casework.follow_up.rows import published_on, recommendations_of, step_named
from services.casework.follow_up.statements import statement_of
from services.casework.steps import first_day
from services.naming.areas import find_area
from services.naming.steps import find_activities
from services.programme import rules_of
from services.shown.recommendations import RecommendationLine, RecommendationLines, priority_first
from services.shown.shown_plan import Audience


@dataclass(frozen=True)
class CheckLine:
    """A check of progress: when it is due, when it was held, by whom and what was found."""

    number: int
    due_on: date
    held_on: date | None
    checked_by: str
    finding: str


@dataclass(frozen=True)
class ReviewFollowUp:
    """The follow-up of a review; `carried` are the priority actions of earlier ones that it considers first (R096).

    `statement` says in words how its statement of proposed action stands, blank where none is asked for.
    """

    row: int
    code: str
    name: str
    published_on: date | None
    statement: str
    recommendations: tuple[RecommendationLine, ...]
    carried: tuple[RecommendationLine, ...]
    checks: tuple[CheckLine, ...]


@dataclass(frozen=True)
class InterventionLine:
    """An intervention in words; `until_on` is None while it lasts."""

    number: int
    ground: str
    power: str
    from_on: date
    until_on: date | None
    source: str


@dataclass(frozen=True)
class AreaFollowUp:
    """The follow-up in an area; `priorities` is how many priority actions are open and may limit its rating (R096)."""

    area_code: str
    area: str
    reviews: tuple[ReviewFollowUp, ...]
    interventions: tuple[InterventionLine, ...]
    priorities: int


def follow_up_of(
    session: Session, text: str, as_of: date, audience: Audience = Audience.INSPECTORATE
) -> list[ReviewFollowUp]:
    """The follow-up of the activity of that code, or of every one of an area that makes recommendations.

    The authority's side sees those that are announced and published, and no other (R068).
    """
    rules, found = rules_of(session), []
    rows = find_activities(session, text)
    known = announced(session, {row.code for row in rows}) if audience is Audience.AUTHORITY else set()
    for activity in rows:
        framework = rules.of(activity)
        published = published_on(session, activity, framework)
        if framework.follow_up is None or activity.state == "cancelled":
            continue
        if audience is Audience.AUTHORITY and (published is None or activity.code not in known):
            continue
        carried = [] if audience is Audience.AUTHORITY else carried_into(session, activity, as_of)
        found.append(_review(session, activity, framework, as_of, carried))
    return found


def follow_up_of_area(
    session: Session, area_code: str, as_of: date, audience: Audience = Audience.INSPECTORATE
) -> AreaFollowUp:
    """Everything about follow-up in an area, by name or code."""
    area, words = find_area(session, area_code), rules_of(session).policy.follow_up
    reviews = follow_up_of(session, area.code, as_of, audience)
    seen, open_ones = {review.row for review in reviews}, open_priorities(session, area.code, as_of)
    return AreaFollowUp(
        area.code,
        area.name,
        tuple(reviews),
        tuple(
            _intervention(row, words.grounds, words.powers) for row in interventions_in(session, area.code)
        ),
        sum(row.activity_id in seen for row in open_ones),
    )


def _review(
    session: Session, activity: Activity, framework: Framework, as_of: date, carried: list[Recommendation]
) -> ReviewFollowUp:
    maker = RecommendationLines(session, as_of)
    checks = select(ProgressCheck).where(ProgressCheck.activity_id == activity.id)
    return ReviewFollowUp(
        row=activity.id or 0,
        code=activity.code,
        name=framework.name,
        published_on=published_on(session, activity, framework),
        statement=_statement(session, activity, framework),
        recommendations=tuple(
            priority_first([maker.line(row, activity) for row in recommendations_of(session, activity)])
        ),
        carried=tuple(maker.line(row, session.get_one(Activity, row.activity_id)) for row in carried),
        checks=tuple(
            CheckLine(row.id or 0, row.due_on, row.held_on, row.checked_by, row.finding)
            for row in session.exec(checks.order_by(col(ProgressCheck.due_on)))
        ),
    )


def _statement(session: Session, activity: Activity, framework: Framework) -> str:
    """'Due on 21 November 2006', 'accepted by the Secretary of State on 7 November 2006'."""
    rule = framework.follow_up
    step = step_named(session, activity, rule.statement_at or "") if rule is not None else None
    if step is None:
        return ""
    held = statement_of(session, activity.id)
    if held is None:
        return f"Due on {date_in_words(first_day(step))}"
    came = f"came on {date_in_words(held.received_on)}"
    if held.decided_on is None:
        return capitalised(came)
    why = f": {held.why}" if held.why else ""
    return capitalised(f"{came}, {held.state} by {held.decided_by} on {date_in_words(held.decided_on)}{why}")


def _intervention(row: Intervention, grounds: dict[str, str], powers: dict[str, str]) -> InterventionLine:
    return InterventionLine(
        row.id or 0,
        grounds.get(row.ground, row.ground),
        powers.get(row.power, row.power),
        row.from_on,
        row.until_on,
        row.source,
    )
