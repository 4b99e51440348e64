"""All screens of the console: every page that a route gives, found by following the links of a busy programme."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Engine
from sqlmodel import Session, col, select
from starlette.testclient import TestClient

from console.access_table import ACCESS
from console.app import create_app
from models import Account, Activity, Delivery, Step, session
from services.years.made import find_assessment
from tests.e2e.asked_authorities import answering_page
from tests.e2e.busy_programme import (
    ANSWERED,
    LOST,
    PULLED,
    UNDECIDED,
    WAITING,
    Person,
    Programme,
    people,
)
from tests.e2e.serving import context_on
from tests.known import known
from tests.signing_in import cookies_of
from tests.unit.console.crawling import Crawled, crawl
from tests.unit.console.pressing import route_of

PARTS = frozenset({"GET /plans/solves", "GET /replans/{number}/answer"})
"""Routes that give a part of a page, which the page follows."""

NO_PAGES = PARTS | {"GET /health", "GET /sign-in/openid", "GET /evidence/{need}/file"}
"""Routes without a page: parts, what a monitor reads, and the way to another house."""

WITHOUT_SIGN_IN = ("/sign-in", "/sign-in/openid/back")
REPLANS = tuple(f"/replans/{number}" for number in (WAITING, ANSWERED, LOST))
VIEWS = (
    *REPLANS,
    "/?by=leader&weeks=156&standing=on-time",
    "/areas?region=North+West",
    "/load/work?from=soon",
    "/map?colour=state",
    "/map?colour=concern",
    "/plans/compare?plan=1&plan=2",
)
"""Pages as people ask for them who look at other things than the first link shows."""

OF_REPORTS = (
    "withdraw-finding",
    "end-hypothesis",
    "comment",
    "answer-comment",
    "link-report",
    "unlink-report",
)
"""Pages about findings and reports to which links lead only later in a review."""

SEERS = ("everything", "council", "body")
"""Who sees most of the programme, of an area, of a body."""


def is_page(name: str) -> bool:
    """Whether a route of the table of access gives a page, not a file or a change."""
    method, _, path = name.partition(" ")
    return method == "GET" and "." not in path.rpartition("/")[2] and name not in NO_PAGES


PAGE_ROUTES = tuple(name for name in ACCESS if is_page(name))


@dataclass(frozen=True)
class Screen:
    """A page as somebody sees it; blank: who is not signed in."""

    path: str
    login: str

    def __str__(self) -> str:
        return f"{self.path} as {self.login or 'a stranger'}"


def crawled(engine: Engine, programme: Programme) -> dict[str, Crawled]:
    """What each person finds who follows links, by login."""
    found = {}
    app = create_app(context_on(engine, programme.today))
    for person in people(engine).values():
        with TestClient(app, base_url="http://localhost", raise_server_exceptions=False) as browser:
            browser.cookies.update(cookies_of(person.signed_in(engine)))
            found[person.login] = crawl(browser, 1, tuple(_first(engine, person, programme)))
    return found


def screens_of(found: Mapping[str, Crawled]) -> dict[str, list[Screen]]:
    """The screens of each route that gives a page: the first that each of them finds, and those views."""
    screens: dict[str, list[Screen]] = {name: [] for name in PAGE_ROUTES}
    for path in WITHOUT_SIGN_IN:
        screens[route_of("GET", path)].append(Screen(path, ""))
    for login in SEERS:
        for path, text in found[login].pages.items():
            shown = screens.get(route_of("GET", path))
            is_new = all(screen.login != login for screen in shown or ())
            if text and shown is not None and (is_new or path in VIEWS):
                shown.append(Screen(path, login))
    return screens


def _first(engine: Engine, person: Person, programme: Programme) -> Iterator[str]:
    """Where somebody begins: at the first page, and at pages of what is under way or to which no link leads yet."""
    yield "/"
    if person.login != "everything":
        return
    area = known(people(engine)["council"].area_code)
    with session(engine, read_only=True) as opened:
        review = opened.exec(select(Activity).where(Activity.area_code == area, Activity.kind == "jar")).one()
        accounts = {row.login: row.id for row in opened.exec(select(Account))}
        off = opened.exec(select(Activity).where(Activity.code == programme.cancelled)).one()
        done = _step(opened, review, "done")
        waiting = _step(opened, review, "planned")
        yield f"/areas/{area}"
        yield from (f"/accounts/{accounts['locked']}", f"/accounts/{accounts['leader']}")
        yield f"/people/{person.inspector_code}/leave"
        for page in ("circulate", "confirm-team", "judge", "withdraw-team", *OF_REPORTS):
            yield f"/activities/{review.id}/{page}"
        yield f"/activities/{off.id}/undo-cancel"
        for page in ("answer", "statement", "plan-check", "hold-check", "concern-closed", "fed-back"):
            yield f"/activities/{review.id}/{page}"
        for page in ("propose", "confirm", "close"):
            yield f"/recommendations/1/{page}"
        yield "/proposed-actions/1/done"
        for page in ("record", "undo"):
            yield f"/steps/{done}/{page}"
        yield f"/steps/{waiting}/waive"
        sent = known(opened.exec(select(Delivery).where(Delivery.state == "sent")).first())
        yield f"/messages/{sent.id}/settle"
        yield from (
            answering_page(opened),
            "/questionnaires/1",
            "/questionnaires/2",
            "/suggestions/1/respond",
            "/lessons/1/decide",
            "/inspections/import",
        )
        yield from (f"/events/{PULLED}", f"/events/{UNDECIDED}/special-review")
        yield from VIEWS
        year = find_assessment(opened, area, programme.today.year).id
        yield from (
            f"/assessments/{year}/{page}" for page in ("return", "field", "judge", "input", "conversation")
        )
        spare = f"code={programme.spare}"
        yield from (f"/plans/1/activity?{spare}", f"/plans/1/place?{spare}&place=leader")
        yield f"/plans/1/swap?{spare}&other={programme.postponed}"
        yield f"/plans/1/assign?{spare}&place=leader&person={person.inspector_code}"


def _step(opened: Session, review: Activity, state: str) -> int:
    """The first step of a review in a state."""
    query = (
        select(Step).where(Step.activity_id == review.id, Step.state == state).order_by(col(Step.position))
    )
    return known(known(opened.exec(query).first()).id)
