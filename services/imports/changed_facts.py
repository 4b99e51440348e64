"""What an import changed, fact by fact, for the audit log: whose it is, how it was, and how it is now."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlmodel import Session, SQLModel, select

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
    PlacePin,
    Programme,
    Rating,
    SchoolHoliday,
    Skill,
)
from services.imports.table_writing import Fact, text_of

OWNERS: Mapping[type[SQLModel], tuple[str, str, str]] = {
    Programme: ("", "programme", "programme"),
    Area: ("code", "area", "areas"),
    Rating: ("area_code", "ratings", "ratings"),
    Comparator: ("area_code", "comparators", "comparators"),
    Body: ("code", "body", "bodies"),
    Skill: ("code", "skill", "skills"),
    Inspector: ("code", "inspector", "inspectors"),
    InspectorSkill: ("inspector_code", "skills", "skills of inspectors"),
    Absence: ("inspector_code", "absences", "absences"),
    Leave: ("inspector_code", "leave", "leave"),
    Conflict: ("inspector_code", "conflicts", "conflicts"),
    Contact: ("area_code", "contacts", "contacts"),
    Partner: ("area_code", "partners", "partners"),
    PartnerGroup: ("code", "partner group", "partner groups"),
    PartnerMember: ("group_code", "partner members", "members of partner groups"),
    SchoolHoliday: ("calendar", "school holidays", "school holidays"),
    OneOffDay: ("", "one-off days", "one-off days"),
    Closure: ("area_code", "closures", "closures"),
    Election: ("area_type", "polls", "polls"),
    AnonymousPool: ("code", "pool", "pools"),
    Activity: ("code", "activity", "activities"),
    PlacePin: ("activity_code", "pinned places", "pinned places"),
}
"""By table: the column that says whose fact it is, what the log calls the facts of one, and what those of all."""

ADOPTED = {
    "PlanVersion": "plans",
    "PlannedStage": "stages under way or published",
    "TeamPlace": "places in teams",
}
"""What an adopted programme brings besides."""

EVERYWHERE = "everywhere"
"""Whose a fact is that belongs to no area."""

NO_FACT = ("id", "revision", "state", "precision", "plan_version")
"""Columns that no import writes."""

Snapshot = dict[tuple[str, str], list[Fact]]
"""Facts by their owner and what they are called."""


@dataclass(frozen=True)
class ChangedFacts:
    """Facts of one kind and one owner: `subject` names both. `before` or `after` is empty if there were none."""

    subject: str
    before: tuple[Fact, ...]
    after: tuple[Fact, ...]


def in_words(table: str) -> str:
    """What people call the facts of a table that an import changes."""
    names = {owner.__name__: words for owner, (_column, _name, words) in OWNERS.items()}
    return {**names, **ADOPTED}[table]


def snapshot(session: Session) -> Snapshot:
    """All facts as they are now."""
    session.flush()
    found: Snapshot = defaultdict(list)
    for table, (column, name, _all) in OWNERS.items():
        columns = [key for key in table.model_fields if key not in NO_FACT]
        for row in session.exec(select(table)):
            owner = (getattr(row, column) or EVERYWHERE) if column else ""
            found[owner, name].append({key: getattr(row, key) for key in columns})
    return found


def differences(before: Snapshot, after: Snapshot) -> Iterator[ChangedFacts]:
    """What is another now; of a fact that stayed only the columns that differ."""
    for owner, name in sorted({*before, *after}):
        old, new = before.get((owner, name), []), after.get((owner, name), [])
        gone, come = _without(old, new), _without(new, old)
        if len(gone) == len(come) == 1:
            gone, come = _narrowed(gone[0], come[0])
        if gone or come:
            yield ChangedFacts(f"{owner} {name}".strip(), tuple(gone), tuple(come))


def _without(facts: list[Fact], others: list[Fact]) -> list[Fact]:
    """Facts that the others lack; one that is there twice needs two."""
    left = [text_of(fact) for fact in others]
    found = []
    for fact in facts:
        if text_of(fact) in left:
            left.remove(text_of(fact))
        else:
            found.append(fact)
    return sorted(found, key=text_of)


def _narrowed(before: Fact, after: Fact) -> tuple[list[Fact], list[Fact]]:
    keys = [key for key in after if before[key] != after[key]]
    return [{key: before[key] for key in keys}], [{key: after[key] for key in keys}]
