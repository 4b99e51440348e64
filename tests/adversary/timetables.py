"""All timetables of an area: dates for its activities that keep its links, and what they cost on their own."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from scheduler.values.problem import Activity, Link, Problem
from tests.adversary.prices import own_terms
from tests.adversary.weeks import Dates, run_of, starts_of, team_weeks


@dataclass(frozen=True)
class Timetable:
    """Dates of all activities of an area.

    `cost` is that of the area alone: urgency, stretch, stability and links.
    """

    area: str
    starts: Dates
    cost: int


def timetables_of(problem: Problem, area: str) -> Iterator[Timetable]:
    """Every way to date the activities of an area that keeps all rules which concern this area only."""
    activities = [activity for activity in problem.activities if activity.area == area]
    choices = (list(starts_of(problem, activity)) for activity in activities)
    for chosen in product(*choices):
        starts = {activity.id: weeks for activity, weeks in zip(activities, chosen, strict=True)}
        if keeps_links(problem, starts) and all(
            keeps_seats(problem, activity, starts) for activity in activities
        ):
            yield Timetable(area, starts, sum(own_terms(problem, starts).values()))


def num_timetables(problem: Problem, area: str) -> int:
    """How many ways there are to date the activities of an area, its links left out."""
    number = 1
    for activity in problem.activities:
        if activity.area == area:
            number *= sum(1 for _ in starts_of(problem, activity))
    return number


def keeps_links(problem: Problem, starts: Dates) -> bool:
    """Whether the hard links between dated activities hold."""
    return all(_holds(problem, starts, link) for link in problem.links)


def _holds(problem: Problem, starts: Dates, link: Link) -> bool:
    if link.kind == "lag" and link.before.activity in starts:
        table = next(table for table in problem.lag_tables if table.id == link.table)
        last = run_of(problem, starts, link.before)[-1]
        return run_of(problem, starts, link.after)[0] in range(
            table.first[last], table.end[last]
        )  # R030, R032
    if link.kind == "within" and link.inner.activity in starts:
        inner, outer = run_of(problem, starts, link.inner), run_of(problem, starts, link.outer)
        if len(inner) > len(outer):
            return inner[0] == outer[0]
        return set(inner) <= set(outer)  # R034
    if link.kind == "clear" and link.one.activity in starts:
        one, other = run_of(problem, starts, link.one), run_of(problem, starts, link.other)
        return max(other[0] - one[-1], one[0] - other[-1]) > link.clear_weeks  # R026
    return True


def keeps_seats(problem: Problem, activity: Activity, starts: Dates) -> bool:
    """Whether seats that inspectors do not fill have their reason.

    Saved ones: the other stage ends before the team's first week (R033). Joint ones: the other visit runs within an
    on-site stage of the team, or from its first week on (R034).
    """
    team, weeks = activity.team, team_weeks(activity, starts[activity.id])
    if team is None:
        return True
    if weeks and any(run_of(problem, starts, place.after)[-1] >= weeks[0] for place in team.saved):
        return False
    on_site = [
        range(start, start + stage.duration_weeks)
        for stage, start in zip(activity.stages, starts[activity.id], strict=True)
        if stage.on_site and stage.uses_team
    ]
    visits = [run_of(problem, starts, place.beside) for place in team.joint]
    return all(any(visit[0] == run[0] or set(visit) <= set(run) for run in on_site) for visit in visits)
