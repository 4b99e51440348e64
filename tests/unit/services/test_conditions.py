"""Teams, notices and steps of activities that depend on their scope and on the area's last grade (R008)."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from config.framework_files import FOLDER
from models import Activity, ActivityGrade, session
from scheduler.checking.checker import check
from scheduler.values.problem import Problem
from services.audit import Word
from services.casework.steps import steps_of
from services.plans.publication import publish
from services.problem import build_problem
from tests import tables
from tests.known import known

ADDED = """
[[added_places]]
only_if = { outcomes = ["enjoy_achieve"], extents = ["light"] }
places = { education = 1 }

[[judgements]]
id = "before"
name = "Overall"
scale = ["1", "2", "3", "4"]
decided_at = "fieldwork"

"""
LATER = """[[steps.due_if]]
only_if = { judgement = "before", grades = ["1"], of_last = true }
counted_from = "analysis"
edge = "start"
direction = "before"
amount = 2
unit = "weeks"
on_non_working_day = "previous"

[[steps]]
id = "self_assessment"
"""


@pytest.fixture
def programme(engine: Engine, home: Path) -> Engine:
    """Reviews with a place for education only where they look at it, and short notice after the worst grade."""
    text = (FOLDER / "jar-2005.toml").read_text(encoding="utf-8")
    text = text.replace("[[reductions]]", ADDED + "[[reductions]]", 1)
    text = text.replace('[[steps]]\nid = "self_assessment"\n', LATER, 1)
    (home / "frameworks").mkdir()
    (home / "frameworks" / "jar-2005.toml").write_text(text, encoding="utf-8")
    with session(engine) as opened:
        tables.fill(opened)
    return engine


def narrow(engine: Engine, code: str, scope: str) -> None:
    with session(engine) as opened:
        opened.exec(select(Activity).where(Activity.code == code)).one().scope = scope


def built(engine: Engine, as_of: date | None = None) -> Problem:
    with session(engine, read_only=True) as opened:
        return build_problem(opened, 3, as_of)


def places(problem: Problem, code: str) -> dict[str, int]:
    team = known(next(activity.team for activity in problem.activities if activity.id == code))
    return {place.skill: place.count for place in team.places}


def test_a_team_has_a_place_only_where_the_scope_asks_for_it_r008_r059(programme: Engine) -> None:
    assert places(built(programme), "sheffield-jar")["education"] == 1
    narrow(programme, "sheffield-jar", "stay_safe")
    problem = built(programme)
    assert "education" not in places(problem, "sheffield-jar")
    assert places(problem, "wigan-jar")["education"] == 1


def test_a_plan_without_that_place_is_refused_where_it_is_asked_for_r008_r059(programme: Engine) -> None:
    for code in ("sheffield-jar", "wigan-jar", "cheshire-jar"):
        narrow(programme, code, "stay_safe")
    problem = built(programme)
    plan = tables.plan_for(problem)
    assert check(problem, plan) == ()
    assert plan.costs.uncovered_places == 0
    narrow(programme, "sheffield-jar", "stay_safe enjoy_achieve")
    wider = built(programme)
    assert tables.plan_for(wider).costs.uncovered_places == 1
    assert check(wider, plan) != ()


def test_a_notice_is_shorter_where_the_last_grade_says_so_r064_r094(programme: Engine) -> None:
    day = date(2006, 6, 5)

    def first(code: str) -> int:
        problem = built(programme, day)
        return next(activity.start_window.first for activity in problem.activities if activity.id == code)

    before = first("sheffield-jar")
    with session(programme) as opened:
        last = Activity(
            code="sheffield-jar-0",
            area_code="sheffield",
            kind="jar",
            framework_id="jar-2005",
            state="cancelled",
        )
        opened.add(last)
        opened.flush()
        opened.add(
            ActivityGrade(
                activity_id=last.id or 0,
                judgement="before",
                grade="1",
                decided_on=date(2003, 5, 1),
                said_by="lead",
                said_at=tables.at(day),
            )
        )
    assert before - first("sheffield-jar") == 10


def test_a_step_of_a_published_activity_depends_on_its_scope_r008(engine: Engine, home: Path) -> None:
    text = (FOLDER / "jar-2005.toml").read_text(encoding="utf-8")
    (home / "frameworks").mkdir()
    (home / "frameworks" / "jar-2005.toml").write_text(
        text.replace(
            'id = "evaluation"\n', 'id = "evaluation"\nonly_if = { outcomes = ["contribute"] }\n', 1
        ),
        encoding="utf-8",
    )
    with session(engine) as opened:
        tables.fill(opened)
        opened.exec(select(Activity).where(Activity.code == "sheffield-jar")).one().scope = "stay_safe"
        publish(opened, tables.store(opened), "final", Word("Ann", tables.AT, tables.PLANNED_ON))
        names = {
            code: {step.step_id for step in steps_of(opened, row)}
            for code in ("sheffield-jar", "wigan-jar")
            for row in opened.exec(select(Activity).where(Activity.code == code))
        }
    assert "evaluation" not in names["sheffield-jar"]
    assert "evaluation" in names["wigan-jar"]
