"""Why an area is early or late in the round: the lines behind its concern, and what changed since the last plan."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from models import Activity, Area, Comparator, ConcernIndex, PlanVersion
from services.plans.plan_store import published_version
from services.problem.concern import WeighedLine, concern_on, wish_on
from services.problem.evidence_lines import lines_by_area
from services.programme import Rules, rules_of

NOT_DUE = ("under_way", "done", "cancelled")
"""States of an inspection that is no longer to come."""


@dataclass(frozen=True)
class IndexChange:
    """An area whose index of concern is another one than when a plan was made, by code and name."""

    area: str
    name: str
    before: int
    after: int


@dataclass(frozen=True)
class SincePlan:
    """The published plan, or else the newest, and the indices that have changed since it was made (R020)."""

    plan: int
    made_on: date
    changes: tuple[IndexChange, ...]


@dataclass(frozen=True)
class Compared:
    """A statistical neighbour of an area, and the concern about it (R130, R181)."""

    area: str
    name: str
    concern: int


@dataclass(frozen=True)
class Priority:
    """How grave the concern about an area is on a planning day, and what that rests on (R023-R028).

    `given_because` is the reason of an index that is set by hand, blank for one that is counted. `lines` are all that
    was published, the newest first; `compared` are its statistical neighbours. `planned_with` is the index that the
    next plan would have without counting again. `num_due` other inspections lower the wish for an early review to
    `wish`; a week of delay costs `price`.
    """

    area: str
    name: str
    planned_on: date
    concern: int
    planned_with: int
    given_because: str
    lines: tuple[WeighedLine, ...]
    num_due: int
    wish: int
    price: int
    since: SincePlan | None
    compared: tuple[Compared, ...]

    @property
    def before(self) -> int | None:
        """The index with which the plan was made, if it was another one."""
        changes = self.since.changes if self.since is not None else ()
        return next((change.before for change in changes if change.area == self.area), None)


def priority_of(session: Session, area: Area, as_of: date) -> Priority:
    """The priority of an area on a planning day, counted from what was published before it (R027)."""
    rules = rules_of(session)
    lines = lines_by_area(session, rules.policy).get(area.code, ())
    counted = concern_on(lines, rules.policy.concern, as_of)
    num_due = _num_due(session, area.code, rules)
    concern = area.urgency if area.is_urgency_given else counted.value
    wish = wish_on(concern, num_due, rules.policy.concern)
    return Priority(
        area=area.code,
        name=area.name,
        planned_on=as_of,
        concern=concern,
        planned_with=area.urgency,
        given_because=area.urgency_source if area.is_urgency_given else "",
        lines=counted.lines,
        num_due=num_due,
        wish=wish,
        price=rules.policy.prices.urgency_price(wish),
        since=changes_since_plan(session),
        compared=_compared(session, area.code),
    )


def changes_since_plan(session: Session) -> SincePlan | None:
    """Which indices have changed since the published plan was made, else since the newest; None: there is no plan."""
    plan = (
        published_version(session)
        or session.exec(select(PlanVersion).order_by(col(PlanVersion.version).desc())).first()
    )
    if plan is None or plan.version is None:
        return None
    then = _indices_at(session, plan.created_at)
    changes = tuple(
        IndexChange(area.code, area.name, then[area.code], area.urgency)
        for area in session.exec(select(Area).order_by(col(Area.name)))
        if then.get(area.code, area.urgency) != area.urgency
    )
    return SincePlan(plan.version, plan.created_at.date(), changes)


def _compared(session: Session, area: str) -> tuple[Compared, ...]:
    """The statistical neighbours of an area, the one that is most like it first."""
    query = (
        select(Area)
        .join(Comparator, col(Comparator.comparator_code) == col(Area.code))
        .where(Comparator.area_code == area)
        .order_by(col(Comparator.rank))
    )
    return tuple(Compared(row.code, row.name, row.urgency) for row in session.exec(query))


def _indices_at(session: Session, at: datetime) -> dict[str, int]:
    """The indices that held at an instant, by area; an area of which none was kept by then has none."""
    query = select(ConcernIndex).where(col(ConcernIndex.counted_at) <= at).order_by(col(ConcernIndex.id))
    return {row.area_code: row.value for row in session.exec(query)}


def _num_due(session: Session, area: str, rules: Rules) -> int:
    rows = session.exec(select(Activity).where(Activity.area_code == area))
    return sum(row.state not in NOT_DUE and rules.of(row).window == "imported" for row in rows)
