"""england-2009 is what its README says: 152 authorities, 456 visits that nobody can guess, a plan proven cheapest."""

import csv
import hashlib
import re
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select
from starlette.testclient import TestClient

from cli.demonstration import demo
from cli.demonstration.demonstrations import REGIME
from cli.demonstration.rehearsal import rehearse
from console.app import create_app
from console.context import Context
from models import Activity, Area, PlannedStage, Step, make_engine, session
from scheduler.checking.checker import SHORTAGE_RULES, check
from scheduler.cost import date_terms, make_plan
from scheduler.solving.solver import solve
from scheduler.values.problem import Problem
from scheduler.values.result import Result, SolveParams, Status
from services.audit import Word
from services.days.recurrence import year_of
from services.days.weeks import WEEK, monday_of
from services.imports import Batch, import_batch, read_folder
from services.plans.plan_store import store_plan
from services.plans.publication import publish
from services.problem import build_problem
from services.programme import rules_of
from services.rating.profiles import read_profile
from services.rating.quarters import Quarter
from services.rating.regimes import regime_on
from services.shown.shown_plan import Audience, read_plan
from tests.fakes import FakeTransport
from tests.known import known
from tests.signing_in import cookies_of, sign_in_as
from tests.unit.console.crawling import crawl

ROOT = Path(__file__).parents[2]
ENGLAND = ROOT / "examples" / "england-2009"
PLANNED_ON = date(2009, 3, 2)
AT = datetime(2009, 3, 2, 9, tzinfo=UTC)
PLAYED_UNTIL = date(2009, 5, 8)
QUARTER = Quarter(2009, 3)
YEARS = ("2009", "2010", "2011")
VISIT_WORDS = re.compile(r"unannounced|\bcra\b|contact, referral", re.IGNORECASE)


