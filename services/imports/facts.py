"""From the rows of a batch to the facts of the tables: new ones added, changed ones changed, vanished ones removed."""

from collections.abc import Iterable, Mapping, Sequence

from sqlmodel import Session, select

from config.framework import Framework
from config.framework_files import programme_frameworks
from models import (
    Absence,
    Activity,
    AnonymousPool,
    Area,
    Body,
    Closure,
    Comparator,
    Conflict,
    Contact,
    Election,
    Inspector,
    InspectorSkill,
    Leave,
    OneOffDay,
    Partner,
    PartnerGroup,
    PartnerMember,
    Programme,
    Rating,
    SchoolHoliday,
    Skill,
)
from services.days.weeks import day_after
from services.imports.pins import kept_off
from services.imports.reading import Batch
from services.imports.rows import AreaRow, Row
from services.imports.table_writing import Change, Fact, replace, upsert
from services.plans.pinning import KEPT_OFF

ONE_OFF, LEAVE, COMPARATORS = "one_off_days.csv", "leave.csv", "comparators.csv"


def write_facts(
    session: Session,
    batch: Batch,
    known: Mapping[str, Framework],
    activities: Sequence[Fact],
    concern: Mapping[str, int],
) -> list[Change]:
    """Add and change all facts, rows matched by their code, so that plans keep what they refer to.

    Areas, people, inspections and lists that are not in the batch any more stay: `vanished` removes them.

    Parameters
    ----------
    known
        The frameworks that the programme follows.
    activities
        What `activity_facts` makes of the batch.
    concern
        The index of concern of each area, by code.
    """
    of_areas = programme_frameworks(batch.programme.first_start_on, known)
    return [
        upsert(session, Programme, "id", [_programme_fact(batch)]),
        upsert(session, Body, "code", _dumped(batch.bodies)),
        upsert(session, Skill, "code", _dumped(batch.skills)),
        _upsert_areas(session, _area_facts(batch, of_areas, concern)),
        upsert(session, PartnerGroup, "code", _dumped(batch.partner_groups)),
        upsert(session, AnonymousPool, "code", _dumped(batch.pools)),
        upsert(session, Inspector, "code", _inspector_facts(batch)),
        replace(session, InspectorSkill, _inspector_skill_facts(batch)),
        replace(session, PartnerMember, _partner_member_facts(batch)),
        replace(session, Rating, _rating_facts(batch)),
        *([] if COMPARATORS in batch.absent else [replace(session, Comparator, _comparator_facts(batch))]),
        replace(session, Contact, _contact_facts(batch)),
        replace(session, Partner, _partner_facts(batch)),
        replace(session, Absence, _absence_facts(batch)),
        *([] if LEAVE in batch.absent else [replace(session, Leave, _leave_facts(batch))]),
        replace(session, Conflict, _conflict_facts(session, batch)),
        replace(session, SchoolHoliday, _holiday_facts(batch)),
        *([] if ONE_OFF in batch.absent else [replace(session, OneOffDay, _dumped(batch.one_off_days))]),
        replace(session, Closure, _closure_facts(batch)),
        replace(session, Election, _election_facts(batch)),
        upsert(session, Activity, "code", activities),
    ]


def _programme_fact(batch: Batch) -> Fact:
    programme = batch.programme
    return programme.model_dump(exclude={"round"}) | {"id": 1, "frameworks": " ".join(programme.frameworks)}


def _dumped(rows: Iterable[Row]) -> list[Fact]:
    """Rows whose columns are the table's."""
    return [row.model_dump() for row in rows]


def _area_facts(batch: Batch, of_areas: Sequence[Framework], concern: Mapping[str, int]) -> list[Fact]:
    """The areas; where the file leaves the extent open, the framework of the reviews chooses (R077)."""
    review = next((framework for framework in of_areas if framework.team is not None), None)
    return [
        area.model_dump(exclude={"begins_on", "ends_on", "follows"})
        | {
            "hq_town": area.hq_town or "",
            "urgency": concern[area.code],
            "is_urgency_given": area.urgency is not None,
            "urgency_source": area.urgency_source or "",
            "extent": extent_of(area, review, concern[area.code]),
        }
        for area in batch.areas
    ]


def _rating_facts(batch: Batch) -> list[Fact]:
    """The ratings."""
    return [rating.model_dump(exclude={"area"}) | {"area_code": rating.area} for rating in batch.ratings]


