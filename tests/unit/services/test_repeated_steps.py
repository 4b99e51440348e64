"""Steps that come again, with the meetings of capability C17."""

from datetime import date
from pathlib import Path

import pytest

from config.framework import Framework
from config.framework_files import InvalidFramework, load_framework
from services.casework.review_timetable import timetable
from services.casework.rule_words import step_in_words
from tests.framework_texts import CONTACT

MEETING = """
[[steps]]
id = "meeting"
name = "Meeting of the preparation group"
kind = "milestone"
binding = "soft"
who = ["director"]
repeat = { every = 6, until = "visit" }
[steps.due]
counted_from = "visit"
edge = "start"
direction = "before"
amount = 21
unit = "weeks"
on_non_working_day = "next"
"""
FROM_A_MONDAY = CONTACT.replace('weekday = "wednesday"\n', "")
INSPECTION = date(2010, 6, 7)


def framework_of(tmp_path: Path, text: str) -> Framework:
    path = tmp_path / "contact-2009.toml"
    path.write_text(text, encoding="utf-8")
    return load_framework(path)


def meetings(framework: Framework, **given: dict[str, date]) -> dict[str, date | None]:
    steps = timetable(framework, INSPECTION, **given)
    return {step.id: step.due for step in steps if step.id.startswith("meeting")}


def test_meetings_come_every_six_weeks_until_the_inspection_r168(tmp_path: Path) -> None:
    """C17: from 11 January 2010; 5 April is Easter Monday, and the rhythm stays; none on 28 June."""
    framework = framework_of(tmp_path, FROM_A_MONDAY + MEETING)
    assert meetings(framework) == {
        "meeting": date(2010, 1, 11),
        "meeting_2": date(2010, 2, 22),
        "meeting_3": date(2010, 4, 6),
        "meeting_4": date(2010, 5, 17),
    }


def test_each_repetition_has_its_name_and_its_rule(tmp_path: Path) -> None:
    framework = framework_of(tmp_path, FROM_A_MONDAY + MEETING)
    steps = {step.id: step for step in timetable(framework, INSPECTION)}
    assert steps["meeting_2"].name == "Meeting of the preparation group (2)"
    assert steps["meeting_2"].rule == "every 6 weeks until 'Visit on site'"
    assert step_in_words(framework, framework.step("meeting_2")).endswith(
        "every 6 weeks until 'Visit on site'"
    )


def test_a_number_of_times_counts_the_first(tmp_path: Path) -> None:
    text = MEETING.replace('every = 6, until = "visit"', 'every = 1, unit = "months", times = 3')
    framework = framework_of(tmp_path, FROM_A_MONDAY + text)
    assert list(meetings(framework).values()) == [date(2010, 1, 11), date(2010, 2, 11), date(2010, 3, 11)]
    assert "every month, 3 times in all" in step_in_words(framework, framework.step("meeting"))


def test_another_day_may_be_agreed_and_recorded_for_one_of_them(tmp_path: Path) -> None:
    framework = framework_of(tmp_path, FROM_A_MONDAY + MEETING)
    found = meetings(framework, overrides={"meeting_3": date(2010, 4, 8)})
    assert (found["meeting_3"], found["meeting_4"]) == (date(2010, 4, 8), date(2010, 5, 17))
    steps = {s.id: s for s in timetable(framework, INSPECTION, actuals={"meeting_2": date(2010, 2, 23)})}
    assert steps["meeting_2"].actual == date(2010, 2, 23)
    assert steps["meeting"].actual is None


def test_a_step_that_does_not_repeat_has_no_second(tmp_path: Path) -> None:
    framework = framework_of(tmp_path, FROM_A_MONDAY + MEETING)
    assert framework.has_step("meeting_9")
    assert not framework.has_step("letter_2")
    with pytest.raises(KeyError):
        framework.step("letter_2")


def test_a_step_may_not_bear_the_name_of_a_repetition(tmp_path: Path) -> None:
    text = FROM_A_MONDAY.replace('id = "letter"', 'id = "meeting_2"')
    with pytest.raises(InvalidFramework, match="'meeting_2' is the name of one of its repetitions"):
        framework_of(tmp_path, text + MEETING)