def rows(name: str) -> list[dict[str, str]]:
    with (ENGLAND / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def batch() -> Batch:
    return read_folder(ENGLAND)


@pytest.fixture(scope="module")
def imported(batch: Batch, migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    """Windows are drawn with the seed of the stored plan."""
    path = tmp_path_factory.mktemp("regime") / "jarcycle.db"
    path.write_bytes(migrated_file.read_bytes())
    engine = make_engine(f"sqlite:///{path}")
    with session(engine) as opened:
        import_batch(opened, batch, "test", AT, Random(1))
    return engine


@pytest.fixture(scope="module")
def problem(imported: Engine) -> Problem:
    with session(imported, read_only=True) as opened:
        return build_problem(opened, 4)


@pytest.fixture(scope="module")
def solved(problem: Problem) -> Result:
    return solve(problem, SolveParams(dates_seconds=20, teams_seconds=10, gap_target=0.001))


def first_days() -> dict[str, date]:
    """Of the stored plan, by activity: each is one stage long."""
    return {row["activity"]: date.fromisoformat(row["first_day"]) for row in rows("plans/plan.csv")}


def stored_starts(problem: Problem) -> dict[str, tuple[int, ...]]:
    return {code: ((monday_of(day) - problem.first_monday).days // 7,) for code, day in first_days().items()}


def test_the_files_are_those_of_the_manifest() -> None:
    lines = (ENGLAND / "MANIFEST.sha256").read_text().splitlines()
    listed = dict(reversed(line.split("  ")) for line in lines)
    files = [*ENGLAND.glob("*.csv"), *(ENGLAND / "sources").glob("*.csv")]
    assert {
        str(file.relative_to(ENGLAND)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files
    } == listed


def test_making_the_example_again_gives_the_same_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "examples"))
    import make_england_2009

    make_england_2009.main(tmp_path)
    for file in ENGLAND.glob("*.csv"):
        assert (tmp_path / file.name).read_bytes() == file.read_bytes()


def test_the_authorities_are_real_and_all_else_is_marked_as_made_up(batch: Batch) -> None:
    """The nine of April 2009 are among them: Bedfordshire and Cheshire are two each."""
    names = {area.name for area in batch.areas}
    assert len(names) == 152
    assert names >= {"Bedford", "Central Bedfordshire", "Cheshire East", "Cheshire West and Chester"}
    assert not names & {"Bedfordshire", "Cheshire"}
    assert all(row["is_drawn"] == "yes" for row in rows("ratings.csv"))
    assert all(row["is_synthetic"] == "yes" for row in rows("inspectors.csv"))
    assert all(contact.email.endswith(".example") for contact in batch.contacts)


def test_456_visits_and_152_inspections_are_planned(problem: Problem) -> None:
    """R140, R143: one visit in each area in each of three financial years, one inspection."""
    assert Counter(activity.kind for activity in problem.activities) == {"cra": 456, "sglac": 152}


def test_the_stored_plan_keeps_every_rule_and_is_proven_within_half_a_per_cent(problem: Problem) -> None:
    starts = stored_starts(problem)
    found = check(problem, make_plan(problem, starts, ()))
    assert [broken for broken in found if broken.rule not in SHORTAGE_RULES] == []
    (figures,) = rows("plans/figures.csv")
    cost, bound = int(figures["cost"]), int(figures["bound"])
    assert sum(date_terms(problem, starts).values()) == cost > 0
    assert 0 <= cost - bound <= 0.005 * cost
    assert f"| {cost} |" in (ROOT / "docs" / "england-2009.md").read_text(encoding="utf-8")


def test_dates_and_teams_are_found_within_half_a_per_cent_of_the_bound(
    problem: Problem, solved: Result
) -> None:
    """R144: every team has its people of both bodies."""
    assert solved.uncovered_places == 0
    assert check(problem, known(solved.plan)) == ()
    assert solved.dates.status in (Status.OPTIMAL, Status.FEASIBLE)
    cost, bound = known(solved.dates.cost), known(solved.dates.bound)
    assert 0 <= cost - bound <= 0.005 * cost
    (figures,) = rows("plans/figures.csv")
    assert bound <= int(figures["cost"])
    assert int(figures["bound"]) <= cost


def test_the_visits_of_each_year_are_spread_over_half_of_it(imported: Engine) -> None:
    """R068, R140: at least 26 weeks, and each in its own financial year."""
    with session(imported, read_only=True) as opened:
        rule = known(rules_of(opened).frameworks["contact-visit-2009"].recurrence)
    days = {code: day for code, day in first_days().items() if "-cra-" in code}
    for year in YEARS:
        of_year = [day for code, day in days.items() if code.endswith(year)]
        assert len(of_year) == 152
        assert max(of_year) - min(of_year) >= 26 * WEEK
        assert {year_of(rule, day) for day in of_year} == {int(year)}


def test_no_visit_is_near_the_weeks_of_the_year_before_or_in_one_of_the_inspection() -> None:
    """R026, R068: at least four clear weeks away from last year's week, and from the same week a year on."""
    days = first_days()
    for area in {code.partition("-")[0] for code in days}:
        visits = [monday_of(days[f"{area}-cra-{year}"]) for year in YEARS]
        for before, after in pairwise(visits):
            assert after - before > 4 * WEEK
            assert abs(after - before - 52 * WEEK) > 4 * WEEK
        first = days[f"{area}-sglac"]
        weeks = {monday_of(first + timedelta(days=number)) for number in (0, 11)}
        assert not weeks & set(visits)


def test_where_the_last_grade_was_low_the_inspection_is_early() -> None:
    """R027."""
    grades = {row["area"]: row["value"] for row in rows("ratings.csv")}
    found: dict[str, list[date]] = defaultdict(list)
    for code, day in first_days().items():
        if code.endswith("-sglac"):
            found[grades[code.partition("-")[0]]].append(day)
    assert max(found["1"]) < min(found["4"])
    assert max(found["2"]) < min(found["4"])


@pytest.fixture(scope="module")
def played(
    imported: Engine, problem: Problem, solved: Result, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Engine, FakeTransport]:
    """Published, and played until the first visits are signed off."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JARCYCLE_HOME", str(tmp_path_factory.mktemp("home")))
        with session(imported) as opened:
            version = store_plan(opened, problem, solved, "4", "test", AT)
            publish(opened, version, "indicative", Word("test", AT, PLANNED_ON))
            assert read_plan(opened, version, audience=Audience.AUTHORITY).activities == ()
        transport = FakeTransport()
        rehearse(imported, date(2009, 4, 14), PLAYED_UNTIL, transport)
    return imported, transport


def known_to_areas(engine: Engine) -> set[str]:
    """Activities whose visit or notice is signed off."""
    with session(engine, read_only=True) as opened:
        query = select(Activity.code).join(Step, col(Step.activity_id) == col(Activity.id))
        signed = query.where(col(Step.step_id).in_(["visit", "notice"]), Step.state == "done")
        return set(opened.exec(signed))


def test_the_authoritys_side_of_the_plan_has_only_what_it_knows(played: tuple[Engine, FakeTransport]) -> None:
    """R068."""
    engine, _ = played
    with session(engine, read_only=True) as opened:
        seen = {row.row.code for row in read_plan(opened, 1, audience=Audience.AUTHORITY).activities}
    assert seen == known_to_areas(engine)
    assert {code.split("-")[1] for code in seen} == {"cra", "sglac"}
    assert len(seen) < 100


def test_no_page_of_an_authority_has_a_visit_that_is_to_come(played: tuple[Engine, FakeTransport]) -> None:
    """R068: three that have had theirs find it by following links, three that wait find no word and no date."""
    engine, _ = played
    visited = {code[:3] for code in known_to_areas(engine) if "-cra-" in code}
    with session(engine, read_only=True) as opened:
        areas = sorted(set(opened.exec(select(Activity.area_code))))
        days = dict(opened.exec(select(PlannedStage.activity_code, PlannedStage.start_on)).all())
    assert len(visited) >= 3
    waiting = [area for area in areas if area not in visited]
    for area in waiting[:3]:
        text = pages_of(engine, area)
        assert not VISIT_WORDS.search(text)
        assert not any(days[f"{area}-cra-{year}"].isoformat() in text for year in YEARS)
    for area in sorted(visited)[:3]:
        text = pages_of(engine, area)
        assert VISIT_WORDS.search(text)
        assert f"{area}-cra-2010" not in text


def pages_of(engine: Engine, area: str) -> str:
    """All that somebody of an authority reaches by following links."""
    at = datetime.combine(PLAYED_UNTIL, AT.time(), UTC)
    context = Context(engine, lambda: PLAYED_UNTIL, lambda: at, "", "token", FakeTransport())
    browser = TestClient(create_app(context), base_url="http://localhost")
    browser.cookies.update(
        cookies_of(sign_in_as(engine, "authority", login=f"of-{area}", area_code=area, at=at))
    )
    found = crawl(browser, 2)
    assert found.wrong == {}
    assert len(found.pages) > 5
    return "\n".join(found.pages.values())


def test_only_directors_who_may_know_have_heard(played: tuple[Engine, FakeTransport]) -> None:
    """R068, R142: the first of them hear of the letter that follows."""
    engine, transport = played
    may_hear = {code[:3] for code in known_to_areas(engine)}
    directors = {row["email"]: row["area"] for row in rows("contacts.csv") if row["area"]}
    told = {address for mail in transport.messages for address in str(mail["To"]).split(", ")}
    heard = {directors[address] for address in told & directors.keys()}
    assert heard
    assert heard <= may_hear


def test_the_demonstration_reads_the_profiles_once(imported: Engine) -> None:
    """R149: the page of a rating then shows something."""
    said: list[str] = []
    for _ in range(2):
        demo._read_profiles(imported, REGIME, said.append)
    assert said == ["  2 performance profiles of profiles-2009 read"] * 2
    with session(imported, read_only=True) as opened:
        profile = read_profile(opened, opened.get_one(Area, "816"), regime_on(REGIME.opens_on), QUARTER)
    assert len(profile.groups) == 9
