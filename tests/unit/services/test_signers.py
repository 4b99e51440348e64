"""A step is signed off by whoever holds its role, or on behalf of them with a reason."""

from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from config.framework_files import FOLDER, load_framework
from models import Contact, SignOff, session
from services.audit import Word
from services.casework.reminders import plan_reminders
from services.casework.sign_offs import agree_date, sign_off, waive
from services.casework.signatures import signed_by
from services.casework.signers import Signer
from services.casework.undoing import undo
from services.casework.waiver_reasons import WaiverReason
from services.errors import Refused
from services.naming.steps import find_step_of
from tests.tables import at, published

DAY = date(2005, 10, 17)
WORD = Word("Ann", at(DAY), DAY)


@pytest.fixture
def programme(engine: Engine) -> Engine:
    published(engine, num_areas=1)
    return engine


def notified(opened: Session, signer: Signer | None = None) -> SignOff:
    sign_off(opened, number(opened), DAY, WORD, signer=signer)
    return opened.exec(select(SignOff)).one()


def number(opened: Session, name: str = "notification") -> int:
    return find_step_of(opened, "sheffield-jar", name).id or 0


@pytest.mark.parametrize("name", ["Lead Office", "lead office", " LEAD@ofsted.example "])
def test_a_holder_of_the_role_signs_by_name_or_address(programme: Engine, name: str) -> None:
    with session(programme) as opened:
        kept = notified(opened, Signer(name))
        assert (kept.signed_by, kept.on_behalf_of) == (name, "")


@pytest.mark.parametrize("signer", [None, Signer("director of sheffield"), Signer("")])
def test_nobody_else_signs_in_their_own_name(programme: Engine, signer: Signer | None) -> None:
    with session(programme) as opened, pytest.raises(Refused, match=r"does not hold the role .*Lead Office"):
        notified(opened, signer)


@pytest.mark.parametrize("whom", ["lead_inspectorate", "Lead inspectorate (Ofsted)", "Lead Office"])
def test_somebody_signs_on_behalf_of_the_role_or_its_holder_with_a_reason(
    programme: Engine, whom: str
) -> None:
    with session(programme) as opened:
        with pytest.raises(Refused, match="signing on behalf of somebody needs a reason"):
            notified(opened, Signer("Ann", whom))
        kept = notified(opened, Signer("Ann", whom, "they asked by telephone"))
        told = (kept.signed_by, kept.on_behalf_of, kept.on_behalf_why)
        assert told == ("Ann", whom, "they asked by telephone")
        shown = signed_by(load_framework(FOLDER / "jar-2005.toml"), kept)
        assert shown.on_behalf_of == (
            "Lead Office" if whom == "Lead Office" else "Lead inspectorate (Ofsted)"
        )


def test_nobody_signs_on_behalf_of_somebody_who_does_not_hold_the_role(programme: Engine) -> None:
    with (
        session(programme) as opened,
        pytest.raises(Refused, match=r"neither is nor holds the role .*Give --on-behalf-of lead_insp"),
    ):
        notified(opened, Signer("Ann", "director", "they asked"))


def test_of_a_role_that_nobody_holds_whoever_stands_in_signs(programme: Engine) -> None:
    """R064: the ladder ends with operations."""
    with session(programme) as opened:
        opened.delete(opened.exec(select(Contact).where(Contact.role == "lead_inspectorate")).one())
        assert notified(opened, Signer("Operations")).signed_by == "Operations"


def test_who_signs_what_is_signed_already_sees_who_did(programme: Engine) -> None:
    with session(programme) as opened:
        notified(opened, Signer("Lead Office"))
        with pytest.raises(Refused, match="done on 17 October 2005, signed off by Lead Office"):
            sign_off(opened, number(opened), DAY, WORD, signer=Signer("Lead Office"))


def test_the_second_of_two_who_change_a_step_sees_what_the_first_did(programme: Engine) -> None:
    """Every word can say which revision of the step it is about."""
    with session(programme) as opened:
        seen = find_step_of(opened, "sheffield-jar", "draft_report").edition
        draft, later = number(opened, "draft_report"), date(2006, 4, 13)
        agree_date(opened, draft, later, WORD, waiver=WaiverReason("illness"), seen=seen)
        changed = f"changed since revision {seen} .*'agree date' by Ann and its day is 13 April 2006"
        bob = Word("Bob", at(DAY), DAY, "the hall is free")
        for say in (
            lambda: agree_date(opened, draft, date(2006, 4, 11), bob, seen=seen),
            lambda: waive(opened, draft, WaiverReason("holiday"), bob, seen=seen),
            lambda: undo(opened, draft, bob, seen=seen),
        ):
            with pytest.raises(Refused, match=changed):
                say()
        seen = find_step_of(opened, "sheffield-jar", "draft_report").edition
        waive(opened, draft, WaiverReason("holiday"), bob, seen=seen)


def test_what_the_tick_does_is_no_change_that_somebody_made(programme: Engine) -> None:
    with session(programme) as opened:
        seen = find_step_of(opened, "sheffield-jar", "notification").edition
        plan_reminders(opened, DAY)
        assert find_step_of(opened, "sheffield-jar", "notification").edition == seen
