"""`candidates`: weeks for an activity, people for a place, weeks of a person; from files and stored plans."""

from datetime import date
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import select

import models
from cli.shown.exit_codes import ExitCode
from models import Activity, session
from tests.commands import Run

EARLY = ("--as-of", "2005-09-01")


def loosen(engine: Engine, *codes: str) -> None:
    with session(engine) as opened:
        for row in opened.exec(select(Activity)):
            if row.code in codes:
                row.precision = "indicative"


def test_the_weeks_of_an_activity_are_ranked_in_words_and_as_data(
    run: Run, home: Path, problem_file: Path, plan_file: Path
) -> None:
    files = ("--input", problem_file, "--plan", plan_file)
    shown = run("candidates", "jar-south", *files, "--most", "60")
    assert shown.code == ExitCode.DONE
    assert "The JAR of South in" in shown.out
    assert "where it" in shown.out
    found = run("candidates", "South", *files, "--json").document
    assert found["activity"] == "jar-south"
    bests = [own["alone"] or own["swap"] for own in found["weeks"]]
    assert [best is None for best in bests] == sorted(best is None for best in bests)
    assert [own["week"] for own in found["weeks"] if own["is_present"]] == [20]


def test_the_people_for_a_place_are_ranked_with_why_others_cannot_have_it(
    run: Run, published: Engine
) -> None:
    shown = run("candidates", "wigan-jar", "leader", "--plan", "1", *EARLY)
    assert shown.code == ExitCode.DONE
    assert "Leader place in the JAR of Wigan" in shown.out
    assert "has the place now" in shown.out
    assert "does not have the skill" in shown.out
    by_skill = run("candidates", "wigan-jar", "Looked after", "--plan", "1", "--json", *EARLY).document
    holder = by_skill["leaving"]
    assert by_skill["skill"] == "looked_after"
    by_person = run("candidates", "wigan-jar", holder, "--plan", "1", "--json", *EARLY).document
    assert by_person == by_skill


def test_leave_since_the_plan_counts(run: Run, published: Engine) -> None:
    """R055: whoever is away now is no candidate, whatever the plan knew of them."""
    query = ("candidates", "wigan-jar", "leader", "--plan", "1", "--json", *EARLY)
    before = {own["inspector"]: own for own in run(*query).document["people"]}
    free = next(name for name, own in before.items() if own["rise"] is not None and not own["is_present"])
    with session(published) as opened:
        opened.add(models.Absence(inspector_code=free, start_on=date(2006, 1, 2), end_on=date(2006, 12, 1)))
    after = {own["inspector"]: own for own in run(*query).document["people"]}
    assert after[free]["rise"] is None
    assert after[free]["why_not"]["why"] == "away"


def test_the_weeks_of_a_person_begin_today(run: Run, published: Engine) -> None:
    found = run(
        "candidates", "--person", "wigan-0", "--plan", "1", "--json", "--as-of", "2006-02-22"
    ).document
    assert found["spans"][0]["span"]["first"] == 25
    assert {own["state"] for own in found["spans"]} >= {"free", "works"}
    shown = run("candidates", "--person", "wigan-0", "--plan", "1", "--as-of", "2006-02-22")
    assert "works on the JAR of Wigan" in shown.out


def test_what_is_confirmed_has_no_other_week_unless_it_is_named(run: Run, published: Engine) -> None:
    """R016, R017."""
    shown = run("candidates", "wigan-jar", "--plan", "1", *EARLY)
    assert "has confirmed dates" in shown.out
    assert "No other week than the week of 15 May 2006 is open to the JAR of Wigan." in shown.out
    named = run("candidates", "wigan-jar", "--plan", "1", "--move", "wigan-jar", "--json", *EARLY).document
    assert len([own for own in named["weeks"] if own["alone"] is not None]) > 1


def test_nothing_past_is_a_candidate_and_what_is_confirmed_makes_no_room(run: Run, published: Engine) -> None:
    """R016, R019."""
    loosen(published, "wigan-jar")
    asked = ("candidates", "Wigan", "--plan", "1", "--json", "--as-of", "2006-02-22")
    found = run(*asked).document["weeks"]
    assert min(own["week"] for own in found) >= 25
    moved = {name for own in found if own["swap"] for name in own["swap"]["moved"]["activities"]}
    assert not moved & {"sheffield-jar", "cheshire-jar"}


def test_what_cannot_be_asked_is_told_with_advice(run: Run, published: Engine) -> None:
    assert run("candidates").code == ExitCode.USAGE
    assert run("candidates", "Wigan", "--person", "wigan-0").code == ExitCode.USAGE
    unknown = run("candidates", "Wigam", "--plan", "1")
    assert unknown.code == ExitCode.INVALID_INPUT
    assert "Wigan (wigan)" in unknown.err
    place = run("candidates", "wigan-jar", "juggling", "--plan", "1")
    assert place.code == ExitCode.INVALID_INPUT
    assert "Name one of its places: safeguarding, looked after, special needs, leader" in place.err
    nobody = run("candidates", "wigan-ca", "leader", "--plan", "1")
    assert "it has no team." in nobody.err
    person = run("candidates", "--person", "wigan-00", "--plan", "1")
    assert "wigan-0" in person.err
