"""Adopting a programme half-way from files: three reviews done, one at work, two published, one to be planned."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from models import Activity, PlannedStage, PlanVersion, Reminder, Step, TeamPlace, session
from scheduler.checking.checker import check
from scheduler.cost import make_plan
from scheduler.solving.solver import solve
from scheduler.validating.validation import validate
from scheduler.values.plan import Plan
from scheduler.values.problem import Problem
from scheduler.values.result import SolveParams
from scheduler.values.value import LEADER
from services.audit import Word
from services.casework.advancing import advance
from services.imports import ImportRefused, ImportSummary, import_folder
from services.plans.plan_store import load_plan, published_version, store_plan
from services.plans.publication import publish
from services.problem import build_problem
from services.shown.outlook import step_lines
from tests.adopted_files import DAYS, adopted_files
from tests.engines import quick_engine
from tests.import_files import Rows, write_files
from tests.known import known

AT = datetime(2006, 3, 6, 9, tzinfo=UTC)
TODAY = date(2006, 3, 6)


def take(engine: Engine, folder, files: dict[str, Rows]) -> ImportSummary:
    return import_folder(engine, write_files(folder, files), "planner", AT)


@pytest.fixture(scope="module")
def adopted(migrated_file, tmp_path_factory) -> Iterator[Engine]:
    """The database after the import; tests only read it."""
    folder = tmp_path_factory.mktemp("adopted")
    (folder / "own.db").write_bytes(migrated_file.read_bytes())
    made = quick_engine(f"sqlite:///{folder / 'own.db'}")
    take(made, folder / "files", adopted_files())
    yield made
    made.dispose()


@pytest.fixture(scope="module")
def problem(adopted: Engine) -> Problem:
    with session(adopted, read_only=True) as opened:
        return build_problem(opened, 4)


@pytest.fixture(scope="module")
def plan(problem: Problem) -> Plan:
    return solved(problem)


def solved(problem: Problem) -> Plan:
    return known(solve(problem, SolveParams(dates_seconds=3.0, teams_seconds=2.0)).plan)


def mondays(problem: Problem, plan: Plan, area: str) -> tuple[str, ...]:
    weeks = plan.starts()[f"{area}-jar"]
    return tuple((problem.first_monday + timedelta(weeks=week)).isoformat() for week in weeks)


def team(plan: Plan, area: str) -> set[str]:
    return {own.inspector for own in plan.members if own.activity == f"{area}-jar"}


def test_the_plan_that_was_adopted_is_published_and_can_be_read(adopted):
    with session(adopted, read_only=True) as opened:
        row = known(published_version(opened))
        assert (row.version, row.reason, row.published_at) == (1, "adopted with the programme", AT)
        stored = load_plan(opened, 1)
    assert {own.activity for own in stored.plan.dates} == {f"{area}-jar" for area in DAYS}
    assert {own.rule for own in check(stored.problem, stored.plan)} == {"leader_missing"}, "nobody goes to F"


def test_steps_are_done_as_far_as_their_days_are_past(adopted):
    """R043: the report of A is out, that of B is drafted, D is between its stages, E and F were notified or not."""
    with session(adopted, read_only=True) as opened:
        states = {own.code: own.state for own in opened.exec(select(Activity))}
        query = select(Activity.code, Step).join(Step, col(Step.activity_id) == col(Activity.id))
        steps = {(code, own.step_id): own for code, own in opened.exec(query)}
    expected = {"A": "under_way", "B": "under_way", "C": "under_way", "D": "under_way", "E": "planned"}
    assert {area: states[f"{area}-jar"] for area in expected} == expected
    assert steps["A-jar", "publication"].actual_on == date(2006, 2, 22)
    assert steps["B-jar", "draft_report"].state == "planned"
    assert steps["C-jar", "fieldwork"].actual_on == date(2006, 2, 24)
    assert steps["C-jar", "draft_report"].due_on == date(2006, 4, 21), "eight weeks from its actual end"
    assert (steps["D-jar", "analysis"].state, steps["D-jar", "fieldwork"].state) == ("done", "planned")
    assert steps["E-jar", "notification"].state == "planned", "due on 13 March"
    assert {own.revision for own in steps.values()} == {1}


def test_a_review_whose_last_step_is_long_past_is_done(engine, tmp_path):
    files = adopted_files()
    for row, monday in zip(files["past_reviews.csv"], ("2004-09-06", "2004-09-27"), strict=False):
        row["first_day"] = monday
    take(engine, tmp_path / "files", files)
    with session(engine, read_only=True) as opened:
        assert opened.exec(select(Activity.state).where(Activity.code == "A-jar")).one() == "done"
        assert {own.id for own in build_problem(opened, 4).past_reviews} == {"A-jar", "B-jar", "C-jar"}


def test_status_shows_what_is_to_come_of_them(adopted):
    with session(adopted, read_only=True) as opened:
        lines = step_lines(opened, TODAY, None)
    assert {own.activity for own in lines} == {f"{area}-jar" for area in DAYS}
    assert not [own for own in lines if own.is_late]


def test_the_builder_finds_people_who_rest_and_dates_that_cost_to_move(problem):
    """R018, R028."""
    assert validate(problem) == ()
    past = {own.id: own.members for own in problem.past_reviews}
    assert past["C-jar"] == ("LE3", "LO3", "SA3", "SP3")
    own = {activity.id: activity for activity in problem.activities}
    begun = [problem.first_monday + timedelta(weeks=week) for week in known(own["D-jar"].pinned_starts)]
    assert begun == [date(2006, 2, 20), date(2006, 3, 13)]
    assert own["E-jar"].pinned_starts is None
    assert own["E-jar"].published.move_price > 0
    assert own["G-jar"].published is None


def test_the_solver_plans_around_what_was_adopted(problem, plan):
    """R018, R028: what is done stays, rests and yearly maxima count, what is published does not move without need."""
    assert check(problem, plan) == ()
    for area, (_state, *days) in DAYS.items():
        assert mondays(problem, plan, area) == tuple(days)
    assert team(plan, "D") == {"LE1", "LO1", "SA1", "SP1"}
    assert team(plan, "C") == set(), "its seats are no business of a new plan"
    assert not [own for own in plan.members if own.inspector.endswith("3")], (
        "they had their one review of 2006"
    )
    assert mondays(problem, plan, "G")[0] >= "2006-05-29", "twelve weeks of notice (R094)"
    assert plan.costs.date_terms["stability"] == 0
    assert plan.costs.uncovered_places == 0


def test_the_checker_counts_what_was_adopted_too(problem, plan):
    """R028: nobody of C's team can go to G in the same calendar year."""
    leader = next(own for own in plan.members if own.activity == "G-jar" and own.skill == LEADER)
    others = [own for own in plan.members if own != leader]
    swapped = make_plan(problem, plan.starts(), [*others, leader.model_copy(update={"inspector": "LE3"})])
    assert {own.rule for own in check(problem, swapped)} == {"too_many_reviews"}


