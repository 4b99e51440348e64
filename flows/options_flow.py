"""All options and the cheapest mix on the same facts, side by side as far as the machine allows (R038)."""

from typing import Any

from prefect import State, flow, task
from prefect.runtime import flow_run
from prefect.states import Completed, Failed
from prefect.task_runners import ThreadPoolTaskRunner

from config.profile import load_profile
from config.settings import runner_settings
from flows.artifacts.solve_progress import LiveProgress, write_scenarios
from flows.solve_flow import solve_one
from models import session
from scheduler.values.result import SolveParams
from services.bootstrap import home_here, now, open_engine, today
from services.option_words import MIXED, OF_ALL
from services.plans.plan_store import load_plan
from services.shown.option_rows import options_table
from services.solves.options import SolvedMix, solve_mixed
from services.solves.scenarios import Draws, Scenario, scenario
from services.solves.solving import Asker

DRAWS = 1000


def _name() -> str:
    return f"Compare options and their mix ({ {'profile': 'standard', **flow_run.parameters}['profile'] })"


@flow(
    name="options",
    flow_run_name=_name,
    # As in `solve`: one after the other unless the settings say otherwise.
    task_runner=ThreadPoolTaskRunner(max_workers=runner_settings().solves),  # type: ignore[arg-type]
)
def options(profile: str = "standard", who: str = "operations", draws: int = DRAWS) -> State[Any]:
    """Solve all four options, then the cheapest mix of them, and show what each means; all plans are drafts.

    The mix begins with what was found for the options. To stop a solve and keep its best plan:
    `jarcycle solve --stop NUMBER`; the console's page Plans has the numbers.
    """
    params = SolveParams(**load_profile(profile).model_dump())
    solves = {
        option: solve_one.with_options(task_run_name=f"option {option}").submit(option, profile, who, params)
        for option in OF_ALL
    }
    figures = {option: run.result(raise_on_failure=False) for option, run in solves.items()}
    versions = {str(option): row["plan"] for option, row in figures.items() if isinstance(row, dict)}
    mix = solve_mix.submit(versions, profile, who).result(raise_on_failure=False)
    measured = [
        measure.with_options(task_run_name=f"measure option {option}").submit(option, version, None, draws)
        for option, version in versions.items()
        if version is not None
    ]
    if isinstance(mix, SolvedMix) and mix.solved.version is not None:
        measured.append(measure.submit(MIXED, mix.solved.version, mix, draws))
    scenarios = [run.result(raise_on_failure=False) for run in measured]
    known = [scenario for scenario in scenarios if isinstance(scenario, Scenario)]
    if known:
        write_scenarios(options_table(known))
    broken = [name for name in (*OF_ALL, MIXED) if name not in {scenario.name for scenario in known}]
    if broken:
        return Failed(message=f"No plan to compare for {', '.join(broken)}. What was found is stored.")
    return Completed(
        message=f"Plans {', '.join(str(scenario.version) for scenario in known)} are stored as drafts."
    )


@task(task_run_name="mix")
def solve_mix(versions: dict[str, int | None], profile: str, who: str) -> SolvedMix:
    """Choose each area's option and solve."""
    params = SolveParams(**load_profile(profile).model_dump())
    with LiveProgress(MIXED, params) as progress:
        asker = Asker(who, now, progress.hear, home=home_here(), day=today())
        found = solve_mixed(open_engine(), versions, params, asker, profile=profile)
        progress.end(found.solved)
    return found


@task(task_run_name="measure mix")
def measure(name: str, version: int, mix: SolvedMix | None, draws: int) -> Scenario:
    """What a stored plan means."""
    with session(open_engine(), read_only=True) as opened:
        stored = load_plan(opened, version)
    return scenario(
        name,
        stored.problem,
        stored.plan,
        version=version,
        bound=stored.result.dates.bound,
        draws=Draws(draws),
        mix=mix,
    )
