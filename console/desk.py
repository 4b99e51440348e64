"""What the pages of the planner's desk share: where an activity's page is, and in whose name something is changed."""

from urllib.parse import urlencode

from starlette.requests import Request

from console.context import context_of
from console.exports import version_number
from console.forms import Form
from console.missing import or_404
from console.visitors import who_asks
from models import session
from services.audit import Word
from services.plans import plan_store


def activity_address(version: int, code: str) -> str:
    """The page of an activity in a plan."""
    return f"/plans/{version}/activity?{urlencode({'code': code})}"


def place_address(version: int | str, code: str, place: str) -> str:
    """Where everybody for a place in an activity is ranked; `place` is its skill, or the code of who has it."""
    return f"/plans/{version}/place?{urlencode({'code': code, 'place': place})}"


def assign_address(version: int, code: str, skill: str, person: str, instead: str = "") -> str:
    """Where it is looked at that somebody gets a place, for somebody or where nobody has it."""
    asked = {"code": code, "place": skill, "person": person} | ({"instead": instead} if instead else {})
    return f"/plans/{version}/assign?{urlencode(asked)}"


def word_of(request: Request, form: Form) -> Word:
    """The word of whoever sent a form, with its field `why`."""
    context = context_of(request)
    return Word(who_asks(request).name, context.now(), context.today(), form.text("why"))


def version_there(request: Request, text: str) -> int:
    """The number of the version that an address means; 404 if there is none."""
    with session(context_of(request).engine, read_only=True) as opened:
        number = version_number(opened, text)
        with or_404():
            plan_store.find_version(opened, number)
    return number
