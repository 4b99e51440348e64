"""Who is in a group: members by partner, one in the chair, and leads for five subjects (R166, R168, R193)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, select

from config.addresses import parse_address
from config.findings import InvalidText, nearest
from models import Area, Partner, PreparationGroup, PreparationLead, PreparationMember
from reports.words import list_in_words
from services.audit import Word
from services.errors import AlreadySo, Objection, Refused
from services.preparation.space_log import note
from services.preparation.spaces import group_of
from services.programme import rules_of

LEADS = {
    "communications": "Communications",
    "data": "Data collection and preparation",
    "safeguarding": "Safeguarding",
    "looked_after": "Looked-after services",
    "admin": "Administration and logistics",
}
"""The five subjects that have a lead (R168; Leicestershire paper of November 2009, appendix 1)."""


@dataclass(frozen=True)
class NewMember:
    """Who joins, as typed: `nominated_by` is the council or one of the area's partners."""

    name: str
    nominated_by: str
    position: str = ""
    email: str = ""
    is_chair: bool = False


def start_group(
    session: Session, area: str, framework: str, reports_to: str, started_on: date, word: Word
) -> PreparationGroup:
    """Start the group of an area on a day of its own, before any notice (R169); Refused with everything wrong."""
    if session.get(PreparationGroup, area) is not None:
        raise AlreadySo.because("preparation", "the group has started.")
    known, objections = rules_of(session).frameworks, []
    if framework not in known:
        advice = nearest(framework, known) or f"Choose one of {list_in_words(sorted(known))}."
        message = "there is no such inspection."
        objections.append(Objection("preparation", message, advice, field="framework"))
    if not reports_to.strip():
        message, advice = "nobody is named to whom the group reports.", "Name the service executive."
        objections.append(Objection("preparation", message, advice, "R166", "reports_to"))
    if objections:
        raise Refused(objections)
    row = PreparationGroup(
        area_code=area, framework_id=framework, reports_to=reports_to.strip(), started_on=started_on
    )
    session.add(row)
    after = {"inspection": framework, "reports_to": row.reports_to, "first_meeting": started_on}
    note(session, area, word, "start group", row.reports_to, after=after)
    session.flush()
    return row


def members_of(session: Session, area: str) -> list[PreparationMember]:
    """The members, in the order in which they joined."""
    query = select(PreparationMember).where(PreparationMember.area_code == area)
    return list(session.exec(query.order_by(col(PreparationMember.id))))


def organisations_of(session: Session, area: str) -> tuple[str, ...]:
    """Who may nominate members: the council, then the partners of its area by name."""
    partners = session.exec(select(Partner.name).where(Partner.area_code == area).order_by(Partner.name))
    council = session.get(Area, area)
    return (council_name(area if council is None else council.name), *partners)


def council_name(area_name: str) -> str:
    """'York council': what the authority itself is called among those that nominate."""
    return f"{area_name} council"


def add_member(session: Session, area: str, new: NewMember, word: Word) -> PreparationMember:
    """Somebody joins the group; Refused with everything that is wrong, such as a second chair."""
    group_of(session, area)
    if objections := list(_objections(session, area, new)):
        raise Refused(objections)
    row = PreparationMember(
        area_code=area,
        name=new.name.strip(),
        nominated_by=new.nominated_by.strip(),
        position=new.position.strip(),
        email=new.email.strip().casefold(),
        is_chair=new.is_chair,
    )
    session.add(row)
    after = {"nominated_by": row.nominated_by, "position": row.position, "chair": row.is_chair}
    note(session, area, word, "add member", row.name, after=after)
    session.flush()
    return row


def _objections(session: Session, area: str, new: NewMember) -> Iterator[Objection]:
    members, known = members_of(session, area), organisations_of(session, area)
    if not new.name.strip():
        yield Objection("member", "no name is given.", "Give the name.", field="name")
    if any(member.name.casefold() == new.name.strip().casefold() for member in members):
        yield Objection("member", f"{new.name.strip()} is a member.", "Name somebody else.", field="name")
    if new.nominated_by.strip() not in known:
        message = f"'{new.nominated_by.strip()}' is no partner of the area."
        advice = f"Choose one of {list_in_words(known)}."
        yield Objection("member", message, advice, "R193", "nominated_by")
    chair = next((member for member in members if member.is_chair), None)
    if new.is_chair and chair is not None:
        message = f"{chair.name} is in the chair, and a group has one chair."
        advice = "Let them join as a member, then hand the chair over."
        yield Objection("member", message, advice, "R166", "is_chair")
    if new.is_chair and not new.position.strip():
        message = "the position of the chair is not given."
        yield Objection("member", message, "Name it: an assistant director.", "R166", "position")
    try:
        parse_address(new.email.strip(), in_office=True)
    except InvalidText as fault:
        yield Objection("member", fault.message, fault.advice, field="email")


def find_member(session: Session, area: str, name: str, field: str) -> PreparationMember:
    """The member of a name; Refused if there is none."""
    members = members_of(session, area)
    found = next((row for row in members if row.name.casefold() == name.strip().casefold()), None)
    if found is None:
        message = f"'{name.strip()}' is no member of the group." if name.strip() else "nobody is named."
        names = list_in_words([row.name for row in members])
        advice = f"Choose one of {names}." if names else "Add a member first."
        raise Refused([Objection("preparation", message, advice, "R168", field)])
    return found


def hand_over_chair(session: Session, area: str, name: str, word: Word) -> PreparationMember:
    """A member takes the chair, and whoever had it stays a member (R166); Refused without their position."""
    group_of(session, area)
    member = find_member(session, area, name, "member")
    if member.is_chair:
        raise AlreadySo.because("chair", f"{member.name} is in the chair.")
    if not member.position:
        message = f"the position of {member.name} is not known."
        raise Refused([Objection("chair", message, "Choose an assistant director.", "R166", "member")])
    before = next((row for row in members_of(session, area) if row.is_chair), None)
    if before is not None:
        before.is_chair = False
    member.is_chair = True
    said = None if before is None else before.name
    note(session, area, word, "hand over chair", member.name, before=said, after=member.name)
    session.flush()
    return member


def leads_of(session: Session, area: str) -> dict[str, PreparationMember]:
    """Who leads, by subject; a subject without a lead is left out."""
    query = select(PreparationLead).where(PreparationLead.area_code == area)
    return {row.role: session.get_one(PreparationMember, row.member_id) for row in session.exec(query)}


def name_lead(session: Session, area: str, role: str, name: str, word: Word) -> PreparationMember:
    """Name who leads on a subject; a later word takes the place of an earlier one (R168)."""
    group_of(session, area)
    if role not in LEADS:
        message, advice = f"'{role}' is no subject.", f"Choose one of {list_in_words(list(LEADS))}."
        raise Refused([Objection("lead", message, advice, "R168", "role")])
    member = find_member(session, area, name, "member")
    row = session.get(PreparationLead, (area, role))
    before = None if row is None else session.get_one(PreparationMember, row.member_id).name
    if before == member.name:
        raise AlreadySo.because("lead", f"{member.name} leads on this.")
    if row is None:
        session.add(PreparationLead(area_code=area, role=role, member_id=member.id or 0))
    else:
        row.member_id = member.id or 0
    note(session, area, word, "name lead", LEADS[role], before=before, after=member.name)
    session.flush()
    return member
