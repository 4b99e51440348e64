"""Pages from templates: everything is escaped unless it comes from `reports`, which escapes by itself."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from config.codes import in_name
from config.findings import InvalidFile
from console.context import Context, context_of
from reports.words import date_in_words, gap_in_words, number_in_words, per_cent, period_in_words, plural

TEMPLATES = Path(__file__).parent / "templates"

NAVIGATION = (
    ("/", "Programme"),
    ("/areas", "Areas"),
    ("/people", "People"),
    ("/load", "Load"),
    ("/due", "What is due"),
    ("/actions", "What waits for whom"),
    ("/events", "Events"),
    ("/plans", "Plans"),
    ("/messages", "Messages"),
    ("/history", "History"),
)


def render(request: Request, template: str, values: Mapping[str, Any], status: int = 200) -> HTMLResponse:
    """A whole page; `values` must hold at least the page's `title`."""
    context = context_of(request)
    text = (
        _environment()
        .get_template(template)
        .render(
            values,
            path=request.url.path,
            navigation=NAVIGATION,
            today=_today(context),
            prefect=context.prefect_address,
        )
    )
    return HTMLResponse(text, status_code=status)


def _today(context: Context) -> date | None:
    """None over a damaged clock, which the page is then about."""
    try:
        return context.today()
    except InvalidFile:
        return None


def markup(trusted: str) -> Markup:
    """Markup of `reports`, which escapes every text itself."""
    return Markup(trusted)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "day": date_in_words,
        "gap": gap_in_words,
        "in_name": in_name,
        "number": number_in_words,
        "per_cent": per_cent,
        "plural": plural,
    }
    environment.globals["period"] = period_in_words
    return environment
