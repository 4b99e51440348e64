import io
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar, Event
from openpyxl import load_workbook
from sqlalchemy import Engine
from sqlmodel import select

from config import framework_files
from models import Activity, Inspector, PlanVersion, Step, TeamPlace, session
from scheduler.checking.checker import check
from scheduler.values.documents import load_plan, load_problem
from services.audit import Word
from services.casework.advancing import advance
from services.casework.sign_offs import agree_date, sign_off
from services.casework.steps import last_day
from services.casework.waiver_reasons import WaiverReason
from services.errors import NotFound, Refused
from services.naming.steps import find_step_of
from services.plans.publication import publish
from services.shown.exports import DOCUMENTS, Export, Format, export_plan
from services.shown.shown_plan import Audience, Selection
from tests import tables
from tests.people import holder
from tests.people import sign as signs

AS_OF = date(2006, 2, 1)
CHESHIRE = Selection(areas=frozenset({"cheshire"}))


def export(engine: Engine, version: int, format: Format, **arguments: Any) -> Export:
    with session(engine, read_only=True) as opened:
        return export_plan(opened, version, format, **({"as_of": AS_OF} | arguments))


def events(engine: Engine, version: int, **arguments: Any) -> dict[str, Event]:
    calendar = Calendar.from_ical(export(engine, version, Format.ICS, **arguments).content)
    return {str(event["UID"]): event for event in calendar.walk("VEVENT")}


def sheet(engine: Engine, version: int, name: str, **arguments: Any) -> list[dict[str, Any]]:
    content = export(engine, version, Format.XLSX, **arguments).content
    head, *rows = load_workbook(io.BytesIO(content))[name].iter_rows(values_only=True)
    return [dict(zip(head, row, strict=True)) for row in rows]


def moved(engine: Engine, precision: str = "confirmed") -> int:
    """A second plan, published after the first one, with another week for Cheshire."""
    with session(engine) as opened:
        version = tables.store(opened, {"cheshire": date(2006, 6, 12)})
        publish(opened, version, precision, Word(tables.WHO, tables.AT, tables.PLANNED_ON))
    return version


# --- Documents ----------------------------------------------------------------------------------------------


def test_the_documents_are_what_check_verifies(engine: Engine) -> None:
    version = tables.published(engine)
    problem = load_problem(export(engine, version, Format.PROBLEM).content.decode())
    plan = load_plan(export(engine, version, Format.JSON).content.decode())
    assert plan.problem_hash == problem.hash
    assert check(problem, plan) == ()


@pytest.mark.parametrize("format", DOCUMENTS)
def test_a_part_of_a_document_is_refused(engine: Engine, format: Format) -> None:
    version = tables.published(engine, 2)
    with pytest.raises(Refused, match="holds the whole plan"):
        export(engine, version, format, selection=CHESHIRE)
    with pytest.raises(Refused, match="R068"):
        export(engine, version, format, audience=Audience.AUTHORITY)


def test_an_unknown_version_is_refused(engine: Engine) -> None:
    version = tables.published(engine, 1)
    with pytest.raises(NotFound, match="The newest is 1"):
        export(engine, version + 1, Format.SVG)


@pytest.mark.parametrize("format", Format)
def test_the_same_facts_give_the_same_bytes(engine: Engine, format: Format) -> None:
    version = tables.published(engine, 2)
    assert export(engine, version, format) == export(engine, version, format)


@pytest.mark.parametrize(
    ("format", "selection", "name"),
    [
        (Format.SVG, Selection(), "plan-1.svg"),
        (Format.ICS, CHESHIRE, "plan-1-cheshire.ics"),
        (Format.XLSX, Selection(who="cheshire-1"), "plan-1-cheshire-1.xlsx"),
        (Format.JSON, Selection(), "plan-1.json"),
        (Format.PROBLEM, Selection(), "problem-1.json"),
    ],
)
def test_a_file_is_named_after_what_is_in_it(
    engine: Engine, format: Format, selection: Selection, name: str
) -> None:
    assert export(engine, tables.published(engine, 2), format, selection=selection).name == name


def test_the_picture_and_the_page_show_the_areas_asked_for(engine: Engine) -> None:
    version = tables.published(engine)
    for format in (Format.SVG, Format.HTML):
        text = export(engine, version, format, selection=CHESHIRE).content.decode()
        assert "Cheshire" in text
        assert "Wigan" not in text


