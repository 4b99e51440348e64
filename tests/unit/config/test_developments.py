"""Development files: eighteen tasks of 2004, their days, and everything wrong with a file at once."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from config.development_files import (
    FOLDER,
    InvalidDevelopment,
    find_development,
    load_development,
    read_developments,
)
from tests.known import known

TEXT = (FOLDER / "2005-reviews.toml").read_text(encoding="utf-8")


def changed(folder: Path, old: str, new: str) -> Path:
    """The development of 2005 with a part of it other."""
    assert old in TEXT
    path = folder / "2005-reviews.toml"
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    return path


def test_eighteen_tasks_have_their_days_r170_r171_r172_r173() -> None:
    """C16: four by June, four by December 2004, five by February; then one, one, one and two."""
    days = Counter(task.due_on for task in find_development("2005-reviews").tasks if task.due_on)
    assert days.total() == 18
    assert [(day.isoformat(), days[day]) for day in sorted(days)] == [
        ("2004-06-30", 4),
        ("2004-12-31", 4),
        ("2005-02-28", 5),
        ("2005-04-30", 1),
        ("2005-08-31", 1),
        ("2005-11-30", 1),
        ("2005-12-31", 2),
    ]


def test_twelve_weeks_from_6_december_2004_end_on_monday_28_february_r134() -> None:
    """C16."""
    task = known(find_development("2005-reviews").task("consultation"))
    ends_on = known(task.consultation).ends_on
    assert (ends_on, ends_on.weekday()) == (date(2005, 2, 28), 0)


def test_tasks_that_wait_for_each_other_are_a_finding(tmp_path: Path) -> None:
    """C16."""
    path = changed(tmp_path, 'after = ["response"]', 'after = ["response", "publication"]')
    with pytest.raises(
        InvalidDevelopment, match="these wait for each other: approval > publication > approval"
    ):
        load_development(path)


def test_a_day_before_that_of_what_it_waits_for_is_a_finding(tmp_path: Path) -> None:
    """C16."""
    path = changed(tmp_path, "due_on = 2005-12-31\nwhen", "due_on = 2005-11-29\nwhen")
    with pytest.raises(InvalidDevelopment) as refused:
        load_development(path)
    assert [str(finding) for finding in refused.value.findings] == [
        "2005-reviews.toml: tasks[17].due_on: 2005-11-29 is earlier than 2005-11-30, the day of 'assessments', "
        "for which it waits. Give it a later day, or take it out of after."
    ]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('after = ["trials"]', 'after = ["trial"]', "there is no task 'trial'. Try 'trials'."),
        ('id = "users"', 'id = "principles"', "tasks[1].id: 'principles' is there twice."),
        ('id = "2005-reviews"', 'id = "2005-audits"', "Rename the file to 2005-audits.toml."),
        ("weeks = 12", "weeks = 0", "tasks[4].consultation.weeks"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(tmp_path: Path, old: str, new: str, said: str) -> None:
    with pytest.raises(InvalidDevelopment) as refused:
        load_development(changed(tmp_path, old, new))
    assert said in str(refused.value)


def test_a_file_of_the_home_takes_the_place_of_ours(home: Path) -> None:
    (home / "developments").mkdir()
    changed(home / "developments", 'name = "Joint area reviews"', 'name = "Reviews"')
    assert read_developments()["2005-reviews"].name == "Reviews"
    with pytest.raises(InvalidDevelopment, match="Try '2005-reviews'"):
        find_development("2005-review")
