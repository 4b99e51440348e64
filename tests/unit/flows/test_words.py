"""What people read in Prefect's pages: names of runs, tables and pages, progress."""

from dataclasses import replace
from datetime import date

import pytest

from flows.artifacts.programme_artifacts import area_page, status_description, status_row
from flows.artifacts.solve_progress import (
    point_in_words,
    stored_figures,
    stored_in_words,
    stored_rows,
    trace_rows,
)
from flows.names import day_run_name, stage_run_name, tag
from scheduler.values.result import TracePoint
from services.casework.actions import RequiredAction
from services.casework.step_turns import Action
from services.shown.outlook import StepLine
from services.solves.solving import Solved
from tests import tables
from tests.complete import complete, complete_plan


def step(**changes: object) -> StepLine:
    usual: dict[str, object] = {
        "step": 1, "activity": "373-jar", "kind": "jar", "activity_name": "Joint area review", "area_code": "373",
        "area": "Sheffield", "region": "Yorkshire", "step_id": "fieldwork", "step_kind": "stage", "name": "Fieldwork",
        "first_on": date(2006, 9, 4), "last_on": date(2006, 9, 15), "actual_on": None, "state": "planned",
        "is_late": False, "is_in_hand": False, "is_hard": True,
        "acts": ("Leader of the review team",), "signs": "", "rule": "",
        "waits_for": (), "precision": "final",
    }  # fmt: skip
    return StepLine(**(usual | changes))  # type: ignore[arg-type]


def test_a_stage_run_is_named_as_people_speak_of_it() -> None:
    name = stage_run_name("Sheffield", "JAR", "fieldwork", date(2006, 9, 4))
    assert name == "Sheffield - JAR - fieldwork, 4 September 2006"
    assert stage_run_name("Luton", "CA", "the on-site weeks", date(2006, 1, 9)) == (
        "Luton - CA - on-site weeks, 9 January 2006"
    )


def test_a_name_is_never_longer_than_prefect_takes() -> None:
    assert len(stage_run_name("A" * 300, "JAR", "fieldwork", date(2006, 9, 4))) <= 200


def test_daily_runs_carry_their_day_and_tags_their_kind() -> None:
    assert day_run_name("Tick", date(2006, 1, 9)) == "Tick of 9 January 2006"
    assert tag("area", "Sheffield") == "area: Sheffield"


def test_the_table_says_what_is_next_and_whether_anything_is_late() -> None:
    row = status_row(
        [step(state="done"), step(name="Draft report", first_on=date(2006, 11, 10), is_late=True)]
    )
    assert (row["area"], row["next"], row["date"]) == ("Sheffield", "JAR: Draft report", "2006-11-10")
    assert (row["state"], row["late?"]) == ("Late: not begun", "1 step")
    assert row["console"].endswith("/areas/373")


def test_an_area_in_which_all_is_done_says_so() -> None:
    row = status_row([step(state="done")])
    assert (row["next"], row["date"], row["state"], row["late?"]) == ("all done", "-", "Done", "")


@pytest.mark.parametrize(
    ("late", "finding"),
    [(["1 step", ""], "2 areas in the published programme, 1 late."), (["", ""], "none late.")],
)
def test_the_table_s_finding_comes_first(late: list[str], finding: str) -> None:
    assert finding in status_description([{"late?": words} for words in late])


def test_an_empty_programme_says_so() -> None:
    assert status_description([]).startswith("No programme is published yet.")


def test_an_area_s_page_says_who_does_what_when() -> None:
    page = area_page(
        [step(), step(name="Publication", first_on=date(2007, 3, 26), last_on=date(2007, 3, 26))]
    )
    assert "# Sheffield" in page
    assert "## Joint area review (final dates)" in page
    assert "| 4 to 15 September 2006 | Fieldwork | Planned | Leader of the review team |" in page
    assert "| 26 March 2007 | Publication |" in page


def test_an_area_s_page_says_what_was_waived_and_why() -> None:
    page = area_page([step(waivers=("signed off without Hypotheses for fieldwork: Illness",))])
    assert "| Planned; waived: signed off without Hypotheses for fieldwork: Illness |" in page


def test_the_table_says_what_is_required_first_and_of_which_role() -> None:
    late, ahead = action(due=date(2006, 9, 1), is_late=True), action(what="Plans", is_ahead=True)
    row = status_row([step(required=(ahead, action(), late))])
    assert row["waits for"] == "Leader of the review team: Sign off: Fieldwork"
    assert status_row([step(required=(ahead,))])["waits for"] == ""


def action(**changes: object) -> RequiredAction:
    usual: dict[str, object] = {
        "area_code": "373", "area": "Sheffield", "activity": "373-jar", "step": "fieldwork", "step_name": "Fieldwork",
        "action": Action.SIGN_OFF, "what": "", "role": "team_leader", "role_name": "Leader of the review team",
        "since": date(2006, 9, 1), "due": date(2006, 9, 18), "is_late": False,
    }  # fmt: skip
    return RequiredAction(**(usual | changes))  # type: ignore[arg-type]


def test_a_pipe_in_a_name_breaks_no_table() -> None:
    assert "a \\| b" in area_page([step(name="a | b")])


def test_progress_says_cost_bound_and_gap_or_what_is_unknown() -> None:
    known = TracePoint(seconds=12.3, phase="dates", incumbent=1000, bound=990)
    unknown = TracePoint(seconds=1, phase="dates", incumbent=None, bound=5)
    assert point_in_words(known) == "dates after 12 s: cost 1,000, bound 990, gap 1 per cent"
    assert point_in_words(unknown) == "dates after 1 s: cost none yet, bound 5, gap -"
    assert trace_rows([unknown, known])[0]["incumbent"] == "-"
    assert len(trace_rows([known] * 500)) == 60


def solved(has_plan: bool = True, version: int | None = 3) -> Solved:
    """A solve whose stored plan costs something else than its last news said."""
    problem = complete()
    result = tables.result_of(problem, complete_plan() if has_plan else None)
    return Solved(7, "3", version, problem, result)


def test_what_a_solve_stored_is_told_by_its_plan() -> None:
    costs = complete_plan().costs
    figures = stored_figures(solved())
    assert (figures["plan"], figures["date cost"], figures["team cost"]) == (
        3,
        costs.date_cost,
        costs.team_cost,
    )
    assert figures["uncovered places"] == costs.uncovered_places
    words = stored_in_words(solved())
    assert words.startswith(f"plan 3 is stored: dates cost {costs.date_cost:,}, ")
    assert f"teams cost {costs.team_cost:,}" in words
    assert [(row["phase"], row["incumbent"]) for row in stored_rows(solved())] == [
        ("dates, stored", costs.date_cost)
    ]


def test_without_a_plan_no_figure_of_the_progress_is_told() -> None:
    assert stored_in_words(solved(has_plan=False, version=None)) == "no plan is stored: unknown"
    stopped = replace(solved(has_plan=False, version=None), was_stopped=True)
    assert stored_in_words(stopped) == "stopped: no plan is stored: unknown"
    assert stored_rows(solved(has_plan=False, version=None)) == []
    figures = stored_figures(solved(has_plan=False, version=None))
    assert {figures[name] for name in ("plan", "date cost", "date gap", "team cost")} == {None}
