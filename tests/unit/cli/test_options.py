import getpass
from datetime import date, timedelta
from pathlib import Path

import pytest

from cli import arguments
from cli.shown.errors import WrongUsage
from config.clock import Clock, write_clock
from services.bootstrap import now


def test_the_day_is_the_one_given(home: Path) -> None:
    assert arguments.today("2006-01-09") == date(2006, 1, 9)


def test_without_one_it_is_the_day_of_the_homes_clock(home: Path) -> None:
    write_clock(home, Clock.showing(date(2006, 3, 1), now()))
    assert arguments.today(None) in (date(2006, 3, 1), date(2006, 3, 2))  # should midnight have passed
    write_clock(home, Clock(timedelta(0)))
    assert arguments.today(None).year > 2020


def test_a_day_that_is_none_is_refused() -> None:
    with pytest.raises(WrongUsage, match=r"--on is '31\.2\.2006': this is not a date"):
        arguments.parse_day("31.2.2006", "--on")


def test_who_acts_is_the_name_given_or_the_system_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getuser", lambda: "root")
    assert arguments.person("Ann Planner") == "Ann Planner"
    assert arguments.person(None) == "root"
    assert arguments.person(" ") == "root"


def test_a_user_without_a_name_has_a_number(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> str:
        raise KeyError("getpwuid(): uid not found")

    monkeypatch.setattr(getpass, "getuser", nobody)
    assert arguments.person(None).startswith("user ")
