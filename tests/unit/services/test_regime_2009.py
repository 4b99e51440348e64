"""A programme of the regime of 2009 (R140-R147): an unannounced visit each financial year, one long inspection.

No word of the first regime is in its files: it is imported, solved, published and run for a year as it stands.
"""

import re
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from random import Random, SystemRandom

import pytest
from sqlalchemy import Engine
from sqlmodel import col, select

from cli.main import main
from cli.shown.exit_codes import ExitCode
from config.framework_files import FOLDER as OURS
from config.framework_files import frameworks
from models import Activity, PlannedStage, Step, session
from services.audit import Word
from services.days.recurrence import year_of
from services.imports import import_batch, importing, read_folder
from services.plans.cancelling import cancel
from services.problem import build_problem
from services.programme import rules_of
from services.shown.attention import concerns
from services.shown.chart_words import which_plan
from services.shown.round_progress import rounds
from services.shown.shown_plan import read_plan
from tests.engines import quick_engine
from tests.known import known
from tests.regime import AT, FOLDER, PLANNED_ON, solved_home


@pytest.fixture(scope="module")
def regime(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A home with the frameworks and the policy, its programme solved and published."""
    home = solved_home(tmp_path_factory.mktemp("regime"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("JARCYCLE_HOME", str(home))
        yield home


@pytest.fixture
def engine(regime: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Engine]:
    """A copy of its database."""
    monkeypatch.setenv("JARCYCLE_HOME", str(regime))
    found = quick_engine(f"sqlite:///{shutil.copy(regime / 'jarcycle.db', tmp_path)}")
    yield found
    found.dispose()


def test_the_folder_has_no_word_of_another_regime() -> None:
    known = frameworks([OURS]).values()
    kinds = {framework.kind for framework in known if not framework.is_valid_on(date(2009, 4, 1))}
    words = re.compile(rf"\b({'|'.join(sorted(kinds))})\b", re.IGNORECASE)
    texts = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.rglob("*") if path.is_file()}
    assert [name for name, text in texts.items() if words.search(text)] == []


def test_each_area_has_a_visit_for_the_year_and_an_inspection(engine: Engine) -> None:
    """R140, R143: two kinds in six areas are twelve activities, and all are published."""
    with session(engine, read_only=True) as opened:
        found = list(opened.exec(select(Activity).order_by(col(Activity.code))))
    assert len(found) == 12
    assert [row.code for row in found[:2]] == ["830-cra-2009", "830-sglac"]
    assert {row.plan_version for row in found} == {1}


def test_what_is_due_once_by_a_day_waits_at_the_price_of_urgency_and_a_yearly_visit_at_none(
    engine: Engine,
) -> None:
    """R027, R143: a visit has a window of its own."""
    with session(engine, read_only=True) as opened:
        problem = build_problem(opened, 4)
    prices = {activity.id: activity.urgency_price for activity in problem.activities}
    assert {price for code, price in prices.items() if "-cra-" in code} == {0}
    assert 0 < prices["855-sglac"] < prices["831-sglac"] < prices["856-sglac"]


def test_the_visits_are_spread_over_half_the_year(engine: Engine) -> None:
    """R068: at least 26 weeks lie between the first and the last of them, and each is in its year."""
    with session(engine, read_only=True) as opened:
        rule = known(rules_of(opened).frameworks["contact-visit-2009"].recurrence)
        query = select(PlannedStage.start_on).where(col(PlannedStage.activity_code).like("%-cra-%"))
        starts = sorted(opened.exec(query))
    assert {year_of(rule, day) for day in starts} == {2009}
    assert (starts[-1] - starts[0]).days >= 26 * 7


def test_no_visit_is_in_a_week_of_the_areas_inspection(engine: Engine) -> None:
    """R026."""
    with session(engine, read_only=True) as opened:
        stages = list(opened.exec(select(PlannedStage)))
    weeks: dict[str, set[date]] = {}
    for stage in stages:
        count = (stage.end_on - stage.start_on).days // 7
        mondays = {stage.start_on + timedelta(weeks=number) for number in range(count)}
        assert not weeks.setdefault(stage.activity_code[:3], set()) & mondays
        weeks[stage.activity_code[:3]] |= mondays
    assert {len(taken) for taken in weeks.values()} == {3}


def test_on_1_february_areas_without_a_visit_have_42_working_days_left(engine: Engine) -> None:
    """R140: 2 February to 31 March 2010."""
    with session(engine) as opened:
        visit = opened.exec(select(Activity).where(Activity.code == "855-cra-2009")).one()
        others = opened.exec(select(Activity).where(col(Activity.code).like("%-cra-%"))).all()
        for other in others:
            other.state = "planned" if other is visit else "done"
        opened.flush()
        found = {due.kind: due for due in rounds(opened, date(2010, 2, 1))}
        told = {concern.kind: concern.message for concern in concerns(opened, date(2010, 2, 1))}
        before = {concern.kind for concern in concerns(opened, date(2010, 1, 31))}
    assert [without.area for without in found["cra"].without] == ["Leicestershire"]
    assert (found["cra"].working_days_left, found["cra"].begun) == (42, 5)
    assert found["cra"].period == "in 2009-10"
    assert "1 area without" in told["without-cra"]
    assert "42 working days left" in told["without-cra"]
    assert "Leicestershire" not in told["without-cra"], "Prefect passes it on"
    assert "without-cra" not in before
    assert "without-sglac" not in told, "there is time until March 2012"


def test_a_visit_across_the_end_of_the_year_counts_by_its_first_day_and_is_named(engine: Engine) -> None:
    """R140: Wednesday 31 March and Thursday 1 April 2010."""
    with session(engine) as opened:
        visit = opened.exec(select(Activity).where(Activity.code == "855-cra-2009")).one()
        (step,) = opened.exec(select(Step).where(Step.activity_id == visit.id, Step.kind == "stage"))
        step.start_on, step.end_on = date(2010, 3, 31), date(2010, 4, 2)
        opened.flush()
        (found,) = (due for due in rounds(opened, date(2010, 2, 1)) if due.kind == "cra")
    assert found.across == ("855-cra-2009",)
    assert found.period == "in 2009-10"


def test_the_command_names_areas_and_days(engine: Engine, monkeypatch: pytest.MonkeyPatch, capsys) -> None:
    monkeypatch.setenv("JARCYCLE_DATABASE_URL", str(engine.url))
    assert main(["round", "--as-of", "2010-02-01"]) == 0
    shown = capsys.readouterr()
    assert "Leicestershire" in shown.out
    assert "6 to come by 31 March 2010; 42 working days left." in shown.err
    assert main(["round", "--as-of", "2010-02-01", "--json"]) == 0
    assert '"working_days_left": 42' in capsys.readouterr().out


def test_two_working_days_from_a_wednesday(engine: Engine) -> None:
    """R141: 9 and 10 June 2010, not the whole week from the 7th."""
    with session(engine, read_only=True) as opened:
        steps = opened.exec(select(Step).where(Step.step_id == "visit")).all()
    assert len(steps) == 6
    for step in steps:
        start, end = known(step.start_on), known(step.end_on)
        assert (start.strftime("%A"), (end - start).days) == ("Wednesday", 2)


def test_a_visit_that_is_planned_anew_stays_in_its_year_and_is_counted_once(engine: Engine) -> None:
    """R140."""
    with session(engine) as opened:
        cancel(opened, "855-cra-2009", Word("test", AT, PLANNED_ON, "the team is ill"), again=True)
        (found,) = (due for due in rounds(opened, date(2010, 2, 1)) if due.kind == "cra")
        assert [missing.activity for missing in found.without if missing.area == "Leicestershire"] == [
            "855-cra-2009-again"
        ]
        problem = build_problem(opened, 4)
        anew = next(activity for activity in problem.activities if activity.id == "855-cra-2009-again")
        import_batch(opened, read_folder(FOLDER), "test", AT, Random(2))
        assert opened.exec(select(Activity.state).where(Activity.code == anew.id)).one() == "planned"
    first, last = (
        problem.first_monday + timedelta(weeks=week)
        for week in (anew.start_window.first, anew.start_window.end - 1)
    )
    assert (first, last) == (date(2009, 4, 6), date(2010, 3, 22))


def test_options_are_refused_and_not_named_where_there_is_no_pair(
    engine: Engine, monkeypatch, capsys
) -> None:
    """R030-R037: nothing is sequenced."""
    monkeypatch.setenv("JARCYCLE_DATABASE_URL", str(engine.url))
    for command in (["solve", "--option", "2"], ["solve", "--option", "all"], ["options"]):
        assert main(command) == ExitCode.INVALID_INPUT
        assert "policy regime_2009 names no pair of kinds" in capsys.readouterr().err
    with session(engine, read_only=True) as opened:
        assert which_plan(read_plan(opened, 1), None, is_stale=False) == "Plan 1, published"


def test_the_weeks_of_visits_are_drawn_by_the_machines_own_chance(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R068: a seed that somebody knows would tell them all."""
    drawn: list[int] = []

    class Watched(SystemRandom):
        def choice(self, seq):  # type: ignore[no-untyped-def]
            drawn.append(len(seq))
            return super().choice(seq)

    monkeypatch.setattr(importing, "SystemRandom", Watched)
    with session(engine) as opened:
        batch = read_folder(FOLDER)
        longer = batch.programme.model_copy(update={"last_start_on": date(2011, 3, 31)})
        import_batch(opened, replace(batch, programme=longer), "test", AT)
    assert len(drawn) >= 6
    assert min(drawn) > 10, "from so many weeks each is drawn"
