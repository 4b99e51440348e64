"""Addresses, codes and days: each understood in one place, and refused with advice where they are not."""

from datetime import date

import pytest

from config.addresses import parse_address, parse_sender
from config.codes import parse_code
from config.day_forms import parse_day
from config.findings import InvalidText


@pytest.mark.parametrize(
    "text",
    [
        "jane@",
        "nobody",
        "<script>@x",
        "@evil:a@x",
        "jane@council",
        "jane doe@council.example",
        "jane@council.example\nBcc: all@council.example",
        "jané@council.example",
        '"jane doe"@council.example',
        "Jane <jane@council.example>",
        "jane@[10.0.0.1]",
        "jane@localhost",
        "",
        f"{'j' * 65}@council.example",
    ],
)
def test_what_is_no_address_is_refused_with_advice(text: str) -> None:
    with pytest.raises(InvalidText) as refused:
        parse_address(text)
    assert refused.value.message.endswith(".")
    assert refused.value.advice


@pytest.mark.parametrize("text", ["jane@localhost", "jane..doe@council.example", "jané@council.example"])
def test_why_it_is_none_is_told_in_british_english(text: str) -> None:
    with pytest.raises(InvalidText) as refused:
        parse_address(text)
    assert "full stop" in refused.value.message or "letters other than A to Z" in refused.value.message


@pytest.mark.parametrize("between", [";", ",", " ", "; ", "\n", " , "])
def test_two_addresses_in_one_place_are_refused_as_two(between: str) -> None:
    with pytest.raises(InvalidText, match="more than one"):
        parse_address(f"jane@council.example{between}joe@council.example")


def test_a_host_of_the_office_is_taken_where_it_may_be() -> None:
    assert parse_address("desk@mailhost", in_office=True) == "desk@mailhost"
    with pytest.raises(InvalidText):
        parse_address("<script>@x", in_office=True)


@pytest.mark.parametrize(
    ("text", "header"),
    [
        ("jane@york.example", "jane@york.example"),
        ("Jane Avon <Jane@York.example>", "Jane Avon <jane@york.example>"),
        ("Avon, Jane <jane@york.example>", '"Avon, Jane" <jane@york.example>'),
        ('"Avon, Jane" <jane@york.example>', '"Avon, Jane" <jane@york.example>'),
        ("Avon, Jané <jane@york.example>", '"Avon, Jané" <jane@york.example>'),
    ],
)
def test_the_name_of_a_sender_is_quoted_where_it_must_be(text: str, header: str) -> None:
    assert parse_sender(text) == header


def test_a_person_in_two_spellings_has_one_address() -> None:
    assert parse_address("Jane.Doe@Council.Example") == parse_address("jane.doe@council.EXAMPLE")


def test_a_host_in_another_script_is_given_in_the_letters_of_mail_servers() -> None:
    assert parse_address("jane@bücher.example") == "jane@xn--bcher-kva.example"


@pytest.mark.parametrize(
    "text", ["820/1", "-820", ".820", "82 0", "820;1", "é820", "820\n1", "a" * 41, "820%2F1"]
)
def test_a_code_that_some_place_could_not_carry_is_refused(text: str) -> None:
    with pytest.raises(InvalidText) as refused:
        parse_code(text)
    assert "every file" in refused.value.advice


@pytest.mark.parametrize(
    "text", ["820", "I049", "police-avon-and-somerset", "looked_after", "E09.1", "a" * 40]
)
def test_a_code_of_letters_digits_and_hyphens_is_taken_as_it_is(text: str) -> None:
    assert parse_code(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "2005-09-05",
        "2005/9/5",
        "05/09/2005",
        "5/9/2005",
        "5.9.2005",
        "05-09-2005",
        "5 September 2005",
        "5 Sep 2005",
        "5-Sep-2005",
        "5th Sept. 2005",
        "Monday, 5 September 2005",
        "2005-09-05 00:00:00",
        "2005-09-05T00:00:00",
    ],
)
def test_common_forms_of_a_day_are_understood(text: str) -> None:
    assert parse_day(text) == date(2005, 9, 5)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("05/09/05", "two digits"),
        ("5-Sep-05", "two digits"),
        ("38600", "spreadsheet"),
        ("09/25/2005", "not a date"),
        ("2005-02-30", "not a date"),
        ("September 2005", "not a date"),
        ("5 Ju 2005", "not a date"),
        ("2005-09-05 13:30:00", "not a date"),
        ("soon", "not a date"),
        ("9999-12-31", "between the years 1900 and 2199"),
        ("1/1/0001", "between the years 1900 and 2199"),
        ("٢٠٠٥-٠٩-٠٥", "not a date"),
    ],
)
def test_a_day_that_could_be_another_is_refused(text: str, message: str) -> None:
    with pytest.raises(InvalidText, match=message) as refused:
        parse_day(text)
    assert refused.value.advice
