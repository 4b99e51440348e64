"""Whatever happens to a programme under way, what has begun stays, no date is past, people of past weeks are kept.

Forty events, of every kind, hit reviews in every stage; each is replanned, and what is stored is looked at. Solves of
the same days keep the same rules (R019, R043).
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from models import Activity, PastSeat, PlannedStage, Step, TeamPlace, session
from scheduler.events import (
    ClosedWeeks,
    CriticalIncident,
    Event,
    InspectorAbsence,
    LateFinish,
    NewConflict,
    Postponement,
    Resignation,
)
from scheduler.replanning.result import ReplanParams
from scheduler.values.errors import InvalidProblem
from scheduler.values.result import SolveParams
from scheduler.values.value import WeekSpan
from services.audit import Word
from services.casework.advancing import advance
from services.errors import PlanRefused, Refused
from services.plans.publication import Waiver, publish
from services.problem.standing import Standing, standings
from services.solves.replanning import replan_stored
from services.solves.solving import Asker, solve_option
from tests.builders import FIRST_MONDAY
from tests.engines import quick_engine
from tests.people import sign_what_is_due
from tests.tables import AT, CODES, MONDAYS, WHO, at, published

DAYS = tuple(
    date.fromisoformat(day)
    for day in (
        "2006-02-01",
        "2006-02-22",
        "2006-03-22",
        "2006-05-17",
        "2006-05-31",
        "2006-06-07",
        "2006-06-21",
    )
)
"""Of the review of Wigan: nothing said yet, notice given, consultation, analysis, between, fieldwork, drafting."""

KINDS = ("absence", "resignation", "pulled", "new", "postponement", "closed", "conflict", "late")
NUM_EVENTS = 40

Dates = dict[tuple[str, str], date]


@pytest.fixture(scope="module")
def days(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[date, bytes]:
    """The database on each of the days: everybody has signed off what they should."""
    path = tmp_path_factory.mktemp("under-way") / "own.db"
    path.write_bytes(migrated_file.read_bytes())
    engine = quick_engine(f"sqlite:///{path}")
    published(engine, len(CODES), precision="indicative")
    found = {}
    mondays = (date(2005, 10, 3) + timedelta(weeks=number) for number in range(40))
    for day in sorted({*DAYS, *(monday for monday in mondays if monday < DAYS[-1])}):
        with session(engine) as opened:
            advance(opened, day)
        sign_what_is_due(engine, day)
        if day in DAYS:
            engine.dispose()
            found[day] = path.read_bytes()
    return found


def engine_on(days: dict[date, bytes], day: date, folder: Path) -> Engine:
    path = folder / "own.db"
    path.write_bytes(days[day])
    return quick_engine(f"sqlite:///{path}")


def week_of(day: date) -> int:
    return (day - FIRST_MONDAY).days // 7


def some_event(kind: str, now: int, draw: Random) -> Event:
    """An event of a kind about a review near the present week, its area, or somebody of its team."""
    near = sorted(CODES, key=lambda code: abs(week_of(MONDAYS[code]) + 2 - now))
    area = near[0] if kind == "late" else draw.choice(near[:3])
    review, person = f"{area}-jar", f"{area}-{draw.randrange(4)}"
    first = max(now, week_of(MONDAYS[area]) + draw.choice((0, 3, 4)))
    weeks = WeekSpan(first=first, end=first + draw.randint(1, 3))
    events: dict[str, Event] = {
        "absence": InspectorAbsence(inspector=person, weeks=weeks),
        "resignation": Resignation(inspector=person, from_week=first),
        "pulled": CriticalIncident(area=area, within_weeks=draw.randint(2, 12), activity=review),
        "new": CriticalIncident(area=area, within_weeks=draw.randint(2, 12), like=review),
        "postponement": Postponement(activity=review, not_before=first + 12),
        "closed": ClosedWeeks(area=area, weeks=weeks, reason="flood"),
        "conflict": NewConflict(inspector=f"{draw.choice(CODES)}-1", area=area),
        "late": LateFinish(activity=review, weeks=draw.randint(1, 3)),
    }
    return events[kind]


def dates_of(opened: Session, version: int) -> Dates:
    rows = opened.exec(select(PlannedStage).where(PlannedStage.plan_version == version))
    return {(row.activity_code, row.stage): row.start_on for row in rows}


def team_of(opened: Session, version: int, kind: type[TeamPlace] | type[PastSeat]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in opened.exec(select(kind).where(kind.plan_version == version)):
        if row.inspector_code is not None:
            found[row.activity_code].add(row.inspector_code)
    return found


def stage_states(opened: Session) -> dict[tuple[str, str], str]:
    codes = {row.id: row.code for row in opened.exec(select(Activity))}
    return {(codes[row.activity_id], row.step_id): row.state for row in opened.exec(select(Step))}


def faults(opened: Session, version: int, day: date, asked: str | None) -> Iterator[str]:
    """What of a new plan is against the rules; `asked` is what the event itself is about."""
    before, after = dates_of(opened, 1), dates_of(opened, version)
    known, states = standings(opened), stage_states(opened)
    worked = {
        code for (code, stage), state in states.items() if (code, stage) in before and state != "planned"
    }
    for (code, stage), monday in after.items():
        old = before.get((code, stage))
        if old == monday:
            continue
        if monday < day:
            yield f"{code} {stage} begins on {monday}, which is past"
        standing = known.get(code, Standing.OPEN)
        if states.get((code, stage), "planned") != "planned":
            yield f"{code} {stage} has begun and moves from {old} to {monday}"
        elif standing in (Standing.UNDER_WAY, Standing.DONE) and code not in worked:
            yield f"{code} is {standing} and {stage} moves from {old} to {monday}"
        elif standing is Standing.NOTIFIED and code != asked:
            yield f"notice of {code} is given, and {stage} moves from {old} to {monday}"
    teams, left, now = (
        team_of(opened, 1, TeamPlace),
        team_of(opened, version, PastSeat),
        team_of(opened, version, TeamPlace),
    )
    for code in sorted(worked):
        if gone := teams[code] - now[code] - left[code]:
            yield f"{sorted(gone)} have worked on {code}, and nothing says so"


@pytest.mark.parametrize("seed", range(NUM_EVENTS))
def test_what_has_begun_stays_after_every_event(days: dict[date, bytes], tmp_path: Path, seed: int) -> None:
    """R019, R043"""
    draw, day = Random(seed), DAYS[seed % len(DAYS)]
    engine = engine_on(days, day, tmp_path)
    event = some_event(KINDS[seed % len(KINDS)], week_of(day), draw)
    params = ReplanParams(now_week=week_of(day), num_workers=1, with_alternatives=False, seconds=5.0)
    try:
        answer = replan_stored(engine, 1, event, params, Asker(WHO, lambda: AT, day=day))
    except (InvalidProblem, Refused):
        return  # it makes no sense by then, or would move what has to stay
    asked = getattr(event, "activity", None)
    with session(engine) as opened:
        for version in answer.versions:
            assert list(faults(opened, version, day, asked)) == []
            _publish(opened, version, day)


def _publish(opened: Session, version: int, day: date) -> None:
    """A draft moves nothing that must not move: it is published, but for a team without a leader or names to give."""
    word = Word(WHO, at(day), day, "an event")
    try:
        publish(opened, version, "indicative", word, frozenset(Waiver))
    except PlanRefused as refusal:
        told = [str(finding) for finding in refusal.findings]
        assert all("leader" in line or "--move" in line for line in told), told


def test_every_kind_of_event_hits_reviews_in_every_stage() -> None:
    hits = {(KINDS[seed % len(KINDS)], DAYS[seed % len(DAYS)]) for seed in range(NUM_EVENTS)}
    assert {kind for kind, _ in hits} == set(KINDS)
    assert {day for _, day in hits} == set(DAYS)


@pytest.mark.parametrize("day", DAYS)
def test_what_has_begun_stays_in_every_solve(days: dict[date, bytes], tmp_path: Path, day: date) -> None:
    """R019, R043"""
    engine = engine_on(days, day, tmp_path)
    params = SolveParams(dates_seconds=1.0, teams_seconds=0.5, num_workers=1)
    solved = solve_option(engine, 3, params, Asker(WHO, lambda: AT, day=day), profile="quick")
    version = solved.version or 0
    with session(engine) as opened:
        assert list(faults(opened, version, day, None)) == []
        _publish(opened, version, day)
