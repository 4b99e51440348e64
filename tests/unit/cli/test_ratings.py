"""`profile`, `rate`, `ratings` and `rating letter`: from a folder of profiles to a published rating."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from cli.shown.exit_codes import ExitCode
from models import Area, session
from tests.commands import Run
from tests.rated import AMBER, GREEN, RED_ADOPTION, files_of
from tests.tables import fill

DAY = ("--as-of", "2009-09-07")
EXAMPLE = Path(__file__).parents[3] / "examples" / "profiles-2009"


@pytest.fixture
def areas(database: Engine) -> Engine:
    """Three areas without a plan."""
    with session(database) as opened:
        fill(opened)
    return database


def test_profiles_are_imported_shown_rated_and_published(run: Run, areas: Engine, tmp_path: Path) -> None:
    """R151, R158."""
    folder = files_of(tmp_path / "files", {**GREEN, **AMBER})
    assert "There are no profiles and no ratings." in run("ratings", *DAY).err
    assert "1 new, 0 changed" in run("profile", "import", folder, *DAY).err
    shown = run("profile", "Sheffield", "--quarter", "2009-Q3", *DAY)
    assert "33 of 41 (80.5 %), dark green" in shown.out
    assert "Lead Office, lead@ofsted.example" in shown.err
    explained = run("rate", "sheffield", "--explain", *DAY).err
    assert "profile of 2009-Q3: performs excellently at best." in explained
    assert "8 of 9 (88.9 %); not: Pupil referral units" in explained
    rated = run("rate", "sheffield", "well", "--by", "Ann Lee", "--plan-review", "of 2009", *DAY)
    assert "sheffield is rated in 2009: well, decided by Ann Lee." in rated.err
    texts = ("--strengths", "Schools", "--improvements", "Referral units")
    assert (
        "draft letter given on 14 September 2009"
        in run("rating", "letter", "sheffield", "draft", *texts, "--as-of", "2009-09-14").err
    )
    final = run("rating", "letter", "sheffield", "final", "--as-of", "2009-11-30").err
    assert "final, to be published on 9 December 2009" in final
    assert "Strengths" in run("rating", "letter", "sheffield", "--as-of", "2009-11-30").err
    assert "has no letter of 2010." in run("rating", "letter", "sheffield", "--year", 2010).err
    assert "No rating is published." in run("ratings", "--published", "--as-of", "2009-12-08").err
    (line,) = run("ratings", "--published", "--as-of", "2009-12-09", "--json").document
    assert (line["area"], line["grade"]) == ("Sheffield", "Performs well")


def test_a_grade_that_is_ruled_out_says_by_what(run: Run, areas: Engine, tmp_path: Path) -> None:
    run("profile", "import", files_of(tmp_path / "files", {**GREEN, **RED_ADOPTION}), *DAY)
    answer = run("rate", "sheffield", "excellent", "--by", "Ann Lee", "--plan-review", "none received", *DAY)
    assert answer.code == ExitCode.INVALID_INPUT
    assert "No group of services is red; 8 of 9 (88.9 %); not: Adoption services, n = 1." in answer.err


def test_data_queries_are_asked_and_answered(run: Run, areas: Engine, tmp_path: Path) -> None:
    """R159."""
    run("profile", "import", files_of(tmp_path / "files"), *DAY)
    asked = run("profile", "query", "sheffield", "Youth service missing", "--by", "The director", *DAY).err
    assert "to be answered by 21 September 2009: Youth service missing" in asked
    assert "It is asked of Lead Office, lead@ofsted.example." in asked
    assert "Nothing is stored." in run("profile", "answer", 1, "No.", "--by", "Lead", "--dry-run", *DAY).err
    assert (
        "by Lead: It is there now.)"
        in run("profile", "answer", 1, "It is there now.", "--by", "Lead", *DAY).err
    )
    assert "It is there now." in run("profile", "sheffield", *DAY).err


def test_what_makes_no_sense_is_wrong_usage(run: Run, areas: Engine, tmp_path: Path) -> None:
    assert (
        "'autumn' is no quarter. Write it as 2009-Q3"
        in run("profile", "sheffield", "--quarter", "autumn").err
    )
    assert "'sent' is no state of a letter." in run("rating", "letter", "sheffield", "sent", *DAY).err
    assert "There is no profile of Sheffield" in run("profile", "sheffield", *DAY).err
    assert "there is none yet" in run("rate", "sheffield", *DAY).err
    assert (
        "no rating regime holds on 5 September 2005" in run("rate", "sheffield", "--as-of", "2005-09-05").err
    )
    assert run("profile", "import", tmp_path / "nothing", *DAY).code == ExitCode.INVALID_INPUT


def test_the_example_is_right_where_its_area_is(run: Run, areas: Engine) -> None:
    answer = run("profile", "import", EXAMPLE, *DAY)
    assert "the programme has no such area. (given: '816')" in answer.err
    assert "Nothing was changed." in answer.err
    with session(areas) as opened:
        wigan = opened.get_one(Area, "wigan").model_dump()
        for code, name in (("816", "York"), ("383", "Leeds")):
            opened.add(Area(**{**wigan, "code": code, "gss_code": f"E{code}", "name": name}))
    assert "2 new" in run("profile", "import", EXAMPLE, *DAY).err
    assert "profile of 2009-Q3: performs excellently at best." in run("rate", "York", *DAY).err
