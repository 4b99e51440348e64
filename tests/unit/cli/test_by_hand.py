"""`move`, `swap`, `assign`, `store` and `plans`: consequences on the screen, then a draft."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from models import session
from services.plans import plan_store
from tests import tables
from tests.commands import Run


@pytest.fixture
def programme(database: Engine) -> Engine:
    """Three areas, plan 1 published as indicative."""
    tables.published(database, precision="indicative")
    return database


AS_OF = ("--as-of", "2005-08-01", "--as", "Ann")


def test_move_shows_its_consequences_and_makes_a_draft(run: Run, programme: Engine) -> None:
    answer = run("move", "Wigan", "2006-07-05", "--why", "the director asked", *AS_OF)
    assert answer.code == 0
    assert "By hand: the JAR of Wigan begins in the week of 3 July 2006." in answer.err
    assert "goes along" in answer.out
    assert "Delay of urgent reviews" in answer.out
    assert "Plan 2 is a draft, made from plan 1. Publish it: jarcycle publish 2" in answer.err
    assert run("publish", "2", *AS_OF).code == 0


def test_a_dry_run_stores_nothing(run: Run, programme: Engine) -> None:
    answer = run("move", "wigan-jar", "2006-07-05", "--dry-run", *AS_OF)
    assert answer.code == 0
    assert "Nothing is stored." in answer.err
    with session(programme, read_only=True) as opened:
        assert len(plan_store.versions(opened)) == 1


def test_several_move_at_once_with_repeated_pairs(run: Run, programme: Engine) -> None:
    pairs = ("--with", "cheshire-jar", "2006-05-15", "--with", "Sheffield", "2006-01-16")
    document = run("move", "Wigan", "2006-03-06", *pairs, "--json", *AS_OF).document
    asked = {own["activity"]: own["after"][0] for own in document["moved"] if own["is_wanted"]}
    assert asked == {"wigan-jar": "2006-03-06", "cheshire-jar": "2006-05-15", "sheffield-jar": "2006-01-16"}


def test_a_pair_that_lacks_its_week_is_wrong_usage(run: Run, programme: Engine) -> None:
    answer = run("move", "Wigan", "2006-03-06", "--with", "Sheffield")
    assert answer.code == 2
    assert "--with" in answer.err


def test_the_document_has_every_consequence(run: Run, programme: Engine) -> None:
    document = run("swap", "Wigan", "Cheshire", "--json", *AS_OF).document
    assert (document["plan"], document["made_from"], document["keeps_rules"]) == (2, 1, True)
    assert document["costs_before"]["date_terms"].keys() == document["costs_after"]["date_terms"].keys()
    assert document["broken"] == document["objections"] == []
    assert {own["activity"] for own in document["moved"]} == {
        "wigan-jar",
        "wigan-ca",
        "cheshire-jar",
        "cheshire-ca",
    }


def test_a_broken_rule_is_named_with_its_number_and_a_publication_refuses_it(
    run: Run, programme: Engine
) -> None:
    answer = run("move", "Wigan", "2007-01-08", *AS_OF)
    assert answer.code == 0
    assert "Broken rule: wigan-jar (Wigan): starts in the week of 8 January 2007" in answer.err
    assert "(R013, R014)" in answer.err
    assert run("publish", "2", *AS_OF).code == 6


def test_assign_shows_who_loses_a_place(run: Run, programme: Engine) -> None:
    answer = run("assign", "Wigan", "leader", "sheffield-0", *AS_OF)
    assert answer.code == 0
    assert "Inspector 2.0 (wigan-0)" in answer.out
    assert "Would be told, once it is published" in answer.out
    assert "joined the team" in answer.out


def test_a_refusal_names_its_reason_and_advice(run: Run, programme: Engine) -> None:
    answer = run("move", "Wigan", "2004-01-05", *AS_OF)
    assert answer.code == 3
    assert "the week of 5 January 2004 has begun. (R019) Name a day of a later week." in answer.err


def test_what_is_so_already_is_no_fault(run: Run, programme: Engine) -> None:
    answer = run("move", "Wigan", "2006-05-15", *AS_OF)
    assert answer.code == 0
    assert "it has these dates and people. Nothing is changed." in answer.err


def test_store_keeps_a_plan_file(run: Run, programme: Engine, tmp_path: Path) -> None:
    file = tmp_path / "plan.json"
    run("move", "Wigan", "2006-07-03", *AS_OF)
    assert run("export", "2", "--format", "json", "--output", file).code == 0
    answer = run("store", file, "--plan", "1", *AS_OF)
    assert answer.code == 0
    assert "Plan 3 is a draft, made from plan 1." in answer.err
    assert "Nothing is changed." in run("store", file, *AS_OF).err


def test_a_file_that_is_no_plan_is_refused_with_its_place(
    run: Run, programme: Engine, tmp_path: Path
) -> None:
    file = tmp_path / "plan.json"
    file.write_text("{}")
    answer = run("store", file)
    assert answer.code == 3
    assert str(file) in answer.err


def test_without_any_plan_there_is_nothing_to_change(run: Run, database: Engine) -> None:
    answer = run("move", "Wigan", "2006-07-05")
    assert answer.code == 3
    assert "jarcycle solve" in answer.err


def test_plans_lists_where_each_comes_from(run: Run, programme: Engine) -> None:
    run("move", "Wigan", "2006-07-03", *AS_OF)
    answer = run("plans")
    assert answer.code == 0
    assert "By hand: the JAR of Wigan begins" in answer.out
    lines = run("plans", "--json").document
    assert [(line["version"], line["status"], line["made_from"]) for line in lines] == [
        (2, "draft", 1),
        (1, "published", None),
    ]


def test_plans_says_how_to_begin(run: Run, database: Engine) -> None:
    assert "jarcycle solve" in run("plans").err
    assert run("plans", "--json").document == []
