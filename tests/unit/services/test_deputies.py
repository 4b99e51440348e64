"""Deputies: somebody else of the team who could lead signs what the leader signs while the leader is away (R057)."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from config.framework_files import FOLDER
from models import Absence, Activity, Leave, TeamPlace, session
from scheduler.checking.checker import check
from scheduler.values.plan import TeamMember
from scheduler.values.problem import Problem
from scheduler.values.value import LEADER
from services.audit import Word
from services.casework.contacts import Contacts
from services.casework.sign_offs import sign_off
from services.casework.signers import Signer
from services.errors import Refused
from services.imports import ImportRefused, import_folder
from services.naming.steps import find_step_of
from services.plans.publication import publish
from services.plans.publish_checks import Waiver
from services.problem import build_problem
from services.programme import rules_of
from tests import tables
from tests.import_files import right_files, write_files

DAY = date(2005, 10, 17)
LEADS, DEPUTY = "sheffield-0", "sheffield-1"


@pytest.fixture
def asked(home: Path) -> None:
    """Teams of reviews have a deputy, and one seat less where they are largest."""
    text = (FOLDER / "jar-2005.toml").read_text(encoding="utf-8")
    text = text.replace("[roles]\n", '[roles]\ndeputy_leader = "Deputy leader"\n', 1)
    text = text.replace("needs_leader = true\n", 'needs_leader = true\ndeputy_role = "deputy_leader"\n', 1)
    text = text.replace(", education = 1, child_health = 1 }", ", education = 1 }", 1)
    (home / "frameworks").mkdir()
    (home / "frameworks" / "jar-2005.toml").write_text(text, encoding="utf-8")


@pytest.fixture
def programme(engine: Engine, asked: None) -> Engine:
    """A published review in Sheffield, of whose team one is the deputy."""
    with session(engine) as opened:
        tables.fill(opened, 1)
        word, waivers = (
            Word("Ann", tables.AT, tables.PLANNED_ON, "found later"),
            frozenset({Waiver.UNCOVERED_PLACES}),
        )
        publish(opened, tables.store(opened), "final", word, waivers)
        opened.add(
            TeamPlace(plan_version=1, activity_code="sheffield-jar", skill="deputy", inspector_code=DEPUTY)
        )
    return engine


def problem(engine: Engine) -> Problem:
    with session(engine, read_only=True) as opened:
        return build_problem(opened, 3)


def test_every_team_has_a_place_for_a_deputy_whom_only_leaders_fill_r057(engine: Engine, asked: None) -> None:
    with session(engine) as opened:
        tables.fill(opened, 2)
    built = problem(engine)
    places = [activity.team.seats_by_skill() for activity in built.activities if activity.team is not None]
    assert [seats["deputy"] for seats in places] == [1, 1]
    assert {person.id for person in built.inspectors if "deputy" in person.skills} == {
        "sheffield-0",
        "cheshire-0",
    }


@pytest.mark.parametrize(("person", "broken"), [("cheshire-0", False), ("cheshire-1", True)])
def test_a_deputy_is_able_to_lead_r057(engine: Engine, asked: None, person: str, broken: bool) -> None:
    with session(engine) as opened:
        tables.fill(opened, 2)
    built = problem(engine)
    plan = tables.plan_for(built)
    seated = TeamMember(activity="sheffield-jar", skill="deputy", inspector=person)
    found = check(built, plan.model_copy(update={"members": (*plan.members, seated)}))
    assert any(violation.rule == "lacking_skill" for violation in found) is broken


def test_an_import_with_one_leader_can_not_have_deputies_r057(
    engine: Engine, asked: None, tmp_path: Path
) -> None:
    files = right_files()
    for number, person in enumerate(files["inspectors.csv"]):
        person["is_leader"] = "yes" if number == 0 else "no"
    with pytest.raises(
        ImportRefused, match="only one person is qualified to lead, but jar-2005 needs a leader and a"
    ):
        import_folder(engine, write_files(tmp_path / "files", files), "planner", tables.AT)
    files["inspectors.csv"][1]["is_leader"] = "yes"
    assert import_folder(engine, write_files(tmp_path / "files", files), "planner", tables.AT).is_any


def met(opened: Session, signer: str) -> str:
    """What is refused of somebody who signs the setting-up meeting off, which is the leader's."""
    steps = {name: find_step_of(opened, "sheffield-jar", name).id or 0 for name in ("notification", "set_up")}
    word = Word("clerk", tables.at(DAY), DAY)
    if find_step_of(opened, "sheffield-jar", "notification").state != "done":
        sign_off(opened, steps["notification"], DAY, word, signer=Signer("Lead Office"))
    try:
        sign_off(opened, steps["set_up"], DAY, word, signer=Signer(signer))
    except Refused as refusal:
        return str(refusal)
    return ""


def test_a_deputy_signs_while_the_leader_is_away_and_not_otherwise(programme: Engine) -> None:
    with session(programme) as opened:
        assert "does not hold the role" in met(opened, "Inspector 0.1")
        opened.add(Absence(inspector_code=LEADS, start_on=DAY, end_on=DAY + timedelta(days=1)))
        opened.flush()
        refused = met(opened, "Inspector 0.1")
        assert "does not hold the role" not in refused
        assert "Inspector 0.2 does not hold the role" in met(opened, "Inspector 0.2")


@pytest.mark.parametrize(
    ("first", "last", "percent", "may"),
    [(0, 1, 0, True), (0, 1, 50, False), (-1, 0, 0, False), (1, 2, 0, False)],
)
def test_away_is_who_is_not_there_at_all_on_the_day(
    programme: Engine, first: int, last: int, percent: int, may: bool
) -> None:
    with session(programme) as opened:
        opened.add(
            Leave(
                inspector_code=LEADS,
                start_on=DAY + timedelta(days=first),
                end_on=DAY + timedelta(days=last),
                percent_available=percent,
                said_by="Ann",
                said_on=DAY,
            )
        )
        opened.flush()
        review = opened.exec(select(Activity).where(Activity.code == "sheffield-jar")).one()
        found = Contacts(opened, rules_of(opened)).deputising(review, "team_leader", DAY)
        assert [person.name for person in found] == (["Inspector 0.1"] if may else [])


def test_a_deputy_is_told_while_there_is_no_leader(programme: Engine) -> None:
    with session(programme) as opened:
        review = opened.exec(select(Activity).where(Activity.code == "sheffield-jar")).one()
        assert [person.name for person in holders(opened, review, "team_leader")] == ["Inspector 0.0"]
        assert [person.name for person in holders(opened, review, "deputy_leader")] == ["Inspector 0.1"]
        opened.exec(select(TeamPlace).where(TeamPlace.skill == LEADER)).one().inspector_code = None
        opened.flush()
        assert [person.name for person in holders(opened, review, "team_leader")] == ["Inspector 0.1"]


def holders(opened: Session, review: Activity, role: str) -> list[object]:
    return list(Contacts(opened, rules_of(opened)).holders(review, role))
