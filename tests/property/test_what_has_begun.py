"""Whatever happens to a programme under way, what has begun stays, no date is past, people of past weeks are kept.

Every kind of event hits a review in each of its stages, and one of which nobody has been told yet, so that dates do
move; each is replanned, and what is stored is looked at. Solves of the same days keep the same rules (R019, R043).
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

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
from tests.known import known
from tests.people import sign_what_is_due
from tests.tables import AT, CODES, MONDAYS, WHO, at, published

STAGES = {
    "open": date(2006, 2, 1),
    "notified": date(2006, 2, 22),
    "consultation": date(2006, 3, 22),
    "analysis": date(2006, 5, 17),
    "between": date(2006, 5, 31),
    "fieldwork": date(2006, 6, 7),
    "drafting": date(2006, 6, 21),
}
"""How far the review of Wigan is on a day."""

REVIEW, LATER = "wigan", "luton"
"""The area whose review is hit in each of its stages, and one whose review nobody was told of on any of the days."""

KINDS = ("absence", "resignation", "pulled", "new", "postponement", "closed", "conflict", "late")
EVENTS = [
    *((kind, stage, REVIEW) for stage in STAGES for kind in KINDS),
    *((kind, stage, LATER) for stage in ("analysis", "drafting") for kind in KINDS),
]

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
    days = set(STAGES.values())
    for day in sorted({*days, *(monday for monday in mondays if monday < max(days))}):
        with session(engine) as opened:
            advance(opened, day)
        sign_what_is_due(engine, day)
        if day in days:
            engine.dispose()
            found[day] = path.read_bytes()
    return found


def engine_on(days: dict[date, bytes], day: date, folder: Path) -> Engine:
    path = folder / "own.db"
    path.write_bytes(days[day])
    return quick_engine(f"sqlite:///{path}")


def week_of(day: date) -> int:
    return (day - FIRST_MONDAY).days // 7


def some_event(kind: str, area: str, now: int, draw: Random) -> Event:
    """An event of a kind about a review, its area, or somebody of its team, in the next of its weeks that are left."""
    review, person, start = f"{area}-jar", f"{area}-{draw.randrange(4)}", week_of(MONDAYS[area])
    first = next((week for week in (start, start + 3, start + 4) if week >= now), now)
    weeks = WeekSpan(first=first, end=first + draw.randint(1, 3))
    events: dict[str, Event] = {
        "absence": InspectorAbsence(inspector=person, weeks=weeks),
        "resignation": Resignation(inspector=person, from_week=first),
        "pulled": CriticalIncident(area=area, within_weeks=draw.randint(2, 12), activity=review),
        "new": CriticalIncident(area=area, within_weeks=draw.randint(2, 12), like=review),
        "postponement": Postponement(activity=review, not_before=start + 6),
        "closed": ClosedWeeks(area=area, weeks=weeks, reason="flood"),
        "conflict": NewConflict(inspector=person, area=area),
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
    standing_of, states = standings(opened), stage_states(opened)
    worked = {
        code for (code, stage), state in states.items() if (code, stage) in before and state != "planned"
    }
    for (code, stage), monday in after.items():
        old = before.get((code, stage))
        if old == monday:
            continue
        if monday < day:
            yield f"{code} {stage} begins on {monday}, which is past"
        standing = standing_of.get(code, Standing.OPEN)
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


class Outcome(NamedTuple):
    """What came of an event: why it was refused or cannot be, or what was stored, and what of it is against the rules.

    `moved` counts dates; `left` are the people who have left the team of the review, `worked` those of them who are
    kept with it for the weeks that have passed.
    """

    refused: str = ""
    is_stored: bool = False
    moved: int = 0
    faults: tuple[str, ...] = ()
    left: frozenset[str] = frozenset()
    worked: frozenset[str] = frozenset()


Outcomes = dict[tuple[str, str, str], Outcome]


@pytest.fixture(scope="module")
def outcomes(days: dict[date, bytes], tmp_path_factory: pytest.TempPathFactory) -> Outcomes:
    """Each event is replanned on a copy of its day."""
    folder, found = tmp_path_factory.mktemp("events"), {}
    for number, (kind, stage, area) in enumerate(EVENTS):
        day = STAGES[stage]
        event = some_event(kind, area, week_of(day), Random(number))
        engine = engine_on(days, day, folder)
        found[kind, stage, area] = outcome(engine, event, day, f"{area}-jar")
        engine.dispose()
    return found


def outcome(engine: Engine, event: Event, day: date, review: str) -> Outcome:
    params = ReplanParams(now_week=week_of(day), num_workers=1, with_alternatives=False, seconds=5.0)
    try:
        answer = replan_stored(engine, 1, event, params, Asker(WHO, lambda: AT, day=day))
    except (InvalidProblem, Refused) as refusal:
        return Outcome(refused=str(refusal))
    if not answer.versions:
        return Outcome(refused=f"{answer.result.status}: {answer.result.in_the_way}")
    asked, found = getattr(event, "activity", None), []
    with session(engine) as opened:
        before, after = team_of(opened, 1, TeamPlace), team_of(opened, answer.versions[0], TeamPlace)
        kept = team_of(opened, answer.versions[0], PastSeat)
        for version in answer.versions:
            found += faults(opened, version, day, asked)
            _publish(opened, version, day)
    left = frozenset(before[review] - after[review])
    return Outcome(
        "", True, known(answer.result.main).moved, tuple(found), left, frozenset(left & kept[review])
    )


def _publish(opened: Session, version: int, day: date) -> None:
    """A draft moves nothing that must not move: it is published, but for a team without a leader or names to give."""
    word = Word(WHO, at(day), day, "an event")
    try:
        publish(opened, version, "indicative", word, frozenset(Waiver))
    except PlanRefused as refusal:
        told = [str(finding) for finding in refusal.findings]
        assert all("leader" in line or "--move" in line for line in told), told


Outcomes = dict[tuple[str, str, str], Outcome]


@pytest.mark.parametrize(("kind", "stage", "area"), EVENTS)
def test_what_has_begun_stays_after_every_event(outcomes: Outcomes, kind: str, stage: str, area: str) -> None:
    """R019, R043: nothing that has begun or was announced moves, no date is past, who has worked is kept."""
    assert outcomes[kind, stage, area].faults == ()


def test_every_kind_of_event_hits_a_review_in_every_stage_and_is_answered(outcomes: Outcomes) -> None:
    """Refused is only what makes no sense by then, or would move what has to stay."""
    assert len(EVENTS) >= 40
    assert {stage for _kind, stage, area in EVENTS if area == REVIEW} == set(STAGES)
    refused = {
        (kind, stage) for (kind, stage, area), came in outcomes.items() if area == REVIEW and came.refused
    }
    begun = ("consultation", "analysis", "between", "fieldwork", "drafting")
    assert {stage for kind, stage in refused if kind == "pulled"} == set(begun)
    assert {stage for kind, stage in refused if kind == "postponement"} == set(begun)
    assert {stage for kind, stage in refused if kind == "closed"} == {"notified", "consultation", "between"}
    assert {stage for kind, stage in refused if kind == "conflict"} == {"drafting"}
    assert {stage for kind, stage in refused if kind == "late"} == set(STAGES) - {"fieldwork", "drafting"}
    assert not {stage for kind, stage in refused if kind in ("absence", "resignation", "new")}


@pytest.mark.parametrize(
    ("kind", "stage", "why"),
    [
        (
            "closed",
            "notified",
            r"wigan-jar: it has had its notice and keeps its dates.*Name it as one that may move",
        ),
        ("closed", "consultation", r"wigan-jar: it is under way and keeps its dates.*Call it off"),
        (
            "closed",
            "between",
            r"wigan-ca: it has had its notice and keeps its dates.*Name it as one that may move",
        ),
        ("pulled", "consultation", r"'wigan-jar' is under way\. Call it off"),
        ("postponement", "analysis", r"'wigan-jar' began on 15 May 2006"),
        ("conflict", "drafting", r"has worked on 'wigan-jar' there, which is over"),
        ("late", "notified", r"'wigan-jar' has not begun yet\. Report a postponement"),
        ("late", "between", r"analysis of 'wigan-jar' is over"),
        ("late", "analysis", r"infeasible"),
    ],
)
def test_a_refusal_says_what_stands_in_the_way(outcomes: Outcomes, kind: str, stage: str, why: str) -> None:
    assert re.search(why, outcomes[kind, stage, REVIEW].refused)


@pytest.mark.parametrize("kind", ["pulled", "postponement", "closed"])
def test_dates_of_which_nobody_was_told_do_move(outcomes: Outcomes, kind: str) -> None:
    """Else that nothing moves would prove nothing."""
    moved = [
        came.moved
        for (what, stage, area), came in outcomes.items()
        if what == kind and (stage == "open" or area == LATER)
    ]
    assert len(moved) == 3
    assert min(moved) > 0


def test_people_do_leave_teams_and_those_who_have_worked_are_kept(outcomes: Outcomes) -> None:
    """R019: before the analysis nobody has worked, from then on everybody has."""
    for stage in STAGES:
        came = outcomes["resignation", stage, REVIEW]
        has_worked = stage in ("analysis", "between", "fieldwork")
        assert len(came.left) == (1 if stage != "drafting" else 0), stage
        assert came.worked == (came.left if has_worked else frozenset()), stage


@pytest.mark.parametrize("day", STAGES.values())
def test_what_has_begun_stays_in_every_solve(days: dict[date, bytes], tmp_path: Path, day: date) -> None:
    """R019, R043"""
    engine = engine_on(days, day, tmp_path)
    params = SolveParams(dates_seconds=1.0, teams_seconds=0.5, num_workers=1)
    solved = solve_option(engine, 3, params, Asker(WHO, lambda: AT, day=day), profile="quick")
    version = solved.version or 0
    with session(engine) as opened:
        assert list(faults(opened, version, day, None)) == []
        _publish(opened, version, day)
