"""Mistakes in links: areas, lag tables, circles."""

from collections.abc import Iterator

from scheduler.errors import Finding
from scheduler.validation.index import Index, ends, finding, link_place


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
    """Stages, in their order and by links, form a tree in every area.

    Timetables of an area are found by dynamic programming on that tree.
    """
    parent: dict[tuple[str, str], tuple[str, str]] = {}

    def root(node: tuple[str, str]) -> tuple[str, str]:
        while node in parent:
            node = parent[node]
        return node

    for activity in index.activities.values():
        first = (activity.id, activity.stages[0].id)
        for stage in activity.stages[1:]:
            if root((activity.id, stage.id)) != root(first):
                parent[root((activity.id, stage.id))] = root(first)
    for number, link in enumerate(index.problem.links):
        if any(index.stage(ref) is None for ref in ends(link)):
            continue
        one, other = (root((ref.activity, ref.stage)) for ref in ends(link))
        if one == other:
            yield finding(
                link_place(number, link),
                "closes a circle: its two stages are already joined by other links or belong together.",
                "Maybe remove one of the links of the circle, or replace it by a closer window.",
            )
        else:
            parent[one] = other
