"""What has happened: stages with their actual weeks, reviews whose team is done, and who was in the last team.

A programme may be adopted half-way. What is done or under way is a fact, whichever rule of planning it broke: its
stages get the weeks and lags they really had, and no calendar forbids them any more.
"""

from collections.abc import Iterator

from config.framework import Framework
from models import Activity as ActivityRow
from scheduler.values.problem import PastReview, Seated, Stage
from scheduler.values.value import WeekSpan
from services.problem.facts import BEGUN, Facts
from services.problem.planning_horizon import Horizon


def has_dates(row: ActivityRow, facts: Facts) -> bool:
    """Whether every stage of an activity was announced."""
    announced = facts.announced.get(row.code)
    stages = facts.followed[row.code].stages
    return announced is not None and all(stage.id in announced.starts for stage in stages)


def is_over(row: ActivityRow, facts: Facts, horizon: Horizon) -> bool:
    """Whether an activity is done and began before the horizon, or has no dates: it no longer concerns the problem."""
    if row.state != "done":
        return False
    return not has_dates(row, facts) or min(facts.announced[row.code].starts.values()) < horizon.first_monday


def runs(row: ActivityRow, facts: Facts, horizon: Horizon) -> tuple[WeekSpan, ...]:
    """Weeks of each stage, up to its actual last day where that is known; before the horizon they are negative."""
    announced, steps = facts.announced[row.code], facts.steps.get(row.code, {})
    stages = facts.followed[row.code].stages
    firsts = [horizon.week(announced.starts[stage.id]) for stage in stages]
    found = []
    for number, (stage, first) in enumerate(zip(stages, firsts, strict=True)):
        step = steps.get(stage.id)
        ended = step.actual_on if step is not None else None
        end = first + stage.occupied_weeks() if ended is None else horizon.week(ended) + 1
        following = firsts[number + 1] if number + 1 < len(firsts) else end
        found.append(WeekSpan(first=first, end=max(first + 1, min(end, following))))
    return tuple(found)


def settled_stages(
    row: ActivityRow, stages: tuple[Stage, ...], facts: Facts, horizon: Horizon
) -> tuple[Stage, ...]:
    """Stages with the weeks and lags they really have; those that have begun keep no calendar any more.

    A stage that has ended takes nothing of an anonymous pool, and a review whose team is done uses none.
    """
    spans, steps = runs(row, facts, horizon), facts.steps.get(row.code, {})
    team_is_done = is_team_done(row, facts)
    found, end = [], spans[0].first
    for stage, span in zip(stages, spans, strict=True):
        step = steps.get(stage.id)
        has_begun = row.state == "done" or step is None or step.state != "planned"
        has_ended = row.state == "done" or (step is not None and step.state == "done")
        changes = {
            "duration_weeks": span.end - span.first,
            "lag_min_weeks": span.first - end,
            "lag_max_weeks": span.first - end,
            "calendars": () if has_begun else stage.calendars,
            "pool_demand": {} if has_ended else stage.pool_demand,
            "uses_team": stage.uses_team and not team_is_done,
        }
        found.append(stage.model_copy(update=changes))
        end = span.end
    return tuple(found)


def is_team_done(row: ActivityRow, facts: Facts) -> bool:
    """Whether every stage with the team has ended; what follows is the leader's draft (R052)."""
    if row.state == "done":
        return True
    stages = [stage.id for stage in facts.followed[row.code].stages if stage.uses_team]
    steps = facts.steps.get(row.code, {})
    return all(name in steps and steps[name].state == "done" for name in stages)


def seats_at_work(facts: Facts) -> dict[str, tuple[Seated, ...]]:
    """Who has which seat in reviews whose work has begun and is not over, by code (R019, R043)."""
    return {
        row.code: tuple(
            Seated(skill=skill, inspector=name) for skill, name in facts.announced[row.code].seats
        )
        for row in facts.activities
        if row.state == "under_way" and has_dates(row, facts) and _is_at_work(row, facts)
    }


def _is_at_work(row: ActivityRow, facts: Facts) -> bool:
    """Whether a stage with the team has begun, and not all of them are over."""
    stages = [stage.id for stage in facts.followed[row.code].stages if stage.uses_team]
    steps = facts.steps.get(row.code, {})
    has_begun = any(name in steps and steps[name].state != "planned" for name in stages)
    return has_begun and not is_team_done(row, facts)


def past_reviews(facts: Facts, horizon: Horizon) -> tuple[PastReview, ...]:
    """Reviews whose team is done, before the horizon or within it, as far as their dates are known."""
    return tuple(review for row in facts.activities for review in _past_review(row, facts, horizon))


def _past_review(row: ActivityRow, facts: Facts, horizon: Horizon) -> Iterator[PastReview]:
    framework = facts.followed[row.code]
    if row.state not in BEGUN or framework.team is None or not has_dates(row, facts):
        return
    announced = facts.announced[row.code]
    if is_team_done(row, facts) and announced.members:
        spans = zip(framework.stages, runs(row, facts, horizon), strict=True)
        weeks = tuple(week for stage, span in spans if stage.uses_team for week in span.weeks())
        yield PastReview(
            id=row.code,
            area=row.area_code,
            team_weeks=weeks,
            members=announced.everybody,
            leader=announced.leader,
            drafting_end=_drafting_end(row, framework, weeks[-1], facts, horizon),
        )


def _drafting_end(
    row: ActivityRow, framework: Framework, last: int, facts: Facts, horizon: Horizon
) -> int | None:
    """The week after the draft is due; None if it was handed in. One that is late is drafted for as long as it is."""
    if framework.team is None or framework.team.drafts_until is None:
        return None
    step = facts.steps.get(row.code, {}).get(framework.team.drafts_until)
    if (row.state == "done" and step is None) or (step is not None and step.state == "done"):
        return None
    due = (
        last + framework.drafting_weeks()
        if step is None or step.due_on is None
        else horizon.week(step.due_on)
    )
    today = horizon.week(facts.today)
    return max(due, last + 1, today if step is not None else due) + 1


def previous_team(row: ActivityRow, facts: Facts) -> tuple[str, ...]:
    """Who did the last review of this kind in the area: they are not in the next one (rotation, R062)."""
    earlier = [
        (min(facts.announced[activity.code].starts.values()), activity.code)
        for activity in facts.activities
        if (activity.area_code, activity.kind) == (row.area_code, row.kind)
        and activity.code != row.code
        and activity.state in BEGUN
        and has_dates(activity, facts)
    ]
    return facts.announced[max(earlier)[1]].everybody if earlier else ()
