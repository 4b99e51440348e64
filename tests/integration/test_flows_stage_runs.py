"""The rolling horizon against a real Prefect server: a replan swaps exactly its runs."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from prefect import flow
from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import FlowRun

from flows.stage_runs import WantedRun, reconcile, waiting_runs

pytestmark = pytest.mark.engine

DEPLOYMENT = "horizon-of-a-test/stage"
MONDAY = datetime(2036, 9, 1, 5, tzinfo=UTC)


@flow(name="horizon-of-a-test")
def waiting_stage(step: int, revision: int) -> None:
    pass


@pytest.fixture(autouse=True)
def deployment(prefect_server: str) -> Iterator[None]:
    waiting_stage.to_deployment("stage").apply()
    yield
    with get_client(sync_client=True) as client:
        client.delete_deployment(client.read_deployment_by_name(DEPLOYMENT).id)


def wanted(area: str, revision: int = 1, at: datetime = MONDAY) -> WantedRun:
    return WantedRun(
        key=f"{area}-fieldwork-{revision}",
        name=f"{area} - JAR - fieldwork, {at:%-d %B %Y}",
        at=at,
        tags=(f"area: {area}", "kind: JAR"),
        parameters={"step": 7, "revision": revision},
    )


def waiting() -> dict[str, FlowRun]:
    with get_client(sync_client=True) as client:
        found = client.read_deployment_by_name(DEPLOYMENT)
        return {str(run.idempotency_key): run for run in waiting_runs(client, found.id)}


def test_each_stage_ahead_has_one_run_under_a_name_and_tags_that_people_understand() -> None:
    made = reconcile([wanted("Sheffield"), wanted("Leeds")], DEPLOYMENT)
    assert set(made.created) == {"Sheffield-fieldwork-1", "Leeds-fieldwork-1"}
    run = waiting()["Sheffield-fieldwork-1"]
    assert run.name == "Sheffield - JAR - fieldwork, 1 September 2036"
    assert {"area: Sheffield", "kind: JAR"} <= set(run.tags)
    assert run.expected_start_time == MONDAY
    assert run.parameters == {"step": 7, "revision": 1}


def test_arranging_twice_changes_nothing() -> None:
    reconcile([wanted("Sheffield")], DEPLOYMENT)
    before = waiting()["Sheffield-fieldwork-1"].id
    again = reconcile([wanted("Sheffield")], DEPLOYMENT)
    assert (again.created, again.deleted) == ((), ())
    assert waiting()["Sheffield-fieldwork-1"].id == before


def test_a_replan_swaps_exactly_the_runs_whose_dates_changed() -> None:
    reconcile([wanted("Sheffield"), wanted("Leeds")], DEPLOYMENT)
    kept = waiting()["Leeds-fieldwork-1"].id
    later = MONDAY + timedelta(weeks=2)
    swapped = reconcile([wanted("Sheffield", revision=2, at=later), wanted("Leeds")], DEPLOYMENT)
    assert (swapped.created, swapped.deleted) == (("Sheffield-fieldwork-2",), ("Sheffield-fieldwork-1",))
    assert waiting()["Sheffield-fieldwork-2"].expected_start_time == later
    assert waiting()["Leeds-fieldwork-1"].id == kept


def test_a_date_that_comes_back_gets_a_run_again() -> None:
    reconcile([wanted("Sheffield")], DEPLOYMENT)
    reconcile([], DEPLOYMENT)
    assert waiting() == {}
    assert reconcile([wanted("Sheffield")], DEPLOYMENT).created == ("Sheffield-fieldwork-1",)


def test_another_demo_day_moves_the_waiting_runs() -> None:
    reconcile([wanted("Sheffield")], DEPLOYMENT)
    reconcile([replace(wanted("Sheffield"), at=MONDAY + timedelta(days=3))], DEPLOYMENT)
    assert waiting()["Sheffield-fieldwork-1"].expected_start_time == MONDAY + timedelta(days=3)


def test_a_run_that_has_ended_is_not_made_again() -> None:
    reconcile([wanted("Sheffield")], DEPLOYMENT)
    from prefect.states import Completed

    with get_client(sync_client=True) as client:
        client.set_flow_run_state(waiting()["Sheffield-fieldwork-1"].id, Completed(), force=True)
    again = reconcile([wanted("Sheffield")], DEPLOYMENT)
    assert (again.created, again.deleted) == ((), ())
