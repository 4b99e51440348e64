"""Find plans after an event, as somebody asked in the console; each becomes a draft to choose from."""

from typing import Any

from prefect import State, flow
from prefect.runtime import flow_run
from prefect.states import Completed, Failed

from services.bootstrap import console_address, home_here, now, open_engine, today
from services.shown.replan_report import report_of
from services.solves import asked_replans
from services.solves.solving import Asker


def _name() -> str:
    return f"Replan {flow_run.parameters['number']}"


@flow(name="replan", flow_run_name=_name)
def replan(number: int) -> State[Any]:
    """Answer the request for plans after an event that has this number; its page in the console shows the answer.

    To ask for one: the page of an event, or of a plan, in the console; or `jarcycle replan`. A request that has its
    answer keeps it.
    """
    asker = Asker("operations", now, home=home_here(), day=today())
    row = asked_replans.answer(open_engine(), number, asker, report_of)
    page = console_address(f"/replans/{number}")
    if row.state == asked_replans.REFUSED:
        return Failed(message=f"It was refused: {page} says why.")
    return Completed(message=f"{page} shows the answer.")
