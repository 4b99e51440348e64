"""Solve the programme under one or more options; incumbent, bound and gap can be watched in Prefect while it runs."""

from datetime import date
from typing import Annotated, Any

from prefect import State, flow, task
from prefect.runtime import flow_run
from prefect.states import Completed, Failed
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import Field

from config.profile import load_profile
from config.settings import runner_settings
from flows.artifacts.solve_progress import LiveProgress, stored_figures, write_summary
from reports.words import plural
from scheduler.values.result import SolveParams
from services.bootstrap import home_here, now, open_engine, today
from services.option_words import OF_ALL, SolveOption
from services.solves.solving import MOST_SECONDS, Asker, solve_option

Seconds = Annotated[float, Field(gt=0, le=MOST_SECONDS)]


def _name() -> str:
    given = {"options": OF_ALL, "profile": "standard", **flow_run.parameters}
    return (
        f"Solve {plural(len(given['options']), 'option')}: {', '.join(given['options'])} ({given['profile']})"
    )


@flow(
    name="solve",
    flow_run_name=_name,
    # One after the other unless the settings say otherwise: side by side on few cores no figure is honest.
    task_runner=ThreadPoolTaskRunner(max_workers=runner_settings().solves),  # type: ignore[arg-type]
)
def solve(
    options: list[SolveOption] = list(OF_ALL),  # noqa: B006  (Prefect shows a default, and nobody changes it)
    profile: str = "standard",
    who: str = "operations",
    as_of: date | None = None,
    seconds: Seconds | None = None,
    teams_seconds: Seconds | None = None,
) -> State[Any]:
    """Solve the programme under each of `options` ('1' to '4' or 'mixed'); each plan is stored as a draft version.

    To stop one and keep its best plan: `jarcycle solve --stop NUMBER`; the console's page Plans has the numbers.
    Cancelling this run ends it at once, and may lose what it had found.
    `as_of` has no say: a programme is planned as its facts are now. `seconds` for dates and `teams_seconds` are instead
    of those of the profile.
    """
    given = {"dates_seconds": seconds, "teams_seconds": teams_seconds}
    limits = {name: value for name, value in given.items() if value is not None}
    params = SolveParams(**{**load_profile(profile).model_dump(), **limits})
    solves = [
        solve_one.with_options(task_run_name=f"option {option}").submit(option, profile, who, params)
        for option in options
    ]
    ended = [run.wait() or run.state for run in solves]
    figures = [state.result(raise_on_failure=False) for state in ended]
    return _outcome(options, figures)


@task
def solve_one(option: SolveOption, profile: str, who: str, params: SolveParams) -> dict[str, Any]:
    """Solve under one option; its figures."""
    with LiveProgress(option, params) as progress:
        asker = Asker(who, now, progress.hear, home=home_here(), day=today())
        solved = solve_option(open_engine(), option.for_problem, params, asker, profile=profile)
        progress.end(solved)
    return stored_figures(solved)


def _outcome(options: list[SolveOption], figures: list[Any]) -> State[Any]:
    rows = [row for row in figures if isinstance(row, dict)]
    write_summary(rows)
    broken = [option for option, row in zip(options, figures, strict=True) if not isinstance(row, dict)]
    if broken:
        return Failed(message=f"Failed: option {', '.join(broken)}. What the others found is stored.")
    unplanned = [row["option"] for row in rows if row["plan"] is None]
    if unplanned:
        return Completed(
            name="NoPlan",
            message=f"No plan for option {', '.join(unplanned)}. The solve says why.",
            data=rows,
        )
    return Completed(
        message=f"Plans {', '.join(str(row['plan']) for row in rows)} are stored as drafts.", data=rows
    )
