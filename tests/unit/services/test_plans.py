"""Plans are numbered versions that never change."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from models import AuditEntry, PlannedStage, TeamPlace, session
from scheduler.values.plan import TeamMember
from scheduler.values.problem import Problem
from services.errors import NotFound, Refused
from services.plans import plan_store
from services.problem.build import build_problem
from tests.builders import one_area, team
from tests.complete import complete_plan
from tests.tables import AT, MONDAYS, SKILLS, WHO, fill, plan_for, result_of, store


def problem_of(engine: Engine) -> Problem:
    with session(engine) as opened:
        fill(opened)
    with session(engine, read_only=True) as opened:
        return build_problem(opened, 3)


def test_what_is_stored_comes_back_as_it_was(engine: Engine) -> None:
    problem = problem_of(engine)
    plan = plan_for(problem)
    result = result_of(problem, plan)
    with session(engine) as opened:
        version = plan_store.store_plan(opened, problem, result, "3", WHO, AT)
    with session(engine, read_only=True) as opened:
        stored = plan_store.load_plan(opened, version)
        row = plan_store.find_version(opened, version)
    assert (stored.problem, stored.plan) == (problem, plan)
    assert stored.problem.hash == problem.hash
    assert stored.result == result.model_copy(update={"plan": None})
    assert (row.status, row.option, row.seed, row.created_by, row.created_at) == ("draft", "3", 7, WHO, AT)
    assert row.date_cost == row.date_bound == plan.costs.date_cost
    assert row.team_bound is None


def test_versions_are_numbered_and_the_newest_comes_first(engine: Engine) -> None:
    with session(engine) as opened:
        fill(opened)
        numbers = [store(opened), store(opened, {"wigan": MONDAYS["wigan"] + timedelta(weeks=1)})]
    assert numbers == [1, 2]
    with session(engine, read_only=True) as opened:
        assert [row.version for row in plan_store.versions(opened)] == [2, 1]


def test_stages_are_stored_on_dates_with_an_end_that_is_not_included(engine: Engine) -> None:
    with session(engine) as opened:
        fill(opened)
        version = store(opened)
        stages = {(row.activity_code, row.stage): row for row in opened.exec(select(PlannedStage))}
        mondays = plan_store.mondays_by_activity(opened, version)
    fieldwork = stages["sheffield-jar", "fieldwork"]
    assert (fieldwork.start_on, fieldwork.end_on) == (date(2006, 1, 30), date(2006, 2, 13))
    assert mondays["sheffield-jar"] == {"analysis": date(2006, 1, 9), "fieldwork": date(2006, 1, 30)}


def test_a_seat_without_an_inspector_is_an_uncovered_place(engine: Engine) -> None:
    problem = problem_of(engine)
    full = plan_for(problem)
    short = full.model_copy(update={"members": full.members[1:]})
    with session(engine) as opened:
        places = list(plan_store.team_places(problem, short, 1))
        whole = list(plan_store.team_places(problem, full, 1))
        opened.rollback()
    empty = [place for place in places if place.inspector_code is None]
    assert [(place.activity_code, place.skill) for place in empty] == [
        (full.members[0].activity, full.members[0].skill)
    ]
    assert len(places) == len(whole) == 3 * (1 + len(SKILLS))
    assert all(place.inspector_code for place in whole)


def test_two_places_of_the_same_skill_are_two_seats() -> None:
    problem = one_area()
    review = problem.activities[0]
    two = review.model_copy(update={"team": team("education", "education")})
    places = list(
        plan_store.team_places(problem.model_copy(update={"activities": (two,)}), complete_plan(), 1)
    )
    assert sorted(place.skill for place in places) == ["education", "education", "leader"]


def test_a_plan_for_another_problem_is_refused(engine: Engine) -> None:
    problem = problem_of(engine)
    other = problem.model_copy(update={"name": "another"})
    with (
        session(engine) as opened,
        pytest.raises(Refused, match=r"not for .*Give the problem and the plan of the same solve"),
    ):
        plan_store.store_plan(opened, problem, result_of(other, plan_for(other)), "3", WHO, AT)


def test_everything_unknown_in_a_plan_is_named(engine: Engine) -> None:
    problem = problem_of(engine)
    plan = plan_for(problem)
    stranger = TeamMember(activity="sheffield-jar", skill="safeguarding", inspector="stranger")
    foreign = plan.dates[0].model_copy(update={"activity": "atlantis-jar"})
    odd = plan.model_copy(update={"members": (*plan.members, stranger), "dates": (*plan.dates, foreign)})
    with session(engine) as opened, pytest.raises(Refused) as error:
        plan_store.store_plan(opened, problem, result_of(problem, odd), "3", WHO, AT)
    assert [found.place for found in error.value.findings] == ["activity atlantis-jar", "inspector stranger"]


def test_a_result_without_a_plan_is_not_stored(engine: Engine) -> None:
    problem = problem_of(engine)
    with session(engine) as opened, pytest.raises(Refused, match="has no plan"):
        plan_store.store_plan(opened, problem, result_of(problem, None), "3", WHO, AT)


def test_an_unknown_version_is_answered_with_the_newest(engine: Engine) -> None:
    with session(engine) as opened:
        with pytest.raises(NotFound, match="Solve first"):
            plan_store.find_version(opened, 7)
        fill(opened)
        store(opened)
        with pytest.raises(NotFound, match="The newest is 1"):
            plan_store.find_version(opened, 7)


def test_changed_facts_make_every_version_stale_once_also_one_that_may_be_published_again(
    engine: Engine,
) -> None:
    with session(engine) as opened:
        fill(opened)
        first, second = store(opened), store(opened)
        plan_store.find_version(opened, first).status = "superseded"
        assert plan_store.mark_stale(opened, "leave was entered", WHO, AT) == [first, second]
        assert plan_store.mark_stale(opened, "leave was entered", WHO, AT) == []
        assert [row.is_stale for row in plan_store.versions(opened)] == [True, True]
        assert audited(opened, "mark stale") == [
            ("plan 1", "leave was entered"),
            ("plan 2", "leave was entered"),
        ]


def test_there_are_team_places_for_each_version_of_its_own(engine: Engine) -> None:
    with session(engine) as opened:
        fill(opened)
        store(opened)
        store(opened)
        counts = [
            len(opened.exec(select(TeamPlace).where(TeamPlace.plan_version == n)).all()) for n in (1, 2)
        ]
    assert counts == [12, 12]


def audited(opened: Session, action: str) -> list[tuple[str, str]]:
    query = select(AuditEntry).where(AuditEntry.action == action)
    return [(entry.subject, entry.why) for entry in opened.exec(query)]
