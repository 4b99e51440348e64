"""The demonstration behind `make run`: an example solved, published and driven to the day on which it opens.

Each step looks at what is there first, so a demonstration that was interrupted goes on where it stood.
"""

import asyncio
from collections.abc import Callable
from datetime import date
from typing import Any

from prefect.deployments.flow_runs import arun_deployment
from sqlalchemy import Engine
from sqlmodel import col, select

from cli.demonstration.critical_events import DECIDED_ON, show_events
from cli.demonstration.demonstrations import Demonstration
from cli.demonstration.rehearsal import Rehearsed, rehearse
from cli.examples import EXAMPLES, import_example
from cli.shown.output import percent
from config.clock import Clock, write_clock
from config.settings import home_settings
from models import Heartbeat, PlanVersion, Programme, session
from reports.words import date_in_words, plural
from scheduler.values.result import gap_if_known
from services.audit import Word
from services.bootstrap import mail_transport, now, open_database
from services.days.weeks import day_before
from services.heartbeats import REMIND
from services.imports.profile_files import import_profiles, read_profiles
from services.plans.plan_store import published_version

PROFILE = "quick"
WHO = "demo"
RUN_SECONDS = 900

Say = Callable[[str], None]


def prepare_demo(played: Demonstration, say: Say) -> None:
    """Bring a demonstration to its opening day; nothing is done twice."""
    engine = open_database(make=True)
    programme = _programme(engine, played, say)
    if programme is None:
        return
    _solve_missing(engine, played, say)
    with session(engine, read_only=True) as opened:
        is_published = published_version(opened) is not None
    if not is_published:
        _publish(engine, programme, say)
    if _last_day(engine) < day_before(played.opens_on):
        _play(engine, programme, played, say)
        _read_profiles(engine, played, say)
        _set_clock(played.opens_on)
        _run("tick", say)
        _run("remind", say)


def _programme(engine: Engine, played: Demonstration, say: Say) -> Programme | None:
    with session(engine, read_only=True) as opened:
        programme = opened.get(Programme, 1)
    if programme is None:
        say(f"Importing {played.example} ...")
        import_example(engine, played.example, WHO)
        with session(engine, read_only=True) as opened:
            programme = opened.get_one(Programme, 1)
        _set_clock(programme.planned_on)
    if not programme.is_demo:
        say("There is a programme of your own here; it is left as it is.")
        return None
    return programme


def _set_clock(day: date) -> None:
    write_clock(home_settings().home, Clock.showing(day, now()))


def _solve_missing(engine: Engine, played: Demonstration, say: Say) -> None:
    missing = [option.value for option in played.options if option not in _drafts(engine)]
    if missing:
        say(f"Solving option {', '.join(missing)} with the quick profile; watch it in Prefect ...")
        _run("solve", say, options=missing, profile=PROFILE, who=WHO)
    for option, row in sorted(_drafts(engine).items()):
        date_gap = gap_if_known(row.date_cost, row.date_bound)
        team_gap = gap_if_known(row.team_cost, row.team_bound)
        say(
            f"Option {option}: plan {row.version}, dates cost {row.date_cost} (gap {percent(date_gap)}), "
            f"{plural(row.uncovered_places, 'uncovered place')}, teams cost {row.team_cost} (gap {percent(team_gap)})"
        )


def _drafts(engine: Engine) -> dict[str, PlanVersion]:
    """The newest plan of each option."""
    with session(engine, read_only=True) as opened:
        return {
            row.option: row for row in opened.exec(select(PlanVersion).order_by(col(PlanVersion.version)))
        }


def _publish(engine: Engine, programme: Programme, say: Say) -> None:
    row = _drafts(engine).get(str(programme.default_option))
    if row is None:
        raise RuntimeError(
            f"option {programme.default_option} has no plan to publish. Look at its solve in Prefect."
        )
    say(f"Publishing plan {row.version} (option {row.option}) ...")
    waivers = ["uncovered_places"] if row.uncovered_places else []
    _run(
        "publish",
        say,
        version=row.version,
        precision="indicative",
        reason="demonstration",
        waivers=waivers,
        who=WHO,
        as_of=programme.planned_on.isoformat(),
    )


def _last_day(engine: Engine) -> date:
    with session(engine, read_only=True) as opened:
        beat = opened.get(Heartbeat, REMIND)
    return date.min if beat is None or beat.ended_at is None else beat.as_of


def _play(engine: Engine, programme: Programme, played: Demonstration, say: Say) -> None:
    say(
        f"Playing the programme forward to {date_in_words(played.opens_on)}, "
        "with people who sign off what is done ..."
    )
    start = max(programme.planned_on, _last_day(engine))

    def hear(day: date, so_far: Rehearsed) -> None:
        if so_far.days % 20 == 0:
            say(
                f"  {date_in_words(day)}: {so_far.signed_off} steps signed off, {so_far.messages} messages sent"
            )

    def rehearsed(first: date, until: date) -> Rehearsed:
        return rehearse(engine, first, until, mail_transport(), who=WHO, hear=hear)

    parts = []
    if played.has_events:
        parts.append(rehearsed(start, DECIDED_ON))
        say("  Critical events are recorded and decided about")
        show_events(engine, WHO)
        start = max(start, DECIDED_ON)
    parts.append(rehearsed(start, played.opens_on))
    signed_off, messages = sum(part.signed_off for part in parts), sum(part.messages for part in parts)
    say(f"  {plural(signed_off, 'step')} signed off, {plural(messages, 'message')} in the mailbox folder")


def _read_profiles(engine: Engine, played: Demonstration, say: Say) -> None:
    """Performance profiles for the pages of ratings; read twice they stay as they are."""
    if played.profiles is None:
        return
    with session(engine) as opened:
        batch = read_profiles(EXAMPLES / played.profiles)
        done = import_profiles(opened, batch, Word(WHO, now(), played.opens_on, "demonstration"))
    say(f"  {plural(done.added + done.changed + done.same, 'performance profile')} of {played.profiles} read")


def _run(flow: str, say: Say, **parameters: Any) -> None:
    """Run a deployment and wait for it; what it did can be looked at in Prefect."""
    run = asyncio.run(arun_deployment(f"{flow}/{flow}", parameters=parameters, timeout=RUN_SECONDS))
    state = run.state
    if state is None or not state.is_completed():
        word = "did not end in time" if state is None else f"{state.name}: {state.message}"
        raise RuntimeError(f"the run '{run.name}' {word}. Look at it in Prefect.")
    if state.message:
        say(f"  {run.name}: {state.message}")
