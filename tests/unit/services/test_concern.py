"""How grave the concern about an area is follows from what was published before the planning day, and nothing else."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from config.concern_rules import ConcernRules
from config.policy import InvalidPolicy, load_policy
from models import Area, ConcernIndex, PlanVersion, session
from scheduler.dates.search import solve_dates
from scheduler.values.problem import AnonymousPool
from services.imports import ImportProblem, ImportRefused, import_batch, read_folder
from services.imports.facts_out import fact_files
from services.naming.areas import find_area
from services.plans import plan_store
from services.plans.concern_counts import ChangedIndex, count_again
from services.problem import build_problem
from services.problem.concern import LATER, NO_MEASURE, REPLACED, STAND_IN, concern_on, wish_on
from services.shown.priority import changes_since_plan, priority_of
from tests.builders import assessment, one_area, two_areas
from tests.import_files import Rows, right_files, write_files
from tests.known import known
from tests.policy_files import DEFAULT, write_policy

Files = dict[str, Rows]
RULES = load_policy("default").concern
PRICES = load_policy("default").prices
PLANNED_ON, WHO = date(2005, 8, 1), "planner"
CPA_OF_2004, CPA_OF_2005 = date(2004, 12, 16), date(2005, 12, 15)


@dataclass(frozen=True)
class Published:
    measure: str
    value: str
    published_on: date = CPA_OF_2004
    source: str = "a report"
    is_drawn: bool = False


def cpa(value: str, day: date = CPA_OF_2004, is_drawn: bool = False) -> Published:
    return Published("cpa_category", value, day, is_drawn=is_drawn)


def stars(value: str, is_drawn: bool = False) -> Published:
    return Published("csci_stars", value, date(2004, 11, 18), is_drawn=is_drawn)


def at(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time(), UTC).replace(hour=9)


@pytest.mark.parametrize(
    ("category", "num_stars", "index"),
    [
        ("fair", "2", 5),
        ("weak", "2", 7),
        ("weak", "0", 10),
        ("weak", "1", 8),
        ("excellent", "3", 1),
        ("poor", "0", 10),
    ],
)
def test_the_points_of_category_and_stars_add_up_r023_r025(category: str, num_stars: str, index: int) -> None:
    """York fair with two stars: 5. Haringey weak with two stars: 7. Weak without a star: 10, and never more."""
    assert concern_on([cpa(category), stars(num_stars)], RULES, PLANNED_ON).value == index


@pytest.mark.parametrize(("grade", "more"), [("4", 0), ("3", 0), ("2", 1), ("1", 3)])
def test_a_low_grade_of_the_annual_assessment_adds_to_the_concern_r024(grade: str, more: int) -> None:
    assert concern_on([cpa("good"), Published("apa_overall", grade)], RULES, PLANNED_ON).value == 3 + more


@pytest.mark.parametrize(("grade", "more"), [("3", 0), ("2", 1), ("1", 2)])
@pytest.mark.parametrize("theme", ["health_outcomes", "education_outcomes", "crime_outcomes"])
def test_weak_outcomes_of_a_theme_add_to_the_concern_r023(theme: str, grade: str, more: int) -> None:
    assert concern_on([cpa("good"), Published(theme, grade)], RULES, PLANNED_ON).value == 3 + more


def test_the_category_of_15_december_counts_on_the_16th_and_not_before_r027() -> None:
    lines = [cpa("fair"), cpa("weak", CPA_OF_2005)]
    values = [concern_on(lines, RULES, day).value for day in (PLANNED_ON, CPA_OF_2005, date(2005, 12, 16))]
    assert values == [5, 5, 7]
    found = concern_on(lines, RULES, date(2005, 12, 16))
    assert [(line.value, line.counts_from, line.why_not) for line in found.lines] == [
        ("weak", date(2005, 12, 16), ""),
        ("fair", date(2004, 12, 17), REPLACED),
    ]
    assert concern_on(lines, RULES, CPA_OF_2005).lines[0].why_not == LATER


def test_a_drawn_line_counts_only_where_nothing_is_published() -> None:
    both = concern_on([cpa("weak"), stars("0", is_drawn=True)], RULES, PLANNED_ON)
    assert (both.value, both.lines[1].why_not) == (7, STAND_IN)
    assert concern_on([cpa("weak", is_drawn=True), stars("0", is_drawn=True)], RULES, PLANNED_ON).value == 10


def test_without_evidence_there_is_the_least_concern() -> None:
    found = concern_on([Published("camhs", "1")], RULES, PLANNED_ON)
    assert (found.value, found.has_evidence, found.lines[0].why_not) == (1, False, NO_MEASURE)


def test_other_inspections_lower_the_wish_and_not_the_concern_r026() -> None:
    rules = RULES.model_copy(update={"load_lowers": 2})
    assert [wish_on(7, num_due, rules) for num_due in range(5)] == [7, 5, 3, 1, 1]
    assert concern_on([cpa("weak")], rules, PLANNED_ON).value == 7
    assert wish_on(7, 3, RULES) == 7


@pytest.mark.parametrize("graver", ["north", "south"])
@pytest.mark.parametrize("index", range(1, 10))
def test_of_two_areas_alike_the_one_a_point_graver_is_not_later_r027(graver: str, index: int) -> None:
    prices = {name: PRICES.urgency_price(index + (name == graver)) for name in ("north", "south")}
    (north,) = one_area().areas
    problem = two_areas(
        areas=(north, north.model_copy(update={"id": "south", "name": "South"})),
        activities=tuple(assessment(name, urgency_price=price) for name, price in prices.items()),
        pools=(AnonymousPool(id="audit_commission", units=1),),
    )
    starts = known(solve_dates(problem).starts)
    other = "south" if graver == "north" else "north"
    assert starts[f"ca-{graver}"] < starts[f"ca-{other}"]


def counted(files: Files) -> None:
    """Sheffield's concern is counted from its category and stars; the other areas have theirs by hand."""
    area = files["areas.csv"][1]
    area["urgency"] = area["urgency_source"] = ""
    files["ratings.csv"] += [rating("cpa_category", "fair"), rating("csci_stars", "2")]


