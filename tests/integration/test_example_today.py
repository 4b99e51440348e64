"""england-today is what its README says: real inspections, every doubt told, and a plan that keeps every rule."""

import csv
import hashlib
import shutil
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from cli.demonstration.demonstrations import USUAL, find_demonstration
from cli.demonstration.rehearsal import rehearse
from cli.main import main
from cli.shown.errors import WrongUsage
from models import Activity, Contact, Step, make_engine, session
from scheduler.checking.checker import check
from scheduler.cost import date_terms, make_plan
from scheduler.values.problem import Problem
from services.audit import Word
from services.days.weeks import monday_of
from services.imports import Batch, ImportRefused, import_folder, read_folder
from services.plans.plan_store import store_plan
from services.plans.publication import publish
from services.problem import build_problem
from services.shown.shown_plan import Audience, read_plan
from tests.fakes import FakeTransport
from tests.tables import result_of

ROOT = Path(__file__).parents[2]
TODAY = ROOT / "examples" / "england-today"
PLANNED_ON = date(2025, 8, 29)
AT = datetime(2025, 8, 29, 9, tzinfo=UTC)


def rows(name: str) -> list[dict[str, str]]:
    with (TODAY / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def batch() -> Batch:
    return read_folder(TODAY)


@pytest.fixture(scope="module")
def imported(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Engine:
    path = tmp_path_factory.mktemp("today") / "jarcycle.db"
    path.write_bytes(migrated_file.read_bytes())
    engine = make_engine(f"sqlite:///{path}")
    import_folder(engine, TODAY, "test", AT)
    return engine


@pytest.fixture(scope="module")
def problem(imported: Engine) -> Problem:
    with session(imported, read_only=True) as opened:
        return build_problem(opened, 4)


def stored_starts(problem: Problem) -> dict[str, tuple[int, ...]]:
    """Start weeks of the stored plan, in the order of the problem's stages."""
    weeks = {
        (row["activity"], row["stage"]): (
            monday_of(date.fromisoformat(row["first_day"])) - problem.first_monday
        ).days
        // 7
        for row in rows("plans/plan.csv")
    }
    return {own.id: tuple(weeks[own.id, stage.id] for stage in own.stages) for own in problem.activities}


def test_the_files_are_those_of_the_manifest() -> None:
    listed = dict(reversed(line.split("  ")) for line in (TODAY / "MANIFEST.sha256").read_text().splitlines())
    files = [*TODAY.glob("*.csv"), *(TODAY / "sources").glob("*.csv")]
    assert {
        str(file.relative_to(TODAY)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files
    } == listed


def test_making_the_example_again_gives_the_same_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "examples"))
    import make_england_today

    make_england_today.main(tmp_path)
    for file in (*TODAY.glob("*.csv"), TODAY / "history" / "doubtful.csv"):
        assert (tmp_path / file.relative_to(TODAY)).read_bytes() == file.read_bytes()


def test_all_153_authorities_are_there_and_nobody_is_named(batch: Batch) -> None:
    assert Counter(area.type for area in batch.areas) == {
        "unitary": 60,
        "metropolitan district": 36,
        "london borough": 33,
        "county": 24,
    }
    assert batch.inspectors == ()
    assert all(contact.email.endswith(".example") for contact in batch.contacts)
    assert {contact.name.partition(",")[0] for contact in batch.contacts if contact.area} == {
        "Director of children's services",
        "Chief executive",
    }


def test_every_published_inspection_is_imported_and_every_doubt_is_kept(batch: Batch) -> None:
    source = rows("sources/inspections.csv")
    assert len(batch.ratings) == len(source) == 574
    assert sorted(
        (rating.area, rating.measure, rating.published_on.isoformat()) for rating in batch.ratings
    ) == sorted((row["dfe_code"], row["kind"], row["published_on"]) for row in source)
    doubtful = rows("history/doubtful.csv")
    assert len(doubtful) == 23
    assert sum("in doubt: " in rating.source for rating in batch.ratings) == 23


def test_doubtful_last_inspections_are_remarked_on_and_count(batch: Batch) -> None:
    """Cambridgeshire: days unknown, published on 13 May 2025, taken to have ended 42 working days before."""
    told = [remark for remark in batch.remarks if "is in doubt" in remark.message]
    assert len(told) == sum(row.doubt is not None for row in batch.last_inspections) > 0
    row = next(row for row in batch.last_inspections if (row.area, row.kind) == ("873", "area_send"))
    assert (row.ended_on, row.outcome) == (date(2025, 3, 11), "2")
    assert "its days are unknown" in (row.doubt or "")


def test_an_outcome_that_is_no_overall_grade_is_refused_with_the_nearest(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(TODAY, tmp_path / "files"))
    file = folder / "last_inspections.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(",outstanding,", ",outstandin,", 1), encoding="utf-8")
    with pytest.raises(ImportRefused) as refused:
        read_folder(folder)
    (found,) = refused.value.findings
    assert (found.file, found.column, found.value) == ("last_inspections.csv", "outcome", "outstandin")
    assert found.message == "ilacs-2018 has no such overall grade."
    assert "'outstanding'" in found.advice


def test_without_inspectors_only_a_programme_of_pools_is_taken(tmp_path: Path) -> None:
    """R055-R059: a framework with teams needs people."""
    folder = Path(shutil.copytree(TODAY, tmp_path / "files"))
    file = folder / "programme.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("jtai-2016", "jtai-2016;jar-2005"), encoding="utf-8")
    with pytest.raises(ImportRefused) as refused:
        read_folder(folder)
    headers = [
        found.file
        for found in refused.value.findings
        if found.message == "this file has a header but no rows."
    ]
    assert headers == ["skills.csv", "inspectors.csv"]


@pytest.mark.parametrize(
    ("cells", "doubt"),
    [
        ({"start_on": date(2024, 5, 13), "end_on": date(2024, 5, 10)}, "it ends before it starts"),
        ({"start_on": date(2024, 3, 4), "end_on": date(2024, 3, 8)}, "its days overlap with those of row 1"),
        ({"start_on": date(2024, 4, 8), "end_on": date(2024, 4, 12)}, ""),
    ],
)
def test_days_that_can_not_be_are_told(
    cells: dict[str, date], doubt: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "examples"))
    from drawing.today.inspections import SHORT, Inspection, doubts

    usual = {
        "area": "373",
        "name": "Sheffield",
        "kind": SHORT,
        "published_on": date(2024, 6, 21),
        "result": "good",
    }
    first = Inspection(row=1, start_on=date(2024, 2, 26), end_on=date(2024, 3, 8), **usual)  # type: ignore[arg-type]
    other = Inspection(row=2, **usual | cells)  # type: ignore[arg-type]
    assert doubts([first, other]).get(2, "") == doubt


