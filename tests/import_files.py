"""A small folder of import files that is right, to be damaged one cell at a time."""

import csv
import shutil
from pathlib import Path

Rows = list[dict[str, str]]

AREAS = (("201", "City of London"), ("373", "Sheffield"), ("875", "Cheshire"))
GSS = {"201": "E09000001", "373": "E08000019", "875": "E10000004"}
SKILLS = (
    "safeguarding",
    "looked_after",
    "special_needs",
    "management",
    "education",
    "child_health",
    "youth_justice",
)


def right_files() -> dict[str, Rows]:
    """Rows by file: three areas, eight people, everything that a programme needs."""
    return {
        "programme.csv": [
            {
                "name": "Trial",
                "planned_on": "2005-08-01",
                "first_start_on": "2005-09-05",
                "last_start_on": "2008-12-31",
                "default_option": "3",
            }
        ],
        "areas.csv": [_area(code, name) for code, name in AREAS],
        "ratings.csv": [_rating("373", "camhs", "3"), _rating("875", "youth_justice", "1")],
        "bodies.csv": [
            {"code": code, "name": f"Body {code}", "has_duty": "yes"} for code in ("Ofsted", "CSCI")
        ],
        "skills.csv": [{"code": code, "name": code.replace("_", " ")} for code in (*SKILLS, "camhs")],
        "inspectors.csv": [_inspector(number, skill) for number, skill in enumerate((*SKILLS, ""), start=1)],
        "absences.csv": [
            {
                "inspector": "I1",
                "first_day": "2006-01-09",
                "last_day": "2006-01-13",
                "percent_available": "0",
            }
        ],
        "conflicts.csv": [{"inspector": "I1", "area": "373", "kind": "interest"}],
        "contacts.csv": [
            {
                "area": code,
                "role": "director",
                "name": f"Director {code}",
                "email": f"director@c{code}.example",
            }
            for code, _name in AREAS
        ],
        "partner_groups.csv": [{"code": "police", "name": "Police", "kind": "police", "maximum": "1"}],
        "partner_members.csv": [{"group": "police", "area": code} for code in ("373", "875")],
        "school_holidays.csv": [
            {"calendar": "north", "name": "Easter", "first_day": "2006-04-10", "last_day": "2006-04-21"},
            {"calendar": "south", "name": "Easter", "first_day": "2006-04-03", "last_day": "2006-04-14"},
        ],
        "closures.csv": [
            {"area": "201", "first_day": "2006-06-05", "last_day": "2006-06-09", "reason": "Move of offices"}
        ],
        "elections.csv": [
            {
                "area_type": "county",
                "polling_on": "2009-06-04",
                "pre_election_start_on": "2009-05-14",
                "kind": "local",
            }
        ],
        "pools.csv": [{"code": "ca_teams", "name": "Assessment teams", "units": "2"}],
        "inspections_due.csv": [
            {
                "area": "373",
                "kind": "yot",
                "window_first_day": "2006-03-06",
                "window_last_day": "2006-05-29",
            }
        ],
    }


def files_of_2009(home: Path) -> dict[str, Rows]:
    """The files of the regime of 2009, for three years from April 2009; its frameworks and policy go into a home."""
    folder = Path(__file__).parent / "regime_2009"
    shutil.copytree(folder / "home", home, dirs_exist_ok=True)
    found = {}
    for path in folder.glob("*.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            found[path.name] = list(csv.DictReader(file))
    found["programme.csv"][0]["last_start_on"] = "2012-03-31"
    return found


def write_files(folder: Path, files: dict[str, Rows]) -> Path:
    """Write the files as CSV; a file without rows gets the header of the right one."""
    folder.mkdir(exist_ok=True)
    for name, rows in files.items():
        columns = list((rows or right_files()[name])[0])
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, columns, restval="", extrasaction="raise")
            writer.writeheader()
            writer.writerows(rows)
    return folder


def _area(code: str, name: str) -> dict[str, str]:
    return {
        "code": code,
        "gss_code": GSS[code],
        "name": name,
        "type": "county" if code == "875" else "metropolitan district",
        "region": "North West" if code == "875" else "Elsewhere",
        "lat": "53.4",
        "lon": "-1.5",
        "population_0_19": "120000" if code == "373" else "46000",
        "urgency": "7" if code == "373" else "4" if code == "875" else "1",
        "urgency_source": "the area's last inspections",
        "option": "1" if code == "875" else "",
        "holiday_calendar": "south" if code == "201" else "north",
    }


def _rating(area: str, measure: str, value: str) -> dict[str, str]:
    return {
        "area": area,
        "measure": measure,
        "value": value,
        "published_on": "2005-01-10",
        "source": "a report",
    }


def _inspector(number: int, skill: str) -> dict[str, str]:
    return {
        "code": f"I{number}",
        "name": f"Person {number}",
        "body": "Ofsted" if number % 2 else "CSCI",
        "skills": f"{skill};camhs" if skill == "education" else skill,
        "is_leader": "no" if skill else "yes",
        "home_lat": "52.5",
        "home_lon": "-1.9",
        "trained_from": "",
        "percent": "100",
        "max_reviews_per_year": "4",
    }