def rating(measure: str, value: str, day: date = CPA_OF_2004) -> dict[str, str]:
    return {
        "area": "373",
        "measure": measure,
        "value": value,
        "published_on": day.isoformat(),
        "source": "a report",
    }


def imported(engine: Engine, folder: Path, change: Callable[[Files], object], day: date) -> tuple[int, ...]:
    files = right_files()
    counted(files)
    change(files)
    batch = read_folder(write_files(folder / "files", files))
    with session(engine) as opened:
        return import_batch(opened, batch, WHO, at(day), as_of=day).stale


def unchanged(_files: Files) -> None:
    pass


def with_the_new_category(files: Files) -> None:
    files["ratings.csv"].append(rating("cpa_category", "weak", CPA_OF_2005))


def concern_of_sheffield(opened: Session) -> tuple[int, bool]:
    area = find_area(opened, "373")
    return area.urgency, area.is_urgency_given


def planned(engine: Engine) -> None:
    with session(engine) as opened:
        opened.add(
            PlanVersion(
                option="3", problem_hash=build_problem(opened, 3).hash, problem_json="", plan_json="",
                result_json="", uncovered_places=0, date_cost=1, team_cost=1, created_by=WHO, created_at=at(PLANNED_ON),
            )
        )  # fmt: skip


def test_an_import_counts_what_no_one_has_set_r020_r027(engine: Engine, tmp_path: Path) -> None:
    imported(engine, tmp_path, unchanged, PLANNED_ON)
    with session(engine, read_only=True) as opened:
        assert concern_of_sheffield(opened) == (5, False)
        kept = {row.area_code: (row.value, row.reason) for row in opened.exec(select(ConcernIndex))}
    assert kept == {
        "201": (1, "the area's last inspections"),
        "373": (5, ""),
        "875": (4, "the area's last inspections"),
    }


