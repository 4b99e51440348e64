"""The flows against a real Prefect server and a small published programme."""

from collections.abc import Iterator
from datetime import date, timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import FlowRunFilter, FlowRunFilterName
from prefect.client.schemas.objects import ArtifactCollection, FlowRun, State
from sqlalchemy import Engine
from sqlmodel import select

from config.clock import Clock, write_clock
from console.prefect_runs import PrefectRuns
from flows.deployment_list import deployments
from flows.options_flow import options
from flows.publish_flow import publish
from flows.remind_flow import remind
from flows.solve_flow import solve
from flows.stage_flow import stage
from flows.stage_runs import STAGE_DEPLOYMENT, waiting_runs
from flows.synchronising import sync
from flows.tick_flow import tick
from models import Activity, Heartbeat, PlanVersion, SolveRun, Step, session
from services.audit import Word
from services.bootstrap import now
from services.casework import advancing
from services.casework.steps import last_day
from services.errors import Refused
from services.plans.publication import Waiver
from services.shown.years import year_lines
from tests.early import EARLY
from tests.known import known
from tests.people import sign as signs
from tests.people import sign_what_is_due
from tests.tables import MONDAYS, at, published, store

pytestmark = pytest.mark.engine

ANALYSIS = MONDAYS["sheffield"]
BEFORE = ANALYSIS - timedelta(weeks=5)
"""A Monday on which Sheffield's analysis lies within the horizon of six weeks, and fieldwork beyond it."""


@pytest.fixture(scope="module")
def served(prefect_server: str) -> None:
    """The deployments are known to the server; nobody runs them here."""
    for deployment in deployments():
        deployment.apply()


@pytest.fixture
def programme(served: None, database: Engine, home: Path) -> Iterator[Engine]:
    """Three areas with a published plan; the demo's clock makes their future the real future."""
    published(database)
    write_clock(home, Clock.showing(BEFORE, now()))
    yield database
    with get_client(sync_client=True) as client:
        for run in waiting().values():
            client.delete_flow_run(run.id)


def step_of(engine: Engine, step_id: str, area: str = "sheffield") -> Step:
    with session(engine, read_only=True) as opened:
        query = select(Step).join(Activity).where(Activity.code == f"{area}-jar", Step.step_id == step_id)
        return opened.exec(query).one()


def waiting() -> dict[str, FlowRun]:
    with get_client(sync_client=True) as client:
        found = client.read_deployment_by_name(STAGE_DEPLOYMENT)
        return {run.name: run for run in waiting_runs(client, found.id)}


def artifact(key: str) -> ArtifactCollection:
    with get_client(sync_client=True) as client:
        return next(found for found in client.read_latest_artifacts(limit=200) if found.key == key)


def up_to(engine: Engine, day: date) -> None:
    """People sign off what is due, and ticks run, up to a day."""
    for number in range((day - BEFORE).days + 1):
        with session(engine) as opened:
            advancing.advance(opened, BEFORE + timedelta(days=number))
        sign_what_is_due(engine, BEFORE + timedelta(days=number))


def test_a_tick_does_what_is_due_arranges_the_stage_runs_and_shows_the_programme(programme: Engine) -> None:
    state: State = tick(BEFORE, return_state=True)
    assert state.is_completed()
    assert step_of(programme, "notification").state == "overdue"
    run = waiting()["Sheffield - JAR - analysis, 9 January 2006"]
    assert {"area: Sheffield", "kind: JAR", "stage: analysis", "region: Yorkshire and the Humber"} <= set(
        run.tags
    )
    assert known(run.expected_start_time).date() == (now() + timedelta(weeks=5)).date()
    assert "fieldwork" not in " ".join(waiting())
    table = str(artifact("programme-status").data)
    assert "Sheffield" in table
    assert "Late" in str(artifact("review-sheffield").data)
    with session(programme, read_only=True) as opened:
        beat = opened.get_one(Heartbeat, "tick")
    assert known(beat.ended_at) >= beat.began_at


def test_a_second_tick_of_the_day_changes_nothing_and_writes_nothing(programme: Engine) -> None:
    tick(BEFORE)
    before = {key: artifact(key).latest_id for key in ("programme-status", "review-sheffield")}
    runs = {name: run.id for name, run in waiting().items()}
    state: State = tick(BEFORE, return_state=True)
    assert str(state.message).startswith("No changes, no new reminders, no stage runs arranged")
    assert {key: artifact(key).latest_id for key in before} == before
    assert {name: run.id for name, run in waiting().items()} == runs


