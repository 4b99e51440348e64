"""From the rows of a batch to the facts of the tables: new ones added, changed ones changed, vanished ones removed."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlmodel import Session, SQLModel, select

from config.framework import Framework
from config.framework_files import programme_frameworks
from models import (
    Absence,
    Activity,
    AnonymousPool,
    Area,
    Body,
    Closure,
    Conflict,
    Contact,
    Election,
    Inspector,
    InspectorSkill,
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
from services.plans.pinning import KEPT_OFF

ONE_OFF = "one_off_days.csv"

Fact = dict[str, Any]
"""Values of one table row by column."""


@dataclass(frozen=True)
class Change:
    """How many rows of a table were added, changed and removed."""

    table: str
    added: int = 0
    changed: int = 0
    removed: int = 0

    @property
    def is_any(self) -> bool:
        """Whether anything is different now."""
        return bool(self.added or self.changed or self.removed)


def write_facts(
    session: Session, batch: Batch, known: Mapping[str, Framework], activities: Sequence[Fact]
) -> list[Change]:
    """Add and change all facts, rows matched by their code, so that plans keep what they refer to.

    Areas, people, inspections and lists that are not in the batch any more stay: `vanished` removes them.

    Parameters
    ----------
    known
        The frameworks that the programme follows.
    activities
        What `activity_facts` makes of the batch.
    """
    of_areas = programme_frameworks(batch.programme.first_start_on, known)
    return [
        _upsert(session, Programme, "id", [_programme_fact(batch)]),
        _upsert(session, Body, "code", _dumped(batch.bodies)),
        _upsert(session, Skill, "code", _dumped(batch.skills)),
        _upsert_areas(session, _area_facts(batch, of_areas)),
        _upsert(session, PartnerGroup, "code", _dumped(batch.partner_groups)),
        _upsert(session, AnonymousPool, "code", _dumped(batch.pools)),
        _upsert(session, Inspector, "code", _inspector_facts(batch)),
        _replace(session, InspectorSkill, _inspector_skill_facts(batch)),
        _replace(session, PartnerMember, _partner_member_facts(batch)),
        _replace(session, Rating, _rating_facts(batch)),
        _replace(session, Contact, _contact_facts(batch)),
        _replace(session, Partner, _partner_facts(batch)),
        _replace(session, Absence, _absence_facts(batch)),
        _replace(session, Conflict, _conflict_facts(session, batch)),
        _replace(session, SchoolHoliday, _holiday_facts(batch)),
        *([] if ONE_OFF in batch.absent else [_replace(session, OneOffDay, _dumped(batch.one_off_days))]),
        _replace(session, Closure, _closure_facts(batch)),
        _replace(session, Election, _election_facts(batch)),
        _upsert(session, Activity, "code", activities),
    ]


def _programme_fact(batch: Batch) -> Fact:
    programme = batch.programme
    return programme.model_dump(exclude={"round"}) | {"id": 1, "frameworks": " ".join(programme.frameworks)}


def _dumped(rows: Iterable[Row]) -> list[Fact]:
    """Rows whose columns are the table's."""
    return [row.model_dump() for row in rows]


def _area_facts(batch: Batch, of_areas: Sequence[Framework]) -> list[Fact]:
    """The areas; where the file leaves the extent open, the framework of the reviews chooses (R077)."""
    review = next((framework for framework in of_areas if framework.team is not None), None)
    return [
        area.model_dump(exclude={"begins_on", "ends_on", "follows"})
        | {
            "hq_town": area.hq_town or "",
            "urgency_source": area.urgency_source or "",
            "extent": extent_of(area, review),
        }
        for area in batch.areas
    ]


def _rating_facts(batch: Batch) -> list[Fact]:
    """The ratings."""
    return [rating.model_dump(exclude={"area"}) | {"area_code": rating.area} for rating in batch.ratings]


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


def extent_of(area: AreaRow, framework: Framework | None) -> str:
    """The extent that the file gives, else the one that the framework chooses, if it has teams (R077-R079)."""
    if framework is None or framework.team is None:
        return "standard"
    return area.extent or framework.extent(area.urgency, area.population_0_19) or "standard"


def _upsert(session: Session, model: type[SQLModel], key: str, facts: Iterable[Fact]) -> Change:
    """Add or change rows by their key; columns that a fact does not name keep their value. Nothing is removed."""
    rows = {getattr(row, key): row for row in session.exec(select(model))}
    added = changed = 0
    for fact in facts:
        row = rows.get(fact[key])
        if row is None:
            session.add(model(**fact))
            added += 1
        elif any(getattr(row, column) != value for column, value in fact.items()):
            for column, value in fact.items():
                setattr(row, column, value)
            session.add(row)
            changed += 1
    session.flush()
    return Change(model.__name__, added=added, changed=changed)


def _upsert_areas(session: Session, facts: list[Fact]) -> Change:
    # Names and GSS codes are unique: areas that exchange theirs, or take a vanished one's, must not meet half-way.
    labels = {fact["code"]: (fact["name"], fact["gss_code"]) for fact in facts}
    for area in session.exec(select(Area)):
        if (area.name, area.gss_code) != labels.get(area.code):
            area.name, area.gss_code = f"formerly {area.name}", f"formerly {area.gss_code}"
            session.add(area)
    session.flush()
    return _upsert(session, Area, "code", facts)


def remove(session: Session, rows: Sequence[SQLModel]) -> None:
    """Delete rows at once."""
    for row in rows:
        session.delete(row)
    session.flush()


def _replace(session: Session, model: type[SQLModel], facts: Iterable[Fact]) -> Change:
    """Make a table hold exactly these facts; rows without a key of their own that are equal stay as they are."""
    wanted = Counter(text_of(fact) for fact in _facts_of(model, facts))
    by_text = {text_of(fact): fact for fact in _facts_of(model, facts)}
    removed = []
    for row in session.exec(select(model)):
        text = text_of({name: getattr(row, name) for name in _columns(model)})
        if wanted[text]:
            wanted[text] -= 1
        else:
            removed.append(row)
    remove(session, removed)
    new = list(wanted.elements())
    session.add_all(model(**by_text[text]) for text in new)
    session.flush()
    return Change(model.__name__, added=len(new), removed=len(removed))


def _facts_of(model: type[SQLModel], facts: Iterable[Fact]) -> list[Fact]:
    """Facts with all columns of the table, in one order."""
    return [{name: fact[name] for name in _columns(model)} for fact in facts]


def _columns(model: type[SQLModel]) -> list[str]:
    return sorted(name for name in model.model_fields if name != "id")


def text_of(fact: Fact) -> str:
    """A fact as text, whatever the order of its columns: equal facts have the same."""
    return repr(sorted(fact.items()))