def test_what_is_counted_is_written_out_blank_and_read_again(engine: Engine, tmp_path: Path) -> None:
    imported(engine, tmp_path, unchanged, PLANNED_ON)
    with session(engine, read_only=True) as opened:
        files = fact_files(opened)
    folder = tmp_path / "out"
    folder.mkdir()
    for name, content in files.items():
        (folder / name).write_bytes(content)
    assert {area.code: area.urgency for area in read_folder(folder).areas} == {
        "201": 1,
        "373": None,
        "875": 4,
    }


def test_new_ratings_make_a_plan_stale_and_say_how_many_indices_they_changed_r020(
    engine: Engine, tmp_path: Path
) -> None:
    imported(engine, tmp_path, unchanged, PLANNED_ON)
    planned(engine)
    day = date(2005, 12, 16)
    assert imported(engine, tmp_path, with_the_new_category, day) == (1,)
    with session(engine, read_only=True) as opened:
        assert concern_of_sheffield(opened) == (7, False)
        why = plan_store.why_stale(opened, plan_store.find_version(opened, 1))
        assert why == "An import changed 1 index of concern, and with it the facts."
        since = known(changes_since_plan(opened))
        found = priority_of(opened, find_area(opened, "373"), day)
    assert [(change.name, change.before, change.after) for change in since.changes] == [("Sheffield", 5, 7)]
    assert (found.concern, found.before, found.given_because) == (7, 5, "")


def test_a_rating_counts_from_the_next_morning_on_though_nobody_imports_anything_r027(
    engine: Engine, tmp_path: Path
) -> None:
    imported(engine, tmp_path, with_the_new_category, CPA_OF_2005)
    planned(engine)
    with session(engine) as opened:
        assert count_again(opened, CPA_OF_2005, "tick", at(CPA_OF_2005)) == []
    day = date(2005, 12, 16)
    with session(engine) as opened:
        assert count_again(opened, day, "tick", at(day)) == [ChangedIndex("373", 5, 7)]
        assert count_again(opened, day, "tick", at(day)) == []
        assert count_again(opened, CPA_OF_2005, "tick", at(day)) == []
    with session(engine, read_only=True) as opened:
        row = plan_store.find_version(opened, 1)
        assert plan_store.why_stale(opened, row) == "1 index of concern changed by 2005-12-16."
        assert [kept.value for kept in opened.exec(
            select(ConcernIndex).where(ConcernIndex.area_code == "373").order_by(col(ConcernIndex.id))
        )] == [5, 7]  # fmt: skip


def test_what_is_set_by_hand_stays_whatever_is_published_r027(engine: Engine, tmp_path: Path) -> None:
    def by_hand(files: Files) -> None:
        with_the_new_category(files)
        files["areas.csv"][1] |= {"urgency": "2", "urgency_source": "a visit in May"}

    imported(engine, tmp_path, by_hand, date(2005, 12, 16))
    with session(engine) as opened:
        assert count_again(opened, date(2005, 12, 19), "tick", at(date(2005, 12, 19))) == []
    with session(engine, read_only=True) as opened:
        found = priority_of(opened, find_area(opened, "373"), date(2005, 12, 16))
    assert (found.concern, found.given_because) == (2, "a visit in May")


def faults(folder: Path, change: Callable[[Files], object]) -> list[ImportProblem]:
    files = right_files()
    counted(files)
    change(files)
    with pytest.raises(ImportRefused) as refused:
        read_folder(write_files(folder / "files", files))
    return list(refused.value.findings)


def test_an_index_set_by_hand_needs_its_reason_r027(tmp_path: Path) -> None:
    (found,) = faults(tmp_path, lambda files: files["areas.csv"][0].update(urgency_source=""))
    assert (found.file, found.row, found.column) == ("areas.csv", 2, "urgency_source")
    assert "needs its reason" in found.message


