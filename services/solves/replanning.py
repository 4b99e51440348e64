"""Use case: replan a stored plan after an event; the event becomes a fact, the plans become drafts."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine
from sqlmodel import Session

from models import EventPlan, PlanVersion, session
from scheduler.events import CriticalIncident, Event, Settled, apply
from scheduler.replanning.result import Choice, ReplanParams, ReplanResult
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.result import PhaseFigures, Result, SolveParams, Status, gap_if_known
from services import audit
from services.days.weeks import week_monday, week_of
from services.plans import plan_store
from services.problem.present import with_notice_from
from services.problem.settled_dates import settled
from services.problem.standing import Standing, standings
from services.solves.event_facts import record_event
from services.solves.recorded_replans import REPLAN, are_outdated, require_news, require_recorded
from services.solves.solving import Asker

OLDER_FACTS = (
    "The plan replanned was itself made from older facts, and so are these drafts. "
    "Replan the newest draft that knows all of them, or solve again."
)


@dataclass(frozen=True)
class Replanned:
    """What a replan answered; `versions` are the stored drafts, one for each choice, none if nothing was stored."""

    before: int
    result: ReplanResult
    versions: tuple[int, ...]

    @property
    def versions_or_none(self) -> tuple[int | None, ...]:
        """The draft of each choice; None for each where nothing was stored."""
        return self.versions or (None,) * len(self.result.choices)


@dataclass(frozen=True)
class Keeping:
    """What of a replan is stored.

    Attributes
    ----------
    dry_run
        Only look: nothing is.
    again
        The event is recorded by an earlier replan: just the new drafts are.
    recorded
        Number of the recorded event from which this one comes: its drafts are kept with it.
    """

    dry_run: bool = False
    again: bool = False
    recorded: int | None = None


def replan_stored(
    engine: Engine,
    version: int,
    event: Event,
    params: ReplanParams,
    asker: Asker,
    *,
    moving: Collection[str] = (),
    keeping: Keeping = Keeping(),
) -> Replanned:
    """Replan a stored version after an event.

    In one transaction the event's facts enter the tables, living plans are marked as made from older facts, and
    every choice is stored as a draft whose reason is the event. If the version knows less than the tables do (an
    earlier event, one recorded meanwhile by somebody else, an import), so do its drafts: they are marked, too.
    What is under way stays where it is, and so does what has had its notice (R019). Without a plan nothing is stored,
    nor where a review that an incident asks for would have nobody at all.

    Parameters
    ----------
    params
        `now_week` is the week of the day on which the asker asks; what is settled is read from the tables.
    moving
        Codes of activities that may move though their notice is given.
    keeping
        What is stored.

    Raises
    ------
    AlreadySo
        If the same event was recorded by a replan before, unless it is asked for again.
    NotFound
        If there is no such version.
    InvalidProblem
        If the event makes no sense (see `scheduler.events.applying`).
    Refused
        If the tables cannot hold the event, or if it is asked for again and was never recorded.
    """
    # OR-Tools takes a second to import: only who replans pays for it.
    from scheduler.replanning.replanner import replan

    with session(engine, read_only=True) as opened:
        stored = plan_store.load_plan(opened, version)
        earlier = _earlier(opened, event, keeping)
        now = _standing_now(opened, stored, event, asker.day, params.now_week, moving)
    params = params.model_copy(update={"settled": now.settled, "now_week": now.week})
    result = replan(now.problem, now.plan, event, params, asker.listener, asker.stop)
    if keeping.dry_run or not result.choices or result.is_unstaffed:
        return Replanned(version, result, ())
    with session(engine) as opened:
        if keeping.recorded is not None:
            words = f"Event {keeping.recorded}: {result.event_in_words}"
            result = result.model_copy(update={"event_in_words": words})
        base = plan_store.find_version(opened, version)
        knows_less = are_outdated(opened, earlier or [version])
        if not earlier:
            record_event(opened, stored.problem, stored.plan, result.problem, event, params.now_week)
            plan_store.mark_stale(opened, result.event_in_words, asker.who, asker.clock())
        versions = tuple(_store(opened, result, choice, base, asker, now.day) for choice in result.choices)
        if keeping.recorded is not None:
            opened.add_all(EventPlan(plan_version=number, event_id=keeping.recorded) for number in versions)
        if knows_less:
            plan_store.mark_stale(opened, OLDER_FACTS, asker.who, asker.clock())
            result = result.model_copy(update={"remarks": (*result.remarks, OLDER_FACTS)})
        audit.record(
            opened,
            asker.who,
            asker.clock(),
            REPLAN,
            f"plan {version}",
            before=event.model_dump(mode="json"),
            after={"drafts": versions, "moved": [choice.moved for choice in result.choices]},
            why=result.event_in_words,
        )
    return Replanned(version, result, versions)


def require_possible(opened: Session, version: int, event: Event, day: date) -> None:
    """InvalidProblem with all that is wrong with an event, for a plan and on a day; a replan says the same."""
    stored = plan_store.load_plan(opened, version)
    now = _standing_now(opened, stored, event, day, 0, ())
    apply(now.problem, now.plan, event, now.week, settled=now.settled)


@dataclass(frozen=True)
class _Now:
    """A stored plan on the day of a replan: with the notice that is given, and what keeps its dates."""

    problem: Problem
    plan: Plan
    day: date
    week: int
    settled: Settled


def _standing_now(
    opened: Session,
    stored: plan_store.StoredPlan,
    event: Event,
    day: date | None,
    week: int,
    moving: Collection[str],
) -> _Now:
    """Without a day that of the Monday of `week`."""
    first = stored.problem.first_monday
    today = day or week_monday(first, week)
    asked = event.area if isinstance(event, CriticalIncident) else None
    problem = with_notice_from(opened, stored.problem, stored.plan, today, asked)
    held = _settled(standings(opened), today, moving, stored.problem)
    plan = stored.plan.model_copy(update={"problem_hash": problem.hash})
    return _Now(problem, plan, today, max(0, week_of(first, today)), held)


def _earlier(opened: Session, event: Event, keeping: Keeping) -> tuple[int, ...]:
    """The drafts made before for an event that is asked for again; none for a new one."""
    if keeping.again:
        return require_recorded(opened, event)
    if not keeping.dry_run:
        require_news(opened, event)
    return ()


def _settled(
    known: Mapping[str, Standing], today: date, moving: Collection[str], problem: Problem
) -> Settled:
    """What has to stay, of the activities that the problem has."""
    codes = {activity.id for activity in problem.activities}
    return settled({code: found for code, found in known.items() if code in codes}, today, moving)


def _store(
    opened: Session, result: ReplanResult, choice: Choice, base: PlanVersion, asker: Asker, today: date
) -> int:
    origin = plan_store.Origin(base.rules, base.version, result.event_in_words)
    answer = _result_of(result, choice)
    return plan_store.store_plan(
        opened, result.problem, answer, base.option, asker.who, asker.clock(), today, origin
    )


def _result_of(result: ReplanResult, choice: Choice) -> Result:
    """A choice in the form in which plans are stored, with what the prices of the plan before prove of it now."""
    costs = choice.plan.costs
    return Result(
        status=Status.FEASIBLE,
        plan=choice.plan,
        dates=_figures(costs.date_cost, _date_bound(choice), result.seconds, choice.words),
        teams=_figures(costs.team_cost, None, 0.0, ()),
        uncovered_places=choice.uncovered,
        uncovered_bound=result.uncovered_bound,
        certificates=choice.plan.certificates,
        problem_hash=result.problem.hash,
        params=SolveParams(),
    )


def _date_bound(choice: Choice) -> int | None:
    """What the plan's certificates prove of dates that leave no place uncovered; None if it leaves some."""
    bounds = [certificate.bound for certificate in choice.plan.certificates if certificate.kind == "dates"]
    return max(bounds, default=None) if choice.uncovered == 0 else None


def _figures(cost: int, bound: int | None, seconds: float, remarks: tuple[str, ...]) -> PhaseFigures:
    return PhaseFigures(
        status=Status.FEASIBLE,
        cost=cost,
        bound=bound,
        gap=gap_if_known(cost, bound),
        seconds=seconds,
        remarks=remarks,
    )
