import csv
import io
from datetime import UTC, date, datetime, timedelta
from typing import Any

import openpyxl
import pytest
from icalendar import Calendar
from openpyxl.worksheet.worksheet import Worksheet

from reports.csv_export import csv_bytes
from reports.ics import CalendarEvent, EventStatus, calendar_bytes, event_uid
from reports.plan_tables import DeadlineRow, PlanBook, ProgrammeRow, TeamRow
from reports.table import Table, neutralised
from reports.values import InvalidReport
from reports.xlsx import plan_workbook

AS_OF = date(2006, 9, 7)
START, END = date(2006, 9, 25), date(2006, 10, 9)


def a_programme_row(**values: Any) -> ProgrammeRow:
    given = {
        "area_code": "840",
        "area": "Durham",
        "region": "North East",
        "activity": "Joint area review",
        "stage": "fieldwork",
        "start": START,
        "end": END,
        "status": "confirmed",
    }
    return ProgrammeRow(**(given | values))


def a_book(**values: Any) -> PlanBook:
    team = TeamRow(
        area_code="840", area="Durham", activity="JAR", start=START, end=END, place="health", inspector=""
    )
    deadline = DeadlineRow(
        area_code="840",
        area="Durham",
        activity="JAR",
        name="draft report",
        due=date(2006, 12, 1),
        rule="8 calendar weeks after the last fieldwork day",
        who="leader",
        is_hard=True,
    )
    given = {"title": "Plan 7", "programme": (a_programme_row(),), "teams": (team,), "deadlines": (deadline,)}
    return PlanBook(**(given | values))


def sheet(book: PlanBook, name: str) -> Worksheet:
    read = openpyxl.load_workbook(io.BytesIO(plan_workbook(book, AS_OF)))
    found = read[name]
    assert isinstance(found, Worksheet)
    return found


def values_by_heading(page: Worksheet, line: int = 2) -> dict[Any, Any]:
    return {
        page.cell(1, number).value: page.cell(line, number).value for number in range(1, page.max_column + 1)
    }


def test_the_workbook_has_its_four_sheets() -> None:
    read = openpyxl.load_workbook(io.BytesIO(plan_workbook(a_book(), AS_OF)))
    assert read.sheetnames == ["Programme", "Teams", "Deadlines", "Evidence", "About"]


def test_dates_are_real_dates_and_the_last_day_is_included() -> None:
    page = sheet(a_book(), "Programme")
    row = values_by_heading(page)
    assert (row["First day"], row["Last day"]) == (datetime(2006, 9, 25), datetime(2006, 10, 6))
    assert page["F2"].is_date
    assert page["F2"].number_format == "d mmmm yyyy"


@pytest.mark.parametrize("name", ["Programme", "Teams", "Deadlines"])
def test_heads_are_frozen_and_filtered(name: str) -> None:
    page = sheet(a_book(), name)
    assert page.freeze_panes == "C2"
    assert page.auto_filter.ref == page.dimensions


def test_an_uncovered_place_is_said() -> None:
    assert values_by_heading(sheet(a_book(), "Teams"))["Inspector"] == "uncovered"


def test_a_deadline_differs_from_a_due_date() -> None:
    assert values_by_heading(sheet(a_book(), "Deadlines"))["Kind"] == "deadline"


def test_about_says_the_day_and_the_plan_s_facts() -> None:
    page = sheet(a_book(about=(("Gap", 0.0002), ("Seed", 7))), "About")
    facts = {row[0]: row[1] for row in page.iter_rows(min_row=2, values_only=True)}
    assert facts["As of"] == "7 September 2006"
    assert (facts["Gap"], facts["Seed"], facts["Stages"]) == (0.0002, 7, 1)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "\r=1"])
def test_a_cell_that_could_be_a_formula_stays_text_in_a_workbook_and_is_neutralised_in_csv(text: str) -> None:
    cell = sheet(a_book(programme=(a_programme_row(area=text),)), "Programme")["B2"]
    assert cell.data_type != "f"
    assert not str(cell.value).startswith("'")
    assert cell.quotePrefix
    assert (
        csv_bytes(Table(name="x", columns=("a",), rows=((text,),)))
        .decode("utf-8-sig")
        .split("\r\n")[1]
        .strip('"')[0]
        == "'"
    )


@pytest.mark.parametrize("text", ["Stoke-on-Trent", "a=b", "St Helens", "", "5 - 6"])
def test_an_ordinary_text_stays_as_it_is(text: str) -> None:
    assert neutralised(text) == text


def test_a_negative_number_stays_a_number() -> None:
    page = sheet(a_book(about=(("Change", -3),)), "About")
    assert -3 in [row[1] for row in page.iter_rows(values_only=True)]


