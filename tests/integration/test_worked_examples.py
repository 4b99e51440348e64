"""Examples worked out by hand for the casework, through the services: those that no test of a single rule has."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import select

from config.framework_files import FOLDER
from models import Evidence, Partner, PlanVersion, Step, session
from scheduler.events import CriticalIncident
from scheduler.replanning.result import ReplanParams
from scheduler.values.result import SolveParams
from services.audit import Word
from services.casework.circulation import circulate, circulation_lists
from services.errors import PlanRefused
from services.imports import import_folder
from services.plans.publication import publish
from services.problem.build import build_problem
from services.problem.standing import Standing, standings
from services.solves.replanning import Replanned, replan_stored
from services.solves.solving import Asker, solve_option
from tests import regime
from tests.import_files import Rows, write_files
from tests.known import known
from tests.replaying import Replay, a_team, as_published, one_area, step_of, to_waive
from tests.tables import AT, PLANNED_ON, WHO, at, fill, published, store

PLACES = ("safeguarding", "looked_after", "special_needs")


def adopted(engine: Engine, folder: Path, day: date, starts: dict[str, date]) -> None:
    """A review of York with these first days is known on a day."""
    files = one_area("816", day, date(2007, 12, 31))
    files["programme.csv"][0]["frameworks"] = "jar-2005"
    files["past_reviews.csv"] = as_published("816", "jar", starts)
    files["past_teams.csv"] = a_team("816", *PLACES)
    import_folder(engine, write_files(folder / "files", files), WHO, at(day))


@pytest.mark.parametrize(
    ("starts", "noticed", "is_update"),
    [
        ({"analysis": date(2006, 9, 11), "fieldwork": date(2006, 10, 2)}, date(2006, 6, 19), True),
        ({"analysis": date(2007, 3, 12), "fieldwork": date(2007, 4, 16)}, date(2006, 12, 18), False),
    ],
)
def test_a_self_assessment_for_the_annual_assessment_is_updated_and_a_year_later_asked_anew(
    engine: Engine, tmp_path: Path, starts: dict[str, date], noticed: date, is_update: bool
) -> None:
    """R072, R116, R120 (C2): it came on 28 February 2006."""
    adopted(engine, tmp_path, date(2006, 6, 1), starts)
    with session(engine) as opened:
        came = {"received_on": date(2006, 2, 28), "asked_on": date(2006, 1, 3), "due_on": date(2006, 2, 28)}
        opened.add(
            Evidence(
                area_code="816",
                content="self_assessment",
                name="Self-assessment for the annual assessment",
                asked_of="director",
                state="accepted",
                **came,
            )
        )
    Replay(engine).run(noticed, noticed + timedelta(days=1))
    with session(engine, read_only=True) as opened:
        query = select(Evidence).where(Evidence.content == "self_assessment", Evidence.asked_on == noticed)
        asked = opened.exec(query).one()
    assert asked.is_update is is_update
    brings = "Brings up to date what came in on 28 February 2006." if is_update else ""
    assert asked.note == brings


def three_weeks(home: Path, *changes: tuple[str, str]) -> None:
    """Our framework in the home, with fieldwork of three weeks."""
    text = (FOLDER / "jar-2005.toml").read_text(encoding="utf-8")
    for old, new in (("duration_weeks = 2", "duration_weeks = 3"), *changes):
        assert old in text
        text = text.replace(old, new, 1)
    (home / "frameworks").mkdir()
    (home / "frameworks" / "jar-2005.toml").write_text(text, encoding="utf-8")


@pytest.mark.parametrize(
    ("fieldwork", "waiver"),
    [
        (date(2006, 1, 30), ""),
        (date(2006, 2, 6), "'Analysis week' to 'Fieldwork' takes 7 weeks, the rule is 6 (R050)"),
    ],
)
def test_fieldwork_of_three_weeks_needs_a_waiver_after_three_clear_weeks_only(
    engine: Engine, home: Path, tmp_path: Path, fieldwork: date, waiver: str
) -> None:
    """R050 (C1): 9 January to 17 February 2006 are six weeks."""
    three_weeks(home)
    adopted(engine, tmp_path, date(2005, 9, 5), {"analysis": date(2006, 1, 9), "fieldwork": fieldwork})
    with session(engine, read_only=True) as opened:
        step = step_of(opened, "816-jar", "fieldwork")
        assert step.waiver_needed == waiver
        assert [action.step for action in to_waive(opened, date(2005, 9, 6))] == ["fieldwork"] * bool(waiver)
        if not waiver:
            assert known(step.end_on) == date(2006, 2, 18)


def test_a_draft_framework_is_solved_and_not_published(engine: Engine, home: Path) -> None:
    """R001 (C1)."""
    three_weeks(home, ('status = "published"', 'status = "draft"'))
    with session(engine) as opened:
        fill(opened, 1)
    params = SolveParams(dates_seconds=2.0, teams_seconds=1.0, num_workers=1)
    version = known(solve_option(engine, 3, params, Asker(WHO, lambda: AT), profile="quick").version)
    with session(engine) as opened, pytest.raises(PlanRefused, match="its status is 'draft'"):
        publish(opened, version, "indicative", Word(WHO, AT, PLANNED_ON))
    with session(engine, read_only=True) as opened:
        assert opened.get_one(PlanVersion, version).status == "draft"
        assert opened.exec(select(Step)).all() == []


def test_two_days_in_the_week_of_7_june_2010_are_wednesday_and_thursday(
    engine: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R141 (C1): 9 and 10 June, not 7 to 11."""
    monkeypatch.setenv("JARCYCLE_HOME", str(regime.FOLDER / "home"))
    files: dict[str, Rows] = {}
    for path in regime.FOLDER.glob("*.csv"):
        with path.open(encoding="utf-8") as file:
            files[path.name] = list(csv.DictReader(file))
    files["programme.csv"][0] |= {
        "planned_on": "2010-05-03",
        "first_start_on": "2010-05-03",
        "last_start_on": "2011-03-31",
    }
    files["past_reviews.csv"] = as_published("855", "cra", {"visit": date(2010, 6, 7)})
    folder = tmp_path / "files"
    folder.mkdir()
    for name, rows in files.items():
        if rows:
            with (folder / name).open("w", encoding="utf-8", newline="") as file:
                writer = csv.DictWriter(file, list(rows[0]))
                writer.writeheader()
                writer.writerows(rows)
        else:
            (folder / name).write_bytes((regime.FOLDER / name).read_bytes())
    import_folder(engine, folder, WHO, at(date(2010, 5, 3)))
    with session(engine, read_only=True) as opened:
        visit = opened.exec(select(Step).where(Step.step_id == "visit")).one()
        assert (visit.start_on, visit.end_on) == (date(2010, 6, 9), date(2010, 6, 11))


