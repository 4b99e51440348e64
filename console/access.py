"""The check that every request passes before it is read, by the table of who may ask for what."""

from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request

from console.access_table import ACCESS, OF_A_PERSON, Rule
from console.own_part import is_of_area, is_of_body
from console.visitors import visiting_of
from services.accounts.roles import OF_PROGRAMME, ROLE_WORDS, Role
from services.accounts.visits import SignedIn

SIGN_IN, PASSWORD = "/sign-in", "/account/password"


class Elsewhere(Exception):
    """The answer is on another page."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


async def admitted(request: Request) -> None:
    """`admit` as a dependency of all routes: what is open to everybody, such as `/health`, waits for no thread."""
    rule = ACCESS.get(rule_name(request.method, request.scope["route"].path))
    if rule is not None and rule.is_open and request.method != "POST":
        return
    await run_in_threadpool(admit, request)


def admit(request: Request) -> None:
    """Let a request pass, or refuse it before its content is read.

    Raises
    ------
    Elsewhere
        To the sign-in, or to where a one-time password is replaced.
    HTTPException
        403 where the roles do not allow it, 404 for what is not of one's area or is hidden, 413 for a form that is
        too long.
    """
    name = rule_name(request.method, request.scope["route"].path)
    rule, visiting = ACCESS.get(name), visiting_of(request)
    if rule is None:
        raise HTTPException(403, "Nobody may ask for this page.")
    if not rule.is_open:
        if visiting.trouble is not None:
            raise visiting.trouble
        if visiting.who is None:
            raise Elsewhere(_sign_in_address(request))
        _refuse_roles(request, visiting.who, rule)
    if request.method == "POST" and name != "POST /hooks/prefect":
        _refuse_length(request, rule.most_bytes)


def may(who: SignedIn | None, method: str, path: str) -> bool:
    """Whether somebody may use a route, for links that only they see."""
    rule = ACCESS[rule_name(method, path)]
    is_shown = who is not None and (who.is_preparing or not rule.is_hidden)
    return is_shown and who is not None and not who.must_change and who.is_one_of(rule.roles)


def may_speak_for(who: SignedIn, inspector: str) -> bool:
    """Whether somebody may enter what is an inspector's own: planners for everybody, others for themselves."""
    if Role.PLANNER in who.roles:
        return True
    return who.is_one_of(OF_A_PERSON.roles) and who.inspector_code == inspector


def rule_name(method: str, path: str) -> str:
    """How the table calls a route."""
    return f"{method} {path}"


def _sign_in_address(request: Request) -> str:
    if request.method != "GET" or request.url.path == "/":
        return SIGN_IN
    query = f"?{request.url.query}" if request.url.query else ""
    return f"{SIGN_IN}?next={quote(request.url.path + query, safe='')}"


def _refuse_roles(request: Request, who: SignedIn, rule: Rule) -> None:
    if rule.is_hidden and not who.is_preparing:
        raise HTTPException(404)
    if who.must_change and request.url.path not in (PASSWORD, "/sign-out"):
        raise Elsewhere(PASSWORD)
    if not who.is_one_of(rule.roles):
        roles = ", ".join(ROLE_WORDS[role] for role in Role if role in who.roles) or "none"
        advice = "Ask whoever runs the service for another role if you need this page."
        raise HTTPException(403, f"Your account may not do this (its roles: {roles}). {advice}")
    if rule.person_in and not may_speak_for(who, str(request.path_params[rule.person_in])):
        raise HTTPException(404, "There is no such page of yours. Go to your own page among the people.")
    if who.is_one_of(OF_PROGRAMME) or not (rule.area_in or rule.body_in):
        return
    if who.only_body is not None:
        if not is_of_body(request, who, rule.area_in, rule.body_in):
            raise HTTPException(404, "There is no such page for your body. Go to your body's page.")
    elif not is_of_area(request, who.area_code, rule.area_in):
        # The same for what does not exist: nobody learns of another area what it has.
        raise HTTPException(404, "There is no such page for your area. Go to your area's page.")


def _refuse_length(request: Request, most: int) -> None:
    told = request.headers.get("Content-Length", "0")
    if not told.isdigit() or int(told) > most:
        raise HTTPException(413, f"This form takes {most:,} bytes at most. Send less at once.")
