"""What every page needs: the database, the programme's day, how long a visit lasts, and where Prefect's pages are."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from sqlalchemy import Engine
from starlette.requests import Request

from console.kept_uploads import Uploads
from console.prefect_runs import PrefectRuns
from services.accounts.open_id import Provider
from services.accounts.visits import Lasting
from services.messages.outbox import SENDER
from services.messages.transports import Transport
from services.plans.prepared_plans import PreparedPlans

HALF_A_DAY = Lasting(whole=timedelta(hours=12), idle=timedelta(hours=1))


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
    lasting
        How long a visit lasts.
    uploads
        Files between the look at them and their import.
    prepared
        Plans made ready for questions about candidates.
    runs
        How a run of Prefect's is started.
    public_address
        Where people reach the console; over https its cookie never crosses a network in clear.
    provider
        Who else vouches for people at the sign-in.
    """

    engine: Engine
    today: Callable[[], date]
    now: Callable[[], datetime]
    prefect_address: str
    hook_token: str
    transport: Transport
    sender: str = SENDER
    lasting: Lasting = HALF_A_DAY
    public_address: str = ""
    uploads: Uploads = field(default_factory=Uploads)
    prepared: PreparedPlans = field(default_factory=lambda: PreparedPlans(None))
    runs: PrefectRuns = field(default_factory=lambda: PrefectRuns("http://127.0.0.1:4200/api"))
    provider: Provider | None = None


def context_of(request: Request) -> Context:
    """The context of the app that a request came to."""
    context = request.app.state.context
    assert isinstance(context, Context)
    return context
