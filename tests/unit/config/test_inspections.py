"""Registers of inspections: what the one of 2005 says, and everything wrong with a file at once (R011, R099-R101)."""

from datetime import date
from pathlib import Path

import pytest

from config.inspection_files import FOLDER, InvalidRegister, load_register, read_registers, register_on
from config.settings import home_settings
from tests.known import known

TEXT = (FOLDER / "england-2005.toml").read_text(encoding="utf-8")


def changed(path: Path, *changes: tuple[str, str]) -> Path:
    """The register of 2005 with parts of it other."""
    text = TEXT
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_two_types_are_subsumed_since_september_2005_r011() -> None:
    """C9: the inspections of children's social services and of the education authority."""
    types = register_on(date(2006, 11, 1)).types
    gone = {one.id: one.ends_on for one in types if one.subsumed == "wholly"}
    assert gone == {"csci_children": date(2005, 9, 1), "education_authority": date(2005, 9, 1)}


def test_the_healthcare_commission_leads_mental_health_near_the_review_r099() -> None:
    """C9."""
    camhs = known(register_on(date(2006, 5, 1)).type_of("camhs"))
    assert (camhs.body, camhs.price_per_week, camhs.cap_weeks) == ("Healthcare Commission", 2, 26)


def test_everything_wrong_with_a_register_is_told(tmp_path: Path) -> None:
    """Twice the same type, an overlap of an unknown one, and the review itself."""
    path = changed(
        tmp_path / "england-2005.toml",
        ('id = "education_authority"', 'id = "csci_children"'),
        ('type = "camhs"', 'type = "cahms"'),
        ('kind = "yot"', 'kind = "jar"'),
    )
    with pytest.raises(InvalidRegister) as told:
        load_register(path)
    assert len(told.value.findings) == 3
    for words in (
        "'csci_children' is there twice",
        "Try 'camhs'.",
        "the review itself is no other inspection",
    ):
        assert words in str(told.value)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("ends_on = 2005-09-01\n", "", "ends_on belongs to a type that is subsumed wholly"),
        ("cap_weeks = 26\n", "", "price_per_week and cap_weeks belong together"),
        ("until_on = 2007-01-01", "until_on = 2005-09-01", "until_on is not later than 2005-09-01"),
        ('kind = "yot"', 'kind = "yot"\nprice_per_week = 1\ncap_weeks = 2', "leave price_per_week out"),
        ('id = "england-2005"', 'id = "england-2006"', "the file is not named after its id"),
    ],
)
def test_a_register_that_contradicts_itself_is_refused(
    tmp_path: Path, old: str, new: str, message: str
) -> None:
    """Each with its place."""
    with pytest.raises(InvalidRegister, match=message):
        load_register(changed(tmp_path / "england-2005.toml", (old, new)))


def test_a_register_of_the_home_takes_the_place_of_ours(home: Path) -> None:
    """Of the same name; one more that holds on the same days is refused."""
    changed(home_settings().inspections / "england-2005.toml", ('name = "Youth service"', 'name = "Youth"'))
    assert known(read_registers()["england-2005"].type_of("youth_service")).name == "Youth"
    changed(home / "inspections" / "other.toml", ('id = "england-2005"', 'id = "other"'))
    with pytest.raises(InvalidRegister, match="hold on the same days"):
        read_registers()


def test_a_day_without_a_register_is_told_with_those_that_are_known() -> None:
    """The register of 2005 ends where the regime of 2009 begins."""
    with pytest.raises(InvalidRegister, match="known are: england-2005 from 2005-04-01 until 2009-04-01"):
        register_on(date(2009, 4, 1))
