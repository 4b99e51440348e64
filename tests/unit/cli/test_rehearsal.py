"""The people of a demonstration sign off in their roles, with evidence, outputs and, now and then, a waiver."""

from datetime import date

from sqlalchemy import Engine
from sqlmodel import select

from cli.demonstration.rehearsal import rehearse
from models import Evidence, RecordedOutput, SignOff, Step, TeamConfirmation, session
from services.casework.offered_places import declined_places
from tests.fakes import FakeTransport
from tests.tables import published


def test_a_rehearsed_review_has_sign_offs_in_role_evidence_and_outputs(engine: Engine) -> None:
    """R048, R069."""
    published(engine, num_areas=3, as_of=date(2005, 10, 10))
    rehearse(engine, date(2005, 10, 10), date(2006, 2, 21), FakeTransport())
    with session(engine, read_only=True) as opened:
        signed = opened.exec(select(SignOff)).all()
        states = {row.step_id: row.state for row in opened.exec(select(Step).where(Step.activity_id == 1))}
        assert states["fieldwork"] == states["analysis"] == "done"
        assert "demo" not in {row.signed_by for row in signed}
        assert opened.exec(select(RecordedOutput)).all()
        assert [row for row in opened.exec(select(Evidence)) if row.received_on]
        assert {bool(row.waiver_code) for row in signed if row.waived_outputs or row.waived_inputs} <= {True}
        assert [place.activity for place in declined_places(opened)] == ["wigan-jar"]
        assert [row.step_id for row in opened.exec(select(Step)) if row.agreed_on] == ["discussion"]
        assert {row.activity_id for row in opened.exec(select(TeamConfirmation))} == {1}