def test_who_was_good_gets_a_week_and_all_others_two(imported: Engine, problem: Problem) -> None:
    weeks = {activity.id: len(activity.stages) for activity in problem.activities if activity.kind == "ilacs"}
    with session(imported, read_only=True) as opened:
        found = opened.exec(
            select(Activity.code, Activity.last_outcome).where(Activity.kind == "ilacs")
        ).all()
    assert len(found) == 153
    for code, outcome in found:
        assert weeks[code] == (1 if outcome in ("good", "outstanding") else 2)


def test_the_stored_plan_keeps_every_rule_and_costs_what_the_page_says(problem: Problem) -> None:
    starts = stored_starts(problem)
    assert check(problem, make_plan(problem, starts, ())) == ()
    page = (ROOT / "docs" / "england-today.md").read_text(encoding="utf-8")
    assert f"| {sum(date_terms(problem, starts).values())} |" in page


def test_no_date_reaches_an_authority_before_its_notice(
    imported: Engine, problem: Problem, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R068: the plan is published, played for three days, and looked at from both sides."""
    monkeypatch.setenv("JARCYCLE_HOME", str(tmp_path))
    plan = make_plan(problem, stored_starts(problem), ())
    with session(imported) as opened:
        version = store_plan(opened, problem, result_of(problem, plan), "4", "test", AT)
        publish(opened, version, "indicative", Word("test", AT, PLANNED_ON))
        assert read_plan(opened, version, audience=Audience.AUTHORITY).activities == ()
    transport = FakeTransport()
    rehearse(imported, date(2025, 9, 1), date(2025, 9, 4), transport)
    with session(imported, read_only=True) as opened:
        noticed = set(
            opened.exec(
                select(Activity.code)
                .join(Step, col(Step.activity_id) == col(Activity.id))
                .where(Step.step_id == "notification", Step.state == "done")
            )
        )
        seen = read_plan(opened, version, audience=Audience.AUTHORITY).activities
        assert {activity.row.code for activity in seen} == noticed
        areas = {code.partition("-")[0] for code in noticed}
        may_hear = set(opened.exec(select(Contact.email).where(col(Contact.area_code).in_(areas))))
        theirs = set(opened.exec(select(Contact.email).where(col(Contact.area_code).is_not(None))))
    assert 5 < len(noticed) < len(problem.activities)
    told = {address for message in transport.messages for address in str(message["To"]).split(", ")}
    assert told & theirs
    assert told & theirs <= may_hear


def test_an_example_that_no_demonstration_plays_is_refused() -> None:
    assert find_demonstration(None) is USUAL
    with pytest.raises(WrongUsage, match="Choose one of: england-2005, england-2009, england-today"):
        find_demonstration("yorkshire-2005")


def test_an_example_is_named_for_a_demonstration_only(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["up", "--example", "england-today"]) == 2
    assert "Give both, or leave it out." in capsys.readouterr().err
