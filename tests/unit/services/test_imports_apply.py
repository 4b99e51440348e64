"""An import makes the tables equal to the files: all or nothing, and never against a published plan."""

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, func
from sqlmodel import SQLModel, col, select

from models import (
    Absence,
    Activity,
    Area,
    AuditEntry,
    Contact,
    CriticalEvent,
    EventDecision,
    Inspector,
    InspectorSkill,
    PartnerMember,
    PlannedStage,
    PlanVersion,
    Programme,
    Rating,
    Reminder,
    SchoolHoliday,
    Step,
    TeamPlace,
    session,
)
from services import audit
from services.imports import ImportRefused, ImportSummary, import_folder
from tests.import_files import Rows, right_files, write_files

AT = datetime(2005, 8, 1, 9, tzinfo=UTC)


def take(engine: Engine, tmp_path: Path, files: dict[str, Rows] | None = None) -> ImportSummary:
    return import_folder(engine, write_files(tmp_path / "files", files or right_files()), "planner", AT)


def rows(engine: Engine, model: type[SQLModel]) -> list:
    with session(engine, read_only=True) as opened:
        return list(opened.exec(select(model)))


def count(engine: Engine, model: type[SQLModel]) -> int:
    with session(engine, read_only=True) as opened:
        return opened.exec(select(func.count()).select_from(model)).one()


def test_days_of_people_become_half_open_spans(engine, tmp_path):
    take(engine, tmp_path)
    absence, holiday = rows(engine, Absence)[0], rows(engine, SchoolHoliday)[0]
    assert (absence.start_on, absence.end_on) == (date(2006, 1, 9), date(2006, 1, 14))
    assert (holiday.start_on, holiday.end_on) == (date(2006, 4, 10), date(2006, 4, 22))


def test_every_area_gets_a_review_and_an_assessment_and_due_inspections_their_window(engine, tmp_path):
    """R013, R015, R097: the programme's activities, each under the framework of its kind."""
    take(engine, tmp_path)
    found = {own.code: own for own in rows(engine, Activity)}
    assert sorted(found) == ["201-ca", "201-jar", "373-ca", "373-jar", "373-yot", "875-ca", "875-jar"]
    assert found["201-jar"].framework_id == "jar-2005"
    due = found["373-yot"]
    assert (due.window_start_on, due.window_end_on) == (date(2006, 3, 6), date(2006, 5, 30))


def test_the_framework_chooses_the_extent_that_the_file_leaves_open(engine, tmp_path):
    """R077: fieldwork is proportionate to need."""
    files = right_files()
    files["areas.csv"][0]["extent"] = "standard"
    for row in files["areas.csv"][1:]:
        row["extent"] = ""
    take(engine, tmp_path, files)
    extents = {own.code: own.extent for own in rows(engine, Area)}
    assert extents == {"201": "standard", "373": "full", "875": "standard"}
    assert {own.code: own.extent for own in rows(engine, Activity)}["373-jar"] == "full"


def test_an_import_leaves_one_entry_in_the_audit_log(engine, tmp_path):
    summary = take(engine, tmp_path)
    (entry,) = rows(engine, AuditEntry)
    assert (entry.who, entry.action, entry.at) == ("planner", "import", AT)
    after = json.loads(entry.after)
    assert after["digest"] == summary.digest
    assert after["changes"]["Area"] == [3, 0, 0]


def test_a_refused_import_applies_nothing(engine, tmp_path):
    files = right_files()
    files["areas.csv"][2]["urgency"] = "eleven"
    with pytest.raises(ImportRefused):
        take(engine, tmp_path, files)
    assert [count(engine, model) for model in (Programme, Area, Inspector, AuditEntry)] == [0, 0, 0, 0]


def test_the_same_files_again_change_nothing(engine, tmp_path):
    take(engine, tmp_path)
    ids = sorted(own.id for own in rows(engine, Absence) + rows(engine, Contact))
    assert not take(engine, tmp_path).is_any
    assert sorted(own.id for own in rows(engine, Absence) + rows(engine, Contact)) == ids


