"""Areas that begin and end within the programme, and polls that one area alone has."""

from datetime import date

import pytest
from sqlmodel import col, select

from models import Activity, Area, AuditEntry, PlanVersion, session
from services.casework.steps import blocked_publication
from services.imports import ImportRefused, import_folder, read_folder
from services.problem import build_problem
from tests.import_files import Rows, right_files, write_files
from tests.tables import AT, WHO

CHESHIRE, EAST = "875", "895"


def files_with(planned_on: str = "2005-08-01", **cheshire: str) -> dict[str, Rows]:
    """Cheshire ends on 30 June 2007, Cheshire East follows it on the day after."""
    files = right_files()
    files["programme.csv"][0]["planned_on"] = planned_on
    files["inspections_due.csv"] = []
    for area in files["areas.csv"]:
        area |= {"begins_on": "", "ends_on": "", "follows": ""}
    old = next(area for area in files["areas.csv"] if area["code"] == CHESHIRE)
    old |= {"ends_on": "2007-06-30"} | cheshire
    new = {"code": EAST, "gss_code": "E06000049", "name": "Cheshire East", "option": ""}
    files["areas.csv"].append(old | new | {"begins_on": "2007-07-01", "ends_on": "", "follows": CHESHIRE})
    files["contacts.csv"].append(files["contacts.csv"][0] | {"area": EAST, "email": "director@c895.example"})
    return files


def codes(database) -> dict[str, str]:
    """The state of every activity of the two."""
    with session(database, read_only=True) as opened:
        query = select(Activity.code, Activity.state).where(col(Activity.area_code).in_([CHESHIRE, EAST]))
        return dict(opened.exec(query).all())


def test_as_long_as_an_area_has_time_its_review_is_its_own_and_ends_before_it_does(database, tmp_path):
    import_folder(database, write_files(tmp_path / "files", files_with()), WHO, AT)
    assert codes(database) == {"875-jar": "planned", "875-ca": "planned"}
    with session(database, read_only=True) as opened:
        problem = build_problem(opened, 3)
    review = next(activity for activity in problem.activities if activity.id == "875-jar")
    last = (date(2007, 6, 30) - problem.first_monday).days // 7
    weeks = sum(stage.duration_weeks + stage.lag_max_weeks for stage in review.stages)
    assert review.start_window.end - 1 + weeks <= last + 1


def test_what_an_area_can_no_longer_do_passes_to_the_one_that_follows(database, tmp_path):
    import_folder(database, write_files(tmp_path / "files", files_with()), WHO, AT)
    later = files_with("2007-06-25")
    import_folder(database, write_files(tmp_path / "files", later), WHO, AT)
    assert codes(database) == {"895-jar": "planned", "895-ca": "planned"}
    with session(database, read_only=True) as opened:
        problem = build_problem(opened, 3)
    review = next(activity for activity in problem.activities if activity.id == "895-jar")
    assert review.start_window.first >= (date(2007, 7, 2) - problem.first_monday).days // 7


def test_what_was_published_for_an_area_that_has_ended_is_called_off(database, tmp_path):
    import_folder(database, write_files(tmp_path / "files", files_with()), WHO, AT)
    publish(database, "875-jar")
    import_folder(database, write_files(tmp_path / "files", files_with("2007-06-25")), WHO, AT)
    assert codes(database) == {"875-jar": "cancelled", "895-jar": "planned", "895-ca": "planned"}
    with session(database, read_only=True) as opened:
        (entry,) = opened.exec(select(AuditEntry).where(AuditEntry.action == "lapse"))
    assert (entry.subject, entry.why) == ("875-jar", "Its area ends on 2007-06-30, before it could be done.")


def test_what_an_area_has_begun_stays_with_it(database, tmp_path):
    import_folder(database, write_files(tmp_path / "files", files_with()), WHO, AT)
    publish(database, "875-jar", "done")
    import_folder(database, write_files(tmp_path / "files", files_with("2007-06-25")), WHO, AT)
    assert codes(database) == {"875-jar": "done", "895-ca": "planned"}


def test_a_later_round_is_not_of_an_area_that_has_ended(database, tmp_path):
    """R013: what it did in the first round is no reason for a second."""
    import_folder(database, write_files(tmp_path / "files", files_with()), WHO, AT)
    publish(database, "875-jar", "done")
    second = files_with("2008-09-01")
    second["programme.csv"][0] |= {
        "round": "2",
        "first_start_on": "2009-01-05",
        "last_start_on": "2009-03-30",
    }
    import_folder(database, write_files(tmp_path / "files", second), WHO, AT)
    assert codes(database) == {"875-jar": "done", "895-jar-2": "planned", "895-ca-2": "planned"}


def publish(database, code: str, state: str = "planned") -> None:
    with session(database) as opened:
        plan = PlanVersion(
            option="3",
            status="published",
            problem_hash="",
            problem_json="",
            plan_json="",
            result_json="",
            uncovered_places=0,
            date_cost=0,
            team_cost=0,
            created_by=WHO,
            created_at=AT,
        )
        opened.add(plan)
        opened.flush()
        activity = opened.exec(select(Activity).where(Activity.code == code)).one()
        activity.plan_version, activity.state = plan.version, state


@pytest.mark.parametrize(
    ("row", "cells", "column", "message"),
    [
        (3, {"follows": EAST}, "follows", "does not follow itself"),
        (2, {"ends_on": ""}, "follows", "has no last day"),
        (3, {"begins_on": "2007-06-30"}, "follows", "does not begin after that"),
        (3, {"ends_on": "2007-01-01"}, "ends_on", "earlier than begins_on"),
        (3, {"follows": "999"}, "follows", "no such code"),
    ],
)
def test_lives_that_contradict_each_other_are_named(tmp_path, row, cells, column, message):
    files = files_with()
    files["areas.csv"][row] |= cells
    with pytest.raises(ImportRefused) as refused:
        read_folder(write_files(tmp_path / "files", files))
    found = [fault for fault in refused.value.findings if fault.column == column]
    assert found, refused.value.findings
    assert message in found[0].message


def test_a_poll_in_one_area_holds_back_its_report_alone(database, tmp_path):
    files = right_files()
    days = {"polling_on": "2007-05-03", "pre_election_start_on": "2007-04-12"}
    files["elections.csv"] = [{"area_type": "all", "area": "373", "kind": "local", "note": ""} | days]
    import_folder(database, write_files(tmp_path / "files", files), WHO, AT)
    with session(database, read_only=True) as opened:
        areas = opened.exec(select(Area.code)).all()
        blocked = {code: blocked_publication(opened, code) for code in areas}
    assert blocked == {"201": [], "373": [(date(2007, 4, 12), date(2007, 5, 4))], "875": []}
