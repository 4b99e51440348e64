"""One stage begins: the run that waited in Prefect for its first day, under a name that people understand."""

from datetime import date
from typing import Any

from prefect import State, flow
from prefect.states import Completed

from models import session
from reports.words import list_in_words
from services.audit import Word
from services.bootstrap import day_of, now, open_engine
from services.casework import advancing
from services.casework.plausible_days import CHECK, refuse_implausible


@flow(name="stage")
def stage(step: int, revision: int, as_of: date | None = None) -> State[Any]:
    """Begin a stage if nobody has yet, its dates still hold, and all that must come before it is done.

    Parameters
    ----------
    step
        Number of the step's row.
    revision
        Revision of its dates when this run was arranged; a run for older dates ends as `Superseded`.
    """
    day = day_of(as_of)
    with session(open_engine()) as opened:
        refuse_implausible(opened, day, CHECK)
        if advancing.claim_stage(opened, step, revision, day, Word("stage", now(), day)):
            return Completed(message="The stage has begun; evidence is asked for and reminders follow.")
        return _why_not(
            step, revision, advancing.find_step(opened, step), advancing.waits_for(opened, step), day
        )


def _why_not(step: int, revision: int, row: Any, waiting: list[str], day: date) -> State[Any]:
    if row.state == "planned" and row.revision == revision and waiting:
        message = f"A sign-off is missing: {list_in_words(waiting)}. The next tick after it begins the stage."
        return Completed(name="AwaitingSignOff", message=message)
    return Completed(
        name="Superseded", message=f"Step {step} is {row.state}, its dates are of revision {row.revision}."
    )
