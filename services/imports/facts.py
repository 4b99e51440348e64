"""From the rows of a batch to the facts of the tables: new ones added, changed ones changed, vanished ones removed."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlmodel import Session, SQLModel, select

from config.framework import Framework
from config.framework_files import framework_on, programme_frameworks
from services.imports.demand import extent_of
from services.imports.reading import Batch
from services.imports.rows import AreaRow

Fact = dict[str, Any]
"""Values of one table row by column."""


def programme_facts(batch: Batch) -> list[Fact]:
    """The programme."""
    return [batch.programme.model_dump(exclude={"round"})]


def body_facts(batch: Batch) -> list[Fact]:
    """The bodies."""
    return [body.model_dump() for body in batch.bodies]


def skill_facts(batch: Batch) -> list[Fact]:
    """The skills."""
    return [skill.model_dump() for skill in batch.skills]


def area_facts(batch: Batch, known: Mapping[str, Framework]) -> list[Fact]:
    """The areas; where the file leaves the extent open, the framework of the reviews chooses (R077)."""
    review = _review_framework(batch, known)
    return [
        area.model_dump()
        | {
            "hq_town": area.hq_town or "",
            "urgency_source": area.urgency_source or "",
            "extent": _extent(area, review),
        }
        for area in batch.areas
    ]


def rating_facts(batch: Batch) -> list[Fact]:
    """The ratings."""
    return [rating.model_dump(exclude={"area"}) | {"area_code": rating.area} for rating in batch.ratings]


def contact_facts(batch: Batch) -> list[Fact]:
    """Who is told."""
    return [contact.model_dump(exclude={"area"}) | {"area_code": contact.area} for contact in batch.contacts]


def partner_group_facts(batch: Batch) -> list[Fact]:
    """The partner groups."""
    return [group.model_dump() for group in batch.partner_groups]


def partner_member_facts(batch: Batch) -> list[Fact]:
    """Which areas they serve."""
    return [{"group_code": member.group, "area_code": member.area} for member in batch.partner_members]


def inspector_facts(batch: Batch) -> list[Fact]:
    """The people."""
    return [
        inspector.model_dump(exclude={"body", "skills"})
        | {
            "body_code": inspector.body,
            "email": inspector.email or "",
            "home_town": inspector.home_town or "",
        }
        for inspector in batch.inspectors
    ]


def inspector_skill_facts(batch: Batch) -> list[Fact]:
    """Their skills."""
    return [
        {"inspector_code": inspector.code, "skill_code": skill}
        for inspector in batch.inspectors
        for skill in inspector.skills
    ]


def absence_facts(batch: Batch) -> list[Fact]:
    """When they are away."""
    return [
        {
            "inspector_code": absence.inspector,
            "start_on": absence.first_day,
            "end_on": _day_after(absence.last_day),
            "percent_available": absence.percent_available,
            "reason": absence.reason or "",
        }
        for absence in batch.absences
    ]


def conflict_facts(batch: Batch) -> list[Fact]:
    """Where they may not work."""
    return [
        {"inspector_code": conflict.inspector, "area_code": conflict.area, "kind": conflict.kind}
        for conflict in batch.conflicts
    ]


def pool_facts(batch: Batch) -> list[Fact]:
    """The anonymous pools."""
    return [pool.model_dump() for pool in batch.pools]


def holiday_facts(batch: Batch) -> list[Fact]:
    """School holidays."""
    return [
        holiday.model_dump(exclude={"first_day", "last_day"})
        | {"start_on": holiday.first_day, "end_on": _day_after(holiday.last_day)}
        for holiday in batch.school_holidays
    ]


def closure_facts(batch: Batch) -> list[Fact]:
    """Closures."""
    return [
        {
            "area_code": closure.area,
            "start_on": closure.first_day,
            "end_on": _day_after(closure.last_day),
            "reason": closure.reason,
        }
        for closure in batch.closures
    ]


def election_facts(batch: Batch) -> list[Fact]:
    """Polls."""
    return [election.model_dump() | {"note": election.note or ""} for election in batch.elections]


def activity_facts(batch: Batch, known: Mapping[str, Framework]) -> list[Fact]:
    """One activity in each area for every framework of the programme, and the inspections that are due (R015, R097).

    In a later round these are new activities, which roll on from those of the round before (R013).
    """
    facts = []
    for framework in programme_frameworks(batch.programme.first_start_on, known):
        for area in batch.areas:
            fact = _activity(area.code, framework, batch.programme.round)
            facts.append(fact | {"extent": _extent(area, framework)})
    for due in batch.inspections_due:
        framework = framework_on(due.kind, due.window_first_day, known)
        window = {"window_start_on": due.window_first_day, "window_end_on": _day_after(due.window_last_day)}
        facts.append(_activity(due.area, framework) | window)
    return facts


def activity_code(area: str, kind: str, number: int = 1) -> str:
    """Code of an activity: '820-jar', of a later round '820-jar-2'."""
    return f"{area}-{kind}" + (f"-{number}" if number > 1 else "")


def _activity(area: str, framework: Framework, number: int = 1) -> Fact:
    return {
        "code": activity_code(area, framework.kind, number),
        "area_code": area,
        "kind": framework.kind,
        "framework_id": framework.id,
        "window_start_on": None,
        "window_end_on": None,
        "extent": "standard",
    }


def _review_framework(batch: Batch, known: Mapping[str, Framework]) -> Framework | None:
    found = programme_frameworks(batch.programme.first_start_on, known)
    return next((framework for framework in found if framework.team is not None), None)


def _extent(area: AreaRow, framework: Framework | None) -> str:
    return extent_of(area, framework) if framework is not None and framework.team is not None else "standard"


def _day_after(day: date) -> date:
    return day + timedelta(days=1)


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


def upsert(session: Session, model: type[SQLModel], key: str, facts: Iterable[Fact]) -> Change:
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


def remove(session: Session, rows: Sequence[SQLModel]) -> None:
    """Delete rows at once."""
    for row in rows:
        session.delete(row)
    session.flush()


def replace(session: Session, model: type[SQLModel], facts: Iterable[Fact]) -> Change:
    """Make a table hold exactly these facts; rows without a key of their own that are equal stay as they are."""
    wanted = Counter(_text(fact) for fact in facts_of(model, facts))
    by_text = {_text(fact): fact for fact in facts_of(model, facts)}
    removed = []
    for row in session.exec(select(model)):
        text = _text({name: getattr(row, name) for name in _columns(model)})
        if wanted[text]:
            wanted[text] -= 1
        else:
            removed.append(row)
    remove(session, removed)
    new = list(wanted.elements())
    session.add_all(model(**by_text[text]) for text in new)
    session.flush()
    return Change(model.__name__, added=len(new), removed=len(removed))


def facts_of(model: type[SQLModel], facts: Iterable[Fact]) -> list[Fact]:
    """Facts with all columns of the table, in one order."""
    return [{name: fact[name] for name in _columns(model)} for fact in facts]


def _columns(model: type[SQLModel]) -> list[str]:
    return sorted(name for name in model.model_fields if name != "id")


def _text(fact: Fact) -> str:
    return repr(sorted(fact.items()))
