"""Small charts with everything defaulted, for tests that care about one thing."""

import re
import xml.etree.ElementTree as ElementTree
from datetime import date, timedelta
from typing import Any

from reports.values import Band, Bar, GanttChart, Milestone, Row, Tone

MONDAY = date(2006, 9, 4)
WEEK = timedelta(weeks=1)
HOSTILE = "<script>alert(\"1\")</script> & 'x'"


def a_bar(week: int = 0, num_weeks: int = 2, **values: Any) -> Bar:
    """Fieldwork of a joint area review, `week` weeks after `MONDAY`."""
    start = MONDAY + week * WEEK
    given = {
        "activity": "Joint area review",
        "name": "fieldwork",
        "start": start,
        "end": start + num_weeks * WEEK,
    }
    return Bar(**(given | values))


def a_band(week: int = 0, num_weeks: int = 2, name: str = "") -> Band:
    """Whole weeks, `week` weeks after `MONDAY`."""
    return Band(MONDAY + week * WEEK, MONDAY + (week + num_weeks) * WEEK, name)


def a_row(*bars: Bar, **values: Any) -> Row:
    """A row of an area."""
    return Row(**({"name": "Durham", "bars": bars} | values))


def a_chart(*rows: Row, num_weeks: int = 26, **values: Any) -> GanttChart:
    """A chart from `MONDAY` on."""
    given = {"title": "One area has dates", "start": MONDAY, "end": MONDAY + num_weeks * WEEK, "rows": rows}
    return GanttChart(**(given | values))


def a_national_chart(num_rows: int = 150, num_weeks: int = 213) -> GanttChart:
    """As full as a real programme: per area five stages with published dates, a milestone, a window, holidays."""
    rows = [_national_row(index, num_weeks) for index in range(num_rows)]
    return a_chart(
        *rows,
        num_weeks=num_weeks,
        title="All areas are reviewed by December 2008",
        subtitle="Plan 7, option 1, within 0.02 per cent of the best possible",
        today=MONDAY + 30 * WEEK,
        tones=((Tone.LIGHT, "Reporting"), (Tone.MIDDLE, "Analysis"), (Tone.DARK, "On site")),
    )


def _national_row(index: int, num_weeks: int) -> Row:
    week = index * 37 % (num_weeks - 60) + 8
    marks = {"is_provisional": index % 2 == 0, "is_pinned": index % 9 == 0, "is_late": index % 11 == 0}

    moved = index % 4

    def stage(name: str, first: int, length: int, tone: Tone, activity: str = "Joint area review") -> Bar:
        return a_bar(
            first, length, name=name, tone=tone, activity=activity, published=a_band(first - moved, length)
        )

    bars = (
        stage("set-up", week - 8, 1, Tone.LIGHT),
        stage("analysis", week, 1, Tone.MIDDLE),
        a_bar(week + 3, 2, label="JAR", published=a_band(week + 3 - moved), **marks),
        stage("draft report", week + 5, 8, Tone.LIGHT),
        stage("on site", week + 33, 2, Tone.DARK, "Corporate assessment"),
    )
    publication = MONDAY + (week + 21) * WEEK
    return a_row(
        *bars,
        name=f"Metropolitan borough {index}",
        href=f"/areas/{800 + index}",
        milestones=(Milestone(activity="Joint area review", name="publication", on=publication),),
        next_on=publication,
        next_name="publication",
        status="Confirmed for 2006-07",
        windows=(a_band(week + 31, 13),),
        holidays=tuple(a_band(term * 13 + index % 3, 2) for term in range(num_weeks // 13)),
    )


def parsed(markup: str) -> ElementTree.Element:
    """The fragment as a tree; fails if it isn't well-formed XML."""
    return ElementTree.fromstring(markup)


def local_name(element: ElementTree.Element) -> str:
    """The tag without its namespace."""
    return element.tag.rpartition("}")[2]


def all_named(tree: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    """Every element of that tag, in any namespace."""
    return [element for element in tree.iter() if local_name(element) == name]


def words(tree: ElementTree.Element) -> str:
    """All text of a tree."""
    return " ".join("".join(tree.itertext()).split())


def referenced_ids(markup: str) -> set[str]:
    """Ids that `use` elements and paints refer to."""
    return set(re.findall(r'(?:href="#|url\(#)([^")]+)', markup))


def own_ids(markup: str) -> list[str]:
    """Ids that a fragment defines."""
    return re.findall(r'\bid="([^"]+)"', markup)
