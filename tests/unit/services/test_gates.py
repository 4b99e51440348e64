"""Gates: nothing is signed off without its outputs and inputs, or only by a named waiver (R045, R048, R069, R070)."""

from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from models import Activity, AuditEntry, RecordedOutput, SignOff, Step, session
from services.audit import Word
from services.casework.advancing import advance
from services.casework.evidence.answers import hold
from services.casework.evidence.checklists import open_items
from services.casework.outputs import newest_outputs, record_output, withdraw_output
from services.casework.sign_offs import sign_off
from services.casework.steps import last_day
from services.casework.undoing import undo
from services.casework.waiver_reasons import WaiverReason
from services.errors import AlreadySo, NotFound, Refused
from services.plans.publication import publish
from tests.kept import kept
from tests.known import known
from tests.people import hand_in, holder, sign
from tests.tables import PLANNED_ON, WHO, at, fill, store

YORK = {"sheffield": date(2006, 4, 24)}
"""York's review: analysis 24 to 28 April, fieldwork 15 to 26 May 2006."""

AFTER = date(2006, 5, 29)
OUTPUTS = ("agreed_findings", "hypotheses", "fieldwork_plan")
THREE_NAMES = (
    "Agreed findings where no fieldwork is needed; Hypotheses for fieldwork; Detailed fieldwork plan"
)
UNTIL_ANALYSIS = ("notification", "self_assessment", "set_up", "consultation")


@pytest.fixture
def programme(engine: Engine) -> Engine:
    analysed(engine)
    return engine


@kept
def analysed(engine: Engine) -> None:
    """One review with the dates of York's, signed off up to its analysis week."""
    with session(engine) as opened:
        fill(opened, 1)
        publish(opened, store(opened, YORK), "final", Word(WHO, at(PLANNED_ON), PLANNED_ON))
        for name in UNTIL_ANALYSIS:
            row = step(opened, name)
            sign(opened, row.id or 0, last_day(row), word(last_day(row)))
            advance(opened, last_day(row))


def step(opened: Session, step_id: str) -> Step:
    query = select(Step).join(Activity, col(Activity.id) == col(Step.activity_id))
    return opened.exec(query.where(Activity.kind == "jar", Step.step_id == step_id)).one()


def word(as_of: date, note: str = "") -> Word:
    return Word("Ann", at(as_of), as_of, note)


def end(opened: Session, name: str, as_of: date, waiver: WaiverReason | None = None) -> None:
    """Sign a step off as its holder, with nothing handed in."""
    row = step(opened, name)
    sign_off(opened, row.id or 0, None, word(as_of), signer=holder(opened, row), waiver=waiver)


def receive_all(opened: Session) -> None:
    """Also what was not asked for yet."""
    row = step(opened, "fieldwork")
    activity = opened.get_one(Activity, row.activity_id)
    for item in open_items(opened, activity, "fieldwork"):
        hold(opened, activity.code, item.item, "the inspectorate", AFTER, word(AFTER))


def test_fieldwork_is_not_signed_off_without_the_outputs_of_the_analysis(programme: Engine) -> None:
    """R048: of a programme whose analysis was done before outputs were recorded, as of 29 May 2006."""
    with session(programme) as opened:
        end(opened, "analysis", date(2006, 4, 28), WaiverReason("illness"))
        for row in opened.exec(select(SignOff)):
            row.waived_outputs = ""
        advance(opened, date(2006, 5, 15))
        receive_all(opened)
    with session(programme) as opened, pytest.raises(Refused, match=r"\(R048\)") as error:
        end(opened, "fieldwork", AFTER)
    (finding,) = error.value.findings
    assert finding.message == f"these outputs are not recorded: {THREE_NAMES}."
    with session(programme) as opened:
        end(opened, "fieldwork", AFTER, WaiverReason("existing_evidence", "all of it was at hand"))
        row = step(opened, "fieldwork")
        kept = opened.exec(select(SignOff).where(SignOff.step_id == row.id)).one()
        assert (row.state, row.actual_on) == ("done", date(2006, 5, 26))
        assert (kept.waived_outputs, kept.waiver_code) == (" ".join(OUTPUTS), "existing_evidence")


def test_analysis_is_signed_off_with_its_three_outputs_and_all_evidence(programme: Engine) -> None:
    """R048, R069."""
    day = date(2006, 4, 28)
    with session(programme) as opened, pytest.raises(Refused) as error:
        end(opened, "analysis", day)
    outputs, inputs, themes = error.value.findings
    assert "get fieldwork" in themes.message
    assert outputs.requirement == "R048"
    assert "Performance data; " in inputs.message
    assert "R069" in inputs.requirement
    with session(programme) as opened:
        row = step(opened, "analysis")
        hand_in(opened, row, word(day))
        end(opened, "analysis", day)
        kept = opened.exec(select(SignOff).where(SignOff.step_id == row.id)).one()
        assert (kept.waived_outputs, kept.waived_inputs, kept.waiver_code) == ("", "", "")


def test_what_a_step_was_signed_off_without_is_not_asked_of_the_next(programme: Engine) -> None:
    """R048."""
    with session(programme) as opened:
        end(opened, "analysis", date(2006, 4, 28), WaiverReason("illness"))
        advance(opened, date(2006, 5, 15))
        receive_all(opened)
        end(opened, "fieldwork", AFTER)
        assert step(opened, "fieldwork").state == "done"


