"""What has passed for people: who is at work on a review that has begun, and which weeks nobody has to do again."""

from collections.abc import Mapping, Sequence

from scheduler.people.work_weeks import team_weeks
from scheduler.values.plan import Plan
from scheduler.values.problem import Activity, Inspector, Problem, Seated, Stage
from scheduler.values.value import Starts, Week, WeekSpan


def with_people_at_work(
    problem: Problem, seats: Mapping[str, Sequence[Seated]], starts: Starts, first_open: Week
) -> Problem:
    """The problem in which the people of reviews that have begun stay, and stand-ins are needed from now on only.

    Stages that are over no longer ask for the team, unless the review would then count in another period than that in
    which it began. Of a stage under way a stand-in has to be free of other work in all its weeks, but not there or
    trained in those that are over.

    Parameters
    ----------
    seats
        By activity who has which seat; activities that are not among them have not begun.
    starts
        Start weeks of these activities.
    first_open
        The first week in which something may still start.
    """
    people = tuple(_from_now_on(inspector, first_open) for inspector in problem.inspectors)
    return problem.model_copy(update={"inspectors": people}).with_activities(
        lambda activity: (
            _at_work(problem, activity, starts, seats[activity.id], first_open)
            if activity.id in seats
            else activity
        )
    )


def with_begun_stages_open(problem: Problem, starts: Starts, first_open: Week) -> Problem:
    """The problem in which no calendar forbids a stage that has begun: it is a fact, whatever closes later."""

    def opened(activity: Activity) -> Activity:
        if activity.id not in starts or starts[activity.id][0] >= first_open:
            return activity
        stages = tuple(
            stage.model_copy(update={"calendars": ()}) if start < first_open else stage
            for stage, start in zip(activity.stages, starts[activity.id], strict=True)
        )
        return activity.model_copy(update={"stages": stages})

    return problem.with_activities(opened)


def seats_of(plan: Plan) -> dict[str, list[Seated]]:
    """Who has which seat in a plan, by activity; empty for one without anybody."""
    seats: dict[str, list[Seated]] = {item.activity: [] for item in plan.dates}
    for member in plan.members:
        seats[member.activity].append(Seated(skill=member.skill, inspector=member.inspector))
    return seats


def _at_work(
    problem: Problem, activity: Activity, starts: Starts, seats: Sequence[Seated], first_open: Week
) -> Activity:
    weeks = team_weeks(activity, starts[activity.id]) if activity.id in starts else ()
    if activity.team is None or not weeks or weeks[0] >= first_open:
        return activity
    at_work = {"at_work": tuple(sorted(seats, key=_order)), "reserved": ()}
    team = activity.team.model_copy(update=at_work)
    begun = activity.model_copy(update={"team": team})
    stages = tuple(
        _without_team(stage) if _is_over(activity, stage, start, first_open) else stage
        for stage, start in zip(activity.stages, starts[activity.id], strict=True)
    )
    shorter = begun.model_copy(update={"stages": stages})
    left = team_weeks(shorter, starts[activity.id])
    if not left or _periods_of(problem, left[0]) != _periods_of(problem, weeks[0]):
        return begun
    return shorter


def _order(seated: Seated) -> tuple[str, str]:
    return seated.skill, seated.inspector


def _is_over(activity: Activity, stage: Stage, start: Week, first_open: Week) -> bool:
    """Whether a stage is over; one on site beside which others fill seats stays as it was."""
    lends = activity.team is not None and bool(activity.team.joint) and stage.on_site
    return stage.uses_team and start + stage.duration_weeks <= first_open and not lends


def _without_team(stage: Stage) -> Stage:
    return stage.model_copy(update={"uses_team": False})


def _periods_of(problem: Problem, week: Week) -> list[str]:
    """The periods of a week in which the reviews of people are counted."""
    kinds = {problem.team_prices.fair_period}.union(*(person.max_reviews for person in problem.inspectors))
    return [period.id for period in problem.periods if period.kind in kinds and week in period.span]


def _from_now_on(inspector: Inspector, first_open: Week) -> Inspector:
    """The inspector without absences that are over; who is trained by now has been all the time."""
    absences = tuple(
        absence.model_copy(
            update={"span": WeekSpan(first=max(absence.span.first, first_open), end=absence.span.end)}
        )
        for absence in inspector.absences
        if absence.span.end > first_open
    )
    trained_from = 0 if inspector.trained_from <= first_open else inspector.trained_from
    if (absences, trained_from) == (inspector.absences, inspector.trained_from):
        return inspector
    return inspector.model_copy(update={"absences": absences, "trained_from": trained_from})
