"""The weeks in which an activity occupies its team, and which activities clash for one person."""

from collections.abc import Sequence

from scheduler.values.problem import Activity
from scheduler.values.value import Week

MAX_CLIQUES = 4000
"""Above this many maximal sets of clashing activities the weekly ones are used instead."""


def team_weeks(activity: Activity, starts: Sequence[Week]) -> tuple[Week, ...]:
    """The weeks of all stages that use the team, in increasing order.

    Parameters
    ----------
    starts
        Start week of every stage of the activity, in the order of its stages.
    """
    weeks = {
        week
        for stage, start in zip(activity.stages, starts, strict=True)
        if stage.uses_team
        for week in range(start, start + stage.duration_weeks)
    }
    return tuple(sorted(weeks))


def drafting_span(activity: Activity, weeks: Sequence[Week]) -> range:
    """Weeks after the last of the team weeks in which the leader drafts the report (R052)."""
    if activity.team is None or not weeks:
        return range(0)
    return range(weeks[-1] + 1, weeks[-1] + 1 + activity.team.drafting_weeks)


def occupied_weeks(weeks: Sequence[Week], rest_weeks: int) -> frozenset[Week]:
    """Team weeks and the rest after the last of them. Two activities clash exactly if these sets meet.

    A common week is a team week of both, or of one in the rest of the other, or in the rest of both;
    in the last case the later of the two last team weeks lies in the rest of the other.
    """
    rest = range(weeks[-1] + 1, weeks[-1] + 1 + rest_weeks) if weeks else range(0)
    return frozenset(weeks) | frozenset(rest)


def clash_cliques(weeks: Sequence[Sequence[Week]], rest_weeks: int) -> list[tuple[int, ...]]:
    """Maximal sets of activities that clash pairwise, of which one person works on at most one.

    These sets bound the linear relaxation much better than pairs or weeks do: with a gap between
    analysis and fieldwork three activities may clash pairwise without a common week. Activities with
    equal team weeks always belong to the same sets, so only different team weeks are searched.

    Parameters
    ----------
    weeks
        Team weeks of each activity; one without team weeks clashes with none.
    rest_weeks
        Weeks without team work after the last team week of an activity.

    Returns
    -------
    Sorted index tuples that cover every clashing pair and every activity.
    """
    patterns = sorted(set(map(tuple, weeks)))
    occupied = [occupied_weeks(pattern, rest_weeks) for pattern in patterns]
    cliques = _maximal_cliques(_neighbours(occupied))
    if cliques is None:
        cliques = _weekly_cliques(occupied)
    members: dict[tuple[Week, ...], list[int]] = {}
    for index, pattern in enumerate(weeks):
        members.setdefault(tuple(pattern), []).append(index)
    spread = [sorted(i for node in clique for i in members[patterns[node]]) for clique in cliques]
    loose = [index for pattern, indexes in members.items() if not pattern for index in indexes]
    full = [clique for clique in spread if not set(clique) <= set(loose)]
    return sorted({tuple(clique) for clique in full} | {(index,) for index in loose})


def _neighbours(occupied: list[frozenset[Week]]) -> list[set[int]]:
    by_week = _nodes_by_week(occupied)
    near = [
        set().union(*(by_week[week] for week in occupied_by)) if occupied_by else set()
        for occupied_by in occupied
    ]
    return [nodes - {node} for node, nodes in enumerate(near)]


def _nodes_by_week(occupied: list[frozenset[Week]]) -> dict[Week, set[int]]:
    by_week: dict[Week, set[int]] = {}
    for node, weeks in enumerate(occupied):
        for week in weeks:
            by_week.setdefault(week, set()).add(node)
    return by_week


def _weekly_cliques(occupied: list[frozenset[Week]]) -> list[set[int]]:
    weekly = list(_nodes_by_week(occupied).values())
    alone = [{node} for node, weeks in enumerate(occupied) if not weeks]
    return weekly + alone


def _maximal_cliques(near: list[set[int]]) -> list[set[int]] | None:
    """All maximal cliques (Bron and Kerbosch 1973, pivot of Tomita et al. 2006); None above `MAX_CLIQUES`."""
    found: list[set[int]] = []
    pending: list[tuple[set[int], set[int], set[int]]] = [(set(), set(range(len(near))), set())]
    while pending:
        chosen, open_nodes, done = pending.pop()
        if not open_nodes and not done:
            found.append(chosen)
            if len(found) > MAX_CLIQUES:
                return None
            continue
        if not open_nodes:
            continue
        pivot = max(open_nodes | done, key=lambda node: (len(near[node] & open_nodes), -node))
        for node in sorted(open_nodes - near[pivot]):
            pending.append((chosen | {node}, open_nodes & near[node], done & near[node]))
            open_nodes = open_nodes - {node}
            done = done | {node}
    return found
