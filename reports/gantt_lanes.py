"""Where things go within a row: a lane for each activity, and a free place for each word beside a bar."""

from dataclasses import dataclass, field
from datetime import date

from reports.scale import Scale
from reports.values import Bar, Milestone, Row

MILESTONE_REACH = 6
"""Half the width of a diamond in pixels, outline included."""

_CLEARANCE = 4


def lane_by_activity(row: Row) -> dict[str, int]:
    """
    The lane (0 at the top) of every activity of a row: activities that overlap in time get different ones.

    First fit in the order of first days, which uses the fewest lanes that can hold the spans.
    """
    lanes: dict[str, int] = {}
    free_from: list[date] = []
    for activity, (first, end) in sorted(_spans(row).items(), key=lambda item: (item[1], item[0])):
        lane = next((index for index, day in enumerate(free_from) if day <= first), len(free_from))
        if lane == len(free_from):
            free_from.append(end)
        free_from[lane] = end
        lanes[activity] = lane
    return lanes


def _spans(row: Row) -> dict[str, tuple[date, date]]:
    pieces = [(bar.activity, bar.start, bar.end) for bar in row.bars]
    pieces += [
        (bar.activity, bar.published.start, bar.published.end)
        for bar in row.bars
        if bar.published is not None
    ]
    pieces += [(stone.activity, stone.on, stone.on) for stone in row.milestones]
    spans: dict[str, tuple[date, date]] = {}
    for activity, first, end in pieces:
        known_first, known_end = spans.get(activity, (first, end))
        spans[activity] = (min(first, known_first), max(end, known_end))
    return spans


def clear_part(bar: Bar, row: Row, scale: Scale) -> tuple[int, int] | None:
    """Left edge and width of the widest part of a bar that no diamond covers; None if the bar is not shown."""
    span = scale.span(bar.start, bar.end)
    if span is None:
        return None
    left, right = span[0], sum(span)
    points = sorted(
        scale.x(stone.on)
        for stone in row.milestones
        if stone.activity == bar.activity and bar.start <= stone.on <= bar.end and scale.holds(stone.on)
    )
    edges = [
        left,
        *(x for point in points for x in (point - MILESTONE_REACH, point + MILESTONE_REACH)),
        right,
    ]
    parts = [(first, max(last - first, 0)) for first, last in zip(edges[::2], edges[1::2], strict=True)]
    return max(parts, key=lambda part: (part[1], -part[0]))


@dataclass
class Places:
    """Taken stretches of pixels in one lane, to which words are added where they fit."""

    width: int
    taken: list[tuple[int, int]] = field(default_factory=list)

    def take(self, left: int, width: int) -> None:
        """Mark the pixels `[left, left + width)` as taken."""
        self.taken.append((left, left + width))

    def place_near(self, left: int, right: int, width: int, reach: int) -> int | None:
        """
        Take the free room for a text of `width` pixels that is nearest to the bar `[left, right)`.

        Right of the bar is preferred at the same distance; None when nothing within `reach` pixels is free.
        Returns the text's left edge.
        """
        edges = [right, left, *(edge for stretch in self.taken for edge in stretch)]
        starts = {edge + _CLEARANCE for edge in edges} | {edge - _CLEARANCE - width for edge in edges}
        distance = {
            start: max(start - right, left - start - width) for start in starts if self._is_free(start, width)
        }
        best = min(distance, key=lambda start: (distance[start], -start), default=None)
        if best is None or distance[best] > reach:
            return None
        self.take(best, width)
        return best

    def _is_free(self, left: int, width: int) -> bool:
        if left < 0 or left + width > self.width:
            return False
        return all(left + width <= start or left >= end for start, end in self.taken)


def taken_by_activity(row: Row, lanes: dict[str, int], scale: Scale, today: date | None) -> dict[str, Places]:
    """What is taken in each activity's lane before any word is placed; activities of one lane share it."""
    by_lane = {lane: Places(scale.width) for lane in lanes.values()}
    if today is not None and scale.holds(today):
        for places in by_lane.values():
            places.take(scale.x(today) - 1, 2)
    for bar in row.bars:
        _take_bar(by_lane[lanes[bar.activity]], bar, scale)
    for stone in row.milestones:
        _take_milestone(by_lane[lanes[stone.activity]], stone, scale)
    return {activity: by_lane[lane] for activity, lane in lanes.items()}


def _take_bar(places: Places, bar: Bar, scale: Scale) -> None:
    if span := scale.span(bar.start, bar.end):
        places.take(*span)


def _take_milestone(places: Places, stone: Milestone, scale: Scale) -> None:
    if scale.holds(stone.on):
        places.take(scale.x(stone.on) - MILESTONE_REACH, 2 * MILESTONE_REACH)