def test_evidence_that_is_still_to_come_needs_a_waiver(programme: Engine) -> None:
    """R070."""
    with session(programme) as opened:
        hand_in(opened, step(opened, "analysis"), word(date(2006, 4, 28)))
        end(opened, "analysis", date(2006, 4, 28))
        advance(opened, date(2006, 5, 15))
    with session(programme) as opened, pytest.raises(Refused, match=r"still to come: .*Focus groups.*R070"):
        end(opened, "fieldwork", AFTER)
    with session(programme) as opened:
        end(opened, "fieldwork", AFTER, WaiverReason("short_notice"))
        kept = known(opened.exec(select(SignOff).order_by(col(SignOff.id).desc())).first())
        assert "focus_groups" in kept.waived_inputs.split()


@pytest.mark.parametrize(
    ("reason", "message"),
    [
        (WaiverReason("ilness"), "there is no reason 'ilness' for a waiver.* Try 'illness'"),
        (WaiverReason("other"), "the reason 'other' says nothing by itself"),
    ],
)
def test_a_waiver_has_a_reason_of_the_policy(programme: Engine, reason: WaiverReason, message: str) -> None:
    with session(programme) as opened, pytest.raises(Refused, match=message):
        end(opened, "analysis", date(2006, 4, 28), reason)
    with session(programme) as opened:
        end(opened, "analysis", date(2006, 4, 28), WaiverReason("other", "a flood"))


def test_an_undone_sign_off_takes_its_waiver_along(programme: Engine) -> None:
    day = date(2006, 4, 28)
    with session(programme) as opened:
        end(opened, "analysis", day, WaiverReason("illness"))
        undo(opened, step(opened, "analysis").id or 0, word(day, "the wrong review"))
    with session(programme) as opened, pytest.raises(Refused, match="these outputs are not recorded"):
        end(opened, "analysis", day)


def test_an_output_is_kept_with_who_when_and_version(programme: Engine) -> None:
    day = date(2006, 4, 27)
    with session(programme) as opened:
        number = step(opened, "analysis").id or 0
        record_output(opened, number, "hypotheses", word(day), version="1", link="file 7")
        record_output(opened, number, "Hypotheses for fieldwork", word(day), version="2")
        row = newest_outputs(opened, [number])[number, "hypotheses"]
        assert (row.version, row.recorded_by, row.recorded_on, row.recorded_at) == ("2", "Ann", day, at(day))
        assert len(opened.exec(select(RecordedOutput).where(RecordedOutput.step_id == number)).all()) == 2
        entry = known(opened.exec(select(AuditEntry).order_by(col(AuditEntry.id).desc())).first())
        assert (entry.action, entry.subject) == ("record output", "sheffield-jar analysis hypotheses")


def test_the_same_version_is_recorded_once(programme: Engine) -> None:
    day = date(2006, 4, 27)
    with session(programme) as opened:
        number = step(opened, "analysis").id or 0
        record_output(opened, number, "hypotheses", word(day), version="1")
        with pytest.raises(AlreadySo, match="this version was recorded by Ann on 27 April 2006"):
            record_output(opened, number, "hypotheses", word(day), version="1")


@pytest.mark.parametrize(
    ("name", "output", "message"),
    [
        ("analysis", "hypothesis", "there is no such output. Try 'hypotheses'"),
        ("feedback", "hypotheses", "this step has no outputs"),
    ],
)
def test_an_unknown_output_is_told(programme: Engine, name: str, output: str, message: str) -> None:
    with session(programme) as opened, pytest.raises(NotFound, match=message):
        record_output(opened, step(opened, name).id or 0, output, word(AFTER))


def test_a_withdrawn_version_gives_way_to_the_one_before(programme: Engine) -> None:
    day = date(2006, 4, 27)
    with session(programme) as opened:
        number = step(opened, "analysis").id or 0
        with pytest.raises(Refused, match="no version of it is recorded"):
            withdraw_output(opened, number, "hypotheses", word(day, "wrong area"))
        record_output(opened, number, "hypotheses", word(day), version="1")
        record_output(opened, number, "hypotheses", word(day), version="2")
        with pytest.raises(Refused, match="withdrawing it needs a reason"):
            withdraw_output(opened, number, "hypotheses", word(day))
        withdraw_output(opened, number, "hypotheses", word(day, "wrong area"))
        assert newest_outputs(opened, [number])[number, "hypotheses"].version == "1"


def test_an_output_of_a_step_that_is_signed_off_stays(programme: Engine) -> None:
    day = date(2006, 4, 28)
    with session(programme) as opened:
        number = step(opened, "analysis").id or 0
        hand_in(opened, step(opened, "analysis"), word(day))
        end(opened, "analysis", day)
        with pytest.raises(Refused, match=r"the step was signed off with it\. Undo the sign-off first"):
            withdraw_output(opened, number, "hypotheses", word(day, "wrong area"))


def test_who_records_an_output_of_a_step_that_changed_meanwhile_sees_what_changed(programme: Engine) -> None:
    day = date(2006, 4, 27)
    with session(programme) as opened:
        row = step(opened, "analysis")
        seen = row.edition
        record_output(opened, row.id or 0, "hypotheses", word(day), version="1", seen=seen)
        with pytest.raises(Refused, match=rf"changed since revision {seen} .*'record output' by Ann"):
            record_output(opened, row.id or 0, "hypotheses", word(day), version="2", seen=seen)
