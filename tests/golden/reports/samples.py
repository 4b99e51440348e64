"""One small value for each picture and export, using every feature: what the golden files are made from."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

from reports.area_map import AreaMap, MapClass, Place, map_svg
from reports.cost_bars import CostBar, CostBars, cost_bars_svg
from reports.csv_export import csv_bytes
from reports.gantt import gantt_html, gantt_svg
from reports.ics import CalendarEvent, EventStatus, calendar_bytes, event_uid
from reports.plan_tables import DeadlineRow, PlanBook, ProgrammeRow, TeamRow, programme_table
from reports.values import Band, Bar, Ending, GanttChart, Level, Milestone, Row, Tone

AS_OF = date(2006, 9, 7)
REVIEW, ASSESSMENT = "Joint area review", "Corporate assessment"


def gantt_sample() -> GanttChart:
    """Three rows in two groups: late, pinned beside a concurrent assessment, and one without any plan."""
    return GanttChart(
        title="Two of three areas have dates; Cheshire's draft report is late",
        subtitle="Plan 7, option 3, as of 7 September 2006",
        start=date(2006, 5, 1),
        end=date(2007, 4, 30),
        rows=(_late_row(), _pinned_row(), Row(name="Isles of Scilly", status="Not planned", group="On time")),
        today=AS_OF,
        periods=(
            Band(date(2006, 4, 18), date(2006, 9, 1), "Summer term 2006"),
            Band(date(2006, 9, 1), date(2007, 1, 1), "Autumn term 2006"),
            Band(date(2007, 1, 1), date(2007, 4, 16), "Spring term 2007"),
        ),
        tones=((Tone.LIGHT, "Set-up and reporting"), (Tone.MIDDLE, "Analysis"), (Tone.DARK, "On site")),
    )


def _late_row() -> Row:
    return Row(
        name='Cheshire "East" & <West>',
        href="/areas/875?from=plan&week=3",
        bars=(
            _bar(
                "analysis",
                date(2006, 5, 8),
                date(2006, 5, 15),
                Tone.MIDDLE,
                ended=Ending(date(2006, 5, 19), date(2006, 5, 12)),
                is_waived=True,
            ),
            _bar("fieldwork", date(2006, 6, 5), date(2006, 6, 19), Tone.DARK, label="JAR"),
            _bar("draft report", date(2006, 6, 19), date(2006, 8, 14), Tone.LIGHT, is_late=True),
        ),
        milestones=(
            Milestone(
                activity=REVIEW,
                name="set up",
                on=date(2006, 5, 3),
                ended=Ending(date(2006, 5, 3), date(2006, 5, 3)),
            ),
            Milestone(activity=REVIEW, name="publication", on=date(2006, 10, 16)),
        ),
        next_on=date(2006, 10, 16),
        next_name="publication",
        status="Late: draft report",
        level=Level.LATE,
        windows=(Band(date(2007, 1, 1), date(2007, 4, 2), "assessment"),),
        holidays=_holidays(),
        group="Late or at risk",
    )


def _pinned_row() -> Row:
    shifted = {"is_provisional": True, "is_pinned": False}
    assessment = Bar(
        activity=ASSESSMENT,
        name="on site",
        start=date(2007, 2, 26),
        end=date(2007, 3, 12),
        label="CA",
        is_provisional=True,
    )
    return Row(
        name="Durham",
        bars=(
            _bar("analysis", date(2007, 2, 5), date(2007, 2, 12), Tone.MIDDLE, weeks_later=2, **shifted),
            _bar(
                "fieldwork",
                date(2007, 2, 26),
                date(2007, 3, 12),
                Tone.DARK,
                weeks_later=2,
                label="JAR",
                is_pinned=True,
            ),
            assessment,
        ),
        next_on=date(2007, 2, 5),
        next_name="analysis",
        status="Indicative, pinned",
        level=Level.AT_RISK,
        holidays=_holidays(),
        group="On time",
    )


def _holidays() -> tuple[Band, ...]:
    return (
        Band(date(2006, 7, 24), date(2006, 9, 4), "summer"),
        Band(date(2006, 10, 23), date(2006, 10, 30), "autumn half-term"),
    )


def _bar(
    name: str, start: date, end: date, tone: Tone, weeks_later: int = 0, label: str = "", **marks: Any
) -> Bar:
    days = 7 * weeks_later
    published = Band(date.fromordinal(start.toordinal() - days), date.fromordinal(end.toordinal() - days))
    return Bar(
        activity=REVIEW, name=name, start=start, end=end, tone=tone, label=label, published=published, **marks
    )


def calendar_sample() -> bytes:
    """One firm, one indicative and one removed event."""
    fieldwork = CalendarEvent(
        uid=event_uid("jar", 896, "fieldwork"),
        name="Fieldwork, Durham",
        start=date(2007, 2, 26),
        end=date(2007, 3, 12),
        sequence=2,
        description="Team leader: A. Mensah; pinned",
        url="https://planner.invalid/areas/840",
        categories=("Joint area review",),
        changed_at=datetime(2006, 9, 1, 8, 30, tzinfo=UTC),
    )
    analysis = CalendarEvent(
        uid=event_uid("jar", 896, "analysis"),
        name="Analysis, Durham",
        start=date(2007, 2, 5),
        end=date(2007, 2, 12),
        status=EventStatus.TENTATIVE,
    )
    removed = CalendarEvent(
        uid=event_uid("yot", 896, "on site"),
        name="Youth offending team inspection, Durham",
        start=date(2006, 11, 6),
        end=date(2006, 11, 11),
        sequence=1,
        status=EventStatus.CANCELLED,
    )
    return calendar_bytes("Durham", (fieldwork, analysis, removed), AS_OF)


def book_sample() -> PlanBook:
    """A workbook with a row that tries to be a formula."""
    row = ProgrammeRow(
        area_code="840",
        area="Durham",
        region="North East",
        activity=REVIEW,
        stage="fieldwork",
        start=date(2007, 2, 26),
        end=date(2007, 3, 12),
        status="indicative",
        option="3",
        leader="A. Mensah",
        is_pinned=True,
    )
    trap = ProgrammeRow(
        area_code="875",
        area="=HYPERLINK(1)",
        region="+North",
        activity="-2",
        stage="@stage",
        start=date(2006, 5, 8),
        end=date(2006, 5, 15),
        status="final",
    )
    team = TeamRow(
        area_code="840",
        area="Durham",
        activity=REVIEW,
        start=date(2007, 2, 26),
        end=date(2007, 3, 12),
        place="health",
        inspector="",
    )
    deadline = DeadlineRow(
        area_code="840",
        area="Durham",
        activity=REVIEW,
        name="draft report",
        due=date(2007, 5, 4),
        rule="8 calendar weeks after the last fieldwork day",
        who="team leader",
        is_hard=True,
    )
    return PlanBook(
        title="Plan 7, option 3",
        programme=(row, trap),
        teams=(team,),
        deadlines=(deadline,),
        about=(("Gap", 0.0002), ("Seed", 7)),
    )


def map_sample() -> AreaMap:
    """Two places that are apart, two that lie on each other, one of them urgent."""
    return AreaMap(
        title="1 of 4 areas is late",
        places=(
            Place("Cheshire", 53.21, -2.6, "/areas/875", 0, "from 8 May 2006 (2006-07); Late: draft report"),
            Place(
                'Durham "City" & <County>', 54.78, -1.58, "/areas/840", 1, "from 5 February 2007 (2006-07)"
            ),
            Place("Isles of Scilly", 49.92, -6.3, "/areas/420", 2, "no dates"),
            Place("Halton", 53.21, -2.6, "", 1, "from 5 February 2007 (2006-07)"),
        ),
        classes=(
            MapClass("L", "Late: 1 area", is_urgent=True),
            MapClass("P", "Planned: 2 areas", 3),
            MapClass("–", "Without dates: 1 area"),
        ),
    )


def cost_bars_sample() -> CostBars:
    """A plan that is proven and one that is nearly."""
    return CostBars(
        bars=(
            CostBar(name="Option 3 (concurrent)", costs=(44998, 796, 531), bound=46325, proven="proven"),
            CostBar(
                name="Option 1 (JAR first)",
                costs=(48000, 3000, 41),
                bound=51000,
                proven="within 0.1 per cent",
            ),
        ),
        terms=("Delay of urgent reviews", "Sequencing of review and assessment", "Uneven load"),
        title="Option 3 (concurrent) has the cheapest dates: 46,325",
    )


GOLDEN: dict[str, Callable[[], bytes]] = {
    "gantt.html": lambda: gantt_html(gantt_sample()).encode(),
    "gantt.svg": lambda: gantt_svg(gantt_sample()).encode(),
    "map.svg": lambda: map_svg(map_sample()).encode(),
    "cost-bars.svg": lambda: cost_bars_svg(cost_bars_sample()).encode(),
    "calendar.ics": calendar_sample,
    "programme.csv": lambda: csv_bytes(programme_table(book_sample().programme)),
}
"""File name -> how to make its bytes."""
