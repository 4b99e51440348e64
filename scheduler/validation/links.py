"""Mistakes in links: areas, lag tables, circles."""

from collections.abc import Iterator
from itertools import islice, pairwise

from scheduler.errors import Finding
from scheduler.problem import Activity, LagLink, SavedPlace, StageRef
from scheduler.validation.index import Index, ends, finding, link_place
from scheduler.validation.times import MAX_WEEKS, why_closed

Node = tuple[str, str]
"""Activity and stage."""


def links_stay_in_an_area(index: Index) -> Iterator[Finding]:
    """A link joins two activities of one area."""
    for number, link in enumerate(index.problem.links):
        one, other = (index.activities.get(ref.activity) for ref in ends(link))
        if one is not None and other is not None and one.area != other.area:
            yield finding(
                link_place(number, link),
                f"joins activities of two areas, {one.area} and {other.area}.",
                "Maybe one of the activities was meant for the other area.",
            )


def lag_tables_are_complete(index: Index) -> Iterator[Finding]:
    """A lag table has a first and an end for every week of the horizon (R030, R032)."""
    needed = index.problem.num_weeks
    for table in index.problem.lag_tables:
        place = f"lag table {table.id}"
        if min(len(table.first), len(table.end)) < needed or len(table.first) != len(table.end):
            yield finding(
                place,
                f"has {len(table.first)} first and {len(table.end)} end weeks for a horizon of {needed} weeks.",
                "Maybe it was made for another horizon.",
            )
        rows = enumerate(zip(table.first, table.end, strict=False))
        reversed_rows = [week for week, (first, end) in rows if end < first]
        if reversed_rows:
            yield finding(
                place,
                f"allows less than nothing after week {reversed_rows[0]} ({len(reversed_rows)} weeks in all).",
                "Maybe first and end were exchanged.",
            )


def links_form_no_circle(index: Index) -> Iterator[Finding]:
    """The stages that can move form a tree in every area, in their order and by links.

    Timetables of an area are found by dynamic programming on that tree. Stages that can start in one week
    only (pinned or frozen ones, say) do not count, and several links between the same two stages count as one.
    """
    parent: dict[Node, Node] = {}
    joined: set[frozenset[Node]] = set()

    def root(node: Node) -> Node:
        while node in parent:
            node = parent[node]
        return node

    def closes_circle(one: Node, other: Node) -> bool:
        pair = frozenset((one, other))
        if pair in joined or _is_fixed(index, one) or _is_fixed(index, other):
            return False
        joined.add(pair)
        roots = root(one), root(other)
        if roots[0] != roots[1]:
            parent[roots[0]] = roots[1]
        return roots[0] == roots[1]

    for activity in index.activities.values():
        for before, after in pairwise(activity.stages):
            closes_circle((activity.id, before.id), (activity.id, after.id))
    for number, link in enumerate(index.problem.links):
        one, other = ((ref.activity, ref.stage) for ref in ends(link))
        if any(index.stage(ref) is None for ref in ends(link)):
            continue
        if one == other:
            yield finding(
                link_place(number, link), "joins a stage with itself.", "Maybe another stage was meant."
            )
        elif closes_circle(one, other):
            yield finding(
                link_place(number, link),
                "closes a circle: its two stages are already joined by other links or belong together.",
                "Maybe remove one of the links of the circle, or pin one of its activities.",
            )
    for activity, place in _unlinked_saved_places(index):
        saving, begins = place.after, next(stage.id for stage in activity.stages if stage.uses_team)
        if closes_circle((saving.activity, saving.stage), (activity.id, begins)):
            yield finding(
                f"activity {activity.id}, saved place {place.skill}",
                f"is saved only if {saving.stage} of {saving.activity} ends before {begins} begins: with the links, "
                "that closes a circle.",
                "Join the two by a link of kind 'lag' instead, pin one of them, or demand the place.",
            )


def _unlinked_saved_places(index: Index) -> Iterator[tuple[Activity, SavedPlace]]:
    """Saved places of which no lag link keeps the order (R033)."""
    lags: dict[tuple[str, str], list[LagLink]] = {}
    for link in index.problem.links:
        if isinstance(link, LagLink):
            lags.setdefault((link.before.activity, link.after.activity), []).append(link)
    for activity in index.activities.values():
        if activity.team is None or not any(stage.uses_team for stage in activity.stages):
            continue
        for place in activity.team.saved:
            known = index.stage(place.after) is not None and place.after.activity != activity.id
            links = lags.get((place.after.activity, activity.id), [])
            if known and not any(_keeps_order(index, link, place.after, activity) for link in links):
                yield activity, place


def _keeps_order(index: Index, link: LagLink, saving: StageRef, activity: Activity) -> bool:
    """Whether a lag link lets the team of an activity begin after another stage only."""
    table = index.tables.get(link.table)
    if table is None:
        return False
    stages = [stage.id for stage in index.activities[saving.activity].stages]
    first = next(number for number, stage in enumerate(activity.stages) if stage.uses_team)
    later = stages[stages.index(saving.stage) :]
    earlier = [stage.id for stage in activity.stages[: first + 1]]
    if link.before.stage not in later or link.after.stage not in earlier:
        return False
    return all(
        begin > week
        for week, (begin, end) in enumerate(zip(table.first, table.end, strict=False))
        if begin < end
    )


def _is_fixed(index: Index, node: Node) -> bool:
    """Whether a stage is pinned or frozen, or has one possible week at most."""
    activity = index.activities[node[0]]
    if activity.pinned_starts is not None or (activity.published and activity.published.is_frozen):
        return True
    number, stage = next((n, s) for n, s in enumerate(activity.stages) if s.id == node[1])
    zone = index.problem.frozen_until
    announced = activity.published.starts[number : number + 1] if activity.published else ()
    if any(0 <= week < zone for week in announced):
        return True
    first, end = 0 if activity.short_notice else zone, min(index.problem.num_weeks, MAX_WEEKS)
    if number == 0:
        first, end = max(first, activity.start_window.first), min(end, activity.start_window.end)
    open_weeks = (week for week in range(first, end) if not why_closed(index, stage, week))
    return len(list(islice(open_weeks, 2))) < 2
