"""Look whether a person should look: messages of unknown fate, a tick that is missing, a plan made from old facts."""

from datetime import date
from typing import Any

from prefect import State, flow, task
from prefect.events import emit_event
from prefect.states import Completed

from flows.names import ATTENTION, named_by_day
from models import session
from services.bootstrap import day_of, open_engine
from services.shown.attention import Concern, concerns


@flow(name="watch", flow_run_name=named_by_day("Watch"))
def watch(as_of: date | None = None) -> State[Any]:
    """Tell operations about everything that needs attention; each concern once a day of the programme."""
    day = day_of(as_of)
    found = look(day)
    for concern in found:
        tell(concern, day)
    if found:
        return Completed(name="NeedsAttention", message="; ".join(concern.in_words() for concern in found))
    return Completed(message="Nothing needs attention.")


@task
def look(day: date) -> list[Concern]:
    """What is wrong."""
    with session(open_engine(), read_only=True) as opened:
        return concerns(opened, day)


@task(task_run_name="{concern.kind}")
def tell(concern: Concern, day: date) -> None:
    """An event, which an automation passes on to the console, which mails it."""
    emit_event(
        event=ATTENTION,
        resource={"prefect.resource.id": f"jarcycle.{concern.kind}", "prefect.resource.name": concern.kind},
        payload={"message": concern.in_words(), "occasion": f"{concern.kind} {day.isoformat()}"},
    )
