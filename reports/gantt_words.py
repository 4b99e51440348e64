"""What a row's picture shows, said in words from the same values: the picture's `aria-label` and its tooltips."""

from datetime import date

from reports.values import Bar, Ending, Milestone, Row
from reports.words import capitalised, date_in_words, period_in_words, plural

_LATER, _EARLIER = "later", "earlier"


def bar_in_words(bar: Bar) -> str:
    """'fieldwork 25 September to 6 October 2006, provisional, pinned'."""
    return ", ".join([f"{bar.name} {period_in_words(bar.start, bar.end)}", *_marks(bar)])


def milestone_in_words(stone: Milestone) -> str:
    """'publication 26 March 2007', with 'late', 'done 3 days late' or 'a rule waived' where it is."""
    marks = ["late"] if stone.is_late else _endings(stone.ended, stone.is_waived)
    return ", ".join([f"{stone.name} {date_in_words(stone.on)}", *marks])


def row_in_words(row: Row) -> str:
    """Everything a row's picture says, in the order of time within each activity."""
    sentences = [row.name]
    if row.status:
        sentences.append(row.status)
    sentences += [_activity_in_words(name, row) for name in _activities(row)]
    if row.windows:
        sentences.append(
            f"Window: {'; '.join(period_in_words(band.start, band.end) for band in row.windows)}"
        )
    if not row.bars and not row.milestones:
        sentences.append("Nothing is planned")
    return ". ".join(sentences) + "."


def next_in_words(row: Row) -> str:
    """'Fieldwork', what happens on the row's next date; empty when nothing is ahead."""
    return capitalised(row.next_name)


def _marks(bar: Bar) -> list[str]:
    marks = (("provisional", bar.is_provisional), ("pinned", bar.is_pinned), ("late", bar.is_late))
    return [word for word, holds in marks if holds] + _endings(bar.ended, bar.is_waived)


def _endings(ended: Ending | None, is_waived: bool) -> list[str]:
    """'done', 'done 3 days late', 'a rule waived'."""
    words = []
    if ended is not None:
        words.append(f"done {plural(ended.days_late, 'day')} late" if ended.days_late else "done")
    return [*words, "a rule waived"] if is_waived else words


def _activities(row: Row) -> list[str]:
    """The row's activities in the order in which they begin."""
    first: dict[str, date] = {}
    for activity, day in [(b.activity, b.start) for b in row.bars] + [
        (m.activity, m.on) for m in row.milestones
    ]:
        first[activity] = min(day, first.get(activity, day))
    return sorted(first, key=lambda activity: (first[activity], activity))


def _activity_in_words(activity: str, row: Row) -> str:
    """
    One activity's stages and milestones; what holds for all its stages is said once.

    'Joint area review, 2 weeks later than published: analysis 4 to 8 September 2006; fieldwork ...'.
    """
    bars = [bar for bar in row.bars if bar.activity == activity]
    shared = (
        [remark for remark in _remarks(bars[0]) if all(remark in _remarks(bar) for bar in bars)]
        if bars
        else []
    )
    dated = [(bar.start, _bar_with_remarks(bar, shared)) for bar in bars]
    dated += [(stone.on, milestone_in_words(stone)) for stone in row.milestones if stone.activity == activity]
    head = [activity, *(f"{remark}{_against_published(remark)}" for remark in shared)]
    if any(_against_published(remark) for bar in bars for remark in _remarks(bar) if remark not in shared):
        head.append("compared with the published plan")
    return f"{', '.join(head)}: {'; '.join(words for _, words in sorted(dated))}"


def _remarks(bar: Bar) -> list[str]:
    return _marks(bar) + [remark for remark in [_shift_in_words(bar)] if remark]


def _bar_with_remarks(bar: Bar, shared: list[str]) -> str:
    alone = [remark for remark in _remarks(bar) if remark not in shared]
    return ", ".join([f"{bar.name} {period_in_words(bar.start, bar.end)}", *alone])


def _shift_in_words(bar: Bar) -> str:
    """'2 weeks later', against the published plan; empty if nothing was published or the dates are the same."""
    if bar.published is None or (bar.published.start, bar.published.end) == (bar.start, bar.end):
        return ""
    days = (bar.start - bar.published.start).days
    if days == 0 or bar.end - bar.start != bar.published.end - bar.published.start:
        return f"published for {period_in_words(bar.published.start, bar.published.end)}"
    distance = plural(abs(days) // 7, "week") if days % 7 == 0 else plural(abs(days), "day")
    return f"{distance} {_LATER if days > 0 else _EARLIER}"


def _against_published(remark: str) -> str:
    """What completes a shift when it stands alone."""
    return " than published" if remark.endswith((_LATER, _EARLIER)) else ""
