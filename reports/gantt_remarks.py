"""Words beside bars and diamonds: labels where there is room; pins and delays always, with a line from afar."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from reports.gantt_lanes import MILESTONE_REACH, Places, clear_part
from reports.markup import escaped, text_width
from reports.scale import Scale
from reports.values import Bar, Ending, Row, Tone

TEXT_BASELINE = 11
"""Pixels from the upper edge of a lane to the line on which its words stand."""

_PADLOCK_WIDTH, _SHORT = 12, 7
"""Pixels of a padlock, and letters of a label that is cut for want of room; the tooltip has it in full."""

_LABEL_REACH, _NEAR = 60, 14
"""Pixels within which a label still seems to belong to its bar, and within which other words do."""


@dataclass(frozen=True, slots=True)
class Remark:
    """Words for a free place near the pixels `edges` of a lane whose upper edge is `top`."""

    edges: tuple[int, int]
    top: int
    label: str
    ending: str = ""
    is_pinned: bool = False
    is_late: bool = False
    has_padlock: bool = False

    @property
    def must_be_said(self) -> bool:
        """A pin and a delay are never left out for want of room; a label may be, since the tooltip has it."""
        return self.is_pinned or self.is_late


def words_inside(bar: Bar) -> str:
    """What a bar would say within itself: its label, and that it is late."""
    return f"{bar.label}{' late' * bar.is_late}".strip()


def label_fits(bar: Bar, width: int) -> bool:
    """Whether its words go into the bar: not into a thin one, nor into a hatched one, where nobody could read them."""
    is_readable = bar.is_late or (bar.tone is not Tone.LIGHT and not bar.is_provisional)
    words = words_inside(bar)
    return bool(words) and is_readable and text_width(words) + 4 <= width


def padlock_fits(bar: Bar, width: int) -> bool:
    """Whether the padlock goes into the bar itself: a dark one of two weeks and more, where no label is."""
    is_solid = not (bar.is_late or bar.is_provisional)
    return bar.is_pinned and is_solid and bar.tone is Tone.DARK and width > 9 and not label_fits(bar, width)


def remarks_of(row: Row, top: Mapping[str, int], scale: Scale) -> list[Remark]:
    """The words of a row: those that must be said first, since they choose their place first.

    Parameters
    ----------
    top
        Upper edge of the lane of each activity, in pixels.
    """
    remarks = [*_of_bars(row, top, scale), *_of_milestones(row, top, scale), *_earlier(row, top, scale)]
    return sorted(remarks, key=lambda remark: (not remark.must_be_said, remark.edges, remark.top))


def beside(remark: Remark, places: Places, key: str) -> str:
    """A remark in the free place nearest to its step; a line leads to it where that is not near.

    Parameters
    ----------
    key
        Start of the id of the padlock, as in `gantt_key.definitions`.
    """
    lock = _PADLOCK_WIDTH if remark.has_padlock else 0
    found = _place(remark, places, lock)
    if found is None:
        return ""
    said, x = found
    baseline = remark.top + TEXT_BASELINE
    style = ' class="r"' if remark.is_late else ""
    padlock = f'<use href="#{key}-pin" x="{x}" y="{baseline - 11}"/>' if lock else ""
    leader = _leader(remark, x, text_width(said) + lock) if remark.must_be_said else ""
    return f'{leader}{padlock}<text{style} x="{x + lock}" y="{baseline}">{escaped(said)}</text>'


def _place(remark: Remark, places: Places, lock: int) -> tuple[str, int] | None:
    """The words for which there is room, in full if that is near, and where they begin."""
    marks = " ".join(filter(None, ("pinned" * remark.is_pinned, "late" * remark.is_late)))
    forms = [(" ".join(filter(None, (remark.label, remark.ending, marks))), _NEAR)]
    forms.append((f"{remark.label} {marks}".strip(), _LABEL_REACH))
    if len(remark.label) > _SHORT:
        forms.append((f"{remark.label[: _SHORT - 1].rstrip()}… {marks}".strip(), _NEAR))
    forms += [(marks, places.width)] if marks else []
    for said, reach in forms:
        x = places.place_near(*remark.edges, text_width(said) + lock, reach) if said else None
        if x is not None:
            return said, x
    return (marks, max(places.width - text_width(marks) - lock, 0)) if marks else None


def _leader(remark: Remark, x: int, width: int) -> str:
    """A line under the lane from the step to its words; none if they stand beside it."""
    left, right = remark.edges
    if x - right <= _NEAR and left - x - width <= _NEAR:
        return ""
    middle, end = (left + right) // 2, x if x > right else x + width
    style = "d r" if remark.is_late else "d"
    return f'<path class="{style}" d="M{middle} {remark.top + 14}H{end}"/>'


def _of_bars(row: Row, top: Mapping[str, int], scale: Scale) -> Iterator[Remark]:
    for bar in row.bars:
        span, clear = scale.span(bar.start, bar.end), clear_part(bar, row, scale)
        if span is None or clear is None:
            continue
        fits = label_fits(bar, clear[1])
        remark = Remark(
            (span[0], sum(span)),
            top[bar.activity],
            "" if fits else bar.label,
            _ending(bar.ended, bar.is_waived),
            is_pinned=bar.is_pinned,
            is_late=bar.is_late and not fits,
            has_padlock=bar.is_pinned and not padlock_fits(bar, clear[1]),
        )
        if remark.label or remark.ending or remark.must_be_said:
            yield remark


def _of_milestones(row: Row, top: Mapping[str, int], scale: Scale) -> Iterator[Remark]:
    for stone in row.milestones:
        ending = _ending(stone.ended, stone.is_waived)
        if (stone.is_late or ending) and scale.holds(stone.on):
            x = scale.x(stone.on)
            edges = (x - MILESTONE_REACH, x + MILESTONE_REACH)
            yield Remark(edges, top[stone.activity], "", ending, is_late=stone.is_late)


def _earlier(row: Row, top: Mapping[str, int], scale: Scale) -> Iterator[Remark]:
    """Once for each lane: that something late lies before the timeline."""
    late = {bar.activity for bar in row.bars if bar.is_late and bar.end <= scale.start}
    late |= {stone.activity for stone in row.milestones if stone.is_late and stone.on < scale.start}
    for edge in sorted({top[activity] for activity in late}):
        yield Remark((0, 0), edge, "‹", is_late=True)


def _ending(ended: Ending | None, is_waived: bool) -> str:
    words = ["done late" if ended is not None and ended.days_late else "", "waived" * is_waived]
    return ", ".join(filter(None, words))
