"""Makes examples/england-2009: `python examples/make_england_2009.py` writes the same files each time.

Authorities, polls and holidays lie in the folder's own `sources`; what is drawn or assumed says so in its README.
"""

import sys
from datetime import date
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent.parent))

from drawing.english_calendar import national_holidays, write_calendar
from drawing.regime_2009.areas import Area, contacts, draw_areas, ratings
from drawing.regime_2009.people import SKILLS, Person, draw_people, leave
from drawing.regime_2009.people import rows as people_rows
from drawing.table_files import INSPECTOR, REGIME, write_manifest, write_table

SEED = 1
PLANNED_ON = date(2009, 3, 2)
FIRST_ON, LAST_ON = date(2009, 4, 6), date(2012, 3, 31)
FRAMEWORKS = "contact-visit-2009;safeguarding-2009"
SOURCES = REGIME / "sources"
BODIES = (("Ofsted", "Ofsted", True), ("CQC", "Care Quality Commission", True))
AREA = (
    "code",
    "gss_code",
    "name",
    "type",
    "region",
    "lat",
    "lon",
    "hq_town",
    "population_0_19",
    "holiday_calendar",
)
PROGRAMME = {
    "name": "England 2009",
    "planned_on": PLANNED_ON,
    "first_start_on": FIRST_ON,
    "last_start_on": LAST_ON,
    "default_option": 4,
    "policy": "england_2009",
    "frameworks": FRAMEWORKS,
    "is_demo": True,
}


def main(into: Path = REGIME) -> None:
    """Write every file of the example into a folder."""
    authorities = draw_areas(Random(f"areas {SEED}"))
    persons = draw_people(authorities, Random(f"people {SEED}"))
    write_table("programme.csv", tuple(PROGRAMME), [tuple(PROGRAMME.values())], into)
    write_areas(authorities, into)
    write_people(persons, into)
    write_calendar(SOURCES, into)
    write_empty(into)
    write_manifest(into, SOURCES)


def write_areas(authorities: tuple[Area, ...], into: Path) -> None:
    """Areas, their grades, and who is told."""
    facts = ([getattr(area, name) for name in AREA] for area in authorities)
    write_table("areas.csv", AREA, facts, into)
    columns = ("area", "measure", "value", "published_on", "source", "is_drawn")
    write_table("ratings.csv", columns, ratings(authorities), into)
    write_table("contacts.csv", ("area", "role", "name", "email"), contacts(authorities), into)


def write_people(persons: tuple[Person, ...], into: Path) -> None:
    """Bodies, skills, inspectors and their leave."""
    write_table("bodies.csv", ("code", "name", "has_duty"), BODIES, into)
    write_table("skills.csv", ("code", "name"), SKILLS.items(), into)
    columns = (*INSPECTOR, "max_reviews_per_year", "is_synthetic")
    write_table("inspectors.csv", columns, people_rows(persons), into)
    away = leave(persons, national_holidays(SOURCES), Random(f"leave {SEED}"))
    write_table("absences.csv", ("inspector", "first_day", "last_day", "percent_available"), away, into)


def write_empty(into: Path) -> None:
    """Tables of which there is nothing: both kinds have named inspectors, and no window is given."""
    write_table("pools.csv", ("code", "name", "units"), (), into)
    write_table("conflicts.csv", ("inspector", "area", "kind"), (), into)
    write_table("inspections_due.csv", ("area", "kind", "window_first_day", "window_last_day"), (), into)
    write_table("partner_groups.csv", ("code", "name", "kind", "maximum"), (), into)
    write_table("partner_members.csv", ("group", "area"), (), into)
    write_table("closures.csv", ("area", "first_day", "last_day", "reason"), (), into)


if __name__ == "__main__":
    main()
