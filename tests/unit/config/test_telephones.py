"""Telephone numbers are understood in one place."""

import pytest

from config.findings import InvalidText
from config.telephones import parse_telephone


@pytest.mark.parametrize(
    "text", ["020 7946 0101", "+44 20 7946 0101", "(020) 7946-0101", "01904 551550 ext 12", "01904.551550 x3"]
)
def test_a_number_that_somebody_can_dial_is_kept_as_it_is_written(text: str) -> None:
    assert parse_telephone(f"  {text} ") == text


def test_no_number_is_no_fault_and_spaces_are_single() -> None:
    assert parse_telephone("  ") == ""
    assert parse_telephone("020  7946\t0101") == "020 7946 0101"


@pytest.mark.parametrize(
    "text",
    [
        "ring Ann",
        "020 1",
        "020 7946 0101, 020 7946 0102",
        "020 7946 0101 or 0102",
        "1" * 16,
        "٠٢٠٧٩٤٦٠١٠١",
        "+",
    ],
)
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(InvalidText) as refused:
        parse_telephone(text)
    assert refused.value.advice.startswith("Write it like 020 7946 0101")
