"""Pins of two activities that no link between them allows."""

from collections.abc import Iterator

from scheduler.validation.index import Index, ends, finding, link_place
from scheduler.values.errors import Finding
from scheduler.values.problem import LagLink, Stage, StageRef, WithinLink
from scheduler.values.value import Week

Run = tuple[Week, Week]
"""First week, and the week after the last."""


def pins_keep_links(index: Index) -> Iterator[Finding]:
    """Where both ends of a link are pinned, the pins keep it (R017 with R030, R032, R034)."""
    for number, link in enumerate(index.problem.links):
        one, other = (_pinned(index, ref) for ref in ends(link))
        if one is None or other is None:
            continue
        why = ""
        if isinstance(link, LagLink):
            why = _broken_lag(index, link, one, other)
        elif isinstance(link, WithinLink):
            why = _broken_within(one, other)
        if why:
            names = " and ".join(dict.fromkeys(ref.activity for ref in ends(link)))
            yield finding(
                link_place(number, link),
                f"is broken by the pins of {names}: {why}.",
                "Maybe move one of the pins, or remove the link.",
            )


def _pinned(index: Index, ref: StageRef) -> Run | None:
    """The weeks of a stage if it is pinned."""
    activity = index.activities.get(ref.activity)
    if activity is None or activity.pinned_starts is None:
        return None
    if len(activity.pinned_starts) != len(activity.stages):
        return None
    found: dict[str, tuple[Stage, Week]] = {
        stage.id: (stage, start) for stage, start in zip(activity.stages, activity.pinned_starts, strict=True)
    }
    if ref.stage not in found:
        return None
    stage, start = found[ref.stage]
    return start, start + stage.duration_weeks


def _broken_lag(index: Index, link: LagLink, before: Run, after: Run) -> str:
    table, last = index.tables.get(link.table), before[1] - 1
    if table is None or not 0 <= last < min(len(table.first), len(table.end)):
        return ""
    first, end = table.first[last], table.end[last]
    if first <= after[0] < end:
        return ""
    allowed = f"allowed are weeks {first} to {end - 1}" if first < end else "no week is allowed"
    return f"{link.after.stage} starts in week {after[0]}, but after an end in week {last} {allowed}"


def _broken_within(inner: Run, outer: Run) -> str:
    is_longer = inner[1] - inner[0] > outer[1] - outer[0]
    is_kept = inner[0] == outer[0] if is_longer else outer[0] <= inner[0] and inner[1] <= outer[1]
    if is_kept:
        return ""
    return f"weeks {inner[0]} to {inner[1] - 1} are not within weeks {outer[0]} to {outer[1] - 1}"