def replanned_on_1_march(engine: Engine, within_weeks: int) -> Replanned:
    """The assessment of Cheshire, in the weeks of its review, is pulled forward; York's review is under way."""
    day = date(2006, 3, 1)
    with session(engine, read_only=True) as opened:
        now = (day - build_problem(opened, 3).first_monday).days // 7
    event = CriticalIncident(area="cheshire", within_weeks=within_weeks, activity="cheshire-ca")
    params = ReplanParams(now_week=now, num_workers=1, with_alternatives=False)
    return replan_stored(engine, 1, event, params, Asker(WHO, lambda: AT, day=day))


def test_a_review_under_way_stays_when_an_assessment_is_pulled_forward(engine: Engine) -> None:
    """R019, R043 (C0, C8): 24 April 2006, as of 1 March, though the assessment is to begin within twelve weeks."""
    with session(engine) as opened:
        fill(opened, 2)
        mondays = {"sheffield": date(2006, 4, 24), "cheshire": date(2006, 9, 4)}
        publish(opened, store(opened, mondays), "indicative", Word(WHO, AT, PLANNED_ON))
    Replay(engine).run_weekly(date(2006, 1, 30), date(2006, 2, 27)).run(date(2006, 2, 28), date(2006, 2, 28))
    with session(engine, read_only=True) as opened:
        assert standings(opened)["sheffield-jar"] is Standing.UNDER_WAY
    answer = replanned_on_1_march(engine, 12)
    plan = known(answer.result.main).plan
    first = answer.result.problem.first_monday
    begins = {
        code: [first + timedelta(weeks=week) for week in weeks] for code, weeks in plan.starts().items()
    }
    assert begins["sheffield-jar"] == [date(2006, 4, 24), date(2006, 5, 15)]
    assert begins["cheshire-ca"][0] <= date(2006, 5, 22)


def test_the_draft_of_7_april_2006_goes_to_seven_organisations_each_ticked(engine: Engine) -> None:
    """R066 (C18): eight weeks after fieldwork that ended on 10 February."""
    published(engine, 1)
    names = [f"Organisation {number}" for number in range(1, 8)]
    with session(engine) as opened:
        opened.add_all(
            Partner(
                area_code="sheffield", name=name, kind="partner", chief_officer="Amy Wye", email="a@p.example"
            )
            for name in names
        )
    Replay(engine).run_weekly(date(2005, 10, 17), date(2006, 4, 3)).run(date(2006, 4, 6), date(2006, 4, 7))
    with session(engine) as opened:
        (listed,) = circulation_lists(opened, "sheffield-jar")
        assert (listed.out_on, listed.num_sent) == (date(2006, 4, 7), 0)
        assert [recipient.organisation for recipient in listed.recipients] == names
        for number, name in enumerate(names, start=1):
            day = date(2006, 4, 10)
            listed = circulate(opened, "sheffield-jar", [name], day, Word(WHO, at(day), day))
            assert listed.num_sent == number
