"""A programme adopted half-way: reviews done and under way with actual dates, the others planned around them."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from models import Activity as ActivityRow
from models import PlannedStage, PlanVersion, Step, TeamPlace, session
from scheduler.checking.checker import check
from scheduler.solving.solver import solve
from scheduler.validating.validation import validate
from scheduler.values.problem import Activity, PastReview, Problem
from scheduler.values.result import Result, SolveParams, Status
from scheduler.values.value import LEADER
from services.imports import import_folder
from services.plans.plan_store import store_plan
from services.problem import build_problem
from tests.import_files import Rows, right_files, write_files
from tests.known import known

AT = datetime(2006, 1, 2, 9, tzinfo=UTC)
ADOPTED_ON = date(2006, 1, 2)
DONE_ON = date(2005, 10, 31)
BEGUN_ON = date(2005, 12, 12)
"""Sheffield's review took 31 October to 2 December, a week longer than planned; Cheshire's began on 12 December."""


def week(day: date) -> int:
    return (day - ADOPTED_ON).days // 7


def fill(opened: Session) -> None:
    """What the tables say on the day on which the programme is adopted."""
    plan = PlanVersion(
        option="4", status="published", problem_hash="", problem_json="", plan_json="",
        result_json="", uncovered_places=0, date_cost=1, team_cost=1, created_by="planner", created_at=AT,
    )  # fmt: skip
    opened.add(plan)
    opened.flush()
    version = known(plan.version)
    for code, monday, state in (("373-jar", DONE_ON, "under_way"), ("875-jar", BEGUN_ON, "under_way")):
        for stage, after, weeks in (("analysis", 0, 1), ("fieldwork", 3 if code == "373-jar" else 5, 2)):
            start = monday + timedelta(weeks=after)
            end = start + timedelta(weeks=weeks)
            opened.add(
                PlannedStage(
                    plan_version=version, activity_code=code, stage=stage, start_on=start, end_on=end
                )
            )
        own = opened.exec(select(ActivityRow).where(col(ActivityRow.code) == code)).one()
        own.plan_version, own.precision, own.state = version, "final", state
    seats = (
        ("373-jar", LEADER, "I8"), ("373-jar", "looked_after", "I2"), ("373-jar", "special_needs", "I3"),
        ("875-jar", LEADER, "L9"),
    )  # fmt: skip
    for code, skill, person in seats:
        opened.add(TeamPlace(plan_version=version, activity_code=code, skill=skill, inspector_code=person))
    steps(opened, "373-jar", analysis="done", fieldwork="done", draft_report="planned")
    steps(opened, "875-jar", analysis="done", fieldwork="planned")


def steps(opened: Session, code: str, **states: str) -> None:
    own = opened.exec(select(ActivityRow).where(col(ActivityRow.code) == code)).one()
    actual = {"analysis": date(2005, 11, 4), "fieldwork": date(2005, 12, 9)}
    for position, (name, state) in enumerate(states.items()):
        opened.add(
            Step(
                activity_id=known(own.id), step_id=name, position=position, kind="stage", name=name, state=state,
                actual_on=actual[name] if code == "373-jar" and state == "done" else None,
                due_on=date(2006, 1, 27) if name == "draft_report" else None,
            )
        )  # fmt: skip


def files(**programme: str) -> dict[str, Rows]:
    """The right files with six weeks of rest, a second leader, and another programme."""
    found = right_files()
    found["programme.csv"][0] |= programme
    found["inspectors.csv"] = [own | {"rest_weeks": "6"} for own in found["inspectors.csv"]]
    second = {"code": "L9", "name": "Leader 9", "body": "CSCI", "max_reviews_per_year": "1"}
    found["inspectors.csv"].append(found["inspectors.csv"][-1] | second)
    return found


@pytest.fixture
def adopted(engine: Engine, tmp_path) -> Problem:
    own = files(planned_on="2006-01-02", first_start_on="2006-01-02", default_option="4")
    import_folder(engine, write_files(tmp_path / "files", own), "planner", AT)
    with session(engine) as opened:
        fill(opened)
    with session(engine, read_only=True) as opened:
        return build_problem(opened, 4)


def activity(problem: Problem, code: str) -> Activity:
    return next(own for own in problem.activities if own.id == code)


def past(problem: Problem) -> PastReview:
    (found,) = problem.past_reviews
    return found


def at(problem: Problem, day: date) -> int:
    return (day - problem.first_monday).days // 7


def test_the_horizon_reaches_back_to_what_is_under_way(adopted):
    """R094: what is to come has twelve weeks' notice from 2 January on, a bank holiday."""
    assert adopted.first_monday == DONE_ON
    assert activity(adopted, "201-jar").start_window.first == at(adopted, date(2006, 4, 3))
    assert validate(adopted) == ()


def test_a_review_whose_team_is_done_has_its_actual_weeks_and_no_team(adopted):
    """R052: planned for two weeks, the fieldwork ended a week late; its report is due on 27 January."""
    review = past(adopted)
    assert (review.id, review.leader, review.members) == ("373-jar", "I8", ("I2", "I3", "I8"))
    assert review.team_weeks == (0, 3, 4, 5)
    assert review.drafting_end == at(adopted, date(2006, 1, 23)) + 1
    own = activity(adopted, "373-jar")
    assert (own.team, own.pinned_starts) == (None, (0, 3))
    assert own.stages[1].duration_weeks == 3


