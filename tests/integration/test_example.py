"""england-2005 is what its README says: real areas, made-up people, a problem that is tight and yet solvable."""

import csv
import hashlib
from collections import Counter, defaultdict
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from sqlalchemy import Engine

from config.policy import load_policy
from models import make_engine, session
from scheduler.checking.checker import SHORTAGE_RULES, check
from scheduler.cost import date_terms, make_plan
from scheduler.dates.quick_plans import greedy
from scheduler.measures.dates import judgements
from scheduler.people.capacity import People, team_demand
from scheduler.teams.assignment import assign_teams
from scheduler.values.problem import Problem
from scheduler.values.result import SolveParams
from scheduler.values.value import LEADER
from services.imports import Batch, read_folder
from services.imports.concern import concern_by_area
from services.option_words import Option
from services.problem import build_problem
from tests.known import known

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "england-2005"
YORKSHIRE = ROOT / "examples" / "yorkshire-2005"
PLANNED_ON = date(2005, 8, 1)
SKILLS_OF_THE_README = (LEADER, "safeguarding", "looked_after", "special_needs", "management", "education")
OPTIONS: tuple[Option, ...] = (1, 2, 3, 4)
BODIES_WITH_DUTY = {"Ofsted", "ALI", "AC", "CSCI", "HC", "HMIC", "HMIProbation", "HMIPrisons", "HMMCSI"}


@pytest.fixture(scope="module")
def batch() -> Batch:
    return read_folder(EXAMPLE)


@pytest.fixture(scope="module")
def imported(example_file: Path) -> Engine:
    return make_engine(f"sqlite:///{example_file}")


@pytest.fixture(scope="module")
def problem_of(imported: Engine):
    @cache
    def build(option: Option) -> Problem:
        with session(imported, read_only=True) as opened:
            return build_problem(opened, option)

    return build