# --- Workbook and CSV ---------------------------------------------------------------------------------------


def test_the_programme_sheet_has_a_line_for_each_stage(engine: Engine) -> None:
    lines = sheet(engine, tables.published(engine), "Programme", selection=CHESHIRE)
    assert [(line["Stage"], line["First day"], line["Last day"]) for line in lines] == [
        (
            "Consultation with children, young people, parents and carers",
            datetime(2006, 1, 10),
            datetime(2006, 3, 3),
        ),
        ("Analysis week", datetime(2006, 3, 6), datetime(2006, 3, 10)),
        ("Fieldwork", datetime(2006, 3, 27), datetime(2006, 4, 7)),
        ("Corporate assessment on site", datetime(2006, 3, 27), datetime(2006, 4, 7)),
    ]
    assert {line["Status"] for line in lines} == {"final"}
    assert [line["Leader"] for line in lines] == ["Inspector 1.0"] * 3 + [None]


def test_the_deadlines_of_a_draft_are_those_it_would_have_once_published(engine: Engine) -> None:
    """R052, R089: draft report, action statement and the others."""
    with session(engine) as opened:
        tables.fill(opened, 2)
        version = tables.store(opened)
    before = [(line["Area"], line["Step"], line["Due"]) for line in sheet(engine, version, "Deadlines")]
    with session(engine) as opened:
        publish(opened, version, "indicative", Word(tables.WHO, tables.AT, tables.PLANNED_ON))
    after = [(line["Area"], line["Step"], line["Due"]) for line in sheet(engine, version, "Deadlines")]
    assert before == after
    assert ("Cheshire", "Draft report to the director", datetime(2006, 6, 2)) in after


def test_a_deadline_that_was_met_says_when(engine: Engine) -> None:
    version = tables.published(engine, 1)
    with session(engine) as opened:
        step = opened.exec(select(Step).where(Step.name == "Draft report to the council")).one()
        step.state, step.actual_on = "done", date(2006, 3, 30)
    lines = sheet(engine, version, "Deadlines")
    done = [(line["Step"], line["State"], line["Done on"]) for line in lines if line["State"]]
    assert done == [("Draft report to the council", "done", datetime(2006, 3, 30))]


def test_a_waiver_stands_beside_its_step_with_its_reason(engine: Engine) -> None:
    """R048, R094."""
    version = tables.published(engine)
    day = date(2006, 2, 13)
    with session(engine) as opened:
        draft = find_step_of(opened, "sheffield-jar", "draft_report")
        word = Word("Ann", tables.AT, tables.PLANNED_ON)
        ill = WaiverReason("illness", "the leader was away")
        agree_date(opened, draft.id or 0, date(2006, 4, 13), word, waiver=ill)
        visit = find_step_of(opened, "sheffield-ca", "on_site")
        notice = find_step_of(opened, "sheffield-ca", "notification")
        signs(opened, notice.id or 0, last_day(notice), Word("Ann", tables.AT, last_day(notice)))
        advance(opened, last_day(notice))
        advance(opened, day)
        word = Word("Ann", tables.AT, day)
        sign_off(opened, visit.id or 0, None, word, signer=holder(opened, visit), waiver=ill)
    (late,) = (
        row for row in sheet(engine, version, "Deadlines") if "agreed for 13 April 2006" in row["Rule"]
    )
    assert "the rule says 7 April 2006 at the latest: Illness: the leader was away" in late["Rule"]
    remarks = [row["Remark"] for row in sheet(engine, version, "Programme") if row["Remark"]]
    assert any("waived: signed off without" in remark for remark in remarks)


def test_teams_name_everybody_and_every_empty_place(engine: Engine) -> None:
    version = tables.published(engine, 1)
    with session(engine) as opened:
        opened.exec(select(TeamPlace).where(TeamPlace.skill == "looked_after")).one().inspector_code = None
    lines = sheet(engine, version, "Teams")
    assert [(line["Place"], line["Inspector"], line["Leader"]) for line in lines] == [
        ("Team leader", "Inspector 0.0", "yes"),
        ("Safeguarding", "Inspector 0.1", "no"),
        ("Looked After", "uncovered", "no"),
        ("Special Needs", "Inspector 0.3", "no"),
    ]
    assert {(line["First day"], line["Last day"]) for line in lines} == {
        (datetime(2006, 1, 9), datetime(2006, 2, 10))
    }


