"""Recommendations for people: each with its owners, its monitor and what is done about it; and a monitor's list."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from models import Activity, Area, ProposedAction, Recommendation
from services.casework.follow_up.owners import monitor_in_words
from services.casework.follow_up.rows import actions_about, published_on
from services.casework.follow_up.states import State, is_late, is_on, state_of, state_of_action
from services.naming.areas import find_area
from services.programme import rules_of


@dataclass(frozen=True)
class ActionLine:
    """What an owner does about a recommendation."""

    number: int
    text: str
    owner: str
    due_on: date
    begun_on: date | None
    done_on: date | None
    evidence: str
    state: State
    is_late: bool


@dataclass(frozen=True)
class RecommendationLine:
    """A recommendation: `row` tells it from all, `number` from others of its review; `organisations` lead first.

    `monitor` is in words, `monitor_key` as the policy has it, `body` the code of the body that it is; `agenda` is the
    yearly assessment that opens with it, blank for any other monitor. `is_on` while a monitor has it on its list.
    """

    row: int
    number: int
    activity: str
    activity_name: str
    area_code: str
    area: str
    text: str
    is_priority: bool
    cause: str
    organisations: tuple[str, ...]
    monitor: str
    monitor_key: str
    body: str
    agenda: str
    published_on: date | None
    answer: str
    state: State
    is_on: bool
    closed_by: str
    actions: tuple[ActionLine, ...]

    @property
    def owner(self) -> str:
        """The organisation that leads; blank for none."""
        return self.organisations[0] if self.organisations else ""

    @property
    def next_due(self) -> date | None:
        """The day by which the next action is due that is not done."""
        return min((action.due_on for action in self.actions if action.done_on is None), default=None)


def all_recommendations(session: Session, as_of: date, area: str | None = None) -> list[RecommendationLine]:
    """The recommendations of all areas or one: priority actions first, then by area, review and number."""
    query = select(Recommendation, Activity).join(
        Activity, col(Activity.id) == col(Recommendation.activity_id)
    )
    query = query.where(col(Recommendation.withdrawn_on).is_(None), Activity.state != "cancelled")
    if area is not None:
        query = query.where(Activity.area_code == find_area(session, area).code)
    maker = RecommendationLines(session, as_of)
    lines = [maker.line(row, activity) for row, activity in session.exec(query).all()]
    return priority_first(lines)


def monitored(session: Session, as_of: date, monitor: str) -> list[RecommendationLine]:
    """What is on the list of a monitor: published, and neither confirmed nor closed (R090, R093, R096).

    Parameters
    ----------
    monitor
        A key of the policy, or the code of a body.
    """
    lines = all_recommendations(session, as_of)
    is_its = (line for line in lines if monitor in (line.monitor_key, line.body))
    return [line for line in is_its if line.is_on and line.published_on is not None]


class RecommendationLines:
    """Makes lines; rules, areas and days of publication are read once."""

    def __init__(self, session: Session, as_of: date) -> None:
        self._session, self._as_of, self._rules = session, as_of, rules_of(session)
        self._published: dict[int, date | None] = {}

    def line(self, row: Recommendation, activity: Activity) -> RecommendationLine:
        """A recommendation of an activity in words."""
        words, framework = self._rules.policy.follow_up, self._rules.of(activity)
        number = activity.id or 0
        if number not in self._published:
            self._published[number] = published_on(self._session, activity, framework)
        published = self._published[number]
        monitor = words.monitors.get(row.monitor)
        actions = actions_about(self._session, row)
        return RecommendationLine(
            row=row.id or 0,
            number=row.number,
            activity=activity.code,
            activity_name=framework.name,
            area_code=activity.area_code,
            area=self._session.get_one(Area, activity.area_code).name,
            text=row.text,
            is_priority=row.is_priority,
            cause=words.causes.get(row.cause, row.cause),
            organisations=tuple(filter(None, (row.owner, *row.others.split("\n")))),
            monitor=monitor_in_words(self._session, row.monitor, words),
            monitor_key=row.monitor,
            body=monitor.body if monitor is not None else row.monitor,
            agenda=self._agenda(published) if words.is_yearly(row.monitor) else "",
            published_on=published,
            answer=row.answer,
            state=state_of(row, actions, self._as_of),
            is_on=is_on(row),
            closed_by=self._closed_by(row),
            actions=tuple(_action(action, self._as_of) for action in actions),
        )

    def _agenda(self, published: date | None) -> str:
        return "" if published is None else self._rules.policy.events.agenda.following(published)

    def _closed_by(self, row: Recommendation) -> str:
        return "" if row.closed_by_id is None else self._session.get_one(Activity, row.closed_by_id).code


def _action(action: ProposedAction, as_of: date) -> ActionLine:
    return ActionLine(
        action.id or 0,
        action.text,
        action.owner,
        action.due_on,
        action.begun_on,
        action.done_on,
        action.evidence,
        state_of_action(action, as_of),
        is_late(action, as_of),
    )


def priority_first(lines: Iterable[RecommendationLine]) -> list[RecommendationLine]:
    """Priority actions first (R096)."""
    return sorted(lines, key=lambda line: (not line.is_priority, line.area, line.activity, line.number))
