"""The key of a Gantt chart: only what the chart really shows, each sign with its words, and the shared definitions."""

from reports.gantt_endings import ring, tail_path
from reports.gantt_row import BAR_BOX, TONE_CLASS, diamond_path
from reports.markup import rectangle_path
from reports.values import Bar, GanttChart, Milestone, Tone

_PADLOCK = (
    '<path class="jc-k" d="M0 5h9v7h-9z"/><path class="jc-k--open" d="M2 5v-1.7a2.5 2.5 0 0 1 5 0v1.7"/>'
)
SAMPLE_WIDTH, SAMPLE_HEIGHT = 28, 20

_BAR_TOP = 3
_HATCH_COLOUR = {Tone.LIGHT: "#7fb2dd", Tone.MIDDLE: "#2f75b5", Tone.DARK: "#062447"}
"""Stroke of each tone's hatch; the light one is darkened, since it stands on white."""


def definitions(key: str) -> str:
    """The hatches of provisional bars and the padlock, for a `defs` element; ids start with the chart's key."""
    return "".join(_hatch(tone, key) for tone in Tone) + f'<g id="{key}-pin">{_PADLOCK}</g>'


def key_entries(chart: GanttChart) -> tuple[tuple[str, str], ...]:
    """Pairs of a sample (SVG without its outer element) and its words, in the order in which they are shown."""
    bars = [bar for row in chart.rows for bar in row.bars]
    entries = [(_sample(f'class="{TONE_CLASS[tone]}"', tone), words) for tone, words in chart.tones]
    entries += _entries_of_bars(bars, chart.key)
    stones = [stone for row in chart.rows for stone in row.milestones]
    if stones:
        entries.append((f'<path class="m" d="{diamond_path(14, 10)}"/>', "Milestone"))
    entries += _entries_of_endings([*bars, *stones])
    if any(row.windows for row in chart.rows):
        entries.append(
            (f'<path class="w" d="{rectangle_path(1, 2, 26, 16)}"/>', "Window: may take place here")
        )
    if any(row.holidays for row in chart.rows):
        entries.append((f'<path class="jc-h" d="{rectangle_path(1, 0, 26, 20)}"/>', "School holiday"))
    if chart.today is not None and chart.start <= chart.today < chart.end:
        entries.append(('<path class="jc-n" d="M14 0v20"/>', "Today"))
    return tuple(entries)


def _entries_of_bars(bars: list[Bar], key: str) -> list[tuple[str, str]]:
    entries = []
    if any(bar.is_provisional for bar in bars):
        paint = f'class="p" fill="url(#{key}-t2)"'
        entries.append((_sample(paint, Tone.DARK), "Provisional: dates are indicative"))
    if any(bar.is_late for bar in bars):
        entries.append((_sample('class="l"', Tone.DARK), "Late"))
    if any(bar.is_pinned for bar in bars):
        entries.append((f'<use href="#{key}-pin" x="9" y="3"/>', "Pinned: may not move"))
    if any(bar.published for bar in bars):
        entries.append((f'<path class="b" d="{rectangle_path(1, 9, 26, 3)}"/>', "Published plan"))
    return entries


def _entries_of_endings(marks: list[Bar | Milestone]) -> list[tuple[str, str]]:
    entries = []
    if any(isinstance(mark, Milestone) and mark.ended for mark in marks):
        entries.append((f'<path class="m f" d="{diamond_path(14, 10)}"/>', "Milestone, done"))
    if any(mark.ended is not None and mark.ended.days_late for mark in marks):
        sample = f'<path class="x" d="{tail_path(2, 14, 10)}"/><path class="m f" d="{diamond_path(18, 10)}"/>'
        entries.append(
            (sample, "Done late: from the day it was due, or the end planned, to the day it was done")
        )
    if any(mark.is_waived for mark in marks):
        entries.append((ring(14, 10), "A rule was waived"))
    return entries


def _sample(paint: str, tone: Tone) -> str:
    top, height = BAR_BOX[tone]
    return f'<path {paint} d="{rectangle_path(1, _BAR_TOP + top, 26, height)}"/>'


def _hatch(tone: Tone, key: str) -> str:
    return (
        f'<pattern id="{key}-{TONE_CLASS[tone]}" width="4" height="4" patternUnits="userSpaceOnUse" '
        'patternTransform="rotate(45)"><rect class="jc-hg" width="4" height="4" fill="#fff"/>'
        f'<path class="jc-hs" d="M1 0v4" fill="none" stroke="{_HATCH_COLOUR[tone]}" stroke-width="2"/></pattern>'
    )
