"""Makes examples/yorkshire-2005 from england-2005; the same files each time.

One region is small enough to be solved in a second, and made of the same facts: the areas of Yorkshire and The Humber,
the inspectors who live nearest to Leeds, and whatever else of the national files is about them.
"""

import csv
from collections.abc import Callable
from math import hypot
from pathlib import Path

ENGLAND = Path(__file__).parent / "england-2005"
YORKSHIRE = Path(__file__).parent / "yorkshire-2005"
REGION = "Yorkshire and The Humber"
NUM_INSPECTORS = 100
NUM_TEAMS = 2
"""Teams for corporate assessments, of the nation's eight."""
LAST_START_ON = "2007-06-30"

Row = dict[str, str]


def main() -> None:
    """Write every file of the example."""
    region = [row for row in rows("areas.csv") if row["region"] == REGION]
    areas, types = {row["code"] for row in region}, {"all", *(row["type"] for row in region)}
    people = {row["code"] for row in sorted(rows("inspectors.csv"), key=kilometres)[:NUM_INSPECTORS]}
    groups = {row["group"] for row in rows("partner_members.csv") if row["area"] in areas}
    keep: dict[str, Callable[[Row], bool]] = {
        "areas.csv": lambda row: row["code"] in areas,
        "inspectors.csv": lambda row: row["code"] in people,
        "comparators.csv": lambda row: {row["area"], row["comparator"]} <= areas,
        "absences.csv": lambda row: row["inspector"] in people,
        "conflicts.csv": lambda row: row["inspector"] in people and row["area"] in areas,
        "partner_groups.csv": lambda row: row["code"] in groups,
        "contacts.csv": lambda row: row["area"] in areas or not row["area"],
        "elections.csv": lambda row: row["area_type"] in types,
        "inspections_due.csv": lambda row: row["area"] in areas and row["window_last_day"] <= LAST_START_ON,
        "closures.csv": lambda row: row["area"] in areas,
    }
    of_areas = ("ratings.csv", "partners.csv", "partner_members.csv")
    about_areas = dict.fromkeys(of_areas, lambda row: row["area"] in areas)
    YORKSHIRE.mkdir(exist_ok=True)
    for file in sorted(ENGLAND.glob("*.csv")):
        kept = filter({**about_areas, **keep}.get(file.name, lambda row: True), rows(file.name))
        write(file.name, [{**row, **changed(file.name)} for row in kept])


def rows(name: str) -> list[Row]:
    """The rows of a national file."""
    with (ENGLAND / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def kilometres(inspector: Row) -> float:
    """About how far somebody lives from Leeds."""
    north = (float(inspector["home_lat"]) - 53.8) * 111
    return hypot(north, (float(inspector["home_lon"]) + 1.55) * 66)


def changed(name: str) -> Row:
    """What the region has otherwise than the nation."""
    return {
        "programme.csv": {"name": "Yorkshire 2005", "last_start_on": LAST_START_ON},
        "pools.csv": {"units": str(NUM_TEAMS)},
    }.get(name, {})


def write(name: str, kept: list[Row]) -> None:
    """Write a file of the example with the columns of the national one."""
    with (ENGLAND / name).open(encoding="utf-8", newline="") as file:
        columns = next(csv.reader(file))
    with (YORKSHIRE / name).open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns, lineterminator="\n")
        writer.writeheader()
        writer.writerows(kept)


if __name__ == "__main__":
    main()
