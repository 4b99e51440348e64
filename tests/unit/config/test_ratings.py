"""Rating regimes are data: bands, tests and limits of a file, and everything wrong with one is told at once."""

from datetime import date
from pathlib import Path

import pytest

from config.rating_files import (
    FOLDER,
    InvalidRegime,
    load_regime,
    rating_regimes,
    regime_holding_on,
)
from services.errors import Refused
from services.rating.regimes import regime_on
from tests.known import known
from tests.rated import REGIME

ENGLAND = FOLDER / "england-2009.toml"


def written(folder: Path, *changes: tuple[str, str], name: str = "england-2009") -> Path:
    """England's regime with some of its texts changed."""
    text = ENGLAND.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def findings_of(path: Path) -> list[str]:
    with pytest.raises(InvalidRegime) as refused:
        load_regime(path)
    return [str(finding) for finding in refused.value.findings]


@pytest.mark.parametrize(
    ("good", "inspected", "band"),
    [
        (33, 41, "dark green"),
        (31, 39, "light green"),
        (13, 20, "light green"),
        (12, 19, "amber"),
        (1, 2, "amber"),
        (1, 3, "red"),
        (62, 80, "light green"),
        (61, 80, "light green"),
        (4, 5, "dark green"),
        (7999, 10000, "light green"),
    ],
)
def test_the_lower_bound_belongs_to_a_band_and_nothing_is_rounded(
    good: int, inspected: int, band: str
) -> None:
    """R148: 80.49, 79.49, 65, 63.2, 50 and 33.3 per cent; a school more or less changes no band; 79.99 is no 80."""
    assert known(REGIME.band_of(good, inspected)).name == band


def test_a_group_without_inspections_has_no_band() -> None:
    assert REGIME.band_of(0, 0) is None


def test_the_rules_have_days() -> None:
    """R139, R151, R155: no rating before April 2009; flags of the area assessment end with it in May 2010."""
    assert regime_holding_on(date(2009, 3, 31)) is None
    assert regime_on(date(2009, 4, 1)).id == "england-2009"
    with pytest.raises(Refused, match="england-2009 from 2009-04-01 to further notice"):
        regime_on(date(2005, 9, 5))
    flag = next(kind for kind in REGIME.findings if kind.id == "area_flag")
    assert (flag.holds_on(date(2010, 5, 27)), flag.holds_on(date(2010, 5, 28))) == (True, False)
    days = known(REGIME.round_of(2009))
    assert (days.drafts_from, days.published_on) == (date(2009, 9, 1), date(2009, 12, 9))
    assert REGIME.round_of(2011) is None


def test_the_first_year_is_informed_in_may_and_has_draft_letters_in_september() -> None:
    """R198: what is rated is told in May 2009, draft letters come in September 2009."""
    days = known(REGIME.round_of(2009))
    assert (known(days.informed_on).year, known(days.informed_on).month) == (2009, 5)
    assert (days.drafts_from, days.drafts_by) == (date(2009, 9, 1), date(2009, 9, 30))
    assert days.drafts_by < days.published_on


def test_everything_wrong_with_a_file_is_told_with_its_place(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        ("from_per_cent = 65", "from_per_cent = 85"),
        ("from_per_cent = 0", "from_per_cent = 10"),
        ('bands = ["dark_green", "light_green"]', 'bands = ["dark_gren"]'),
        ('measure = "no_group_in_bands"\nbands = ["red"]', 'measure = "no_group_in_bands"'),
        ('outcomes = ["grade_1"]', 'outcomes = ["grade_5"]'),
        ("drafts_by = 2009-09-30", "drafts_by = 2009-08-30"),
        ('id = "adoption"', 'id = "fostering"'),
    )
    found = "\n".join(findings_of(path))
    assert "bands[1].from_per_cent: 85 is not below the band before it, 80." in found
    assert "bands[3].from_per_cent: the last band begins at 10" in found
    assert "tests[0].bands: there is no band 'dark_gren'. Try 'dark_green'." in found
    assert "tests[1].bands: 'no_group_in_bands' looks at no band." in found
    assert "limits[2].outcomes: there is no outcome 'grade_5'. Try 'grade_4'." in found
    assert "rounds[0]: the days of 2009 are not in order." in found
    assert "groups[5].id: 'fostering' is there twice on the same days." in found


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("at_least = 80\n", "", "tests[0].at_least: this key is missing."),
        ('measure = "no_group_in_bands"', 'measure = "no_group_in_bands"\nat_least = 5', "asks for no share"),
        ('measure = "above_national"', 'measure = "above_national"\nbands = ["red"]', "which have no bands"),
        ('at_most = "poor"', 'at_most = "poorly"', "limits[2].at_most: there is no grade 'poorly'."),
        ('id = "well"', 'id = "poor"', "grades: 'poor' is there 2 times."),
        ('finding = "safeguarding"', 'finding = "safeguard"', "there is no kind of finding 'safeguard'."),
        ("valid_to = 2010-04-01", "valid_to = 2010-04-02", "'priority_action' is there twice"),
        (
            "published_on = 2009-12-09",
            "published_on = 2009-12-09\ncolour = 1",
            "colour: this key is unknown.",
        ),
        ("valid_from = 2009-04-01", "valid_from = 2010-04-01", "the regime does not hold on 2009-12-09"),
        ('id = "england-2009"', 'id = "england"', "the file is not named after its id 'england'."),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, old: str, new: str, told: str) -> None:
    assert told in "\n".join(findings_of(written(tmp_path, (old, new))))


def test_two_regimes_may_not_hold_on_the_same_day(tmp_path: Path) -> None:
    written(tmp_path)
    later = (
        ('id = "england-2009"', 'id = "england-2010"'),
        ("valid_from = 2009-04-01", "valid_from = 2009-05-01"),
    )
    written(tmp_path, *later, name="england-2010")
    with pytest.raises(InvalidRegime, match="hold on the same days"):
        rating_regimes([tmp_path])


def test_an_operators_file_takes_the_place_of_ours(home: Path) -> None:
    (home / "ratings").mkdir()
    written(home / "ratings", ("at_least = 80", "at_least = 75"))
    assert regime_on(date(2009, 9, 7)).tests[0].at_least == 75