def test_a_published_review_moves_at_a_stability_price(engine, tmp_path):
    """R018: the area of E is closed in its weeks of fieldwork."""
    closed = {"area": "E", "first_day": "2006-06-26", "last_day": "2006-07-07", "reason": "Move of offices"}
    take(engine, tmp_path / "files", adopted_files() | {"closures.csv": [closed]})
    with session(engine, read_only=True) as opened:
        problem = build_problem(opened, 4)
    found = solved(problem)
    assert check(problem, found) == ()
    assert mondays(problem, found, "E") != DAYS["E"][1:]
    assert mondays(problem, found, "F") == DAYS["F"][1:]
    assert found.costs.date_terms["stability"] > 0


def test_what_was_published_as_confirmed_is_frozen(engine, tmp_path):
    """R016, R017."""
    files = adopted_files()
    for row in files["past_reviews.csv"]:
        row["precision"] = "confirmed" if row["area"] == "E" else ""
    take(engine, tmp_path / "files", files)
    with session(engine, read_only=True) as opened:
        own = {activity.id: activity for activity in build_problem(opened, 4).activities}
    assert [own[f"{area}-jar"].published.is_frozen for area in "EF"] == [True, False]


def test_the_next_tick_does_not_speak_of_the_past(engine, tmp_path):
    """Who was told elsewhere is not told again."""
    take(engine, tmp_path / "files", adopted_files())
    with session(engine) as opened:
        advanced = advance(opened, TODAY)
        assert (advanced.opened, advanced.done, advanced.awaiting, advanced.overdue) == ([], [], [], [])
        assert all(own.due_on >= TODAY for own in opened.exec(select(Reminder)))