def test_about_says_which_plan_it_is_and_what_is_proven(engine: Engine) -> None:
    version = tables.published(engine)
    facts = {line["What"]: line["Value"] for line in sheet(engine, version, "About")}
    with session(engine, read_only=True) as opened:
        row = opened.get_one(PlanVersion, version)
    assert facts["Hash of the problem"] == row.problem_hash
    assert facts["Cost of dates"] == row.date_cost
    assert facts["Dates"] == "Proven to be the best possible"
    assert facts["Teams"] == "Not yet compared with a bound"
    told = {line["What"] for line in sheet(engine, version, "About", audience=Audience.AUTHORITY)}
    assert "Cost of dates" not in told
    assert "Finding" in told


def test_csv_has_the_lines_of_the_programme_sheet(engine: Engine) -> None:
    version = tables.published(engine)
    lines = export(engine, version, Format.CSV, selection=CHESHIRE).content.decode("utf-8-sig").splitlines()
    assert lines[0].startswith("Area code,Area,Region,Activity,Stage,First day,Last day,Status")
    assert lines[3] == (
        "cheshire,Cheshire,North West,Joint area review,Fieldwork,2006-03-27,2006-04-07,final,3,Inspector 1.0,no,"
    )
    assert len(lines) == 5


def test_a_draft_says_where_the_published_plan_had_a_stage(engine: Engine) -> None:
    tables.published(engine, precision="indicative")
    with session(engine) as opened:
        draft = tables.store(opened, {"cheshire": date(2006, 5, 8)})
    remarks = {
        line["Stage"]: line["Remark"] for line in sheet(engine, draft, "Programme", selection=CHESHIRE)
    }
    assert remarks["Fieldwork"] == "published for 27 March 2006"
    assert remarks["Consultation with children, young people, parents and carers"] is None


# --- Calendar -----------------------------------------------------------------------------------------------


def test_every_step_of_what_is_announced_is_an_event(engine: Engine) -> None:
    version = tables.published(engine)
    found = events(engine, version)
    with session(engine, read_only=True) as opened:
        assert len(found) == len(opened.exec(select(Step)).all())
    fieldwork = found["cheshire-jar-fieldwork@jarcycle.invalid"]
    assert str(fieldwork["SUMMARY"]) == "Cheshire: JAR fieldwork"
    assert (fieldwork.decoded("DTSTART"), fieldwork.decoded("DTEND")) == (date(2006, 3, 27), date(2006, 4, 8))
    assert str(fieldwork["LOCATION"]) == "Cheshire"
    assert "two clear weeks" not in str(fieldwork["DESCRIPTION"])
    assert "2 clear weeks after 'Analysis week'" in str(fieldwork["DESCRIPTION"])


def test_a_moved_activity_keeps_its_identity_and_raises_its_number(engine: Engine) -> None:
    before = events(engine, tables.published(engine, precision="indicative"))
    after = events(engine, moved(engine))
    assert before.keys() == after.keys()
    for uid, event in after.items():
        risen = event["SEQUENCE"] - before[uid]["SEQUENCE"]
        assert risen == (1 if uid.startswith("cheshire") else 0)
    fieldwork = after["cheshire-jar-fieldwork@jarcycle.invalid"]
    assert fieldwork.decoded("DTSTART") == date(2006, 7, 3)


@pytest.mark.parametrize(("precision", "status"), [("indicative", "TENTATIVE"), ("final", "CONFIRMED")])
def test_indicative_dates_are_tentative_events(engine: Engine, precision: str, status: str) -> None:
    """R018."""
    found = events(engine, tables.published(engine, precision=precision))
    assert {str(event["STATUS"]) for event in found.values()} == {status}


def test_a_cancelled_activity_stays_as_cancelled_with_a_higher_number(engine: Engine) -> None:
    version = tables.published(engine, 1)
    before = events(engine, version)
    with session(engine) as opened:
        opened.exec(select(Activity).where(Activity.kind == "ca")).one().state = "cancelled"
    after = events(engine, version)
    assert before.keys() == after.keys()
    cancelled = {uid for uid, event in after.items() if event["STATUS"] == "CANCELLED"}
    assert cancelled == {uid for uid in after if uid.startswith("sheffield-ca-")}
    assert all(after[uid]["SEQUENCE"] == before[uid]["SEQUENCE"] + 1 for uid in cancelled)


