"""Prefect's objects rebuilt from database and code: `jarcycle sync`, and what `jarcycle up` does before it serves."""

from dataclasses import dataclass
from datetime import date, datetime

from prefect import flow
from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterState, FlowRunFilterStateType
from prefect.client.schemas.objects import StateType
from prefect.exceptions import ObjectNotFound
from prefect.states import Crashed

from flows.artifacts.programme_artifacts import write_programme_artifacts
from flows.automations import upsert_automations
from flows.deployment_list import deployments
from flows.horizon import wanted_stage_runs
from flows.names import REMIND, TICK
from flows.stage_runs import STAGE_DEPLOYMENT, Reconciled, reconcile
from models import session
from services.bootstrap import clock, day_of, now, open_engine
from services.plans.plan_store import published_version
from services.solves import solve_runs

ABANDONED = "Its process ended before it did. What it had committed is kept; the next tick does the rest."
UNDER_WAY = [StateType.RUNNING, StateType.PENDING, StateType.CANCELLING]


@dataclass(frozen=True)
class Synced:
    """What a synchronisation found or made."""

    deployments: tuple[str, ...]
    automations: tuple[str, ...]
    runs: Reconciled
    artifacts: tuple[str, ...]


def sync(hook_url: str, token: str, as_of: date | None = None) -> Synced:
    """Make deployments, automations, waiting stage runs and artifacts what the database says; safe to repeat."""
    for deployment in deployments():
        deployment.apply()
    runs, artifacts = rebuild(as_of)
    return Synced(
        deployments=tuple(f"{item.flow_name}/{item.name}" for item in deployments()),
        automations=tuple(upsert_automations(hook_url, token)),
        runs=runs,
        artifacts=tuple(artifacts),
    )


@flow(name="sync")
def rebuild(as_of: date | None = None) -> tuple[Reconciled, list[str]]:
    """Waiting stage runs and artifacts as the database has them (a run of its own: artifacts belong to a run)."""
    day, engine = day_of(as_of), open_engine()
    return reconcile(wanted_stage_runs(engine, day, clock())), write_programme_artifacts(engine, day)


def prepare(hook_url: str, token: str, server_is_ours: bool) -> None:
    """Before the runner starts: automations, and an honest end for runs that a stop or a power cut left under way.

    Runs only on a server of our own: on a shared one somebody else's runner may be at work on them. Solves only if
    they give no sign of life: the command line may be at work on them.
    """
    upsert_automations(hook_url, token)
    if server_is_ours:
        with get_client(sync_client=True) as client:
            _end_abandoned(client)
    end_lost_solves()


def catch_up() -> list[str]:
    """Ask for a tick and reminders now, for what was missed while nothing ran; nothing before a first publication."""
    with session(open_engine(), read_only=True) as opened:
        if published_version(opened) is None:
            return []
    with get_client(sync_client=True) as client:
        return [_run_now(client, flow) for flow in (TICK, REMIND)]


def _run_now(client: SyncPrefectClient, flow: str) -> str:
    deployment = client.read_deployment_by_name(f"{flow}/{flow}")
    return client.create_flow_run_from_deployment(deployment.id).name


def is_served(since: datetime) -> bool:
    """Whether a runner has asked for work since an instant."""
    with get_client(sync_client=True) as client:
        try:
            polled = client.read_deployment_by_name(STAGE_DEPLOYMENT).last_polled
        except ObjectNotFound:
            return False
    return polled is not None and polled >= since


def end_lost_solves() -> list[int]:
    """End the solves that have been silent for too long, whoever began them; returns their numbers."""
    with session(open_engine()) as opened:
        return solve_runs.end_lost(opened, now())


def _end_abandoned(client: SyncPrefectClient) -> None:
    state = FlowRunFilterState(type=FlowRunFilterStateType(any_=UNDER_WAY))
    while runs := client.read_flow_runs(flow_run_filter=FlowRunFilter(state=state), limit=200):
        for run in runs:
            client.set_flow_run_state(run.id, Crashed(message=ABANDONED), force=True)
