"""Makes examples/england-2005: `python examples/make_england_2005.py` writes the same files each time.

Real facts come from the folder's own `sources`; everything else is drawn with a fixed seed and marked in its file.
"""

import sys
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parent.parent))

from drawing import police
from drawing.absences import absences, conflicts
from drawing.areas import Area, closures, draw_areas, inspections_due
from drawing.bodies import BODIES, SKILLS
from drawing.comparators import comparators
from drawing.contacts import contacts
from drawing.english_calendar import elections, holidays, national_rounds
from drawing.partners import partners
from drawing.people import MAX_REVIEWS_PER_YEAR, Person, draw_people, lend
from drawing.table_files import INSPECTOR, write_manifest, write_table

SEED = 1
FRAMEWORKS = "jar-2005;corporate-assessment-2002;yot-inspection-2003"


def main() -> None:
    """Write every file of the example."""
    areas = draw_areas(Random(f"areas {SEED}"))
    persons = draw_people(areas, Random(f"people {SEED}"))
    lend(persons, national_rounds(), Random(f"rounds {SEED}"))
    write_programme()
    write_areas(areas)
    write_people(areas, persons)
    write_calendar()
    write_others(areas)
    write_manifest()


def write_programme() -> None:
    """The programme, and the pool of the corporate assessments."""
    write_table(
        "programme.csv",
        (
            "name",
            "planned_on",
            "first_start_on",
            "last_start_on",
            "default_option",
            "policy",
            "frameworks",
            "is_demo",
        ),
        [("England 2005", "2005-08-01", "2005-09-05", "2008-12-31", 3, "default", FRAMEWORKS, True)],
    )
    write_table("pools.csv", ("code", "name", "units"), [("ca_teams", "Corporate assessment teams", 8)])


def write_areas(areas: tuple[Area, ...]) -> None:
    """Areas, their ratings, and whom they are compared with."""
    columns = [
        "code",
        "gss_code",
        "name",
        "type",
        "region",
        "lat",
        "lon",
        "hq_town",
        "population_0_19",
        "option",
        "holiday_calendar",
    ]
    write_table("areas.csv", columns, ([getattr(area, name) for name in columns] for area in areas))
    columns = ["area", "measure", "value", "published_on", "source", "is_drawn"]
    ratings = (rating for area in areas for rating in area.ratings)
    write_table("ratings.csv", columns, ([getattr(rating, name) for name in columns] for rating in ratings))
    write_table("comparators.csv", ("area", "comparator", "rank"), comparators(areas))


def write_people(areas: tuple[Area, ...], persons: list[Person]) -> None:
    """Bodies, skills, inspectors, absences, conflicts."""
    write_table("bodies.csv", ("code", "name", "has_duty"), BODIES)
    write_table("skills.csv", ("code", "name"), SKILLS.items())
    columns = (*INSPECTOR, "trained_from", "percent", "rest_weeks", "max_reviews_per_year", "is_synthetic")
    rows = (
        (
            person.code, person.name, person.email, person.body, ";".join(person.skills), person.is_leader,
            person.home.hq_town or person.home.name, person.lat, person.lon, person.trained_from, person.percent, 1,
            MAX_REVIEWS_PER_YEAR, True,
        )
        for person in persons
    )  # fmt: skip
    write_table("inspectors.csv", columns, rows)
    draw = Random(f"absences {SEED}")
    away = (row for person in persons for row in absences(person, draw))
    write_table("absences.csv", ("inspector", "first_day", "last_day", "percent_available"), away)
    draw = Random(f"conflicts {SEED}")
    barred = (row for person in persons for row in conflicts(person, areas, draw))
    write_table("conflicts.csv", ("inspector", "area", "kind"), barred)


def write_calendar() -> None:
    """School holidays and polls."""
    rows = ((holiday.calendar, holiday.name, holiday.first_day, holiday.last_day) for holiday in holidays())
    write_table("school_holidays.csv", ("calendar", "name", "first_day", "last_day"), rows)
    columns = ("area_type", "polling_on", "pre_election_start_on", "kind", "note")
    write_table("elections.csv", columns, elections())


def write_others(areas: tuple[Area, ...]) -> None:
    """Contacts, partners, police forces, inspections due, closures."""
    due = tuple(inspections_due(areas, Random(f"inspections {SEED}")))
    told = contacts(areas, {area for area, *_ in due}, Random(f"contacts {SEED}"))
    write_table("contacts.csv", ("area", "role", "name", "email", "telephone"), told)
    columns = ("area", "name", "kind", "chief_officer", "email", "monitored_by")
    write_table("partners.csv", columns, partners(areas, Random(f"partners {SEED}")))
    forces = police.FORCES.items()
    groups = (
        (police.force_code(name), f"{name} Police", "police", police.maximum(covered))
        for name, covered in forces
    )
    write_table("partner_groups.csv", ("code", "name", "kind", "maximum"), groups)
    members = ((police.force_code(name), area) for name, covered in forces for area in covered)
    write_table("partner_members.csv", ("group", "area"), members)
    write_table("inspections_due.csv", ("area", "kind", "window_first_day", "window_last_day"), due)
    closed = closures(areas, Random(f"closures {SEED}"))
    write_table("closures.csv", ("area", "first_day", "last_day", "reason"), closed)


if __name__ == "__main__":
    main()