def test_a_review_under_way_stays_with_the_lag_it_has_and_its_team(adopted):
    """R049: four clear weeks over Christmas, one more than the rule allows."""
    own = activity(adopted, "875-jar")
    begin = at(adopted, BEGUN_ON)
    assert own.pinned_starts == (begin, begin + 5)
    assert (own.stages[1].lag_min_weeks, own.stages[1].lag_max_weeks) == (4, 4)
    assert own.stages[0].calendars == ()
    assert own.stages[1].calendars != ()
    assert own.published.members == ("L9",)


def test_periods_reach_back_to_their_begin(adopted):
    spans = {own.id: own.span for own in adopted.periods}
    assert spans["FY2005-06"].first == at(adopted, date(2005, 4, 4))
    limit = next(own for own in adopted.period_limits if own.id == "reviews_a_year:FY2005-06")
    assert limit.span.first == 0


@pytest.fixture
def result(adopted: Problem) -> Result:
    return solve(adopted, SolveParams(dates_seconds=3.0, teams_seconds=2.0))


def test_a_programme_adopted_half_way_is_solved_and_checked(adopted, result):
    assert result.status in (Status.OPTIMAL, Status.FEASIBLE)
    plan = result.plan
    assert {found.rule for found in check(adopted, plan)} <= {"leader_missing"}
    starts = plan.starts()
    assert starts["373-jar"] == (0, 3)
    assert starts["201-jar"][0] >= at(adopted, ADOPTED_ON)
    leaders = {m.activity: m.inspector for m in plan.members if m.skill == LEADER}
    assert leaders["875-jar"] == "L9"
    assert not [m for m in plan.members if m.activity == "373-jar"]
    seated = {m.skill for m in plan.members if m.activity == "875-jar"}
    assert not seated & {"looked_after", "special_needs"}, "the only two who could are resting"
    rested = past(adopted).team_weeks[-1] + 6
    for member in plan.members:
        if member.inspector in past(adopted).members:
            assert starts[member.activity][0] > rested


def test_a_new_plan_keeps_the_team_of_a_review_whose_team_is_done(engine, adopted, result):
    """R052: its leader is still told of the draft report, and the next problem still knows who rests."""
    with session(engine) as opened:
        version = store_plan(opened, adopted, result, "4", "planner", AT)
        for own in opened.exec(select(ActivityRow)):
            own.plan_version = version
        opened.flush()
        again = build_problem(opened, 4)
    assert past(again) == past(adopted)


def test_the_next_round_rolls_on_from_the_last_one_r013_r062(engine, tmp_path):
    """Sheffield's review of the first round is done; who led it is not in the team of the second."""
    import_folder(engine, write_files(tmp_path / "first", files()), "planner", AT)
    with session(engine) as opened:
        fill(opened)
        done = opened.exec(select(ActivityRow).where(col(ActivityRow.code) == "373-jar")).one()
        done.state = "done"
    dates = {"planned_on": "2008-09-01", "first_start_on": "2009-01-05", "last_start_on": "2009-03-27"}
    later = files(**dates, round="2") | {"inspections_due.csv": []}
    import_folder(engine, write_files(tmp_path / "second", later), "planner", AT)
    with session(engine) as opened:
        for own in opened.exec(select(ActivityRow)):
            own.state = "cancelled" if own.state == "planned" and not own.code.endswith("-2") else own.state
        opened.exec(select(ActivityRow).where(col(ActivityRow.code) == "875-jar")).one().state = "done"
    with session(engine, read_only=True) as opened:
        problem = build_problem(opened, 3)
    assert {own.id for own in problem.activities} == {
        f"{area}-{kind}-2" for area in ("201", "373", "875") for kind in ("jar", "ca")
    }
    assert activity(problem, "373-jar-2").previous_team == ("I2", "I3", "I8")
    assert activity(problem, "201-jar-2").previous_team == ()
    assert {own.id for own in problem.past_reviews} == {"373-jar", "875-jar"}
    assert all(week < 0 for own in problem.past_reviews for week in own.team_weeks)
    assert validate(problem) == ()


def test_what_has_begun_counts_for_a_maximum_and_never_breaks_it(engine, tmp_path):
    """R014: of eight reviews in the first term one began before the horizon."""
    own_files = files(first_start_on="2005-10-03")
    import_folder(engine, write_files(tmp_path / "files", own_files), "planner", AT)
    with session(engine) as opened:
        opened.add(
            PlanVersion(
                version=1, option="4", status="published", problem_hash="", problem_json="", plan_json="",
                result_json="", uncovered_places=0, date_cost=1, team_cost=1, created_by="p", created_at=AT,
            )
        )  # fmt: skip
        opened.flush()
        for stage, start in (("analysis", date(2005, 9, 5)), ("fieldwork", date(2005, 9, 26))):
            opened.add(
                PlannedStage(
                    plan_version=1, activity_code="373-jar", stage=stage, start_on=start,
                    end_on=start + timedelta(weeks=1),
                )
            )  # fmt: skip
        own = opened.exec(select(ActivityRow).where(col(ActivityRow.code) == "373-jar")).one()
        own.plan_version, own.precision, own.state = 1, "final", "done"
    with session(engine, read_only=True) as opened:
        limits = {own.id: own.maximum for own in build_problem(opened, 3).period_limits}
    assert limits["autumn_2005"] == 7
