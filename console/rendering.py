"""Pages from templates: everything is escaped unless it comes from `reports`, which escapes by itself."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import HTMLResponse

from config.clock import Clock
from config.codes import in_name
from config.findings import InvalidFile
from console.access import may
from console.context import Context, context_of
from console.keeping import kept
from console.notices import forget_notice, notice_of
from console.shortcut_letters import letter_of
from console.visitors import form_token, visiting_of
from models.opening import DamagedDatabase
from reports.words import date_in_words, gap_in_words, number_in_words, per_cent, period_in_words, plural
from services.accounts.roles import OF_INSPECTORATE
from services.accounts.visits import SignedIn
from services.doors import on_page
from services.messages.hidden_links import without_secrets
from services.shown.played_day import day_taken

TEMPLATES = Path(__file__).parent / "templates"

NAVIGATION = (
    ("/", "Programme"),
    ("/areas", "Areas"),
    ("/people", "People"),
    ("/load", "Load"),
    ("/map", "Map"),
    ("/due", "What is due"),
    ("/actions", "What waits for whom"),
    ("/years", "Years"),
    ("/events", "Events"),
    ("/follow-up", "Follow-up"),
    ("/ratings", "Ratings"),
    ("/appeals", "Appeals"),
    ("/plans", "Plans"),
    ("/data", "Data"),
    ("/messages", "Messages"),
    ("/questionnaires", "Questionnaires"),
    ("/history", "History"),
    ("/accounts", "Accounts"),
)
OF_AREA_NAVIGATION = (
    ("/areas/{}", "Your area"),
    ("/areas/{}/evidence", "Evidence"),
    ("/areas/{}/follow-up", "Follow-up"),
    ("/areas/{}/priority", "What was published"),
    ("/areas/{}/years", "Assessments"),
    ("/areas/{}/messages", "Messages"),
    ("/areas/{}/questionnaires", "Questionnaires"),
)
PREPARATION = ("/preparation", "Preparation")
"""Only a preparation group has it in its menu: nobody else learns that there is one."""


def render(request: Request, template: str, values: Mapping[str, Any], status: int = 200) -> HTMLResponse:
    """A whole page for whoever asks; `values` must hold at least the page's `title`."""
    context, visiting = context_of(request), visiting_of(request)
    who, notice = visiting.who, notice_of(request)
    text = (
        _environment()
        .get_template(template)
        .render(
            values,
            is_refused=status == 422,
            path=request.url.path,
            navigation=navigation_of(who),
            today=_today(context),
            played=_played(request),
            prefect=context.prefect_address if may(who, "GET", "/plans") else "",
            who=who,
            may=partial(may, who),
            notice=notice,
            has_shortcuts=who is not None and who.has_shortcuts,
            form_token=form_token(visiting.secret) if visiting.secret else "",
        )
    )
    answer = HTMLResponse(text, status_code=status)
    if notice:
        forget_notice(answer)
    return answer


def navigation_of(who: SignedIn | None) -> list[tuple[str, str]]:
    """The pages of the menu that somebody may open: of an authority or of a body alone, those of their own."""
    if who is not None and not who.must_change and who.only_body is not None:
        return [(f"/bodies/{in_name(who.only_body)}", "Your body"), ("/events/new", "Record an event")]
    if who is not None and not who.must_change and not who.is_one_of(OF_INSPECTORATE):
        pages = [(address.format(in_name(who.area_code or "")), name) for address, name in OF_AREA_NAVIGATION]
        return [*pages, PREPARATION] if who.is_preparing else pages
    return [(address, name) for address, name in NAVIGATION if may(who, "GET", address)]


def _today(context: Context) -> date | None:
    """None over a damaged clock, which the page is then about."""
    try:
        return context.today()
    except InvalidFile:
        return None


def _played(request: Request) -> str | None:
    """Which day of a programme of the past is taken as today; None also over a database that a page is then about."""
    try:
        said = kept(request, day_taken, Clock().today(context_of(request).now()))
        return None if said is None else on_page(said)
    except (InvalidFile, SQLAlchemyError, DamagedDatabase):
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
        "on_page": on_page,
        "per_cent": per_cent,
        "plural": plural,
        "without_secrets": without_secrets,
    }
    environment.globals |= {"period": period_in_words, "letter_of": letter_of}
    return environment
