"""Makes examples/england-today: `python examples/make_england_today.py` writes the same files each time.

Authorities and inspections are real and lie in the folder's own `sources`; what is drawn or assumed says so in the
folder's README. No person is named: there are offices and pools only.
"""

import sys
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent.parent))

from drawing.english_calendar import write_calendar
from drawing.table_files import TODAY, TODAYS_SOURCES, write_manifest, write_table
from drawing.today.areas import areas, contacts
from drawing.today.due import FIRST_ON, LAST_ON, windows
from drawing.today.inspections import CHILDREN, SEND, Inspection, doubts, inspections, last_ones

SEED = 1
PLANNED_ON = "2025-08-29"
FRAMEWORKS = "ilacs-2018;ilacs-focused-visit-2018;ilacs-monitoring-visit-2018;area-send-2023;jtai-2016"
BODIES = (
    ("Ofsted", "Ofsted", True),
    ("CQC", "Care Quality Commission", True),
    ("HMICFRS", "HM Inspectorate of Constabulary and Fire & Rescue Services", True),
)
POOLS = (
    ("ofsted", "Inspectors of Ofsted", 36),
    ("cqc", "Inspectors of the Care Quality Commission", 10),
    ("hmicfrs", "Inspectors of HMICFRS", 4),
)
PROGRAMME = (
    "name",
    "planned_on",
    "first_start_on",
    "last_start_on",
    "default_option",
    "policy",
    "frameworks",
    "is_demo",
)
AREA = (
    "code",
    "gss_code",
    "name",
    "type",
    "region",
    "lat",
    "lon",
    "population_0_19",
    "urgency",
    "urgency_source",
    "holiday_calendar",
)
UNREAD = "not read from the report"


def main(into: Path = TODAY) -> None:
    """Write every file of the example into a folder."""
    known = inspections()
    doubtful = doubts(known)
    last = {kind: last_ones(known, kind) for kind in (CHILDREN, SEND)}
    authorities = areas(last[CHILDREN])
    programme = ("England today", PLANNED_ON, FIRST_ON, LAST_ON, 4, "today", FRAMEWORKS, True)
    write_table("programme.csv", PROGRAMME, [programme], into)
    rows = ([getattr(area, name) for name in AREA] for area in authorities)
    write_table("areas.csv", AREA, rows, into)
    write_table("contacts.csv", ("area", "role", "name", "email"), contacts(authorities), into)
    due = windows(authorities, last, Random(f"targeted {SEED}"))
    columns = ("area", "kind", "round", "window_first_day", "window_last_day")
    write_table("inspections_due.csv", columns, due, into)
    write_history(into, known, doubtful, last)
    write_bodies(into)
    write_calendar(TODAYS_SOURCES, into, FIRST_ON)
    write_empty(into)
    write_manifest(into, TODAYS_SOURCES)


def write_history(
    into: Path,
    known: list[Inspection],
    doubtful: dict[int, str],
    last: dict[str, dict[str, Inspection]],
) -> None:
    """Every published inspection as a rating, the last ones of the kinds that count from them, and all doubts."""
    rows = (
        (row.area, row.kind, row.result or UNREAD, row.published_on, _source(row, doubtful)) for row in known
    )
    write_table("ratings.csv", ("area", "measure", "value", "published_on", "source"), rows, into)
    columns = ("area", "kind", "ended_on", "outcome", "doubt")
    write_table("last_inspections.csv", columns, _last_rows(doubtful, last), into)
    (into / "history").mkdir(exist_ok=True)
    columns = ("row", "area", "name", "kind", "start_on", "end_on", "published_on", "doubt")
    told = (
        (row.row, row.area, row.name, row.kind, row.start_on, row.end_on, row.published_on, doubtful[row.row])
        for row in known
        if row.row in doubtful
    )
    write_table("history/doubtful.csv", columns, told, into)


def _source(row: Inspection, doubtful: dict[int, str]) -> str:
    report = "report of the inspectorate, read by machine"
    return f"{report}; in doubt: {doubtful[row.row]}" if row.row in doubtful else report


def _last_rows(doubtful: dict[int, str], last: dict[str, dict[str, Inspection]]) -> list[tuple[object, ...]]:
    """A row for each authority and kind; blank days where there is no report of one."""
    codes = [area.code for area in areas(last[CHILDREN])]
    rows: list[tuple[object, ...]] = []
    for kind in (CHILDREN, SEND):
        for code in codes:
            row = last[kind].get(code)
            if row is None:
                rows.append((code, kind, None, None, None))
            else:
                rows.append((code, kind, row.ended_on, row.result or None, doubtful.get(row.row)))
    return rows


def write_bodies(into: Path) -> None:
    """Inspectorates and their pools."""
    write_table("bodies.csv", ("code", "name", "has_duty"), BODIES, into)
    write_table("pools.csv", ("code", "name", "units"), POOLS, into)


def write_empty(into: Path) -> None:
    """Tables of which there is nothing: people are in pools, and partners are not known."""
    columns = [
        "code",
        "name",
        "email",
        "body",
        "skills",
        "is_leader",
        "home_lat",
        "home_lon",
        "max_reviews_per_year",
    ]
    write_table("inspectors.csv", columns, (), into)
    write_table("skills.csv", ("code", "name"), (), into)
    columns = ("inspector", "first_day", "last_day", "percent_available")
    write_table("absences.csv", columns, (), into)
    write_table("conflicts.csv", ("inspector", "area", "kind"), (), into)
    write_table("partner_groups.csv", ("code", "name", "kind", "maximum"), (), into)
    write_table("partner_members.csv", ("group", "area"), (), into)
    write_table("closures.csv", ("area", "first_day", "last_day", "reason"), (), into)


if __name__ == "__main__":
    main()