def test_an_area_needs_ratings_or_an_index_r023(tmp_path: Path) -> None:
    (found,) = faults(tmp_path, lambda files: files["areas.csv"][0].update(urgency="", urgency_source=""))
    assert (found.file, found.row, found.column) == ("areas.csv", 2, "urgency")


@pytest.mark.parametrize(
    ("row", "column", "value", "says"),
    [
        (rating("cpa_categry", "fair", date(2004, 1, 9)), "measure", "cpa_categry", "cpa_category"),
        (rating("cpa_category", "fairish", date(2004, 1, 9)), "value", "fairish", "fair"),
    ],
)
def test_unknown_measures_and_values_are_named_with_the_nearest_r023(
    tmp_path: Path, row: dict[str, str], column: str, value: str, says: str
) -> None:
    (found,) = faults(tmp_path, lambda files: files["ratings.csv"].append(row))
    assert (found.file, found.row, found.column, found.value) == ("ratings.csv", 6, column, value)
    assert says in found.advice


def test_two_values_of_one_measure_on_one_day_are_refused_r023(tmp_path: Path) -> None:
    (found,) = faults(tmp_path, lambda files: files["ratings.csv"].append(rating("cpa_category", "good")))
    assert (found.file, found.row) == ("ratings.csv", 6)
    assert "row 4" in found.message


def test_a_rating_later_than_the_planning_day_is_refused_and_nothing_applied_r020(
    engine: Engine, tmp_path: Path
) -> None:
    with pytest.raises(ImportRefused) as refused:
        imported(engine, tmp_path, with_the_new_category, PLANNED_ON)
    (found,) = refused.value.findings
    assert (found.file, found.row, found.column) == ("ratings.csv", 6, "published_on")
    assert found.advice == "Correct the day, or import it from 2005-12-16 on."
    with session(engine, read_only=True) as opened:
        assert opened.exec(select(Area)).all() == []


def test_other_weights_of_a_policy_give_another_index_r023(home: Path) -> None:
    name = write_policy(home, "cautious", DEFAULT.replace("fair = 5", "fair = 6"))
    rules: ConcernRules = load_policy(name).concern
    assert concern_on([cpa("fair")], rules, PLANNED_ON).value == 6
    write_policy(home, "shouting", DEFAULT.replace("fair = 5", "Fair = 5"))
    with pytest.raises(InvalidPolicy, match="'Fair' of cpa_category must be in small letters"):
        load_policy("shouting")


def compared(*rows: tuple[str, str, int]) -> Callable[[Files], object]:
    columns = ("area", "comparator", "rank")
    cells = [dict(zip(columns, map(str, row), strict=True)) for row in rows]
    return lambda files: files.update({"comparators.csv": cells})


def test_an_area_is_seen_beside_its_statistical_neighbours_the_nearest_first_r130_r181(
    engine: Engine, tmp_path: Path
) -> None:
    imported(engine, tmp_path, compared(("373", "201", 2), ("373", "875", 1)), PLANNED_ON)
    with session(engine, read_only=True) as opened:
        found = priority_of(opened, find_area(opened, "373"), PLANNED_ON).compared
    assert [(other.name, other.concern) for other in found] == [("Cheshire", 4), ("City of London", 1)]


@pytest.mark.parametrize(
    ("row", "column", "says"),
    [(("373", "373", 1), "comparator", "not like itself"), (("373", "201", 11), "rank", "10 others at most")],
)
def test_an_area_has_ten_comparators_at_most_and_none_is_itself_r181(
    tmp_path: Path, row: tuple[str, str, int], column: str, says: str
) -> None:
    (found,) = faults(tmp_path, compared(row))
    assert (found.file, found.row, found.column) == ("comparators.csv", 2, column)
    assert says in found.message
