"""What waits for whom: one pure function, of which status, pages and concerns are views."""

from collections.abc import Iterable
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from models import Activity, Evidence, OneOffDay, Step, TeamPlace, session
from services.audit import Word
from services.casework.actions import RequiredAction, required_actions
from services.casework.advancing import advance
from services.casework.cases import published_cases
from services.casework.final_team import confirm_team, withdraw_confirmation
from services.casework.outputs import record_output
from services.casework.sign_offs import agree_date, waive
from services.casework.step_turns import Action
from services.casework.steps import last_day
from services.casework.waiver_reasons import WaiverReason
from services.errors import AlreadySo, NotFound, Refused
from services.shown.outlook import needs_action, step_lines
from services.shown.waiting_list import of_person, of_role, roles_in, waiting
from tests.people import sign
from tests.tables import at, published

NOTICE = date(2005, 10, 17)
"""Sheffield's notification; its analysis week begins on 9 January 2006, its fieldwork on 30 January."""

ANALYSIS_END = date(2006, 1, 13)
UNTIL_ANALYSIS = ("notification", "self_assessment", "set_up", "consultation")


@pytest.fixture
def programme(engine: Engine) -> Engine:
    published(engine, num_areas=1)
    return engine


def step(opened: Session, step_id: str) -> Step:
    query = select(Step).join(Activity, col(Activity.id) == col(Step.activity_id))
    return opened.exec(query.where(Activity.kind == "jar", Step.step_id == step_id)).one()


def word(as_of: date, note: str = "") -> Word:
    return Word("Ann", at(as_of), as_of, note)


def signed(opened: Session, names: Iterable[str]) -> None:
    for name in names:
        row = step(opened, name)
        sign(opened, row.id or 0, last_day(row), word(last_day(row)))
        advance(opened, last_day(row))


def required(opened: Session, day: date, action: Action | None = None) -> list[RequiredAction]:
    """What waits in Sheffield's review."""
    case = next(case for case in published_cases(opened) if case.activity.kind == "jar")
    return [own for own in required_actions(case, day) if action in (None, own.action)]


def test_a_deadline_waits_for_who_acts_from_its_first_reminder_on(programme: Engine) -> None:
    """Twenty working days before 17 October 2005 is 19 September."""
    first = date(2005, 9, 19)
    with session(programme, read_only=True) as opened:
        assert required(opened, first - timedelta(days=1)) == []
        (action,) = required(opened, first)
    assert (action.step, action.action, action.role) == ("notification", "carry out", "lead_inspectorate")
    assert (action.since, action.due, action.is_late, action.is_ahead) == (first, NOTICE, False, True)
    assert action.in_words() == "Carry out: Notification of precise dates"


def test_a_one_off_bank_holiday_brings_forward_the_day_from_which_something_waits(programme: Engine) -> None:
    """Twenty working days before 17 October 2005 is the Friday before, if the 10th is a day off."""
    friday = date(2005, 9, 16)
    with session(programme, read_only=True) as opened:
        assert required(opened, friday) == []
    with session(programme) as opened:
        opened.add(OneOffDay(day=date(2005, 10, 10), name="Jubilee", is_working=False))
    with session(programme, read_only=True) as opened:
        (action,) = required(opened, friday)
    assert action.since == friday


def test_on_its_day_it_waits_for_who_signs_it_off_too_and_the_day_after_it_is_late(programme: Engine) -> None:
    with session(programme) as opened:
        for days, late in ((0, False), (1, True)):
            day = NOTICE + timedelta(days=days)
            advance(opened, day)
            found = [own for own in required(opened, day) if own.step == "notification"]
            assert [own.action for own in found] == [Action.CARRY_OUT, Action.SIGN_OFF]
            assert {own.is_late for own in found} == {late}
        signed(opened, ["notification"])
        assert not [own for own in required(opened, NOTICE) if own.step == "notification"]


def test_nothing_waits_since_before_its_day_was_known(programme: Engine) -> None:
    """A programme of 1 August 2005 asks since then for a notice that was due in June; late from the 2nd on."""
    day = date(2005, 8, 1)
    with session(programme) as opened:
        step(opened, "notification").due_on = date(2005, 6, 27)
        (action,) = required(opened, day, Action.CARRY_OUT)
        (later,) = required(opened, day + timedelta(days=1), Action.CARRY_OUT)
    assert (action.since, action.due, action.is_late) == (day, date(2005, 6, 27), False)
    assert later.is_late