def test_changed_facts_replace_the_old_ones(engine, tmp_path):
    take(engine, tmp_path)
    files = right_files()
    files["areas.csv"][1]["urgency"] = "2"
    files["absences.csv"][0]["last_day"] = "2006-01-20"
    files["inspectors.csv"][4]["skills"] = "education"
    summary = take(engine, tmp_path, files)
    changes = {c.table: (c.added, c.changed, c.removed) for c in summary.changes if c.is_any}
    assert changes["Absence"] == (1, 0, 1)
    assert changes["InspectorSkill"] == (0, 0, 1)
    assert changes["Area"] == (0, 1, 0)
    assert {own.code: own.urgency for own in rows(engine, Area)}["373"] == 2


def test_areas_may_exchange_their_names(engine, tmp_path):
    take(engine, tmp_path)
    files = right_files()
    one, other = files["areas.csv"][:2]
    one["name"], other["name"] = other["name"], one["name"]
    take(engine, tmp_path, files)
    assert {own.code: own.name for own in rows(engine, Area)}["201"] == "Sheffield"


def test_what_vanished_is_removed(engine, tmp_path):
    take(engine, tmp_path)
    take(engine, tmp_path, _without_sheffield_and_a_person())
    assert {own.code for own in rows(engine, Area)} == {"201", "875"}
    assert "I5" not in {own.code for own in rows(engine, Inspector)}
    assert not [own for own in rows(engine, Activity) if own.area_code == "373"]
    assert "I5" not in {own.inspector_code for own in rows(engine, InspectorSkill)}
    assert [own.area_code for own in rows(engine, PartnerMember)] == ["875"]
    assert [own.area_code for own in rows(engine, Rating)] == ["875"]


def test_an_inspection_that_is_no_longer_due_is_removed(engine, tmp_path):
    take(engine, tmp_path)
    take(engine, tmp_path, right_files() | {"inspections_due.csv": []})
    assert "373-yot" not in {own.code for own in rows(engine, Activity)}


def test_what_a_published_plan_needs_may_not_vanish(engine, tmp_path):
    take(engine, tmp_path)
    _store_plan(engine, "published")
    with pytest.raises(ImportRefused) as refused:
        take(engine, tmp_path, _without_sheffield_and_a_person())
    found = [(own.file, own.value) for own in refused.value.findings]
    assert found == [("areas.csv", "373"), ("inspectors.csv", "I5")]
    assert count(engine, Area) == 3


def test_an_area_in_whose_log_an_event_stands_may_not_vanish(engine, tmp_path):
    """R095: the log stays; so does an inspection that an event pulls forward."""
    take(engine, tmp_path)
    with session(engine) as opened:
        event = CriticalEvent(
            area_code="373", kind="death", happened_on=date(2005, 7, 1), source="a letter", seriousness="grave",
            recorded_by="planner", recorded_at=AT, recorded_on=date(2005, 7, 2),
        )  # fmt: skip
        opened.add(event)
        opened.flush()
        pulled = opened.exec(select(Activity).where(col(Activity.code) == "373-yot")).one()
        opened.add(
            EventDecision(
                event_id=event.id or 0, decision="pull_forward", decided_by="Ofsted", decided_on=date(2005, 7, 3),
                why="urgent", activity_id=pulled.id, recorded_by="planner", recorded_at=AT,
            )
        )  # fmt: skip
    with pytest.raises(ImportRefused, match="critical events in it are recorded"):
        take(engine, tmp_path, _without_sheffield_and_a_person())
    with pytest.raises(ImportRefused, match="an event needs it"):
        take(engine, tmp_path, right_files() | {"inspections_due.csv": []})


def test_facts_may_change_under_a_published_plan_which_keeps_its_dates_and_is_stale(engine, tmp_path):
    take(engine, tmp_path)
    _store_plan(engine, "published")
    files = right_files()
    files["areas.csv"][1]["urgency"] = "9"
    take(engine, tmp_path, files)
    activity = next(own for own in rows(engine, Activity) if own.code == "373-jar")
    assert (activity.plan_version, activity.precision, activity.revision) == (1, "final", 3)
    assert [count(engine, model) for model in (PlannedStage, TeamPlace, Step, Reminder)] == [1, 1, 1, 1]
    assert rows(engine, PlanVersion)[0].is_stale