def test_the_same_plan_gives_the_same_workbook() -> None:
    archive = plan_workbook(a_book(), AS_OF)
    assert archive == plan_workbook(a_book(), AS_OF)
    assert openpyxl.load_workbook(io.BytesIO(archive)).properties.modified == datetime(2006, 9, 7)


def test_control_characters_do_not_break_the_workbook() -> None:
    assert sheet(a_book(programme=(a_programme_row(area="Dur\x00ham"),)), "Programme")["B2"].value == "Durham"


def test_csv_begins_with_a_byte_order_mark_and_quotes_what_needs_it() -> None:
    rows = (("Bristol, City of", date(2006, 9, 7), True, None, 2.5), ('say "é"', None, False, -3, 1))
    table = Table(name="x", columns=("Area", "Date", "Pinned", "Number", "Cost"), rows=rows)
    content = csv_bytes(table)
    assert content.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert read == [
        ["Area", "Date", "Pinned", "Number", "Cost"],
        ["Bristol, City of", "2006-09-07", "yes", "", "2.5"],
        ['say "é"', "", "no", "-3", "1"],
    ]


def test_a_row_with_a_cell_too_few_is_refused() -> None:
    with pytest.raises(InvalidReport, match="row 2 has 1 cells, but there are 2 columns"):
        Table(name="Programme", columns=("a", "b"), rows=((1, 2), (1,)))


def an_event(**values: Any) -> CalendarEvent:
    given = {
        "uid": event_uid("jar", 840, "fieldwork"),
        "name": "Fieldwork, Durham",
        "start": START,
        "end": END,
    }
    return CalendarEvent(**(given | values))


def events_of(*events: CalendarEvent) -> list[Any]:
    return list(Calendar.from_ical(calendar_bytes("Durham", events, AS_OF)).walk("VEVENT"))


def test_events_are_all_day_and_end_after_their_last_working_day() -> None:
    event = events_of(an_event())[0]
    assert event.decoded("dtstart") == date(2006, 9, 25)
    assert event.decoded("dtend") == date(2006, 10, 7)
    assert event["dtstart"].params["VALUE"] == "DATE"


def test_identity_does_not_depend_on_dates_and_sequence_is_given() -> None:
    moved = an_event(start=START + timedelta(weeks=2), end=END + timedelta(weeks=2), sequence=1)
    before, after = events_of(an_event())[0], events_of(moved)[0]
    assert before["uid"] == after["uid"] == "jar-840-fieldwork@jarcycle.invalid"
    assert (before["sequence"], after["sequence"]) == (0, 1)


@pytest.mark.parametrize("status", list(EventStatus))
def test_the_status_says_how_firm_an_event_is(status: EventStatus) -> None:
    assert events_of(an_event(status=status))[0]["status"] == status.value


def test_a_cancelled_event_stays_in_the_feed_and_blocks_nobody() -> None:
    event = events_of(an_event(status=EventStatus.CANCELLED, sequence=3))[0]
    assert (event["status"], event["transp"]) == ("CANCELLED", "TRANSPARENT")


def test_an_event_is_stamped_with_its_change_or_the_feed_s_day() -> None:
    changed_at = datetime(2006, 9, 1, 8, 30, tzinfo=UTC)
    stamps = [
        events_of(event)[0].decoded("dtstamp") for event in (an_event(), an_event(changed_at=changed_at))
    ]
    assert stamps == [datetime(2006, 9, 7, tzinfo=UTC), changed_at]


def test_texts_come_back_as_they_were() -> None:
    text = 'Commas, semicolons; back\\slash "quotes"\nand a second line, ' + "é" * 80
    event = events_of(an_event(name=text, description=text))[0]
    assert (str(event["summary"]), str(event["description"])) == (text, text)


def test_feeds_come_in_the_order_of_dates_whatever_order_is_given() -> None:
    early = an_event(uid="a@x.invalid", start=date(2006, 5, 1), end=date(2006, 5, 2))
    assert calendar_bytes("x", (early, an_event()), AS_OF) == calendar_bytes("x", (an_event(), early), AS_OF)
    assert events_of(an_event(), early)[0]["uid"] == "a@x.invalid"


def test_two_events_with_one_identity_are_refused() -> None:
    with pytest.raises(InvalidReport, match="More than one event has the UID"):
        calendar_bytes("x", (an_event(), an_event(name="Other")), AS_OF)


def test_an_event_without_a_day_is_refused() -> None:
    with pytest.raises(InvalidReport, match="holds no day"):
        an_event(end=START)
