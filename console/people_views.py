"""The pages about the people of the programme, side by side, for whoever may open them."""

from starlette.requests import Request

from console.access import may
from console.visitors import who_asks

VIEWS = (("/people", "Inspectors"), ("/offers", "Places offered"))


def views_for(request: Request) -> list[tuple[str, str]]:
    """Their addresses and names; none where there is nothing to choose between."""
    found = [(address, name) for address, name in VIEWS if may(who_asks(request), "GET", address)]
    return found if len(found) > 1 else []