def stored_starts(problem: Problem, option: Option) -> dict[str, tuple[int, ...]]:
    """Start weeks of a stored plan, in the order of the problem's stages."""
    weeks: dict[tuple[str, str], int] = {}
    with (EXAMPLE / "plans" / f"option-{option}.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            monday = date.fromisoformat(row["first_monday"])
            weeks[row["activity"], row["stage"]] = (monday - problem.first_monday).days // 7
    return {own.id: tuple(weeks[own.id, stage.id] for stage in own.stages) for own in problem.activities}


def test_the_files_are_those_of_the_manifest():
    listed = dict(
        reversed(line.split("  ")) for line in (EXAMPLE / "MANIFEST.sha256").read_text().splitlines()
    )
    files = [*EXAMPLE.glob("*.csv"), *(EXAMPLE / "sources").glob("*.csv")]
    found = {str(file.relative_to(EXAMPLE)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}
    assert found == listed


def test_making_the_example_again_gives_the_same_files(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "examples"))
    import make_england_2005
    from drawing import table_files

    monkeypatch.setattr(table_files, "EXAMPLE", tmp_path)
    make_england_2005.main()
    made = {file.name: file.read_bytes() for file in tmp_path.glob("*.csv")}
    assert made == {file.name: file.read_bytes() for file in EXAMPLE.glob("*.csv")}


def test_making_the_region_again_gives_the_same_files(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(ROOT / "examples"))
    import make_yorkshire_2005

    monkeypatch.setattr(make_yorkshire_2005, "YORKSHIRE", tmp_path)
    make_yorkshire_2005.main()
    made = {file.name: file.read_bytes() for file in tmp_path.glob("*.csv")}
    assert made == {file.name: file.read_bytes() for file in YORKSHIRE.glob("*.csv")}


def test_the_region_is_a_sound_folder_of_15_areas_and_100_inspectors():
    batch = read_folder(YORKSHIRE)
    assert {area.region for area in batch.areas} == {"Yorkshire and The Humber"}
    assert (len(batch.areas), len(batch.inspectors)) == (15, 100)
    national = {area.code: area.name for area in read_folder(EXAMPLE).areas}
    assert {area.code: area.name for area in batch.areas}.items() <= national.items()


def test_all_150_areas_of_2005_are_there(batch):
    """R004, and the decision on the number of areas."""
    assert Counter(area.type for area in batch.areas) == {
        "county": 34,
        "unitary": 46,
        "metropolitan district": 36,
        "london borough": 32,
        "city of london": 1,
        "isles of scilly": 1,
    }


def test_every_area_has_one_police_force(batch):
    """R128."""
    forces = Counter(member.area for member in batch.partner_members)
    assert set(forces) == {area.code for area in batch.areas}
    assert set(forces.values()) == {1}


def test_ratings_were_published_before_the_planning_date_and_what_is_drawn_says_so(batch):
    """R023-R027: concern rests on what was known on 1 August 2005, and no area has one that is set by hand."""
    assert all(rating.published_on < PLANNED_ON for rating in batch.ratings)
    known = {
        rating.area for rating in batch.ratings if rating.measure == "cpa_category" and not rating.is_drawn
    }
    assert len(known) == 27
    assert all(area.urgency is None for area in batch.areas)
    assert all("drawn" in rating.source for rating in batch.ratings if rating.is_drawn)


def test_inspectors_are_made_up_people_of_the_nine_bodies(batch):
    """R005: the tenth body has no duty to take part and sends nobody."""
    assert len(batch.inspectors) == 171
    assert {own.body for own in batch.inspectors} == BODIES_WITH_DUTY
    assert {own.code for own in batch.bodies if own.has_duty} == BODIES_WITH_DUTY
    assert all(own.is_synthetic and (own.email or "").endswith(".example") for own in batch.inspectors)
    assert sum(own.is_leader for own in batch.inspectors) == 26


def test_nobody_can_be_mailed_by_accident(batch):
    assert all(contact.email.endswith(".example") for contact in batch.contacts)


def test_some_areas_have_no_director_yet(batch):
    """R064."""
    roles = Counter(contact.role for contact in batch.contacts)
    assert roles["director"] + roles["nominated_officer"] == 150
    assert roles["nominated_officer"] > 10


def test_the_youth_offending_teams_of_a_third_of_the_areas_are_due(batch):
    """R098."""
    assert Counter(own.kind for own in batch.inspections_due) == {"yot": 50}


@pytest.mark.parametrize("option", OPTIONS)
def test_a_stored_plan_keeps_every_rule_of_dates(problem_of, option):
    problem = problem_of(option)
    plan = make_plan(problem, stored_starts(problem, option), ())
    assert [found for found in check(problem, plan) if found.rule not in SHORTAGE_RULES] == []


@pytest.mark.parametrize("option", OPTIONS)
def test_leaders_and_three_skills_are_tight_in_ten_weeks_each(problem_of, option):
    """85 per cent and more of capacity: an improvement in dates is one in people."""
    problem = problem_of(option)
    tight = tight_weeks(problem, stored_starts(problem, option))
    assert tight.pop(LEADER) >= 10
    assert sum(weeks >= 10 for weeks in tight.values()) >= 3


def test_the_greedy_rule_costs_five_per_cent_more(problem_of):
    """Against a stored plan, which costs at least what the optimum costs."""
    problem = problem_of(3)
    cost = sum(date_terms(problem, stored_starts(problem, 3)).values())
    by_hand = known(greedy(problem))
    assert sum(date_terms(problem, by_hand).values()) >= 1.05 * cost


def test_option_four_spreads_the_two_inspections_of_an_area_furthest(problem_of):
    """R037: reports of an area are furthest apart, so that more of what happens there is soon in one of them."""
    months = {}
    for option in OPTIONS:
        problem = problem_of(option)
        plan = make_plan(problem, stored_starts(problem, option), ())
        months[option] = known(judgements(problem, plan, "jar", "ca").mean_months)
    assert sorted(OPTIONS, key=months.__getitem__)[-1] == 4
    assert months[4] > months[3] + 12


@pytest.mark.parametrize("option", OPTIONS)
def test_the_readme_has_the_figures_of_the_stored_plans(problem_of, option):
    problem, starts = problem_of(option), stored_starts(problem_of(option), option)
    cost = sum(date_terms(problem, starts).values())
    by_hand = sum(date_terms(problem, known(greedy(problem))).values())
    weeks = tight_weeks(problem, starts)
    tight = ", ".join(str(weeks.get(skill) or "-") for skill in SKILLS_OF_THE_README)
    dearer = f"{by_hand:,} (+{100 * (by_hand / cost - 1):.1f} %)"
    shown = (EXAMPLE / "README.md").read_text(encoding="utf-8")
    assert f"| {option} | {cost:,} | {dearer} | {tight} | 0 |" in shown


def test_every_place_of_a_stored_plan_has_its_person(problem_of):
    """R055-R059, R062: the same people for analysis and fieldwork, a week of rest after."""
    problem = problem_of(3)
    starts = stored_starts(problem, 3)
    teams = assign_teams(problem, starts, SolveParams(teams_seconds=30, team_gap_target=0.05))
    assert teams.uncovered == 0
    assert check(problem, make_plan(problem, starts, teams.members)) == ()


def tight_weeks(problem: Problem, starts: dict[str, tuple[int, ...]]) -> dict[str, int]:
    used: dict[str, Counter[int]] = defaultdict(Counter)
    for activity in problem.activities:
        for stage, first in zip(activity.stages, starts[activity.id], strict=True):
            for week in range(first, first + stage.duration_weeks) if stage.uses_team else ():
                for skill, count in team_demand(activity):
                    used[skill][week] += count
    people = People(problem)
    return {
        skill: sum(
            count >= 0.85 * people.available(frozenset([skill]))[week] for week, count in weeks.items()
        )
        for skill, weeks in used.items()
    }


def test_the_concern_about_york_and_haringey_follows_from_their_ratings_r023_r025(batch):
    """York fair with two stars: 5. Haringey weak with two stars: 7. Hull poor: 9, and no drawn stars beside it."""
    found = concern_by_area(batch.areas, batch.ratings, load_policy("default").concern, PLANNED_ON)
    assert (found["816"], found["309"], found["810"]) == (5, 7, 9)
    assert (min(found.values()), max(found.values())) == (1, 9)


def test_areas_are_compared_with_ten_others_at_most_which_are_of_the_example_r181(batch):
    """Councils that came after 2005 are left out, so some areas have fewer; Leicestershire has all ten."""
    compared = Counter(row.area for row in batch.comparators)
    assert (compared["855"], max(compared.values())) == (10, 10)
    assert {row.comparator for row in batch.comparators} <= {area.code for area in batch.areas}
