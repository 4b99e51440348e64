"""Prefect's objects rebuilt from the database and the code: `jarcycle sync`, and what `jarcycle up` does before it serves."""

from dataclasses import dataclass
from datetime import date, datetime

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterState, FlowRunFilterStateType
from prefect.client.schemas.objects import StateType
from prefect.exceptions import ObjectNotFound
from prefect.states import Crashed

from flows.automations import upsert_automations
from flows.deployments import deployments
from flows.stage_runs import STAGE_DEPLOYMENT, Reconciled, reconcile
from flows.horizon import wanted_stage_runs
from flows.programme_artifacts import write_programme_artifacts
from flows.wiring import clock, day_of, open_engine

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
    day, engine = day_of(as_of), open_engine()
    return Synced(
        deployments=tuple(f"{item.flow_name}/{item.name}" for item in deployments()),
        automations=tuple(upsert_automations(hook_url, token)),
        runs=reconcile(wanted_stage_runs(engine, day, clock())),
        artifacts=tuple(write_programme_artifacts(engine, day)),
    )


def prepare(hook_url: str, token: str, server_is_ours: bool) -> None:
    """Before the runner starts: automations, and an honest end for runs that a stop or a power cut left under way.

    Only on a server of our own: on a shared one somebody else's runner may be at work on them.
    """
    upsert_automations(hook_url, token)
    if server_is_ours:
        with get_client(sync_client=True) as client:
            _end_abandoned(client)


def is_served(since: datetime) -> bool:
    """Whether a runner has asked for work since an instant."""
    with get_client(sync_client=True) as client:
        try:
            polled = client.read_deployment_by_name(STAGE_DEPLOYMENT).last_polled
        except ObjectNotFound:
            return False
    return polled is not None and polled >= since


def _end_abandoned(client: SyncPrefectClient) -> None:
    state = FlowRunFilterState(type=FlowRunFilterStateType(any_=UNDER_WAY))
    while runs := client.read_flow_runs(flow_run_filter=FlowRunFilter(state=state), limit=200):
        for run in runs:
            message = "Its runner ended before it did. What it had committed is kept; the next tick does the rest."
            client.set_flow_run_state(run.id, Crashed(message=message), force=True)
