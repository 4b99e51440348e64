import shutil
from datetime import date
from pathlib import Path

from cli.examples import EXAMPLES
from cli.shown.exit_codes import ExitCode
from config.clock import read_clock
from models import PlannedStage, PlanVersion, TeamPlace
from services.bootstrap import now
from services.imports import in_words
from services.imports.changed_facts import OWNERS
from tests.commands import Run
from tests.import_files import right_files, write_files

EXAMPLE, REGION = EXAMPLES / "england-2005", EXAMPLES / "yorkshire-2005"


def test_a_new_home_has_an_empty_database(run: Run, home: Path) -> None:
    answer = run("init", "--json")
    assert answer.code == ExitCode.DONE
    assert answer.document == {"home": str(home), "import": None}
    assert (home / "jarcycle.db").exists()
    assert run("init").code == ExitCode.DONE


def test_the_example_is_imported_and_lives_on_the_day_it_was_planned(run: Run, home: Path) -> None:
    answer = run("init", "--example", "england-2005", "--json")
    assert answer.code == ExitCode.DONE
    added = {change["table"]: change["added"] for change in answer.document["import"]["changes"]}
    assert added["Area"] == 150
    assert read_clock(home).today(now()) == date(2005, 8, 1)
    again = run("import", EXAMPLE)
    assert again.code == ExitCode.DONE
    assert "Nothing had changed." in again.err


def test_an_import_that_is_only_looked_at_says_what_it_would_change(
    run: Run, home: Path, tmp_path: Path
) -> None:
    nothing = run("import", REGION, "--dry-run")
    assert nothing.code == ExitCode.USAGE
    assert list(home.iterdir()) == []
    run("init")
    for _ in range(2):
        seen = run("import", REGION, "--dry-run", "--json").document["answer"]
        assert {change["table"]: change["added"] for change in seen["changes"]}["Area"] == 15
    shown = run("import", REGION, "--dry-run")
    assert "Nothing is stored." in shown.err
    assert "skills of inspectors" in shown.out
    done = run("import", REGION, "--json").document["import"]
    assert done == seen
    assert run("import", REGION, "--dry-run").err.startswith("Nothing had changed.")


def test_an_import_says_which_plans_were_made_from_other_facts(run: Run, home: Path, tmp_path: Path) -> None:
    files = right_files()
    folder = write_files(tmp_path / "files", files)
    assert run("import", folder).code == ExitCode.DONE
    assert run("solve", "--seconds", "0.5", "--teams-seconds", "0.5").code == ExitCode.DONE
    assert "Facts have changed" not in run("import", folder).err
    files["absences.csv"].clear()
    write_files(folder, files)
    answer = run("import", folder)
    assert "Facts have changed since plan 1 was made. Solve again." in answer.err
    assert "facts have changed since it was made" in run("publish", "1").err


def test_an_example_never_takes_the_place_of_a_programme_of_ones_own(
    run: Run, draft: object, home: Path
) -> None:
    answer = run("init", "--example", "england-2005")
    assert answer.code == ExitCode.USAGE
    assert "Joint area reviews" in answer.err
    assert read_clock(home).is_real


def test_an_unknown_example_is_told_before_anything_is_made(run: Run, home: Path) -> None:
    answer = run("init", "--example", "england-2004")
    assert answer.code == ExitCode.USAGE
    assert "england-2005" in answer.err
    assert list(home.iterdir()) == []


def test_everything_wrong_with_a_folder_is_told_and_nothing_applied(
    run: Run, home: Path, tmp_path: Path
) -> None:
    damaged = tmp_path / "damaged"
    shutil.copytree(REGION, damaged)
    areas = damaged / "areas.csv"
    lines = areas.read_text(encoding="utf-8").splitlines()
    areas.write_text("\n".join([*lines, lines[1]]) + "\n", encoding="utf-8")
    (damaged / "closures.csv").unlink()
    answer = run("import", damaged, "--json")
    assert answer.code == ExitCode.INVALID_INPUT
    findings = answer.document["findings"]
    twice = next(found for found in findings if found["column"] == "code")
    assert (twice["file"], twice["row"]) == ("areas.csv", len(lines) + 1)
    assert twice["value"] == lines[1].split(",")[0]
    assert twice["advice"]
    assert "closures.csv" in {found["file"] for found in findings}
    assert list(home.iterdir()) == []


def test_what_is_wrong_in_many_rows_is_counted_row_by_row_and_told_once(
    run: Run, home: Path, tmp_path: Path
) -> None:
    damaged = tmp_path / "damaged"
    shutil.copytree(REGION, damaged)
    areas = damaged / "areas.csv"
    areas.write_text(
        "".join(areas.read_text(encoding="utf-8").splitlines(keepends=True)[:-1]), encoding="utf-8"
    )
    findings = run("import", damaged, "--json").document["findings"]
    told = run("import", damaged).err.splitlines()
    assert len(findings) > len(told) > 1
    assert told[-1] == f"{len(findings)} problems found. Nothing was changed."


def test_facts_are_called_what_people_call_them(run: Run, home: Path) -> None:
    changed = [*OWNERS, PlanVersion, PlannedStage, TeamPlace]
    assert all(in_words(table.__name__).islower() for table in changed)
    shown = run("init", "--example", "yorkshire-2005").out
    assert "members of partner groups" in shown
    assert [table.__name__ for table in changed if table.__name__ in shown] == []


def test_a_folder_that_is_none_is_wrong_usage(run: Run, home: Path, tmp_path: Path) -> None:
    assert run("import", tmp_path / "nothing").code == ExitCode.USAGE
    assert run("import").code == ExitCode.USAGE


def test_templates_are_written_where_nothing_is_yet(run: Run, home: Path, tmp_path: Path) -> None:
    for name in ("files", "facts.xlsx"):
        path = tmp_path / name
        answer = run("init", "--template", path)
        assert answer.code == ExitCode.DONE
        assert f"jarcycle import {path}" in answer.err
        assert run("init", "--template", path).code == ExitCode.USAGE
        assert run("import", path).code == ExitCode.INVALID_INPUT
    assert (tmp_path / "files" / "areas.csv").exists()
    assert not (home / "jarcycle.db").exists()
    assert run("init", "--template", tmp_path / "more", "--example", "england-2005").code == ExitCode.USAGE


def test_an_import_makes_its_remarks(run: Run, home: Path, tmp_path: Path) -> None:
    files = right_files()
    files["absences.csv"][0].update(last_day="2009-12-31")
    answer = run("import", write_files(tmp_path / "files", files))
    assert answer.code == ExitCode.DONE
    assert "Remark: absences.csv, row 2, column last_day: inspector I1 has no working day" in answer.err
