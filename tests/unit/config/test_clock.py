from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest

from config.clock import FILE, Clock, DamagedClock, read_clock, write_clock

SUMMER_NIGHT = datetime(2026, 7, 31, 23, 30, tzinfo=UTC)
"""Half past midnight on 1 August in England."""


def test_today_is_the_day_in_england() -> None:
    assert Clock().today(SUMMER_NIGHT) == date(2026, 8, 1)


def test_the_demo_day_goes_on_with_the_real_days() -> None:
    clock = Clock.showing(date(2006, 1, 9), datetime(2026, 11, 22, 12, tzinfo=UTC))
    assert clock.today(datetime(2026, 11, 22, 23, tzinfo=UTC)) == date(2006, 1, 9)
    assert clock.today(datetime(2026, 11, 25, 9, tzinfo=UTC)) == date(2006, 1, 12)


def test_an_instant_of_the_demo_lies_in_the_real_present_with_englands_summer_time() -> None:
    clock = Clock.showing(date(2006, 1, 9), datetime(2026, 7, 1, 12, tzinfo=UTC))
    assert clock.instant(date(2006, 1, 10), time(6)) == datetime(2026, 7, 2, 5, tzinfo=UTC)
    assert Clock().instant(date(2006, 1, 10), time(6)) == datetime(2006, 1, 10, 6, tzinfo=UTC)


def test_a_home_without_a_clock_lives_in_the_present(tmp_path: Path) -> None:
    assert read_clock(tmp_path).is_real


def test_a_written_clock_is_read_again(tmp_path: Path) -> None:
    clock = Clock.showing(date(2006, 1, 9), SUMMER_NIGHT)
    write_clock(tmp_path / "new", clock)
    assert read_clock(tmp_path / "new") == clock
    assert not clock.is_real


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "7",
        "{}",
        '{"days_ahead": "7"}',
        '{"days_ahead": 1.5}',
        '{"days_ahead": true}',
        '{"days_ahead": 1e99}',
        '{"days_ahead": 9999999}',
        "\x00\xff",
    ],
)
def test_a_damaged_clock_says_how_to_mend_it(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="latin-1")
    with pytest.raises(DamagedClock) as refused:
        read_clock(tmp_path)
    assert f"delete {tmp_path / FILE}" in str(refused.value)
    assert "jarcycle up --as-of" in str(refused.value)
    write_clock(tmp_path, Clock.showing(date(2006, 1, 9), SUMMER_NIGHT))
    assert read_clock(tmp_path).today(SUMMER_NIGHT) == date(2006, 1, 9)
