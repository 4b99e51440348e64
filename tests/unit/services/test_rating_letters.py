"""Letters of ratings, and queries about the data behind them (R151, R156, R158, R159, R163)."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Engine
from sqlmodel import Session

from models import AnnualRating, Contact, session
from services.errors import AlreadySo, NotFound, Refused
from services.naming.areas import find_area
from services.rating.annual import NewRating, rate
from services.rating.data_queries import NewQuery, answer_query, ask_query, contact_of, queries_of
from services.rating.letters import (
    LetterTexts,
    draft_letter,
    finalise_letter,
    is_public,
    is_seen_by_authority,
)
from services.rating.quarters import Quarter
from services.shown.rating_letter import letter_of
from services.shown.ratings import rating_lines, shown_profile
from services.shown.shown_plan import Audience
from tests.known import known
from tests.rated import AREA, DRAFTED, GREEN, PUBLISHED, RATED_ON, REGIME, files_of, imported, on

TEXTS = LetterTexts("Schools improve in a poor district.", "Referral units.")
QUERY = NewQuery(AREA, "Youth service missing", "The director")


@pytest.fixture
def rated(engine: Engine, tmp_path: Path) -> Engine:
    """An area with a profile, rated."""
    shares = {code: share for code, share in GREEN.items() if code != "youth_services"}
    imported(engine, files_of(tmp_path / "files", shares))
    with session(engine) as opened:
        rate(opened, AREA, 2009, NewRating("well", "Ann Lee", "Review of 2009"), on(RATED_ON))
    return engine


def drafted(opened: Session) -> AnnualRating:
    return draft_letter(opened, AREA, 2009, TEXTS, on(DRAFTED))


def test_a_letter_is_a_draft_in_september_and_public_from_9_december(rated: Engine) -> None:
    """R151: the authority sees it from the draft on."""
    with session(rated) as opened:
        row = drafted(opened)
        assert [is_seen_by_authority(row, day) for day in (RATED_ON, DRAFTED)] == [False, True]
        finalise_letter(opened, AREA, 2009, on(date(2009, 11, 30)))
        assert [is_public(row, day) for day in (date(2009, 12, 8), PUBLISHED)] == [False, True]
        with pytest.raises(AlreadySo):
            finalise_letter(opened, AREA, 2009, on(PUBLISHED))
        with pytest.raises(Refused, match="its letter is final"):
            rate(opened, AREA, 2009, NewRating("adequate", "Ann Lee", "-"), on(PUBLISHED, "late news"))


def test_a_letter_is_broader_than_a_grade(rated: Engine) -> None:
    """R158, R163, R195: strengths, what is to improve, each test with its figures, small numbers, what is missing."""
    with session(rated) as opened:
        letter = letter_of(opened, find_area(opened, AREA), drafted(opened))
    parts = dict(letter.parts)
    assert letter.title == "Annual rating of children's services 2009: Draft letter"
    assert parts["Strengths"] == (TEXTS.strengths,)
    assert parts["What is to improve"] == (TEXTS.improvements,)
    assert any(
        "Adoption services: 1 of 1 (100.0 %), dark green; a small number, n = 1" in one
        for one in parts["Services"]
    )
    assert "oldest judgement 4 October 2006, 2 years old" in parts["Services"][0]
    assert "Youth services: missing from the profile." in parts["Services"]
    assert len(parts["Tests"]) == 4
    assert "plan review: Review of 2009" in parts["The rating"][2]


@pytest.mark.parametrize(
    ("texts", "day", "told"),
    [
        (LetterTexts("", "x"), DRAFTED, "the letter names no strengths"),
        (LetterTexts("x", " "), DRAFTED, "the letter names no improvements"),
        (
            TEXTS,
            date(2009, 8, 31),
            "draft letters of 2009 are given from 1 September 2009 to 30 September 2009",
        ),
        (TEXTS, date(2009, 10, 1), "draft letters of 2009 are given from"),
    ],
)
def test_a_letter_without_a_part_or_out_of_its_weeks_is_refused(
    rated: Engine, texts: LetterTexts, day: date, told: str
) -> None:
    """R198: in September 2009."""
    with session(rated) as opened, pytest.raises(Refused, match=told):
        draft_letter(opened, AREA, 2009, texts, on(day))


@pytest.mark.parametrize("day", [date(2009, 9, 1), date(2009, 9, 30)])
def test_a_letter_on_the_first_and_the_last_day_of_its_weeks_needs_no_reason(
    rated: Engine, day: date
) -> None:
    """R198: in September 2009."""
    with session(rated) as opened:
        assert draft_letter(opened, AREA, 2009, TEXTS, on(day)).draft_on == day


def test_a_letter_out_of_its_weeks_goes_with_a_reason(rated: Engine) -> None:
    with session(rated) as opened:
        row = draft_letter(opened, AREA, 2009, TEXTS, on(date(2009, 10, 1), "the inspector was ill"))
        assert row.draft_on == date(2009, 10, 1)


def test_a_final_letter_needs_a_draft_and_a_rating(rated: Engine) -> None:
    with session(rated) as opened:
        with pytest.raises(Refused, match="no draft letter was given"):
            finalise_letter(opened, AREA, 2009, on(DRAFTED))
        with pytest.raises(NotFound, match="has not been rated"):
            finalise_letter(opened, "wigan", 2009, on(DRAFTED))
        drafted(opened)
        with pytest.raises(Refused, match="were published on 9 December 2009"):
            finalise_letter(opened, AREA, 2009, on(date(2009, 12, 10)))


def test_the_authority_sees_its_rating_from_the_draft_letter_on(rated: Engine) -> None:
    def seen(day: date) -> str:
        with session(rated) as opened:
            shown = shown_profile(opened, find_area(opened, AREA), day, audience=Audience.AUTHORITY)
        return "" if shown.rating is None else shown.rating.state

    assert seen(DRAFTED) == ""
    with session(rated) as opened:
        drafted(opened)
    assert seen(DRAFTED) == "draft letter given on 14 September 2009"


def test_the_list_has_who_is_rated_and_what_is_published(rated: Engine) -> None:
    with session(rated) as opened:
        drafted(opened)
        finalise_letter(opened, AREA, 2009, on(DRAFTED))
        ask_query(opened, QUERY, on(DRAFTED))
        (line,) = rating_lines(opened, PUBLISHED)
    assert (line.area, line.grade, line.best) == ("Sheffield", "Performs well", "Performs excellently")
    assert (line.state, line.is_public, line.open_queries) == ("published on 9 December 2009", True, 1)


def test_a_query_about_data_goes_to_the_single_contact_point_and_is_answered_in_time(rated: Engine) -> None:
    """R156, R159: 'youth service missing', asked on 14 September 2009: an answer is due within ten working days."""
    with session(rated) as opened:
        row = ask_query(opened, QUERY, on(DRAFTED))
        assert (row.quarter, row.due_on) == ("2009-Q3", date(2009, 9, 28))
        contact = known(contact_of(opened, REGIME, AREA))
        assert contact.email == "lead@ofsted.example"
        answer_query(
            opened, row.id or 0, "It has no inspections of its own.", contact.name, on(date(2009, 9, 21))
        )
        (found,) = queries_of(opened, AREA)
        assert (found.answered_on, found.answered_by) == (date(2009, 9, 21), "Lead Office")
        with pytest.raises(AlreadySo, match="It has no inspections"):
            answer_query(opened, row.id or 0, "again", "Lead Office", on(DRAFTED))


def test_an_areas_own_contact_point_goes_first(rated: Engine) -> None:
    with session(rated) as opened:
        opened.add(
            Contact(area_code=AREA, role="lead_inspectorate", name="Link", email="link@ofsted.example")
        )
        opened.flush()
        assert known(contact_of(opened, REGIME, AREA)).name == "Link"
        assert known(contact_of(opened, REGIME, "wigan")).name == "Lead Office"


@pytest.mark.parametrize(
    ("new", "told"),
    [
        (NewQuery(AREA, " ", "The director"), "nothing is asked"),
        (NewQuery(AREA, "Why?", ""), "nobody is named who asks"),
        (NewQuery("wigan", "Why?", "The director"), "there is no profile to ask about"),
        (NewQuery(AREA, "Why?", "The director", Quarter(2009, 2)), "Ask about one of: 2009-Q3"),
    ],
)
def test_a_query_without_a_part_is_refused(rated: Engine, new: NewQuery, told: str) -> None:
    with session(rated) as opened, pytest.raises(Refused, match=told):
        ask_query(opened, new, on(DRAFTED))


def test_an_answer_without_a_part_is_refused_with_all_that_is_missing(rated: Engine) -> None:
    with session(rated) as opened:
        number = ask_query(opened, QUERY, on(DRAFTED)).id or 0
        with pytest.raises(Refused) as refused:
            answer_query(opened, number, "", "", on(DRAFTED))
        assert [finding.field for finding in refused.value.findings] == ["answer", "by"]
        with pytest.raises(NotFound, match="there is no such query"):
            answer_query(opened, 99, "x", "y", on(DRAFTED))
