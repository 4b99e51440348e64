"""Saved places as an order of dates: a team does without seats only after the activity that saves them (R033)."""

from collections import defaultdict
from collections.abc import Iterator

from scheduler.values.problem import Activity, LagLink, LagTable, Problem, SavedPlace, StageRef


def saved_orders(problem: Problem) -> Iterator[tuple[StageRef, StageRef]]:
    """Pairs of stages of which the first ends before the second begins, for the sake of a saved place.

    What a lag link keeps apart in this order anyway is left out: the stages of the area would form a circle.
    """
    activities = {activity.id: activity for activity in problem.activities}
    tables = {table.id for table in problem.lag_tables if _keeps_order(table)}
    keeping: dict[tuple[str, str], list[LagLink]] = defaultdict(list)
    for link in problem.links:
        if isinstance(link, LagLink) and link.table in tables:
            keeping[link.before.activity, link.after.activity].append(link)
    for activity in problem.activities:
        first = next((stage for stage in activity.stages if stage.uses_team), None)
        for place in activity.team.saved if activity.team and first else ():
            begins = StageRef(activity=activity.id, stage=first.id) if first else place.after
            links = keeping.get((place.after.activity, activity.id), ())
            if not any(_is_kept_by(link, place, begins, activities) for link in links):
                yield place.after, begins


def _keeps_order(table: LagTable) -> bool:
    """Whether no week that a table allows lies before the end of the stage before."""
    windows = enumerate(zip(table.first, table.end, strict=True))
    return all(first > week for week, (first, end) in windows if first < end)


def _is_kept_by(link: LagLink, place: SavedPlace, begins: StageRef, activities: dict[str, Activity]) -> bool:
    """Whether a link joins the saving stage or a later one with the first team stage or one before."""
    saving, team = activities[place.after.activity], activities[begins.activity]
    is_later = _number(saving, link.before.stage) >= _number(saving, place.after.stage)
    return is_later and _number(team, link.after.stage) <= _number(team, begins.stage)


def _number(activity: Activity, stage: str) -> int:
    return [other.id for other in activity.stages].index(stage)
