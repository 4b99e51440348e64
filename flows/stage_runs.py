"""The rolling horizon of stage runs in Prefect: exactly the wanted ones, at their dates, under their names."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.client.schemas.sorting import FlowRunSort
from prefect.exceptions import ObjectNotFound
from prefect.states import Scheduled

STAGE_DEPLOYMENT = "stage/stage"
PAGE = 200


@dataclass(frozen=True)
class WantedRun:
    """A run that should wait in Prefect for its date.

    `key` makes it unique for ever: an old key silently answers with the old run, so that what has run once
    never runs again, and a superseded run must be deleted before its key can mean a new date.
    """

    key: str
    name: str
    at: datetime
    tags: tuple[str, ...]
    parameters: Mapping[str, Any]


@dataclass(frozen=True)
class Reconciled:
    """What was changed to make the waiting runs those that are wanted; keys."""

    created: tuple[str, ...]
    deleted: tuple[str, ...]


def reconcile(wanted: Iterable[WantedRun], deployment: str = STAGE_DEPLOYMENT) -> Reconciled:
    """Delete waiting runs that are no longer wanted, or wanted for another instant; create those that are missing.

    Runs that have begun or ended are left alone. A second call in a row changes nothing.
    """
    missing = {run.key: run for run in wanted}
    deleted = []
    with get_client(sync_client=True) as client:
        found = client.read_deployment_by_name(deployment)
        for waiting in waiting_runs(client, found.id):
            if _is_same(waiting, missing.get(waiting.idempotency_key or "")):
                del missing[str(waiting.idempotency_key)]
            else:
                _delete(client, waiting.id)
                deleted.append(waiting.idempotency_key or waiting.name)
        created = [run.key for run in missing.values() if _create(client, found.id, run)]
    return Reconciled(tuple(created), tuple(deleted))


def waiting_runs(client: SyncPrefectClient, deployment_id: UUID) -> list[FlowRun]:
    """All runs of a deployment that have not begun."""
    runs: list[FlowRun] = []
    while True:
        page = client.read_flow_runs(
            deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=[deployment_id])),
            flow_run_filter=FlowRunFilter(
                state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED]))
            ),
            sort=FlowRunSort.EXPECTED_START_TIME_ASC,
            limit=PAGE,
            offset=len(runs),
        )
        runs.extend(page)
        if len(page) < PAGE:
            return runs


def _is_same(waiting: FlowRun, wanted: WantedRun | None) -> bool:
    return wanted is not None and (waiting.name, waiting.expected_start_time) == (wanted.name, wanted.at)


def _delete(client: SyncPrefectClient, run_id: UUID) -> None:
    with suppress(ObjectNotFound):  # somebody else reconciles at the same time, to the same end
        client.delete_flow_run(run_id)


def _create(client: SyncPrefectClient, deployment_id: UUID, run: WantedRun) -> bool:
    answer = client.create_flow_run_from_deployment(
        deployment_id,
        parameters=dict(run.parameters),
        state=Scheduled(scheduled_time=run.at),
        name=run.name,
        tags=run.tags,
        idempotency_key=run.key,
    )
    # A run of that key that has already begun or ended is answered as it is.
    return answer.state is None or answer.state.is_scheduled()
