"""What every page needs: the database, the programme's day, and where Prefect's pages are."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Engine
from starlette.requests import Request

from services.messages.outbox import SENDER
from services.messages.transports import Transport
from services.plans.prepared_plans import PreparedPlans


@dataclass(frozen=True)
class Context:
    """Built once by the app's factory.

    Parameters
    ----------
    today
        The programme's day: the real one, or the demo's.
    now
        The present instant in UTC.
    hook_token
        What Prefect's webhook must show; nobody else may make us send mail.
    transport, sender
        How mail to operations leaves the house, and from whom.
    prepared
        Plans prepared for questions, kept as long as the console runs.
    """

    engine: Engine
    today: Callable[[], date]
    now: Callable[[], datetime]
    prefect_address: str
    hook_token: str
    transport: Transport
    sender: str = SENDER
    prepared: PreparedPlans = field(default_factory=lambda: PreparedPlans(None))


def context_of(request: Request) -> Context:
    """The context of the app that a request came to."""
    context = request.app.state.context
    assert isinstance(context, Context)
    return context
