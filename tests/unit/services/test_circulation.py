"""The draft goes to the director, who sends it to the partners of the area; whom to ask (R004, R065, R066, R138)."""

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from models import Activity, AuditEntry, Contact, Partner, session
from services.casework.circulation import circulate, circulation_lists, take_back_circulation
from services.casework.contact_points import name_contact_point, points_of
from services.errors import AlreadySo, NotFound, Refused
from tests.known import known
from tests.york import AREA, CA, JAR, step_of, word, york

DRAFT = date(2006, 7, 21)
SENT = date(2006, 7, 24)
ORGANISATIONS = (
    "Connexions York",
    "Learning and Skills Council, York",
    "North Yorkshire Police",
    "North Yorkshire Police Authority",
    "North Yorkshire Probation Board",
    "Yorkshire Strategic Health Authority",
    "York Primary Care Trust",
)


@pytest.fixture
def opened(engine: Engine) -> Iterator[Session]:
    """York with seven partners; its draft is out on 21 July 2006."""
    york(engine)
    with session(engine) as opened:
        for name in ORGANISATIONS:
            opened.add(
                Partner(
                    area_code=AREA, name=name, kind="partner", chief_officer="Amy Wye", email="amy@p.example"
                )
            )
        step = step_of(opened, JAR, "draft_report")
        step.state, step.actual_on = "done", DRAFT
        opened.flush()
        yield opened


def test_the_draft_goes_to_seven_organisations_each_ticked_when_it_is_sent(opened: Session) -> None:
    """R004, R066."""
    (listed,) = circulation_lists(opened, JAR)
    assert (listed.step, listed.num_sent, listed.out_on) == ("draft_report", 0, DRAFT)
    assert [recipient.organisation for recipient in listed.recipients] == sorted(ORGANISATIONS)
    assert [person.email for person in listed.senders] == ["director@sheffield.example"]
    listed = circulate(opened, JAR, ["connexions york"], SENT, word(SENT))
    assert [r.organisation for r in listed.recipients if r.sent_on == SENT] == ["Connexions York"]
    assert circulate(opened, JAR, [], SENT, word(SENT)).num_sent == 7
    entries = opened.exec(select(AuditEntry).where(AuditEntry.action == "circulate")).all()
    assert [str(entry.after).count("2006-07-24") for entry in entries] == [1, 6]


def test_nothing_is_sent_twice_or_before_it_is_finished_or_ahead(opened: Session) -> None:
    circulate(opened, JAR, ["Connexions York"], SENT, word(SENT))
    with pytest.raises(AlreadySo, match="it was sent to Connexions York"):
        circulate(opened, JAR, ["Connexions York"], SENT, word(SENT))
    with pytest.raises(Refused, match="Connexions York was sent it on 24 July 2006"):
        circulate(opened, JAR, ["Connexions York"], date(2006, 7, 21), word(SENT))
    for day in (date(2006, 7, 20), date(2006, 7, 25)):
        with pytest.raises(Refused, match="is outside 21 July 2006 to 24 July 2006"):
            circulate(opened, JAR, [], day, word(SENT))
    with pytest.raises(NotFound, match="there is no such organisation"):
        circulate(opened, JAR, ["Connexions Leeds City"], SENT, word(SENT))
    circulate(opened, JAR, [], SENT, word(SENT))
    with pytest.raises(AlreadySo, match="it was sent to everybody on the list"):
        circulate(opened, JAR, [], SENT, word(SENT))
    step_of(opened, JAR, "draft_report").state = "planned"
    with pytest.raises(Refused, match="is not signed off, so there is nothing to send"):
        circulate(opened, JAR, [], SENT, word(SENT))


def test_a_tick_is_taken_back_with_a_reason(opened: Session) -> None:
    circulate(opened, JAR, ["Connexions York"], SENT, word(SENT))
    with pytest.raises(Refused, match="needs a reason"):
        take_back_circulation(opened, JAR, ["Connexions York"], word(SENT))
    with pytest.raises(Refused, match="no organisation is named"):
        take_back_circulation(opened, JAR, [], word(SENT, "the letter came back"))
    with pytest.raises(Refused, match="North Yorkshire Police was not sent it"):
        take_back_circulation(opened, JAR, ["North Yorkshire Police"], word(SENT, "why"))
    assert take_back_circulation(opened, JAR, ["Connexions York"], word(SENT, "came back")).num_sent == 0


def test_an_organisation_that_is_no_partner_any_more_keeps_its_tick(opened: Session) -> None:
    circulate(opened, JAR, ["Connexions York"], SENT, word(SENT))
    partner = opened.exec(select(Partner).where(Partner.name == "Connexions York")).one()
    opened.delete(partner)
    opened.flush()
    (listed,) = circulation_lists(opened, JAR)
    assert (len(listed.recipients), listed.num_sent) == (7, 1)


def test_an_assessment_circulates_nothing(opened: Session) -> None:
    assert circulation_lists(opened, CA) == []
    with pytest.raises(Refused, match="nothing of it is circulated"):
        circulate(opened, CA, [], SENT, word(SENT))


def test_whoever_holds_the_frameworks_role_is_asked_unless_somebody_is_named(opened: Session) -> None:
    """R138: every activity has one contact point."""
    lead = opened.exec(select(Contact).where(Contact.role == "lead_inspectorate")).one()
    lead.telephone = "020 7946 0101"
    opened.flush()
    found = {point.activity: known(point.person) for point in points_of(opened, "Sheffield")}
    assert (found[JAR].email, found[JAR].telephone) == ("lead@ofsted.example", "020 7946 0101")
    assert found[CA].role == "operations"  # nobody holds the role of the Audit Commission here
    point = name_contact_point(
        opened, JAR, "Ann Wren", "Ann.Wren@ofsted.example", "020 7946 0103", word(SENT)
    )
    assert point.is_named
    person = known(point.person)
    assert (person.name, person.email) == ("Ann Wren", "ann.wren@ofsted.example")
    with pytest.raises(AlreadySo, match="Ann Wren is named"):
        name_contact_point(opened, JAR, "Ann Wren", "ann.wren@ofsted.example", "020 7946 0103", word(SENT))
    assert not name_contact_point(opened, JAR, "", "", "", word(SENT)).is_named
    assert opened.exec(select(Activity).where(Activity.code == JAR)).one().contact_name == ""


def test_a_contact_point_has_a_name_and_an_address_that_is_one(opened: Session) -> None:
    with pytest.raises(Refused) as refused:
        name_contact_point(opened, JAR, "", "ann at ofsted", "ring Ann", word(SENT))
    assert len(refused.value.findings) == 3
    with pytest.raises(Refused, match="it has several activities"):
        name_contact_point(opened, "Sheffield", "Ann", "ann@ofsted.example", "", word(SENT))
