"""A small programme that is adopted half-way on 6 March 2006: seven areas, twelve people, six reviews with a past."""

from tests.import_files import Rows, right_files

PLANNED_ON = "2006-03-06"
AREAS = ("A", "B", "C", "D", "E", "F", "G")
"""A, B and C are done, D is at work, E and F are published, G has no date yet."""

SKILLS = ("leader", "safeguarding", "looked_after", "special_needs")

DAYS = {
    "A": ("done", "2005-09-05", "2005-09-26"),
    "B": ("done", "2005-12-05", "2006-01-09"),
    "C": ("done", "2006-01-16", "2006-02-06"),
    "D": ("under_way", "2006-02-20", "2006-03-13"),
    "E": ("published", "2006-06-05", "2006-06-26"),
    "F": ("published", "2006-09-04", "2006-09-25"),
}
"""State, Monday of the analysis week, Monday of the two weeks of fieldwork."""

TEAMS = {"A": 1, "B": 2, "C": 3, "D": 1, "E": 2}
"""Which of the three sets of people went; nobody was named for F."""


def adopted_files() -> dict[str, Rows]:
    """Files that are right, to be damaged one cell at a time."""
    files = right_files()
    area = files["areas.csv"][0]
    files["programme.csv"][0] |= {
        "planned_on": PLANNED_ON, "first_start_on": "2005-09-05", "last_start_on": "2006-12-31", "default_option": "4",
    }  # fmt: skip
    files["areas.csv"] = [
        area
        | {"code": code, "name": f"Area {code}", "gss_code": f"E0800000{number}", "holiday_calendar": "north"}
        for number, code in enumerate(AREAS)
    ]
    person = files["inspectors.csv"][0] | {"rest_weeks": "8", "max_reviews_per_year": "3"}
    files["inspectors.csv"] = [
        person
        | {
            "code": f"{skill[:2].upper()}{number}",
            "name": f"{skill} {number}",
            "body": "Ofsted" if skill in SKILLS[:2] else "CSCI",
            "skills": "" if skill == "leader" else skill,
            "is_leader": "yes" if skill == "leader" else "no",
            "max_reviews_per_calendar_year": "1" if number == 3 else "",
        }
        for number in (1, 2, 3)
        for skill in SKILLS
    ]
    contact = files["contacts.csv"][0]
    files["contacts.csv"] = [contact | {"area": code} for code in AREAS]
    for name in (
        "ratings",
        "absences",
        "conflicts",
        "partner_groups",
        "partner_members",
        "closures",
        "elections",
        "inspections_due",
    ):
        files[f"{name}.csv"] = []
    files["pools.csv"][0]["units"] = "4"
    return files | {"past_reviews.csv": past_reviews(), "past_teams.csv": past_teams()}


def past_reviews() -> Rows:
    """Two rows for each review; D's analysis has ended, C's fieldwork did so a week late."""
    rows = []
    for area, (state, *mondays) in DAYS.items():
        for stage, monday in zip(("analysis", "fieldwork"), mondays, strict=True):
            ended = {("D", "analysis"): "2006-02-24", ("C", "fieldwork"): "2006-02-24"}.get((area, stage), "")
            rows.append(
                {"area": area, "kind": "jar", "stage": stage, "first_day": monday, "last_day": ended, "state": state,
                 "precision": ""}
            )  # fmt: skip
    return rows


def past_teams() -> Rows:
    """Four people for each review but F's."""
    return [
        {"area": area, "kind": "jar", "skill": skill, "inspector": f"{skill[:2].upper()}{number}"}
        for area, number in TEAMS.items()
        for skill in SKILLS
    ]
