"""The programme in Prefect's pages: one table of all areas, and a page for each area under review.

Roles stand for people and unannounced activities are left out (R068): everyone who can open Prefect reads these.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Any

from prefect import task
from sqlalchemy import Engine

from config.codes import in_name
from config.settings import prefect_settings
from flows.artifacts.artifacts import write_pages, write_table
from models import session
from reports.words import date_in_words, list_in_words, plural
from services.bootstrap import console_address, open_engine
from services.casework.stages_to_come import WAITING_RUNS
from services.shown.outlook import StepLine, next_step, step_lines
from services.shown.shown_plan import Audience

STATUS_KEY = "programme-status"


@task
def show_programme(day: date) -> list[str]:
    """The artifacts of the programme and of the areas whose pages have changed."""
    return write_programme_artifacts(open_engine(), day)


def write_programme_artifacts(engine: Engine, as_of: date) -> list[str]:
    """Rewrite what has changed; returns the keys written."""
    with session(engine, read_only=True) as opened:
        lines = step_lines(opened, as_of, audience=Audience.AUTHORITY, with_required=True)
    by_area = {code: list(steps) for code, steps in groupby(lines, key=lambda line: line.area_code)}
    rows = [status_row(steps) for steps in by_area.values()]
    rows.sort(key=lambda row: (row["late?"] == "", row["date"] == "-", row["area"]))
    written = write_pages(
        {f"review-{code}": area_page(steps) for code, steps in by_area.items() if _is_of_interest(steps)},
        "What happens in an area, step by step, and who acts",
    )
    if write_table(STATUS_KEY, rows, status_description(rows)):
        written.append(STATUS_KEY)
    return written


def status_row(steps: Sequence[StepLine]) -> dict[str, Any]:
    """One area of the table: what is next, when (in ISO form, to be sorted), and whether anything is late."""
    following, late = next_step(steps), [step for step in steps if step.is_late]
    return {
        "area": steps[0].area,
        "region": steps[0].region,
        "next": "all done" if following is None else f"{following.kind.upper()}: {following.name}",
        "date": "-" if following is None else following.first_on.isoformat(),
        "state": "Done" if following is None else following.status,
        "waits for": _waits_for(steps),
        "late?": plural(len(late), "step") if late else "",
        "console": console_address(f"/areas/{in_name(steps[0].area_code)}"),
    }


def _waits_for(steps: Sequence[StepLine]) -> str:
    """The first of what is required now, and whose turn it is: 'Director of children's services: Hand in: Plans'."""
    required = sorted(
        (action for step in steps for action in step.required if not action.is_ahead),
        key=lambda action: (not action.is_late, action.due),
    )
    return f"{required[0].role_name}: {required[0].in_words()}" if required else ""


def status_description(rows: Sequence[dict[str, Any]]) -> str:
    """The table's finding, and where to look further."""
    late = sum(1 for row in rows if row["late?"])
    finding = f"{plural(len(rows), 'area')} in the published programme, {late or 'none'} late."
    if not rows:
        finding = "No programme is published yet."
    runs = f"{prefect_settings().public_address}{WAITING_RUNS}"
    return f"{finding} [Programme in the console]({console_address('/')}), [upcoming runs]({runs})."


def area_page(steps: Sequence[StepLine]) -> str:
    """An area's timeline as Markdown: who does what at each step."""
    parts = [
        f"# {steps[0].area}",
        f"[This area in the console]({console_address(f'/areas/{in_name(steps[0].area_code)}')})",
    ]
    in_order = sorted(steps, key=lambda step: step.activity)
    for _code, of_activity in groupby(in_order, key=lambda step: step.activity):
        parts.append(_activity_table(list(of_activity)))
    return "\n\n".join(parts) + "\n"


def _is_of_interest(steps: Iterable[StepLine]) -> bool:
    """Areas in which nothing has begun and nothing is late get their page when something does."""
    return any(step.state != "planned" or step.is_late for step in steps)


def _activity_table(steps: Sequence[StepLine]) -> str:
    title = f"## {steps[0].activity_name} ({steps[0].precision} dates)"
    head = "| When | Step | State | Who acts |\n|---|---|---|---|"
    return "\n".join([title, "", head, *(_row(step) for step in steps)])


def _row(step: StepLine) -> str:
    when = step.when
    if step.actual_on is not None:
        when += f" (done {date_in_words(step.actual_on)})"
    status = "; ".join((step.status, *(f"waived: {waiver}" for waiver in step.waivers)))
    return f"| {when} | {_cell(step.name)} | {_cell(status)} | {_cell(list_in_words(step.acts))} |"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
