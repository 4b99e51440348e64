import getpass
from datetime import date, timedelta
from pathlib import Path

import pytest

from cli import options
from cli.errors import WrongUsage
from config.clock import Clock, write_clock


def test_the_day_is_the_one_given(home: Path) -> None:
    assert options.today("2006-01-09") == date(2006, 1, 9)


def test_without_one_it_is_the_day_of_the_homes_clock(home: Path) -> None:
    write_clock(home, Clock.showing(date(2006, 3, 1), options.now()))
    assert options.today(None) in (date(2006, 3, 1), date(2006, 3, 2))  # should midnight have passed
    write_clock(home, Clock(timedelta(0)))
    assert options.today(None).year > 2020


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(WrongUsage, match=r"--on is '31\.2\.2006', not a date"):
        options.parse_day("31.2.2006", "--on")


def test_who_acts_is_the_name_given_or_the_system_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "root")
    assert options.person("Ann Planner") == "Ann Planner"
    assert options.person(None) == "root"
    assert options.person(" ") == "root"


def test_a_user_without_a_name_has_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found")

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert options.person(None).startswith("user ")
