"""The console's application: pages for whoever is signed in, exports, `/health`, and the hook for Prefect's reports."""

import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

from anyio import CapacityLimiter
from anyio.to_thread import current_default_thread_limiter
from fastapi import Depends, FastAPI
from sqlalchemy import Engine
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from config.guard import Guard
from config.logs import set_up_logging
from config.private import start_private
from config.settings import (
    console_settings,
    database_settings,
    home_settings,
    prefect_settings,
)
from config.token import hook_token, with_secret
from console import (
    account_forms,
    account_page,
    accounts_page,
    activity_pages,
    answer_page,
    appeal_pages,
    appeals_page,
    area_list,
    areas,
    assessment_pages,
    body_page,
    colleagues_page,
    compare_page,
    consultation_pages,
    data_page,
    desk_pages,
    development_pages,
    due_page,
    evaluation_pages,
    event_pages,
    events_page,
    evidence,
    evidence_pages,
    exports,
    feeds_page,
    findings_pages,
    follow_up_page,
    follow_up_pages,
    hand_pages,
    health_page,
    history_page,
    hooks,
    inspections_page,
    leave_pages,
    load_page,
    map_page,
    messages_page,
    moves_page,
    offers_page,
    open_id_page,
    own_answers_page,
    own_messages_page,
    people_page,
    place_pages,
    plans,
    preparation_page,
    priority_page,
    profile_page,
    programme_page,
    programme_words,
    proof_pages,
    publishing_pages,
    questionnaire_forms,
    questionnaires_page,
    rating_pages,
    ratings_page,
    recommendation_pages,
    replan_answer,
    replan_pages,
    report_pages,
    responses_page,
    settling_page,
    shortcuts,
    sign_in_page,
    solving_pages,
    special_review_page,
    step_pages,
    storing_pages,
    waiting_page,
    years_page,
)
from console.access import admitted
from console.context import Context
from console.failures import answer_failures
from console.heads import Heads
from console.keeping import Kept
from console.memory import collect_seldom
from console.prefect_runs import PrefectRuns
from console.security import HEADERS
from console.visitors import Visitors
from models import make_engine
from models.edition_watch import EditionWatch
from models.opening import DamagedDatabase
from services import bootstrap
from services.accounts.visits import Lasting

STATIC = Path(__file__).parent / "static"
READERS = 10
"""Requests that are worked on at once; the others wait their turn. Each has one connection, so none waits for one."""

WATCHERS = 2
"""Answers of `/health` that are worked on at once, beside the readers: a monitor never waits behind them."""

SMALLEST_COMPRESSED, COMPRESSION = 1_000, 5
"""Bytes of an answer from which on it is compressed, and how hard: more takes longer and saves little."""

logger = logging.getLogger(__name__)


def create_app(context: Context, addresses: tuple[str, ...] = ()) -> FastAPI:
    """The application over a database.

    Parameters
    ----------
    addresses
        Where it is to be found, besides localhost and numbers (see `config.guard`).
    """
    app = FastAPI(
        title="jarcycle",
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        dependencies=[Depends(admitted)],
        lifespan=_serving,
    )
    app.state.context = context
    app.state.kept = Kept(EditionWatch(context.engine))
    app.state.watchers = None
    rooms = (
        sign_in_page,
        open_id_page,
        account_page,
        account_forms,  # before the accounts, whose numbers 'new' would otherwise be taken for
        accounts_page,
        colleagues_page,
        feeds_page,
        shortcuts,
        programme_page,
        map_page,
        evidence,  # before the areas, whose codes may be of any letters
        priority_page,
        years_page,
        inspections_page,
        assessment_pages,
        own_messages_page,
        follow_up_page,  # also before the areas
        profile_page,
        rating_pages,
        appeal_pages,  # these, too, are before the areas
        own_answers_page,
        area_list,
        areas,
        offers_page,
        place_pages,
        leave_pages,  # both before the people, whose codes may be of any letters
        people_page,
        body_page,
        load_page,
        step_pages,
        activity_pages,
        findings_pages,
        report_pages,
        programme_words,
        consultation_pages,
        follow_up_pages,
        recommendation_pages,
        evidence_pages,
        due_page,
        waiting_page,
        event_pages,
        special_review_page,
        replan_answer,
        replan_pages,
        events_page,
        ratings_page,
        appeals_page,
        questionnaire_forms,  # before the rounds, whose numbers 'send' would otherwise be taken for
        questionnaires_page,
        answer_page,
        evaluation_pages,
        responses_page,
        development_pages,
        preparation_page,
        settling_page,  # before the messages, whose occasions may be any word
        messages_page,
        compare_page,
        moves_page,
        storing_pages,
        publishing_pages,  # both before the plans, whose numbers they would otherwise be taken for
        proof_pages,
        solving_pages,
        desk_pages,
        hand_pages,
        data_page,
        plans,
        history_page,
        exports,
    )
    for room in (*rooms, health_page, hooks):
        app.include_router(room.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_middleware(Visitors, context=context)
    app.add_middleware(Heads)
    app.add_middleware(GZipMiddleware, minimum_size=SMALLEST_COMPRESSED, compresslevel=COMPRESSION)
    app.add_middleware(Guard, addresses=addresses, variable="JARCYCLE_CONSOLE_PUBLIC_URL", headers=HEADERS)
    answer_failures(app)
    return app


@asynccontextmanager
async def _serving(app: FastAPI) -> AsyncIterator[None]:
    current_default_thread_limiter().total_tokens = READERS
    app.state.watchers = CapacityLimiter(WATCHERS)
    yield


def create_from_environment() -> FastAPI:
    """The application as the settings say; in a new home the database is made, so that the first page says what to do.

    Over a damaged database it starts all the same: every page and `/health` then say what is wrong.
    """
    start_private()
    set_up_logging()
    collect_seldom()
    home, settings = home_settings().home, console_settings()
    prefect = with_secret(prefect_settings(), home)
    context = Context(
        engine=_engine(),
        today=bootstrap.today,
        now=bootstrap.now,
        prefect_address=prefect.public_address,
        hook_token=hook_token(home),
        transport=bootstrap.mail_transport(),
        sender=bootstrap.mail_sender(),
        lasting=Lasting(timedelta(hours=settings.session_hours), timedelta(minutes=settings.idle_minutes)),
        public_address=settings.public_address,
        prepared=bootstrap.prepared(),
        runs=PrefectRuns(prefect.api, "" if prefect.auth is None else prefect.auth.get_secret_value()),
        provider=bootstrap.open_id_provider(),
    )
    return create_app(context, (settings.address, settings.public_address, *settings.other_addresses))


def _engine() -> Engine:
    try:
        return bootstrap.open_database(make=True)
    except DamagedDatabase as fault:
        logger.error("%s", fault)
        return make_engine(database_settings().url)
