"""What a mail says, in plain words."""

from dataclasses import replace
from datetime import date

from services.messages.mail_text import Item, body, subject

DRAFT = Item(
    area="Sheffield",
    activity="Joint area review",
    step="Draft report to the director",
    rule="before",
    due_on=date(2006, 4, 7),
    why="8 weeks after the last day of fieldwork",
    who="Leader of the review team",
    signs="Lead inspectorate (Ofsted)",
    precision="final",
)
FIELDWORK = replace(
    DRAFT,
    step="Fieldwork",
    due_on=date(2006, 1, 30),
    start_on=date(2006, 1, 30),
    end_on=date(2006, 2, 11),
)


def test_a_mail_says_what_when_why_and_who() -> None:
    text = body([DRAFT], date(2006, 3, 31))
    assert "Sheffield, joint area review: Draft report to the director\n" in text
    assert "Due 7 April 2006 (in 5 working days)." in text
    assert "Reason for the date: 8 weeks after the last day of fieldwork." in text
    assert "Who acts: Leader of the review team. Signed off by: Lead inspectorate (Ofsted)." in text


def test_a_mail_says_why_somebody_receives_it() -> None:
    said = "You are receiving this because you are listed as a contact for these steps."
    assert said in body([DRAFT], date(2006, 3, 31))


def test_what_is_late_comes_first_and_says_how_late() -> None:
    coming = replace(DRAFT, area="Wigan", due_on=date(2006, 5, 2))
    text = body([coming, DRAFT], date(2006, 4, 12))
    assert text.startswith("LATE\n")
    assert text.index("Sheffield") < text.index("COMING UP") < text.index("Wigan")
    assert "Was due 7 April 2006 (3 working days ago)." in text


def test_the_subject_says_what_was_found() -> None:
    items = [DRAFT, replace(DRAFT, area="Wigan"), replace(DRAFT, due_on=date(2006, 4, 20))]
    assert subject(items, date(2006, 4, 12)) == "2 late, 1 coming up - reviews, 12 April 2006"
    assert subject([DRAFT], date(2006, 4, 7)) == "1 today - reviews, 7 April 2006"


def test_a_stage_says_when_it_begins_and_its_last_day() -> None:
    assert "Begins 30 January 2006 (in 10 working days), until 10 February 2006." in body(
        [FIELDWORK], date(2006, 1, 16)
    )


def test_a_stage_that_is_over_asks_for_its_sign_off() -> None:
    over = replace(FIELDWORK, rule="on_the_day", due_on=date(2006, 2, 13))
    text = body([over], date(2006, 2, 13))
    assert "Ended (30 January 2006 to 10 February 2006); to be signed off by 13 February 2006, today." in text


def test_a_moved_stage_says_its_new_dates() -> None:
    text = body([replace(FIELDWORK, rule="moved")], date(2005, 12, 1))
    assert text.startswith("DATES THAT CHANGED")
    assert "New dates: 30 January 2006 to 10 February 2006." in text


def test_what_is_done_is_told_in_one_line() -> None:
    text = body([replace(DRAFT, rule="done")], date(2006, 4, 10))
    assert "Done on 7 April 2006." in text
    assert "Reason for the date" not in text


def test_dates_that_are_not_final_are_called_so() -> None:
    """R018."""
    assert "The dates of this review are indicative." in body(
        [replace(DRAFT, precision="indicative")], date(2006, 3, 31)
    )
    assert "The dates of this" not in body([DRAFT], date(2006, 3, 31))


def test_where_to_look_is_said_only_where_there_is_a_place() -> None:
    address = "http://127.0.0.1:8000/due"
    assert address in body([DRAFT], date(2006, 3, 31), address)
    assert "http" not in body([DRAFT], date(2006, 3, 31))


def test_a_word_that_was_taken_back_is_told_as_a_change() -> None:
    text = body([replace(DRAFT, rule="undone")], date(2006, 4, 10))
    assert text.startswith("DATES THAT CHANGED\n")
    assert "Not done after all: the record that it was done has been withdrawn." in text
    assert "Done on" not in text