def test_what_must_come_first_is_named(programme: Engine) -> None:
    """R043."""
    day = date(2006, 1, 10)
    with session(programme) as opened:
        signed(opened, ["notification", "self_assessment", "set_up"])
        advance(opened, day)
        found = required(opened, day, Action.BEGIN)
    assert {(own.step, own.role, own.is_late) for own in found} == {
        ("analysis", "team_leader", True),
        ("analysis", "inspectors", True),
        ("fieldwork", "team_leader", False),
        ("fieldwork", "inspectors", False),
    }
    (waits,) = {own.waits_for for own in found if own.step == "analysis"}
    assert waits == ("Consultation with children, young people, parents and carers",)


def test_evidence_waits_for_whom_it_was_asked_of_until_it_is_received(programme: Engine) -> None:
    """R065, R069."""
    with session(programme) as opened:
        signed(opened, ["notification"])
        found = required(opened, NOTICE, Action.HAND_IN)
        assert len(found) == 5
        assert {own.role for own in found} == {"director", "lead_inspectorate"}
        days = {(own.since, own.due) for own in found}
        assert days == {(NOTICE, date(2005, 12, 12)), (NOTICE, date(2006, 1, 6))}
        for row in opened.exec(select(Evidence)):
            row.state, row.received_on = "received", NOTICE
        opened.flush()
        assert required(opened, NOTICE, Action.HAND_IN) == []


def test_outputs_wait_for_who_acts_first_until_they_are_recorded(programme: Engine) -> None:
    """R048: three of the analysis, by its last day."""
    day = date(2006, 1, 9)
    with session(programme) as opened:
        signed(opened, UNTIL_ANALYSIS)
        advance(opened, day)
        found = required(opened, day, Action.RECORD_OUTPUT)
        assert [(own.role, own.since, own.due) for own in found] == [("team_leader", day, ANALYSIS_END)] * 3
        number = step(opened, "analysis").id or 0
        record_output(opened, number, "hypotheses", word(day))
        left = {own.what for own in required(opened, day, Action.RECORD_OUTPUT)}
    assert left == {own.what for own in found} - {"Hypotheses for fieldwork"}


def test_a_broken_rule_waits_for_the_reason_of_its_waiver(programme: Engine) -> None:
    """R094."""
    with session(programme) as opened:
        row = step(opened, "draft_report")
        agree_date(opened, row.id or 0, date(2006, 4, 13), word(NOTICE), waiver=WaiverReason("illness"))
        assert required(opened, NOTICE, Action.WAIVE) == []
        row.waiver_code = ""
        (action,) = required(opened, NOTICE, Action.WAIVE)
        assert (action.step, action.role, action.due) == (
            "draft_report",
            "lead_inspectorate",
            date(2006, 4, 13),
        )
        waive(opened, row.id or 0, WaiverReason("illness"), word(NOTICE))
        assert required(opened, NOTICE, Action.WAIVE) == []


def test_the_team_is_provisional_until_it_is_confirmed_after_the_analysis(programme: Engine) -> None:
    """R061."""
    with session(programme) as opened:
        signed(opened, UNTIL_ANALYSIS)
        with pytest.raises(Refused, match=r"final after Analysis week.*\(R061\)"):
            confirm_team(opened, "sheffield-jar", word(ANALYSIS_END))
        assert required(opened, ANALYSIS_END, Action.CONFIRM_TEAM) == []
        signed(opened, ["analysis"])
        (action,) = required(opened, ANALYSIS_END, Action.CONFIRM_TEAM)
        assert (action.role, action.since, action.due) == ("team_leader", ANALYSIS_END, date(2006, 1, 30))
        team = confirm_team(opened, "sheffield-jar", word(ANALYSIS_END))
        assert len(team.members) == 4
        assert required(opened, ANALYSIS_END, Action.CONFIRM_TEAM) == []
        with pytest.raises(AlreadySo, match="Ann has confirmed its team"):
            confirm_team(opened, "sheffield-jar", word(ANALYSIS_END))