def test_an_activity_that_cannot_be_advanced_fails_the_tick_but_stops_no_other(
    programme: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = advancing.advance_activity

    def broken(opened, code, *when):  # type: ignore[no-untyped-def]
        if code == "sheffield-jar":
            raise ValueError("dates that cannot be")
        return real(opened, code, *when)

    monkeypatch.setattr(advancing, "advance_activity", broken)
    later = MONDAYS["cheshire"] - timedelta(weeks=4)
    state: State = tick(later, return_state=True)
    assert state.is_failed()
    assert "dates that cannot be" in str(state.message)
    assert step_of(programme, "notification", "cheshire").state == "overdue"
    with session(programme, read_only=True) as opened:
        assert opened.get_one(Heartbeat, "tick").ended_at is None


def test_a_stage_begins_once_however_often_its_run_fires(programme: Engine) -> None:
    up_to(programme, ANALYSIS - timedelta(days=1))
    consultation = step_of(programme, "consultation")
    with session(programme) as opened:
        day = last_day(consultation)
        signs(opened, consultation.id or 0, day, Word("leader", at(day), ANALYSIS))
    step = step_of(programme, "analysis")
    first: State = stage(step.id, step.revision, ANALYSIS, return_state=True)
    again: State = stage(step.id, step.revision, ANALYSIS, return_state=True)
    assert (first.name, again.name) == ("Completed", "Superseded")
    assert step_of(programme, "analysis").state == "open"


def test_a_run_for_older_dates_is_superseded_and_begins_nothing(programme: Engine) -> None:
    up_to(programme, ANALYSIS - timedelta(days=1))
    step = step_of(programme, "analysis")
    state: State = stage(step.id, step.revision - 1, ANALYSIS, return_state=True)
    assert (state.name, state.is_completed()) == ("Superseded", True)
    assert step_of(programme, "analysis").state == "planned"


def test_a_stage_that_waits_for_a_person_says_for_whom_and_is_begun_by_the_tick_afterwards(
    programme: Engine,
) -> None:
    step = step_of(programme, "analysis")
    state: State = stage(step.id, step.revision, ANALYSIS, return_state=True)
    assert state.name == "AwaitingSignOff"
    assert "Setting-up meeting" in str(state.message)
    with session(programme) as opened:
        for name in ("notification", "self_assessment", "set_up", "consultation"):
            found = step_of(programme, name)
            signs(opened, found.id or 0, last_day(found), Word("leader", at(ANALYSIS), ANALYSIS))
    tick(ANALYSIS)
    assert step_of(programme, "analysis").state == "open"


def test_reminders_go_once_also_when_the_day_is_run_twice(programme: Engine, home: Path) -> None:
    first: State = remind(BEFORE, return_state=True)
    assert first.is_completed()
    mails = {path.name: path.read_bytes() for path in (home / "mailbox").glob("*.eml")}
    assert mails
    second: State = remind(BEFORE, return_state=True)
    assert second.message == "0 reminders in 0 new messages, 0 sent."
    assert {path.name: path.read_bytes() for path in (home / "mailbox").glob("*.eml")} == mails
    ids = [message_from_bytes(text)["Message-ID"] for text in mails.values()]
    assert len(ids) == len(set(ids))
    rows = artifact("reminders").data
    assert f'"messages": {len(mails)}' in str(rows)
    assert "@" not in str(rows)


def test_the_solve_flow_stores_a_plan_for_each_option_and_shows_how_it_went(
    programme: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    state: State = solve(["3", "1"], "quick", "planner", return_state=True)
    assert state.is_completed(), state.message
    with session(programme, read_only=True) as opened:
        plans = {row.option: row for row in opened.exec(select(PlanVersion)) if row.created_by == "planner"}
        runs = opened.exec(select(SolveRun)).all()
    assert {"1", "3"} <= set(plans)
    assert {run.state for run in runs} == {"done"}
    assert "incumbent" in str(artifact("solve-option-3").data)
    assert artifact("solve-option-3-progress").data == 100.0
    assert len(str(artifact("solve-summary").data).split('"option"')) == 3


def test_the_options_flow_solves_all_options_and_their_mix_and_compares_them(programme: Engine) -> None:
    """R038: the trade-off is shown."""
    state: State = options("quick", "analyst", 20, return_state=True)
    assert state.is_completed(), state.message
    with session(programme, read_only=True) as opened:
        plans = {row.option: row for row in opened.exec(select(PlanVersion)) if row.created_by == "analyst"}
    assert set(plans) == {"1", "2", "3", "4", "mixed"}
    best = min(row.date_cost for name, row in plans.items() if name != "mixed")
    assert plans["mixed"].date_cost <= best
    shown = str(artifact("options").data)
    assert "Months between judgements, mean" in shown
    assert "Mixed" in shown


def test_every_word_on_unannounced_activities_stays_away_from_prefect(programme: Engine, home: Path) -> None:
    """R068: no name, tag or artifact shows a date that is not announced."""
    text = (Path("config/frameworks/jar-2005.toml")).read_text()
    folder = home / "frameworks"
    folder.mkdir()
    hidden = text.replace('id = "jar-2005"', 'id = "quiet"', 1).replace('kind = "jar"', 'kind = "quiet"', 1)
    (folder / "quiet.toml").write_text(f"announce_from = 'never'\n{hidden}")
    with session(programme) as opened:
        activity = opened.exec(select(Activity).where(Activity.code == "sheffield-jar")).one()
        activity.framework_id, activity.kind = "quiet", "quiet"
    tick(BEFORE)
    assert not [name for name in waiting() if "Sheffield - " in name and "CA" not in name]
    assert "QUIET" not in str(artifact("programme-status").data)


def test_publishing_another_plan_swaps_exactly_the_runs_whose_dates_changed(programme: Engine) -> None:
    tick(MONDAYS["cheshire"] - timedelta(weeks=5))
    day = MONDAYS["cheshire"] - timedelta(weeks=5)
    before = waiting()
    old = step_of(programme, "analysis", "cheshire")
    with session(programme) as opened:
        version = store(opened, {"cheshire": MONDAYS["cheshire"] - timedelta(weeks=1)})
    waivers = [Waiver.MOVED_FINAL]
    state: State = publish(
        version, "final", "a request", waivers, who="planner", as_of=day, return_state=True
    )
    assert state.is_completed(), state.message
    after = waiting()
    assert "Cheshire - JAR - analysis, 6 March 2006" in before
    assert {name for name in before.keys() - after.keys() if "analysis" in name} == {
        "Cheshire - JAR - analysis, 6 March 2006"
    }
    assert {name for name in after.keys() - before.keys() if "analysis" in name} == {
        "Cheshire - JAR - analysis, 27 February 2006"
    }
    same = before.keys() & after.keys()
    assert all("Cheshire" not in name for name in same)
    assert {name: before[name].id for name in same} == {name: after[name].id for name in same}
    late: State = stage(old.id, old.revision, MONDAYS["cheshire"], return_state=True)
    assert late.name == "Superseded"


def test_everything_in_prefect_can_be_rebuilt_from_the_database(programme: Engine) -> None:
    first = sync("http://127.0.0.1:1/hooks/prefect", "token", BEFORE)
    assert {"tick/tick", "stage/stage", "solve/solve"} <= set(first.deployments)
    assert "jarcycle: a run failed" in first.automations
    assert "Sheffield - JAR - analysis, 9 January 2006" in waiting()
    assert artifact("programme-status")
    again = sync("http://127.0.0.1:1/hooks/prefect", "token", BEFORE)
    assert (again.runs.created, again.runs.deleted, again.artifacts) == ((), (), ())


def test_the_console_asks_the_server_for_a_solve_in_the_name_of_who_asks(
    served: None, request: pytest.FixtureRequest
) -> None:
    settings = request.config.stash[EARLY].server().settings
    runs = PrefectRuns(settings.api, known(settings.auth).get_secret_value())
    wanted = {"options": ["3", "mixed"], "profile": "quick", "who": "Ann Lee"}
    name = runs.start("solve", wanted)
    with get_client(sync_client=True) as client:
        [run] = client.read_flow_runs(flow_run_filter=FlowRunFilter(name=FlowRunFilterName(any_=[name])))
        client.delete_flow_run(run.id)
    assert run.parameters.items() >= wanted.items()
    assert run.state_name in ("Scheduled", "Pending", "Late")
    with pytest.raises(Refused, match="it answered 401"):
        PrefectRuns(settings.api, "us:wrong").start("solve", wanted)
    with pytest.raises(Refused, match="bring Prefect up to date"):
        runs.start("nothing", {})


def test_a_tick_from_2_january_on_makes_the_year_of_every_area_once(programme: Engine) -> None:
    """R107, R111: also if the day itself was missed."""
    for day in (date(2006, 1, 4), date(2006, 1, 5)):
        tick(day)
        with session(programme, read_only=True) as opened:
            assert {line.area for line in year_lines(opened, day, year=2006)} == {
                "sheffield",
                "cheshire",
                "wigan",
            }
