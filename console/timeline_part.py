"""The part of a page that shows a plan's chart: the form above it, the chart, and its pages."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from sqlmodel import Session
from starlette.requests import Request

from console.keeping import kept
from console.look_form import Arrangement, Asked, LookForm, look_asked
from console.missing import or_404
from console.rendering import markup
from reports.gantt import gantt_css, gantt_table
from reports.map_style import MAP
from reports.svg_picture import CHART_MODES, CHARTS
from services.shown.chart_rows import NameLink
from services.shown.gantt import Links, chart_page
from services.shown.look import By


def style_sheet() -> str:
    """The style of charts, maps and pictures."""
    return gantt_css() + MAP + CHARTS + CHART_MODES


def chart_part(request: Request, version: int, *, weeks: str, link: NameLink) -> dict[str, Any]:
    """What `_look.html` and the page around it need: `title`, `chart`, `form` and `part`; kept while nothing changes.

    Parameters
    ----------
    weeks
        What is shown if the address does not say: a number, or `all`.
    link
        Gives the address of an area's page from its code; a function of a module.

    Raises
    ------
    HTTPException
        400 if the address asks for something unknown, 404 if there is no such plan.
    """
    return dict(kept(request, chart_values, version, Asked.of(request), weeks, link))


def chart_values(
    opened: Session, today: date, version: int, address: Asked, weeks: str, link: NameLink
) -> dict[str, Any]:
    """The same, read anew."""
    form = look_asked(opened, address, version, Arrangement(weeks=weeks))
    links = Links(area=link, person=lambda code: _work_of(form, code))
    with or_404():
        part = chart_page(opened, version, form.look, today=today, links=links)
    chart = markup(gantt_table(part.chart, heading_level=2)) if part.num_rows else ""
    return {"title": part.chart.title, "chart": chart, "form": form, "part": part}


def _work_of(form: LookForm, person: str) -> str:
    """The areas in which somebody works, or that they lead, as a chart."""
    role = "leader" if form.look.by is By.LEADER else "inspector"
    return f"{form.path}?{urlencode({'by': By.AREA.value, role: person, 'weeks': 'all'})}"
