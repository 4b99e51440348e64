"""Who may say what: days, outputs, evidence and teams are not for everybody who is known to say something of."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from config.policy import SpeakerRules
from models import AuditEntry, session
from services.casework.circulation import circulate
from services.casework.contact_points import name_contact_point
from services.casework.evidence.answers import hold, receive
from services.casework.evidence.kept_files import Receipt
from services.casework.final_team import confirm_team
from services.casework.outputs import record_output
from services.casework.sign_offs import agree_date
from services.casework.specification import specify
from services.casework.undoing import undo
from services.errors import Refused
from services.programme import rules_of
from tests.kept import kept
from tests.york import JAR, NOTICE, needs, sign, step_of, word, york

STRANGER = replace(word(NOTICE, "a reason"), who="chief_executive of sheffield")
"""Known in the programme, with no part in what is said here."""

WORDS: dict[str, Callable[[Session], object]] = {
    "agree": lambda opened: agree_date(opened, number(opened, "set_up"), date(2006, 2, 28), STRANGER),
    "undo": lambda opened: undo(opened, number(opened, "notification"), STRANGER),
    "output": lambda opened: record_output(opened, number(opened, "set_up"), "fieldwork_issues", STRANGER),
    "specify": lambda opened: specify(opened, JAR, "education", "concern", STRANGER),
    "team": lambda opened: confirm_team(opened, JAR, STRANGER),
    "receive": lambda opened: receive(opened, JAR, "plans", Receipt(NOTICE), STRANGER),
    "hold": lambda opened: hold(opened, JAR, "plans", "HC", NOTICE, STRANGER),
    "circulate": lambda opened: circulate(opened, JAR, [], NOTICE, STRANGER),
    "contact": lambda opened: name_contact_point(opened, JAR, "Ann", "ann@ofsted.example", "", STRANGER),
}


def number(opened: Session, name: str) -> int:
    return step_of(opened, JAR, name).id or 0


@pytest.fixture
def opened(engine: Engine) -> Iterator[Session]:
    noticed(engine)
    with session(engine) as opened:
        yield opened


@kept
def noticed(engine: Engine) -> None:
    """York after its notice."""
    york(engine)
    with session(engine) as opened:
        sign(opened, JAR, "notification", NOTICE)


@pytest.mark.parametrize("what", WORDS)
def test_who_has_no_part_in_something_says_nothing_of_it(opened: Session, what: str) -> None:
    """C0: one refusal says who may."""
    with pytest.raises(Refused, match=r"chief_executive of sheffield may not say this\. Those who may: "):
        WORDS[what](opened)


@pytest.mark.parametrize("who", ["Inspector 0.0", "director of sheffield", "planner", "Operations"])
def test_who_acts_in_a_step_or_signs_it_off_or_types_for_the_planner_may_speak(
    opened: Session, who: str
) -> None:
    said = replace(word(NOTICE, "both are free"), who=who)
    agree_date(opened, number(opened, "set_up"), date(2006, 2, 28), said)
    assert step_of(opened, JAR, "set_up").agreed_on == date(2006, 2, 28)


def test_who_was_asked_for_evidence_may_say_that_it_came(opened: Session) -> None:
    receive(opened, JAR, "plans", Receipt(NOTICE), replace(word(NOTICE), who="director of sheffield"))
    assert needs(opened, JAR)["plans"][1].received_on == NOTICE


def test_anybody_else_speaks_on_behalf_of_a_role_with_a_reason(opened: Session) -> None:
    day, instead = date(2006, 2, 28), replace(STRANGER, on_behalf_of="team_leader")
    with pytest.raises(Refused, match="needs a reason"):
        agree_date(opened, number(opened, "set_up"), day, replace(instead, note=" "))
    with pytest.raises(Refused, match=r"chief_executive may not say this\."):
        agree_date(opened, number(opened, "set_up"), day, replace(instead, on_behalf_of="chief_executive"))
    agree_date(opened, number(opened, "set_up"), day, instead)
    entry = opened.exec(select(AuditEntry).where(AuditEntry.action == "agree date")).one()
    assert (entry.who, entry.why) == (STRANGER.who, "a reason (on behalf of team_leader)")


def test_a_policy_may_keep_something_from_the_planner(opened: Session) -> None:
    """Who may say what is data."""
    rules = rules_of(opened)
    only = rules.policy.model_copy(update={"speakers": SpeakerRules(team=("signs",), days=("signs",))})
    opened.info["rules"] = replace(rules, policy=only)
    with pytest.raises(Refused, match="planner may not say this"):
        agree_date(opened, number(opened, "set_up"), date(2006, 2, 28), word(NOTICE, "both are free"))
