"""`years` and `assessment`: what a year is for each area, and how far its assessment is."""

import pytest
from sqlalchemy import Engine

from cli.shown.exit_codes import ExitCode
from tests.commands import Run

GRADES = ("overall=3", "education=3", "social_care=2")


@pytest.fixture
def year(run: Run, published: Engine) -> None:
    """The year 2006 of three areas; their reviews are out in 2006."""
    assert run("assessment", "make", 2006, "--as-of", "2006-01-02").code == ExitCode.DONE


def test_a_year_shows_what_it_is_for_each_area_r021_r107(run: Run, year: None) -> None:
    shown = run("years", 2006, "--as-of", "2006-06-01")
    assert "3 with a review, 0 to follow one up, 0 to set an agenda" in shown.err
    assert "3 areas to judge by 30 November 2006." in shown.err
    late = run("years", 2006, "--as-of", "2006-12-01")
    assert "Not judged by 30 November 2006: Cheshire, Sheffield and Wigan." in late.err
    document = run("years", 2006, "--as-of", "2006-06-01", "--json").document
    assert {area["role"] for area in document["areas"]} == {"review"}


def test_a_year_that_was_not_made_is_told(run: Run, published: Engine) -> None:
    assert "Make the year first: jarcycle assessment make 2007." in run("years", 2007).err


def test_an_area_is_judged_by_its_review_r113(run: Run, year: None) -> None:
    day = ("--year", "2006", "--as-of", "2006-11-20")
    early = run("assessment", "judge", "Wigan", *GRADES, *day)
    assert early.code == ExitCode.INVALID_INPUT
    assert "its self-assessment has not come back yet" in early.err
    assert run("assessment", "field", "Wigan", *day).code == ExitCode.INVALID_INPUT
    assert run("assessment", "return", "Wigan", "--on", "2006-04-28", *day).code == ExitCode.DONE
    missing = run("assessment", "judge", "Wigan", "overall=3", "social_care=2", *day)
    assert "it has no grade for 'Education'" in missing.err
    said = run("assessment", "judge", "Wigan", *GRADES, *day)
    assert (
        "APA 2006 of Wigan (JAR): judged: Overall 3, Education 3, Children's social services 2." in said.err
    )
    assert "Overall 3" in run("years", 2006, "--as-of", "2006-11-20").out


def test_a_year_without_a_review_has_a_field_exercise_r109(run: Run, published: Engine) -> None:
    run("assessment", "make", 2008, "--as-of", "2008-01-02")
    day = ("--year", "2008", "--as-of", "2008-06-12")
    run("assessment", "return", "Wigan", "--on", "2008-04-28", *day)
    assert "in the field" in run("assessment", "field", "Wigan", *day).err
    document = run("assessment", "judge", "Wigan", *GRADES, *day, "--json").document
    assert (document["role"], document["state"]) == ("agenda", "judged")


def test_inputs_and_conversations_are_recorded_r114_r176(run: Run, year: None) -> None:
    day = ("--year", "2006", "--as-of", "2006-10-12")
    given = run(
        "assessment", "input", "Wigan", "health_rating", "two stars", "--source", "a list", *day, "--json"
    )
    assert [found["value"] for found in given.document["inputs"]] == ["two stars"]
    talk = run(
        "assessment", "conversation", "Wigan", "--with", "director", "--points", "places", *day, "--json"
    )
    assert [found["points"] for found in talk.document["talks"]] == ["places"]


def test_results_are_out_only_when_all_are_judged_r115(run: Run, year: None) -> None:
    answer = run("assessment", "publish", 2006, "--as-of", "2006-12-14")
    assert answer.code == ExitCode.INVALID_INPUT
    assert "3 areas are not judged: Cheshire, Sheffield and Wigan." in answer.err
    for area in ("Cheshire", "Sheffield", "Wigan"):
        day = ("--year", "2006", "--as-of", "2006-11-20")
        run("assessment", "return", area, "--on", "2006-04-28", *day)
        run("assessment", "judge", area, *GRADES, *day)
    assert (
        "The results of 3 areas are out." in run("assessment", "publish", 2006, "--as-of", "2006-12-14").err
    )
