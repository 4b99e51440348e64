"""A solve over time: the best plan so far and the proven bound closing in on each other."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from reports.markup import escaped
from reports.svg_picture import heading, picture, round_ticks
from reports.values import InvalidReport
from reports.words import capitalised, gap_in_words, number_in_words, seconds_in_words

_WIDTH, _PLOT_HEIGHT = 720, 240
_LEFT, _RIGHT, _BOTTOM = 84, 150, 42
_LEAST_LABEL_DISTANCE = 32


@dataclass(frozen=True, slots=True)
class TraceMoment:
    """Best cost and proven bound after `seconds` of solving; None while unknown."""

    seconds: float
    incumbent: float | None
    bound: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Trace:
    """
    Moments of one solve in the order of time.

    Parameters
    ----------
    moments
        What was known when; a value holds until the next moment.
    title
        The finding; made from the figures when empty.
    """

    moments: tuple[TraceMoment, ...]
    title: str = ""

    def __post_init__(self) -> None:
        times = [moment.seconds for moment in self.moments]
        if times != sorted(times):
            raise InvalidReport(
                "The moments of a trace are not in the order of time. Maybe sort them by seconds."
            )


def trace_finding(trace: Trace) -> str:
    """'Within 0.021 per cent of the best possible after 24 seconds', from the last figures known."""
    if not trace.moments:
        return "The solve has not reported anything yet"
    after = f"after {seconds_in_words(trace.moments[-1].seconds)}"
    best, bound = _last(_incumbents(trace)), _last(_bounds(trace))
    if best is None:
        return f"No plan found {after}"
    if bound is None:
        return f"A plan of cost {number_in_words(best)} {after}, {gap_in_words(None)}"
    return f"{capitalised(gap_in_words((best - bound) / max(1.0, best)))} {after}"


def trace_svg(trace: Trace, *, is_file: bool = False) -> str:
    """
    Cost over time as two step lines, the distance between them shaded.

    What lies far above or below the final figures is cut off, so that the end can be seen; the label says so.

    Parameters
    ----------
    is_file
        True for a file of its own, with its style inside.
    """
    title = trace.title or trace_finding(trace)
    top = heading(title, _WIDTH)
    frame = _Frame.around(trace, top.height + 24)
    height = frame.bottom + _BOTTOM
    content = top.markup + _axes(frame) + _lines(trace, frame) + _labels(trace, frame)
    return picture(_in_words(title, trace), _WIDTH, height, content, is_file=is_file)


@dataclass(frozen=True, slots=True)
class _Frame:
    """From seconds and cost to pixels."""

    seconds: float
    low: float
    high: float
    top: int

    @classmethod
    def around(cls, trace: Trace, top: int) -> "_Frame":
        seconds = max((moment.seconds for moment in trace.moments), default=0) or 1
        low, high = _visible_costs(trace)
        return cls(seconds, low, high, top)

    @property
    def bottom(self) -> int:
        return self.top + _PLOT_HEIGHT

    def x(self, seconds: float) -> float:
        return round(_LEFT + seconds / self.seconds * (_WIDTH - _LEFT - _RIGHT), 1)

    def y(self, cost: float) -> float:
        share = (min(max(cost, self.low), self.high) - self.low) / (self.high - self.low)
        return round(self.bottom - share * _PLOT_HEIGHT, 1)


def _incumbents(trace: Trace) -> list[tuple[float, float]]:
    return _known(trace, lambda moment: moment.incumbent)


def _bounds(trace: Trace) -> list[tuple[float, float]]:
    return _known(trace, lambda moment: moment.bound)


def _known(trace: Trace, value: Callable[[TraceMoment], float | None]) -> list[tuple[float, float]]:
    pairs = ((moment.seconds, value(moment)) for moment in trace.moments)
    return [(seconds, cost) for seconds, cost in pairs if cost is not None]


def _last(points: list[tuple[float, float]]) -> float | None:
    return points[-1][1] if points else None


def _visible_costs(trace: Trace) -> tuple[float, float]:
    """The costs the picture shows: all of them, but no further from the final figures than four times their gap."""
    known = [cost for _, cost in _incumbents(trace) + _bounds(trace)]
    if not known:
        return 0.0, 1.0
    finals = [cost for cost in (_last(_incumbents(trace)), _last(_bounds(trace))) if cost is not None]
    reach = max(4 * (max(finals) - min(finals)), 0.05 * abs(max(finals)), 1.0)
    low, high = max(min(known), min(finals) - reach), min(max(known), max(finals) + reach)
    margin = max((high - low) * 0.06, 0.5)
    return low - margin, high + margin


def _axes(frame: _Frame) -> str:
    parts = []
    for cost in round_ticks(frame.low, frame.high):
        y = frame.y(cost)
        parts.append(f'<path class="g" d="M{_LEFT} {y}H{_WIDTH - _RIGHT}"/>')
        parts.append(f'<text class="e u" x="{_LEFT - 8}" y="{y + 4}">{number_in_words(cost)}</text>\n')
    for seconds in round_ticks(0, frame.seconds):
        x = frame.x(seconds)
        parts.append(f'<path class="z" d="M{x} {frame.bottom}v5"/>')
        parts.append(f'<text class="d u" x="{x}" y="{frame.bottom + 18}">{number_in_words(seconds)}</text>\n')
    middle = (_LEFT + _WIDTH - _RIGHT) // 2
    parts.append(f'<path class="z" d="M{_LEFT} {frame.bottom}H{_WIDTH - _RIGHT}"/>')
    parts.append(f'<text class="d u" x="{middle}" y="{frame.bottom + 35}">Seconds of solving</text>')
    parts.append(f'<text class="e u" x="{_LEFT - 8}" y="{frame.top - 10}">Cost</text>\n')
    return "".join(parts)


def _lines(trace: Trace, frame: _Frame) -> str:
    upper, lower = _incumbents(trace), _bounds(trace)
    area = ""
    if upper and lower:
        since = max(upper[0][0], lower[0][0])
        above, below = _steps(_since(upper, since), frame), _steps(_since(lower, since), frame)
        area = f'<path class="f" d="{_path([*above, *reversed(below)])}z"/>\n'
    lines = ((style, points) for style, points in (("s2", lower), ("s1", upper)) if points)
    drawn = (f'<path class="{style}" d="{_path(_steps(points, frame))}"/>\n' for style, points in lines)
    return area + "".join(drawn)


def _since(points: list[tuple[float, float]], seconds: float) -> list[tuple[float, float]]:
    """The points from a moment on, beginning with the value that held at it."""
    held = [cost for time, cost in points if time <= seconds][-1]
    return [(seconds, held), *((time, cost) for time, cost in points if time > seconds)]


def _steps(points: list[tuple[float, float]], frame: _Frame) -> list[tuple[float, float]]:
    """Corners of a step line in pixels: a value holds until the next one, the last until the end."""
    corners: list[tuple[float, float]] = []
    for seconds, cost in points:
        x, y = frame.x(seconds), frame.y(cost)
        if corners:
            corners.append((x, corners[-1][1]))
        corners.append((x, y))
    return [*corners, (frame.x(frame.seconds), corners[-1][1])]


def _path(corners: Iterable[tuple[float, float]]) -> str:
    return "M" + "L".join(f"{x:g} {y:g}" for x, y in corners)


def _labels(trace: Trace, frame: _Frame) -> str:
    """The two final figures beside the ends of their lines, pushed apart where they would overlap."""
    best, bound = _last(_incumbents(trace)), _last(_bounds(trace))
    places = [
        (frame.y(cost), name, cost)
        for cost, name in ((best, "Best plan"), (bound, "Proven bound"))
        if cost is not None
    ]
    if len(places) == 2 and places[1][0] - places[0][0] < _LEAST_LABEL_DISTANCE:
        middle = (places[0][0] + places[1][0]) / 2
        offsets = (-_LEAST_LABEL_DISTANCE / 2, _LEAST_LABEL_DISTANCE / 2)
        places = [(middle + offset, *place[1:]) for offset, place in zip(offsets, places, strict=True)]
    x = _WIDTH - _RIGHT + 8
    return "".join(
        f'<text class="a" x="{x}" y="{y:g}">{escaped(name)}</text>'
        f'<text x="{x}" y="{y + 14:g}">{number_in_words(cost)}</text>\n'
        for y, name, cost in places
    )


def _in_words(title: str, trace: Trace) -> str:
    sentences = [title]
    for name, points in (("Best plan", _incumbents(trace)), ("Proven bound", _bounds(trace))):
        if points:
            sentences.append(
                f"{name}: {number_in_words(points[0][1])} after {seconds_in_words(points[0][0])}, "
                f"{number_in_words(points[-1][1])} at the end"
            )
    low, high = _visible_costs(trace)
    if any(not low <= cost <= high for _, cost in _incumbents(trace) + _bounds(trace)):
        sentences.append("Early figures far from the final ones are cut off at the edge")
    return ". ".join(sentences) + "."