def _comparator_facts(batch: Batch) -> list[Fact]:
    """Whom areas are compared with."""
    return [
        {"area_code": row.area, "comparator_code": row.comparator, "rank": row.rank}
        for row in batch.comparators
    ]


def _contact_facts(batch: Batch) -> list[Fact]:
    """Who is told."""
    return [
        contact.model_dump(exclude={"area"})
        | {"area_code": contact.area, "telephone": contact.telephone or ""}
        for contact in batch.contacts
    ]


def _partner_facts(batch: Batch) -> list[Fact]:
    """The organisations of each area."""
    return [
        partner.model_dump(exclude={"area", "monitored_by"})
        | {
            "area_code": partner.area,
            "monitor_code": partner.monitored_by,
            "telephone": partner.telephone or "",
        }
        for partner in batch.partners
    ]


def _partner_member_facts(batch: Batch) -> list[Fact]:
    """Which areas they serve."""
    return [{"group_code": member.group, "area_code": member.area} for member in batch.partner_members]


def _inspector_facts(batch: Batch) -> list[Fact]:
    """The people."""
    return [
        inspector.model_dump(exclude={"body", "skills", "voluntary"})
        | {
            "body_code": inspector.body,
            "is_voluntary": inspector.voluntary,
            "email": inspector.email or "",
            "home_town": inspector.home_town or "",
        }
        for inspector in batch.inspectors
    ]


def _inspector_skill_facts(batch: Batch) -> list[Fact]:
    """Their skills."""
    return [
        {"inspector_code": inspector.code, "skill_code": skill}
        for inspector in batch.inspectors
        for skill in inspector.skills
    ]


def _leave_facts(batch: Batch) -> list[Fact]:
    """When they said themselves that they are away."""
    return [
        row.model_dump(exclude={"inspector", "first_day", "last_day"})
        | {"inspector_code": row.inspector, "start_on": row.first_day, "end_on": day_after(row.last_day)}
        for row in batch.leave
    ]


def _absence_facts(batch: Batch) -> list[Fact]:
    """When they are away."""
    return [
        {
            "inspector_code": absence.inspector,
            "start_on": absence.first_day,
            "end_on": day_after(absence.last_day),
            "percent_available": absence.percent_available,
        }
        for absence in batch.absences
    ]


def _conflict_facts(session: Session, batch: Batch) -> list[Fact]:
    """Where they may not work, and where the planner does not want them."""
    known: list[tuple[str, str, str]] = [
        (conflict.inspector, conflict.area, conflict.kind) for conflict in batch.conflicts
    ]
    people, areas = {person.code for person in batch.inspectors}, {area.code for area in batch.areas}
    known += [
        (inspector, area, KEPT_OFF)
        for inspector, area in kept_off(session, batch)
        if inspector in people and area in areas  # who has gone needs no pin
    ]
    return [{"inspector_code": inspector, "area_code": area, "kind": kind} for inspector, area, kind in known]


def _holiday_facts(batch: Batch) -> list[Fact]:
    """School holidays."""
    return [
        holiday.model_dump(exclude={"first_day", "last_day"})
        | {"start_on": holiday.first_day, "end_on": day_after(holiday.last_day)}
        for holiday in batch.school_holidays
    ]


def _closure_facts(batch: Batch) -> list[Fact]:
    """Closures."""
    return [
        {
            "area_code": closure.area,
            "start_on": closure.first_day,
            "end_on": day_after(closure.last_day),
            "reason": closure.reason,
        }
        for closure in batch.closures
    ]


def _election_facts(batch: Batch) -> list[Fact]:
    """Polls."""
    return [
        election.model_dump(exclude={"area"}) | {"area_code": election.area, "note": election.note or ""}
        for election in batch.elections
    ]


def extent_of(area: AreaRow, framework: Framework | None, concern: int) -> str:
    """The extent that the file gives, else the one that the framework chooses by concern and size (R077-R079)."""
    if framework is None or framework.team is None:
        return "standard"
    return area.extent or framework.extent(concern, area.population_0_19) or "standard"


def _upsert_areas(session: Session, facts: list[Fact]) -> Change:
    # Names and GSS codes are unique: areas that exchange theirs, or take a vanished one's, must not meet half-way.
    labels = {fact["code"]: (fact["name"], fact["gss_code"]) for fact in facts}
    for area in session.exec(select(Area)):
        if (area.name, area.gss_code) != labels.get(area.code):
            area.name, area.gss_code = f"formerly {area.name}", f"formerly {area.gss_code}"
            session.add(area)
    session.flush()
    return upsert(session, Area, "code", facts)
