"""The facts of the database as import files again: what an import of them makes the same."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from sqlmodel import Session, SQLModel, col, func, select

from config.framework_files import frameworks, named_frameworks, programme_frameworks
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
from reports.csv_export import csv_bytes
from reports.table import Table as PrintedTable
from services.days.weeks import day_before
from services.errors import NotFound
from services.imports.tables import TABLES
from services.kept_frameworks import ENDED
from services.plans.pinning import KEPT_OFF

NOT_WRITTEN = ("last_inspections.csv", "past_reviews.csv", "past_teams.csv")
"""Files about what was done before: an import takes them once, and they may be left out afterwards."""

Cells = dict[str, Any]


def fact_files(session: Session) -> dict[str, bytes]:
    """The content of each CSV file, by its name; NotFound before there is a programme."""
    return {f"{table.name}.csv": csv_bytes(table) for table in _tables(session)}


def fact_workbook(session: Session, as_of: date) -> bytes:
    """The same as the sheets of one workbook."""
    from reports.xlsx import workbook_bytes  # openpyxl takes long to import

    return workbook_bytes(_tables(session), "Facts of a programme", as_of)


def _tables(session: Session) -> list[PrintedTable]:
    rows = _rows(session)
    return [
        PrintedTable(
            name=table.name,
            columns=table.columns,
            rows=tuple(tuple(cells.get(column) for column in table.columns) for cells in rows[table.file]),
        )
        for table in TABLES
        if table.file not in NOT_WRITTEN
    ]


def _rows(session: Session) -> Mapping[str, list[Cells]]:
    """The cells of every row by column, by file."""
    programme = session.get(Programme, 1)
    if programme is None:
        raise NotFound("programme", "there is no programme in the database.", "Import one first.")

    def of(model: type[SQLModel], change: Callable[[Cells], Cells] = lambda cells: cells) -> list[Cells]:
        found = [change(row.model_dump()) for row in session.exec(select(model))]
        return sorted(found, key=lambda cells: str(list(cells.values())))

    skills: dict[str, list[str]] = {}
    for row in session.exec(select(InspectorSkill).order_by(col(InspectorSkill.skill_code))):
        skills.setdefault(row.inspector_code, []).append(row.skill_code)
    conflicts = of(Conflict, _of_people)
    return {
        "programme.csv": [_programme(session, programme)],
        "areas.csv": of(Area, _counted_urgency_blank),
        "ratings.csv": of(Rating, _of_area),
        "comparators.csv": of(
            Comparator, lambda cells: _of_area(cells) | {"comparator": cells["comparator_code"]}
        ),
        "bodies.csv": of(Body),
        "skills.csv": of(Skill),
        "inspectors.csv": of(Inspector, lambda cells: _inspector(cells, skills)),
        "absences.csv": of(Absence, _of_people),
        "leave.csv": of(Leave, _of_people),
        "conflicts.csv": [cells for cells in conflicts if cells["kind"] != KEPT_OFF],
        "contacts.csv": of(Contact, _of_area),
        "partners.csv": of(Partner, lambda cells: _of_area(cells) | {"monitored_by": cells["monitor_code"]}),
        "partner_groups.csv": of(PartnerGroup),
        "partner_members.csv": of(
            PartnerMember, lambda cells: _of_area(cells) | {"group": cells["group_code"]}
        ),
        "school_holidays.csv": of(SchoolHoliday, _with_last_day),
        "one_off_days.csv": of(OneOffDay),
        "closures.csv": of(Closure, lambda cells: _with_last_day(_of_area(cells))),
        "elections.csv": of(Election, _of_area),
        "pools.csv": of(AnonymousPool),
        "inspections_due.csv": list(_due(session, programme)),
        "pins.csv": [
            *_pins(session),
            *(_kept_off(cells) for cells in conflicts if cells["kind"] == KEPT_OFF),
        ],
        "scopes.csv": list(_scopes(session)),
    }


def _programme(session: Session, programme: Programme) -> Cells:
    number = select(func.max(Activity.round)).where(col(Activity.kind).in_(_once_kinds(programme)))
    return programme.model_dump() | {
        "frameworks": ";".join(programme.frameworks.split()),
        "round": session.exec(number).one() or 1,
    }


def _once_kinds(programme: Programme) -> set[str]:
    """Kinds of which each area has one in a round."""
    known = named_frameworks(programme.frameworks.split(), frameworks())
    of_areas = programme_frameworks(programme.first_start_on, known)
    return {framework.kind for framework in of_areas if framework.recurrence is None}


def _counted_urgency_blank(cells: Cells) -> Cells:
    return cells if cells["is_urgency_given"] else cells | {"urgency": None}


def _of_area(cells: Cells) -> Cells:
    return cells | {"area": cells["area_code"]}


def _of_people(cells: Cells) -> Cells:
    """Cells of a fact about a person: whose it is, where, and up to which day."""
    changed = cells | {"inspector": cells["inspector_code"], "area": cells.get("area_code")}
    return _with_last_day(changed) if "end_on" in cells else changed


def _with_last_day(cells: Cells) -> Cells:
    return cells | {"first_day": cells["start_on"], "last_day": day_before(cells["end_on"])}


def _inspector(cells: Cells, skills: Mapping[str, list[str]]) -> Cells:
    return cells | {
        "body": cells["body_code"],
        "skills": ";".join(skills.get(cells["code"], [])),
        "voluntary": cells["is_voluntary"],
    }


def _open_activities(session: Session) -> Iterable[Activity]:
    """Activities that are still to be done and that no event asked for."""
    query = select(Activity).where(col(Activity.state).not_in(ENDED), Activity.origin != "request")
    return session.exec(query.order_by(col(Activity.code)))


def _due(session: Session, programme: Programme) -> Iterable[Cells]:
    once = _once_kinds(programme)
    for row in _open_activities(session):
        if row.kind not in once and row.window_start_on is not None and row.window_end_on is not None:
            yield _activity(row) | {
                "window_first_day": row.window_start_on,
                "window_last_day": day_before(row.window_end_on),
            }


def _pins(session: Session) -> Iterable[Cells]:
    places: dict[str, list[PlacePin]] = {}
    for pin in session.exec(select(PlacePin).order_by(col(PlacePin.id))):
        places.setdefault(pin.activity_code, []).append(pin)
    for row in _open_activities(session):
        if row.pinned_on is not None:
            yield _activity(row) | {"week_of": row.pinned_on}
        for pin in places.get(row.code, ()):
            yield _activity(row) | {"place": pin.skill, "person": pin.inspector_code}


def _kept_off(cells: Cells) -> Cells:
    return {"area": cells["area"], "off": cells["inspector"]}


def _scopes(session: Session) -> Iterable[Cells]:
    for row in _open_activities(session):
        if row.scope is not None:
            yield _activity(row) | {"outcomes": ";".join(row.scope.split())}


def _activity(row: Activity) -> Cells:
    return {"area": row.area_code, "kind": row.kind, "round": row.round}
