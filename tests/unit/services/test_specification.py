"""Which themes of a review get fieldwork, and why (R078-R081)."""

from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from config.framework_files import find_framework
from models import Activity, AuditEntry, Evidence, FieldworkDecision, SignOff, session
from services.audit import Word
from services.casework.actions import required_actions
from services.casework.advancing import advance
from services.casework.cases import published_cases
from services.casework.outputs import record_output
from services.casework.sign_offs import sign_off
from services.casework.specification import specification_of, specify
from services.casework.step_turns import Action
from services.casework.steps import last_day
from services.casework.waiver_reasons import WaiverReason
from services.errors import Refused
from services.naming.steps import find_step_of
from tests.people import holder, sign
from tests.tables import at, published

CODE = "sheffield-jar"
SET_UP = date(2005, 11, 14)
ANALYSIS_END = date(2006, 1, 13)
JAR = find_framework("jar-2005")
OPEN = [theme for theme in JAR.skills if theme not in JAR.always]


@pytest.fixture
def programme(engine: Engine) -> Engine:
    published(engine, num_areas=1)
    return engine


def word(day: date = SET_UP, note: str = "") -> Word:
    return Word("Ann", at(day), day, note)


def analysed(opened: Session) -> None:
    """Everything that the analysis needs, but for the specification."""
    for name in ("notification", "self_assessment", "set_up", "consultation"):
        row = find_step_of(opened, CODE, name)
        sign(opened, row.id or 0, last_day(row), word(last_day(row)))
        advance(opened, last_day(row))
    analysis = find_step_of(opened, CODE, "analysis")
    for item in opened.exec(select(Evidence)):
        item.state, item.received_on = "received", item.asked_on
    for output in JAR.step("analysis").outputs:
        record_output(opened, analysis.id or 0, output.id, word(ANALYSIS_END))


def end_analysis(opened: Session, waiver: WaiverReason | None = None) -> None:
    row = find_step_of(opened, CODE, "analysis")
    sign_off(opened, row.id or 0, None, word(ANALYSIS_END), signer=holder(opened, row), waiver=waiver)


def test_fieldwork_has_a_reason_of_the_framework(programme: Engine) -> None:
    """R078."""
    with session(programme) as opened:
        with pytest.raises(Refused, match=r"no reason 'concerns' for fieldwork. \(R078\) Try 'concern'"):
            specify(opened, CODE, "education", "concerns", word())
        theme = specify(opened, CODE, "education", "concern", word(note="results fell"))
        assert (theme.has_fieldwork, theme.reason) == (True, "Outcomes cause concern: results fell")
        assert (theme.decided_by, theme.decided_on) == ("Ann", SET_UP)


@pytest.mark.parametrize("theme", ["safeguarding", "looked_after", "special_needs"])
def test_safeguarding_and_two_groups_always_get_fieldwork(programme: Engine, theme: str) -> None:
    """R080, R081."""
    with session(programme) as opened:
        with pytest.raises(
            Refused, match=r"always gets some fieldwork, whatever the evidence. \(R080, R081\)"
        ):
            specify(opened, CODE, theme, None, word())
        assert specify(opened, CODE, theme, "limited", word()).has_fieldwork
        activity = opened.exec(select(Activity).where(Activity.code == CODE)).one()
        themes = {own.id: own for own in specification_of(opened, activity)}
    assert all(own.has_fieldwork for name, own in themes.items() if name in JAR.always)
    assert {own.has_fieldwork for name, own in themes.items() if name in OPEN} == {None}


def test_a_later_decision_holds_and_the_earlier_one_stays(programme: Engine) -> None:
    """R079: versions of the specification."""
    with session(programme) as opened:
        specify(opened, CODE, "education", "concern", word())
        specify(opened, CODE, "education", None, word(date(2005, 12, 1), "the data came"))
        activity = opened.exec(select(Activity).where(Activity.code == CODE)).one()
        (theme,) = (own for own in specification_of(opened, activity) if own.id == "education")
        assert (theme.has_fieldwork, theme.reason) == (False, "the data came")
        assert len(opened.exec(select(FieldworkDecision)).all()) == 2
        assert len(opened.exec(select(AuditEntry).where(AuditEntry.action == "specify fieldwork")).all()) == 2


@pytest.mark.parametrize(
    ("code", "theme", "message"),
    [
        (CODE, "educaton", "there is no theme 'educaton'. Try 'education'"),
        ("sheffield-ca", "education", "has no specification of fieldwork"),
    ],
)
def test_what_is_no_theme_of_a_review_is_refused(
    programme: Engine, code: str, theme: str, message: str
) -> None:
    with session(programme) as opened, pytest.raises(Refused, match=message):
        specify(opened, code, theme, "concern", word())


def test_the_analysis_is_not_signed_off_before_each_theme_is_decided(programme: Engine) -> None:
    """R078, R079."""
    with session(programme) as opened:
        analysed(opened)
        specify(opened, CODE, OPEN[0], "concern", word())
    with session(programme) as opened, pytest.raises(Refused, match=r"R078, R079") as error:
        end_analysis(opened)
    (finding,) = error.value.findings
    assert finding.message.count(";") == len(OPEN) - 2
    assert JAR.skills[OPEN[0]] not in finding.message
    with session(programme) as opened:
        for theme in OPEN[1:]:
            specify(opened, CODE, theme, None, word(ANALYSIS_END))
        end_analysis(opened)
        assert find_step_of(opened, CODE, "analysis").state == "done"


def test_a_waiver_names_the_themes_that_nobody_decided(programme: Engine) -> None:
    """R094."""
    with session(programme) as opened:
        analysed(opened)
        end_analysis(opened, WaiverReason("short_notice"))
        row = find_step_of(opened, CODE, "analysis")
        kept = opened.exec(select(SignOff).where(SignOff.step_id == row.id)).one()
        assert kept.waived_themes.split() == OPEN


def test_the_specification_waits_for_the_leader_from_the_setting_up_meeting_on(programme: Engine) -> None:
    """R079."""

    def waits(opened: Session) -> list[tuple[str, date, date]]:
        case = next(case for case in published_cases(opened) if case.activity.code == CODE)
        found = [own for own in required_actions(case, SET_UP) if own.action is Action.SPECIFY]
        return [(own.role, own.since, own.due) for own in found]

    with session(programme) as opened:
        for name in ("notification", "self_assessment"):
            row = find_step_of(opened, CODE, name)
            sign(opened, row.id or 0, last_day(row), word(last_day(row)))
        assert waits(opened) == []
        sign(opened, find_step_of(opened, CODE, "set_up").id or 0, SET_UP, word())
        assert waits(opened) == [("team_leader", SET_UP, ANALYSIS_END)] * len(OPEN)
        specify(opened, CODE, OPEN[0], "concern", word())
        assert len(waits(opened)) == len(OPEN) - 1