def test_a_draft_plan_does_not_hold_what_vanished_and_becomes_stale(engine, tmp_path):
    take(engine, tmp_path)
    _store_plan(engine, "draft", has_begun=False)
    take(engine, tmp_path, _without_sheffield_and_a_person())
    assert rows(engine, PlanVersion)[0].is_stale
    assert rows(engine, TeamPlace)[0].inspector_code is None


def _without_sheffield_and_a_person() -> dict[str, Rows]:
    files = right_files()
    for name, own in files.items():
        files[name] = [
            r for r in own if "373" not in (r.get("area"), r.get("code")) and r.get("code") != "I5"
        ]
    return files | {"conflicts.csv": []}


def _store_plan(engine: Engine, status: str, has_begun: bool = True) -> None:
    """A plan with one stage and one seat in Sheffield, published with a step and a reminder unless it is a draft."""
    with session(engine) as opened:
        opened.add(
            PlanVersion(
                version=1, option="3", status=status, problem_hash="", problem_json="", plan_json="", result_json="",
                uncovered_places=0, date_cost=1, team_cost=1, created_by="planner", created_at=AT,
            )
        )  # fmt: skip
        opened.flush()
        stage = {"start_on": date(2006, 1, 9), "end_on": date(2006, 1, 16)}
        opened.add(PlannedStage(plan_version=1, activity_code="373-jar", stage="analysis", **stage))
        opened.add(TeamPlace(plan_version=1, activity_code="373-jar", skill="education", inspector_code="I5"))
        if not has_begun:
            return
        activity = opened.exec(select(Activity).where(col(Activity.code) == "373-jar")).one()
        activity.plan_version, activity.precision, activity.revision = 1, "final", 3
        step = Step(
            activity_id=activity.id, step_id="analysis", position=1, kind="stage", name="Analysis", **stage
        )
        opened.add(step)
        opened.flush()
        opened.add(
            Reminder(
                activity_id=activity.id, step_id=step.id, rule="before", occurrence=5, due_on=date(2006, 1, 9),
                remind_on=date(2006, 1, 2), recipient="x@y.example", role="director",
            )
        )  # fmt: skip


def changes(engine: Engine, files: dict[str, Rows], tmp_path: Path) -> dict[str, tuple[Any, Any]]:
    """What the log says of the facts that an import changed, before and after by subject."""
    take(engine, tmp_path, files)
    query = select(AuditEntry).where(AuditEntry.action == "change facts").order_by(col(AuditEntry.id))
    with session(engine, read_only=True) as opened:
        rows = opened.exec(query).all()
    assert all(row.who == "planner" and row.why == "import of files" for row in rows)
    return {row.subject: (json.loads(row.before or ""), json.loads(row.after or "")) for row in rows}


def test_the_log_tells_of_every_changed_fact_how_it_was_and_how_it_is(engine: Engine, tmp_path: Path) -> None:
    assert changes(engine, right_files(), tmp_path) == {}  # all that is new is as its files say
    files = right_files()
    files["areas.csv"][1]["urgency"] = "9"
    files["contacts.csv"][0]["email"] = "new@c201.example"
    files["absences.csv"].clear()
    files["inspections_due.csv"].clear()
    found = changes(engine, files, tmp_path)
    assert found["373 area"] == ([{"urgency": 7}], [{"urgency": 9}])
    assert found["201 contacts"] == ([{"email": "director@c201.example"}], [{"email": "new@c201.example"}])
    assert found["I1 absences"][1] == []
    assert found["I1 absences"][0][0]["start_on"] == "2006-01-09"
    assert found["373-yot activity"][1] == []
    assert len(found) == 4


def test_the_log_of_an_area_holds_its_changed_facts(engine: Engine, tmp_path: Path) -> None:
    take(engine, tmp_path)
    files = right_files()
    files["areas.csv"][1]["urgency"] = "9"
    changes(engine, files, tmp_path)
    with session(engine, read_only=True) as opened:
        assert [entry.subject for entry in audit.log(opened, audit.LogFilter(area="373"))] == ["373 area"]
        assert audit.log(opened, audit.LogFilter(area="201")) == []