def test_a_new_plan_is_published_after_the_adopted_one(engine, tmp_path):
    """R052: the team of C is still known, so that its leader is told of the draft."""
    take(engine, tmp_path / "files", adopted_files())
    with session(engine) as opened:
        built = build_problem(opened, 4)
        result = solve(built, SolveParams(dates_seconds=3.0, teams_seconds=2.0))
        version = store_plan(opened, built, result, "4", "planner", AT)
        done = publish(opened, version, "indicative", Word("planner", AT, TODAY))
        assert (done.replaced, done.moved, done.new) == (1, (), 8)
        seats = opened.exec(select(TeamPlace).where(TeamPlace.plan_version == version))
        assert {own.inspector_code for own in seats if own.activity_code == "C-jar"} == {
            "LE3",
            "LO3",
            "SA3",
            "SP3",
        }
        precision = {own.code: own.precision for own in opened.exec(select(Activity))}
    assert (precision["C-jar"], precision["E-jar"]) == ("final", "indicative")


def test_the_same_files_again_adopt_nothing_and_other_days_are_refused(engine, tmp_path):
    take(engine, tmp_path / "files", adopted_files())
    assert not take(engine, tmp_path / "files", adopted_files()).is_any
    other = adopted_files()
    other["past_reviews.csv"][8]["first_day"] = "2006-06-12"
    other["past_reviews.csv"][9]["first_day"] = "2006-07-03"
    other["past_reviews.csv"][5]["last_day"] = "2006-02-17"
    other["past_teams.csv"][0]["inspector"] = "LE3"
    with pytest.raises(ImportRefused) as refused:
        take(engine, tmp_path / "files", other)
    found = [(own.file, own.row, own.value) for own in refused.value.findings]
    assert found == [
        ("past_reviews.csv", 10, "2006-06-12"),
        ("past_reviews.csv", 11, "2006-07-03"),
        ("past_reviews.csv", 7, "2006-02-17"),
        ("past_teams.csv", None, "LE3"),
    ]
    with session(engine, read_only=True) as opened:
        assert len(opened.exec(select(PlanVersion)).all()) == 1


def test_any_day_names_the_week_of_a_stage(engine, tmp_path):
    """A Wednesday means what its Monday means; the same files with Mondays then adopt nothing again."""
    files = adopted_files()
    for row in files["past_reviews.csv"][:6]:
        row["first_day"] = str(date.fromisoformat(row["first_day"]) + timedelta(days=2))
    import_folder(engine, write_files(tmp_path / "midweek", files), "planner", AT)
    import_folder(engine, write_files(tmp_path / "mondays", adopted_files()), "planner", AT)
    with session(engine, read_only=True) as opened:
        starts = opened.exec(select(PlannedStage.start_on)).all()
    assert starts
    assert {day.weekday() for day in starts} == {0}


def test_nothing_is_adopted_once_a_plan_is_published(engine, tmp_path):
    take(engine, tmp_path / "files", adopted_files())
    with session(engine) as opened:
        opened.exec(select(PlanVersion)).one().reason = "autumn term"
    with pytest.raises(ImportRefused) as refused:
        take(engine, tmp_path / "files", adopted_files())
    assert "already published" in refused.value.findings[0].message


def test_a_folder_without_a_past_is_as_right_as_one_with_empty_files(engine, tmp_path):
    files = adopted_files()
    del files["past_reviews.csv"], files["past_teams.csv"]
    take(engine, tmp_path / "without", files)
    with session(engine, read_only=True) as opened:
        assert published_version(opened) is None
        assert build_problem(opened, 4).past_reviews == ()


def test_a_review_is_adopted_without_the_assessment_that_belongs_to_it(engine: Engine, tmp_path) -> None:
    """Half-known is normal: its people's seats (R034) and links come with its dates."""
    files = adopted_files()
    files["programme.csv"][0]["default_option"] = "3"
    take(engine, tmp_path / "files", files)
    with session(engine, read_only=True) as opened:
        stored = load_plan(opened, 1)
    assert {activity.kind for activity in stored.problem.activities} == {"jar"}
    assert validate(stored.problem) == ()
    assert not [
        activity.id for activity in stored.problem.activities if activity.team and activity.team.joint
    ]
    assert {violation.rule for violation in check(stored.problem, stored.plan)} <= {"leader_missing"}
