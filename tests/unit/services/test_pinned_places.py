"""People pinned to a place, and whole teams: kept by every solve, and refused at once where they can't be."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

import models
from models import Activity, Conflict, PlacePin, session
from scheduler.solving.solver import solve
from scheduler.values.problem import Problem, Seated
from scheduler.values.result import SolveParams
from scheduler.values.value import LEADER
from services import audit
from services.audit import Word
from services.errors import AlreadySo, Refused
from services.imports import ImportRefused, import_folder
from services.naming.names import Names
from services.plans import plan_store
from services.plans.pinned_places import pin_place, pin_team, unpin_place, unpin_team
from services.plans.pinning import all_pins, pin_off, pin_week
from services.problem import build_problem
from services.problem.present import Present
from services.shown.reasons.standing_words import standing_lines
from tests import tables
from tests.import_files import SKILLS, Rows, right_files, write_files
from tests.known import known

WORD = Word("Ann", tables.AT, tables.PLANNED_ON, "the director asked")
WEEK = date(2006, 6, 12)
QUICK = SolveParams(dates_seconds=5.0, teams_seconds=5.0, num_workers=1)
HEAD = "wigan-0"
"""Who leads in Wigan; they also may lead elsewhere."""


@pytest.fixture
def programme(engine: Engine) -> Engine:
    with session(engine) as opened:
        tables.fill(opened)
        tables.store(opened)
    return engine


def problem(engine: Engine) -> Problem:
    with session(engine, read_only=True) as opened:
        return build_problem(opened, 3)


def reserved(engine: Engine, code: str) -> tuple[Seated, ...]:
    activity = next(activity for activity in problem(engine).activities if activity.id == code)
    return () if activity.team is None else activity.team.reserved


def told(engine: Engine) -> list[str]:
    with session(engine, read_only=True) as opened:
        return [str(pin) for pin in all_pins(opened)]


def refusal(engine: Engine, do: Callable[[Session], object]) -> str:
    before = told(engine)
    with pytest.raises(Refused) as refused, session(engine) as opened:
        do(opened)
    assert told(engine) == before
    return str(refused.value)


def test_a_solve_keeps_whoever_is_pinned_to_a_place_r043(programme: Engine) -> None:
    with session(programme) as opened:
        pin = pin_place(opened, "sheffield-jar", "leader", HEAD, WORD)
    assert str(pin) == "Inspector 2.0 (wigan-0) has the leader place of sheffield-jar"
    assert told(programme) == [str(pin)]
    plan = known(solve(problem(programme), QUICK).plan)
    leaders = [
        own.inspector for own in plan.members if (own.activity, own.skill) == ("sheffield-jar", LEADER)
    ]
    assert leaders == [HEAD]


def test_a_pin_makes_plans_stale_and_is_in_the_log(programme: Engine) -> None:
    with session(programme) as opened:
        pin_place(opened, "sheffield-jar", "leader", HEAD, WORD)
        unpin_place(opened, "sheffield-jar", HEAD, WORD)
    with session(programme, read_only=True) as opened:
        assert plan_store.find_version(opened, 1).is_stale
        newest, first = audit.entries(opened, "sheffield-jar leader")[:2]
    assert {newest.action, first.action} == {"pin", "unpin"}
    assert told(programme) == []


def test_a_team_stays_as_a_plan_has_it(programme: Engine) -> None:
    with session(programme) as opened:
        pins = pin_team(opened, "wigan-jar", 1, WORD)
    assert len(pins) == 4
    assert {seated.inspector for seated in reserved(programme, "wigan-jar")} == {
        f"wigan-{n}" for n in range(4)
    }
    with session(programme) as opened:
        with pytest.raises(AlreadySo, match="its team is pinned"):
            pin_team(opened, "wigan-jar", 1, WORD)
        assert len(unpin_team(opened, "wigan-jar", WORD)) == 4
    assert reserved(programme, "wigan-jar") == ()


def test_an_explanation_names_what_is_pinned_r043(programme: Engine) -> None:
    with session(programme) as opened:
        pin_week(opened, "wigan-jar", WEEK, WORD)
        pin_place(opened, "wigan-jar", "leader", HEAD, WORD)
    pinned = problem(programme)
    with session(programme, read_only=True) as opened:
        present = Present(pinned, plan_store.load_plan(opened, 1).plan, {})
    week, people = standing_lines(Names(pinned, {HEAD: "Pat Wren"}), "wigan-jar", present)
    assert "may begin in this week only" in week
    assert "has pinned the leader place to Pat Wren (wigan-0)" in people


def test_places_have_the_names_of_skills(programme: Engine) -> None:
    with session(programme) as opened:
        pin_place(opened, "wigan-jar", "Looked After", "wigan-2", WORD)
    assert reserved(programme, "wigan-jar") == (Seated(skill="looked_after", inspector="wigan-2"),)


def away(opened: Session, person: str, first: date, end: date) -> None:
    opened.add(models.Absence(inspector_code=person, start_on=first, end_on=end))


@pytest.mark.parametrize(
    ("do", "words"),
    [
        (lambda o: pin_place(o, "wigan-jar", "gardening", HEAD, WORD), "Name one of its places: "),
        (lambda o: pin_place(o, "wigan-ca", "leader", HEAD, WORD), "Name an activity that has a team."),
        (lambda o: pin_place(o, "wigan-jar", "leader", "wigan-1", WORD), "does not lead teams"),
        (lambda o: pin_place(o, "wigan-jar", "leader", "cheshire-0", WORD), "conflict of interest"),
        (lambda o: unpin_place(o, "wigan-jar", HEAD, WORD), "jarcycle pins"),
        (lambda o: unpin_team(o, "wigan-jar", WORD), "nobody is pinned"),
        (lambda o: pin_team(o, "wigan-jar", None, WORD), "--plan NUMBER"),
    ],
)
def test_a_pin_that_can_never_hold_is_refused_with_advice(
    programme: Engine, do: Callable[[Session], object], words: str
) -> None:
    with session(programme) as opened:
        opened.add(Conflict(inspector_code="cheshire-0", area_code="wigan"))
    assert words in refusal(programme, do)


def test_every_reason_is_named_at_once(programme: Engine) -> None:
    with session(programme) as opened:
        opened.add(Conflict(inspector_code="cheshire-1", area_code="wigan"))
    said = refusal(programme, lambda o: pin_place(o, "wigan-jar", "leader", "cheshire-1", WORD))
    assert "does not lead teams" in said
    assert "conflict of interest" in said


def test_a_place_that_is_somebody_elses_is_refused(programme: Engine) -> None:
    with session(programme) as opened:
        pin_place(opened, "wigan-jar", "leader", HEAD, WORD)
    said = refusal(programme, lambda o: pin_place(o, "wigan-jar", "leader", "cheshire-0", WORD))
    assert "jarcycle unpin place wigan-jar wigan-0" in said
    assert "pinned to a place of wigan-jar" in refusal(programme, lambda o: pin_off(o, HEAD, "wigan", WORD))


@pytest.mark.parametrize(
    ("pin", "words"),
    [
        (lambda o: pin_place(o, "wigan-jar", "leader", HEAD, WORD), "has the leader place of wigan-jar"),
        (lambda o: pin_team(o, "wigan-jar", 1, WORD), "its team is pinned"),
        (lambda o: pin_week(o, "wigan-jar", WEEK, WORD), "begins in the week of 12 June 2006"),
        (lambda o: pin_off(o, "cheshire-0", "wigan", WORD), "is kept off Wigan"),
    ],
)
def test_what_is_pinned_already_is_no_fault_and_no_change(
    programme: Engine, pin: Callable[[Session], object], words: str
) -> None:
    with session(programme) as opened:
        pin(opened)
    before = told(programme)
    with session(programme) as opened, pytest.raises(AlreadySo, match=words):
        pin(opened)
    assert told(programme) == before


def test_whoever_is_away_in_the_weeks_is_refused(programme: Engine) -> None:
    with session(programme) as opened:
        pin_week(opened, "wigan-jar", WEEK, WORD)
        away(opened, HEAD, WEEK, date(2006, 9, 1))
    said = refusal(programme, lambda o: pin_place(o, "wigan-jar", "leader", HEAD, WORD))
    assert "is away, or has other work, in every week in which it could be" in said
    with session(programme) as opened:
        pin_place(opened, "wigan-jar", "leader", "cheshire-0", WORD)


def test_a_week_in_which_somebody_pinned_is_away_is_refused(programme: Engine) -> None:
    with session(programme) as opened:
        pin_place(opened, "wigan-jar", "leader", HEAD, WORD)
        away(opened, HEAD, WEEK, date(2006, 9, 1))
    assert "Inspector 2.0 (wigan-0) is away" in refusal(
        programme, lambda o: pin_week(o, "wigan-jar", WEEK, WORD)
    )


def test_whoever_is_pinned_elsewhere_in_these_weeks_is_refused(programme: Engine) -> None:
    with session(programme) as opened:
        for area in ("wigan", "sheffield"):
            pin_week(opened, f"{area}-jar", WEEK, WORD)
        pin_place(opened, "wigan-jar", "leader", HEAD, WORD)
    said = refusal(programme, lambda o: pin_place(o, "sheffield-jar", "leader", HEAD, WORD))
    assert "is pinned to wigan-jar already" in said


def test_whoever_has_left_is_refused_and_blocks_no_place(programme: Engine) -> None:
    with session(programme) as opened:
        pin_place(opened, "wigan-jar", "leader", HEAD, WORD)
        away(opened, HEAD, tables.PLANNED_ON, date(2010, 1, 1))
    assert reserved(programme, "wigan-jar") == ()
    with session(programme) as opened:
        unpin_place(opened, "wigan-jar", HEAD, WORD)
    said = refusal(programme, lambda o: pin_place(o, "wigan-jar", "leader", HEAD, WORD))
    assert "in every week in which it could be" in said


def test_what_has_begun_keeps_its_team(programme: Engine) -> None:
    with session(programme) as opened:
        opened.exec(select(Activity).where(Activity.code == "wigan-jar")).one().state = "under_way"
    assert "begun or done" in refusal(programme, lambda o: pin_place(o, "wigan-jar", "leader", HEAD, WORD))


# --- From files ---------------------------------------------------------------------------------------------


def imported(engine: Engine, tmp_path: Path, *rows: dict[str, str], is_there: bool = True) -> None:
    files: dict[str, Rows] = right_files()
    columns = ("area", "kind", "round", "week_of", "place", "person", "off")
    if is_there:
        files["pins.csv"] = [{column: row.get(column, "") for column in columns} for row in rows]
    (tmp_path / "files" / "pins.csv").unlink(missing_ok=True)
    import_folder(engine, write_files(tmp_path / "files", files), "planner", tables.AT)


ROW = {"area": "373", "kind": "jar", "place": "leader", "person": "I8"}


def test_a_file_says_who_is_pinned_and_without_it_they_stay(engine: Engine, tmp_path: Path) -> None:
    imported(engine, tmp_path, ROW)
    said = ["Person 8 (I8) has the leader place of 373-jar"]
    assert told(engine) == said
    imported(engine, tmp_path, is_there=False)
    assert told(engine) == said
    off = {"area": "875", "off": "I2"}
    imported(engine, tmp_path, off)
    assert told(engine) == ["Person 2 (I2) is kept off Cheshire (875)"]
    with session(engine, read_only=True) as opened:
        assert opened.exec(select(PlacePin)).all() == []


def test_a_row_that_can_never_hold_is_named(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(ImportRefused) as refused:
        imported(engine, tmp_path, ROW, ROW | {"area": "875", "person": "I2"})
    (found,) = refused.value.findings
    assert (found.file, found.row, found.column, found.value) == ("pins.csv", 3, "person", "I2")


def test_rows_are_looked_at_together(engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(ImportRefused) as refused:
        imported(engine, tmp_path, ROW, ROW | {"round": "1", "place": SKILLS[0]})
    told_of = {(found.row, found.message) for found in refused.value.findings}
    assert (3, "Person 8 (I8) is pinned to the leader place there already.") in told_of
    assert {row for row, _message in told_of} == {3}