def test_a_confirmed_team_is_taken_back_with_a_reason(programme: Engine) -> None:
    """R061: it waits to be confirmed again."""
    with session(programme) as opened:
        with pytest.raises(Refused, match="its team is not confirmed"):
            withdraw_confirmation(opened, "sheffield-jar", word(ANALYSIS_END, "a slip"))
        signed(opened, [*UNTIL_ANALYSIS, "analysis"])
        confirm_team(opened, "sheffield-jar", word(ANALYSIS_END))
        with pytest.raises(Refused, match="withdrawing this needs a reason"):
            withdraw_confirmation(opened, "sheffield-jar", word(ANALYSIS_END))
        assert not withdraw_confirmation(opened, "sheffield-jar", word(ANALYSIS_END, "a slip")).is_final
        assert len(required(opened, ANALYSIS_END, Action.CONFIRM_TEAM)) == 1
        assert confirm_team(opened, "sheffield-jar", word(ANALYSIS_END)).is_final


def test_another_team_is_provisional_again(programme: Engine) -> None:
    """R061."""
    with session(programme) as opened:
        signed(opened, [*UNTIL_ANALYSIS, "analysis"])
        confirm_team(opened, "sheffield-jar", word(ANALYSIS_END))
        query = select(TeamPlace).where(TeamPlace.inspector_code == "sheffield-3")
        opened.exec(query).one().inspector_code = None
        opened.flush()
        assert len(required(opened, ANALYSIS_END, Action.CONFIRM_TEAM)) == 1


def test_an_assessment_without_named_people_has_no_team_to_be_confirmed(programme: Engine) -> None:
    """R061."""
    with session(programme) as opened, pytest.raises(Refused, match="no team that is to be confirmed"):
        confirm_team(opened, "sheffield-ca", word(ANALYSIS_END))


def test_a_review_that_is_over_or_called_off_waits_for_nobody(programme: Engine) -> None:
    with session(programme) as opened:
        activity = opened.exec(select(Activity).where(Activity.kind == "jar")).one()
        assert required(opened, date(2006, 6, 1))
        activity.state = "done"
        assert required(opened, date(2006, 6, 1)) == []


def test_what_is_late_comes_first_then_by_the_day_it_is_due(programme: Engine) -> None:
    with session(programme) as opened:
        advance(opened, date(2006, 1, 9))
        found = required(opened, date(2006, 1, 9))
    assert [(not own.is_late, own.due) for own in found] == sorted(
        (not own.is_late, own.due) for own in found
    )


def test_status_is_a_view_of_the_same(programme: Engine) -> None:
    day = date(2006, 1, 9)
    with session(programme) as opened:
        advance(opened, day)
        steps = {line.step for line in needs_action(step_lines(opened, day))}
        turns = {Action.BEGIN, Action.CARRY_OUT, Action.SIGN_OFF}
        numbers = {(row.activity_id, row.step_id): row.id for row in opened.exec(select(Step))}
        expected = {
            numbers[case.activity.id or 0, own.step]
            for case in published_cases(opened)
            for own in required_actions(case, day)
            if own.action in turns and not own.is_ahead
        }
    assert steps == expected != set()


def test_what_waits_is_filtered_by_role_and_by_person(programme: Engine) -> None:
    day = date(2005, 12, 1)
    with session(programme) as opened:
        signed(opened, ["notification"])
        found = waiting(opened, day)
        director = of_role(opened, found, "director")
        assert {item.action.role for item in director} == {"director"}
        assert (
            of_role(opened, found, "Lead inspectorate (Ofsted)")
            == of_role(opened, found, "lead_inspectorate")
            != []
        )
        hers = of_person(opened, found, "DIRECTOR@sheffield.example")
        assert {item.action.role for item in hers} == {"director"}
        assert dict(roles_in(found))["director"].startswith("Director of children's services")
        assert of_role(opened, found, "inspectors") == of_person(opened, found, "Inspector 0.1") == []
        with pytest.raises(NotFound, match="there is no such role"):
            of_role(opened, found, "headmaster")
        with pytest.raises(NotFound, match="there is no such person"):
            of_person(opened, found, "Nobody")
        assert waiting(opened, day, "nowhere") == []
