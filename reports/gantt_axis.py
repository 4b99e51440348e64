"""The timeline's head: named periods or years above, months below, and where today is."""

from collections.abc import Callable, Iterable, Iterator

from reports.markup import escaped, text_width
from reports.scale import Scale, Timeline, months, timeline_in_words, years
from reports.values import Band
from reports.words import date_in_words

AXIS_HEIGHT = 52

_PERIOD_BASELINE, _MONTH_BASELINE, _TODAY_BASELINE = 13, 31, 48
_MONTH_TOP, _TODAY_TOP = 18, 36


def upper_periods(timeline: Timeline, scale: Scale) -> tuple[Band, ...]:
    """The timeline's own periods; calendar years where it has none, or none that has room for its year."""
    whole = [band for band in timeline.periods if scale.holds(band.start) and band.end <= scale.end]
    has_room = all(
        _fits(_period_names(band.name), -1, scale.full_width(band.start, band.end)) for band in whole
    )
    return timeline.periods if timeline.periods and has_room else tuple(years(scale))


def draw_axis(timeline: Timeline, scale: Scale) -> str:
    """SVG of the axis without its outer element, `AXIS_HEIGHT` pixels high."""
    upper = upper_periods(timeline, scale)
    lines = _ticks(upper, scale, 0) + _ticks(months(scale), scale, _MONTH_TOP)
    return (
        f'<path class="jc-g" d="{lines}M0 {_MONTH_TOP}h{scale.width}M0 {_TODAY_TOP}h{scale.width}"/>'
        f"{''.join(_labels(upper, scale, _PERIOD_BASELINE, _period_names))}"
        f"{''.join(_labels(months(scale), scale, _MONTH_BASELINE, _month_names))}"
        f"{_today(timeline, scale)}"
    )


def axis_in_words(timeline: Timeline, scale: Scale) -> str:
    """'Timeline, September 2005 to December 2008, by month. Today is 7 September 2006.'"""
    words = f"Timeline, {timeline_in_words(scale)}, by month."
    if timeline.today is not None and scale.holds(timeline.today):
        words += f" Today is {date_in_words(timeline.today)}."
    return words


def gridlines_path(timeline: Timeline, scale: Scale, height: int) -> tuple[str, str]:
    """Path data of the hairlines at months, and of the stronger lines at the upper periods."""
    strong = {scale.x(band.start) for band in upper_periods(timeline, scale) if scale.holds(band.start)}
    light = {scale.x(month.start) for month in months(scale) if scale.holds(month.start)} - strong
    return _verticals(light - {0}, height), _verticals(strong - {0}, height)


def today_path(timeline: Timeline, scale: Scale, height: int) -> str:
    """Path data of the today line; empty when today is outside the chart or not given."""
    if timeline.today is None or not scale.holds(timeline.today):
        return ""
    return _verticals({scale.x(timeline.today)}, height)


def _verticals(columns: set[int], height: int) -> str:
    return "".join(f"M{x} 0v{height}" for x in sorted(columns))


def _ticks(bands: Iterable[Band], scale: Scale, top: int) -> str:
    edges = {scale.x(band.start) for band in bands if scale.holds(band.start)}
    return "".join(f"M{x} {top}v{_MONTH_TOP}" for x in sorted(edges))


def _month_names(name: str) -> tuple[str, ...]:
    return name, name[:3], name[:1]


def _period_names(name: str) -> tuple[str, ...]:
    """A name in full and shorter, never without its year: 'Autumn term 2005', 'Autumn 2005', 'Aut 05'."""
    words = name.split()
    if len(words) < 2 or not words[-1].isdigit():
        return (name,)
    short = f"{words[0][:3]} {words[-1][-2:]}"
    return (name, f"{words[0]} {words[-1]}", short) if len(words) > 2 else (name, short)


def _labels(
    bands: Iterable[Band], scale: Scale, baseline: int, names: Callable[[str], tuple[str, ...]]
) -> Iterator[str]:
    """The bands' names, all in the longest form for which every band in full view has room."""
    spans = [
        (names(band.name), span, span[1] == scale.full_width(band.start, band.end))
        for band in bands
        if (span := scale.span(band.start, band.end)) and band.name
    ]
    whole = [(forms, span) for forms, span, is_whole in spans if is_whole]
    level = next((n for n in range(3) if all(_fits(forms, n, span[1]) for forms, span in whole)), 2)
    for forms, span, _ in spans:
        if _fits(forms, level, span[1]):
            yield f'<text x="{span[0] + 3}" y="{baseline}">{escaped(_form(forms, level))}</text>'


def _form(forms: tuple[str, ...], level: int) -> str:
    return forms[min(level, len(forms) - 1)]


def _fits(forms: tuple[str, ...], level: int, width: int) -> bool:
    return text_width(_form(forms, level)) + 3 <= width


def _today(timeline: Timeline, scale: Scale) -> str:
    if timeline.today is None or not scale.holds(timeline.today):
        return ""
    x, words = scale.x(timeline.today), f"today, {date_in_words(timeline.today)}"
    fits_right = x + text_width(words) + 6 <= scale.width
    place = f'x="{x + 5}"' if fits_right else f'class="e" x="{x - 5}"'
    return (
        f'<path class="jc-n" d="M{x} {_TODAY_TOP}v{AXIS_HEIGHT - _TODAY_TOP}"/>'
        f'<text {place} y="{_TODAY_BASELINE}">{escaped(words)}</text>'
    )