def test_a_draft_never_overwrites_published_events(engine: Engine) -> None:
    published = events(engine, tables.published(engine, precision="indicative"))
    with session(engine) as opened:
        draft = tables.store(opened, {"cheshire": date(2006, 5, 8)})
    found = events(engine, draft)
    assert published.keys().isdisjoint(found)
    assert {str(event["STATUS"]) for event in found.values()} == {"TENTATIVE"}


def test_an_inspectors_calendar_holds_what_concerns_the_inspector(engine: Engine) -> None:
    version = tables.published(engine)
    member = events(engine, version, selection=Selection(who="cheshire-2"))
    leader = events(engine, version, selection=Selection(who="cheshire-0"))
    names = {uid.removeprefix("cheshire-jar-").partition("@")[0] for uid in member}
    assert names == {"set_up", "analysis", "fieldwork"}
    assert set(member) < set(leader)
    assert "cheshire-jar-draft_report@jarcycle.invalid" in leader
    assert "cheshire-jar-action_statement@jarcycle.invalid" not in leader
    assert all(uid.startswith("cheshire-jar-") for uid in leader)


def test_who_has_left_a_team_hears_that_it_is_off(engine: Engine) -> None:
    tables.published(engine, 2, precision="indicative")
    with session(engine) as opened:
        second = tables.store(opened, {"cheshire": date(2006, 5, 8)})
        place = opened.exec(
            select(TeamPlace).where(
                TeamPlace.plan_version == second, TeamPlace.inspector_code == "cheshire-1"
            )
        ).one()
        place.inspector_code = "cheshire-2"
        opened.flush()
        opened.get_one(PlanVersion, 1).status = "superseded"
        opened.flush()
        opened.get_one(PlanVersion, second).status = "published"
        for own in opened.exec(select(Activity)):
            own.plan_version = second
    left = events(engine, second, selection=Selection(who="cheshire-1"))
    assert "cheshire-jar-fieldwork@jarcycle.invalid" in left
    assert {str(event["STATUS"]) for event in left.values()} == {"CANCELLED"}
    stayed = events(engine, second, selection=Selection(who="cheshire-3"))
    assert {str(event["STATUS"]) for event in stayed.values()} == {"TENTATIVE"}


# --- What leaves the house ----------------------------------------------------------------------------------


@pytest.fixture
def secret(engine: Engine, home: Path) -> int:
    """A plan with an inspection that is not announced, in Sheffield."""
    own = framework_files.FOLDER / "yot-inspection-2003.toml"
    text = own.read_text(encoding="utf-8").replace('id = "yot-inspection-2003"', 'id = "secret-2005"')
    text = text.replace('kind = "yot"', 'kind = "secret"\nannounce_from = "never"')
    text = text.replace("Youth offending team inspection", "Secret visit")
    (home / "frameworks").mkdir()
    (home / "frameworks" / "secret-2005.toml").write_text(text, encoding="utf-8")
    with session(engine) as opened:
        tables.fill(opened, 1)
        opened.add(
            Activity(
                code="sheffield-secret", area_code="sheffield", kind="secret", framework_id="secret-2005"
            )
        )
        opened.flush()
        return tables.store(opened)


def test_no_calendar_holds_an_unannounced_inspection(engine: Engine, secret: int) -> None:
    """R068."""
    found = events(engine, secret)
    assert found
    assert not [uid for uid in found if "secret" in uid]


@pytest.mark.parametrize("format", [Format.SVG, Format.HTML, Format.CSV, Format.ICS])
def test_no_export_for_an_authority_holds_an_unannounced_inspection(
    engine: Engine, secret: int, format: Format
) -> None:
    """R068."""
    shown = export(engine, secret, format, audience=Audience.AUTHORITY).content.decode().lower()
    assert "secret" not in shown
    assert "sheffield" in shown


def test_no_workbook_for_an_authority_holds_an_unannounced_inspection(engine: Engine, secret: int) -> None:
    """R068."""
    for page in ("Programme", "Deadlines", "Teams"):
        hidden = sheet(engine, secret, page, audience=Audience.AUTHORITY)
        assert "Secret visit" not in {line["Activity"] for line in hidden}
    assert "Secret visit" in {line["Activity"] for line in sheet(engine, secret, "Programme")}


def test_everybody_in_a_workbook_is_a_known_inspector(engine: Engine) -> None:
    version = tables.published(engine)
    with session(engine, read_only=True) as opened:
        known = {person.name for person in opened.exec(select(Inspector))}
    assert {line["Inspector"] for line in sheet(engine, version, "Teams")} == known
