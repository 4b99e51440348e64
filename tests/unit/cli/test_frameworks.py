"""`framework list`, `show`, `check` and `diff`."""

from pathlib import Path

import pytest
from sqlalchemy import Engine

from cli.shown.exit_codes import ExitCode
from config.framework_files import FOLDER, frameworks
from models import session
from services.kept_frameworks import earlier_texts
from tests.commands import Run
from tests.framework_texts import CONTACT, write_visit


def own_review(home: Path, *changes: tuple[str, str]) -> Path:
    """A copy of jar-2005 in the folder of the home, changed."""
    text = (FOLDER / "jar-2005.toml").read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    (home / "frameworks").mkdir(exist_ok=True)
    path = home / "frameworks" / "jar-2005.toml"
    path.write_text(text, encoding="utf-8")
    return path


THREE_WEEKS = ("duration_weeks = 2", "duration_weeks = 3")


def test_frameworks_are_listed_with_whose_they_are(run: Run, home: Path) -> None:
    own_review(home, THREE_WEEKS)
    write_visit(home / "frameworks")
    rows = {row["id"]: row for row in run("framework", "list", "--json").document}
    of_2005 = ("corporate-assessment-2002", "jar-2005", "visit-2019", "yot-inspection-2003")
    assert {name: rows[name]["whose"] for name in of_2005} == {
        "corporate-assessment-2002": "jarcycle's",
        "jar-2005": "yours, in place of jarcycle's",
        "visit-2019": "yours",
        "yot-inspection-2003": "jarcycle's",
    }
    assert (rows["jar-2005"]["from"], rows["jar-2005"]["to, not included"]) == (
        "1 April 2005",
        "1 April 2009",
    )
    assert "visit-2019" in run("framework", "list").out


def test_a_framework_is_shown_in_words(run: Run, home: Path) -> None:
    answer = run("framework", "show", "jar-2005")
    assert "2 weeks, 2 to 3 clear weeks after 'Analysis week'" in answer.out
    assert "8 weeks after the last day of 'Fieldwork'" in " ".join(answer.out.split())
    assert "Framework jar-2005 is published. It holds for kind 'jar' from 1 April 2005" in answer.err
    assert not (home / "jarcycle.db").exists()


def test_a_framework_of_today_says_how_sure_its_figures_are(run: Run) -> None:
    shown = run("framework", "show", "care-assessment-2023").out
    assert "How sure the figures are" in shown
    rows = [line.split() for line in shown.splitlines() if " verified " in line or " assumed " in line]
    assert ["step", "accuracy_comments", "verified"] in [row[:3] for row in rows]
    assert ["step", "information_return", "assumed"] in [row[:3] for row in rows]
    assert "How sure" not in run("framework", "show", "jar-2005").out


def test_an_unannounced_framework_says_from_when_it_is_known_r068(
    run: Run, tmp_path: Path, home: Path
) -> None:
    file = tmp_path / "contact-2009.toml"
    file.write_text(CONTACT)
    answer = run("framework", "show", file)
    assert "The authority's side hears of it once 'Arrival at the authority' is signed off." in answer.err
    assert "If nobody is assistant, told instead: director." in answer.err
    assert "2 working days from Wednesday" in answer.out
    file.write_text(CONTACT.replace('announce_from = "arrival"', 'announce_from = "never"'))
    assert "The authority's side never hears of it." in run("framework", "show", file).err


def test_who_follows_an_earlier_text_is_shown_with_the_difference(
    run: Run, home: Path, published: Engine
) -> None:
    own_review(home, THREE_WEEKS)
    shown = run("framework", "show", "jar-2005").err
    assert "3 activities follow an earlier text of jar-2005" in shown
    assert "until the next publication: cheshire-jar, sheffield-jar and wigan-jar." in " ".join(shown.split())
    with session(published, read_only=True) as opened:
        (text,) = earlier_texts(opened, frameworks())
    kept = f"jar-2005@{text.fingerprint}"
    assert f"jarcycle framework diff {kept} jar-2005" in shown
    found = run("framework", "diff", kept[:13], "jar-2005", "--json").document
    assert found == [{"key": "stages.fieldwork.duration_weeks", "before": 2, "after": 3}]
    status = run("status", "--as-of", "2005-08-08")
    assert (
        "3 activities follow an earlier text of jar-2005. See: jarcycle framework show jar-2005" in status.err
    )
    document = run("status", "--as-of", "2005-08-08", "--json").document
    assert document["earlier_frameworks"][0]["waiting"] == ["cheshire-jar", "sheffield-jar", "wigan-jar"]


def test_without_a_change_nobody_follows_an_earlier_text(run: Run, published: Engine) -> None:
    assert "earlier text" not in run("framework", "show", "jar-2005").err
    assert run("status", "--json").document["earlier_frameworks"] == []


def test_a_text_that_is_not_kept_is_named_with_those_that_are(run: Run, published: Engine) -> None:
    answer = run("framework", "show", "jar-2005@ffff")
    assert answer.code == ExitCode.INVALID_INPUT
    assert "no text of that fingerprint is kept. Use one of: jar-2005@" in answer.err


def test_two_files_are_compared_key_by_key(run: Run, tmp_path: Path, home: Path) -> None:
    changed = tmp_path / "changed"
    changed.mkdir()
    same = write_visit(tmp_path)
    other = write_visit(changed, ("amount = 5", "amount = 7"), ('status = "draft"', 'status = "approved"'))
    answer = run("framework", "diff", same, other)
    assert "steps.letter.due.amount" in answer.out
    assert "2 keys differ." in answer.err
    assert "Both say the same." in run("framework", "diff", same, same).err


def test_a_right_file_is_said_to_be_right(run: Run, tmp_path: Path, home: Path) -> None:
    answer = run("framework", "check", write_visit(tmp_path))
    assert (answer.code, answer.err) == (
        ExitCode.DONE,
        "visit-2019.toml is right: 4 steps, 2 planned stages.\n",
    )
    assert run("framework", "check", write_visit(tmp_path), "--json").document["clashes"] == []


@pytest.mark.parametrize("name", ["jar-2005", "corporate-assessment-2002", "yot-inspection-2003"])
def test_the_frameworks_of_ours_are_right_from_every_monday(run: Run, home: Path, name: str) -> None:
    assert run("framework", "check", FOLDER / f"{name}.toml", "--json").document["clashes"] == []


def test_everything_wrong_with_a_file_is_told(run: Run, tmp_path: Path, home: Path) -> None:
    file = write_visit(tmp_path, ('told = ["council"]', 'told = ["counsel"]'), ("amount = 3", ""))
    answer = run("framework", "check", file, "--json")
    assert answer.code == ExitCode.INVALID_INPUT
    assert [finding["key"] for finding in answer.document["findings"]] == [
        "steps[3].due.amount",
        "steps[2].told",
    ]


def test_a_second_framework_of_a_kind_is_refused_where_both_would_hold(
    run: Run, tmp_path: Path, home: Path
) -> None:
    text = (FOLDER / "jar-2005.toml").read_text().replace('id = "jar-2005"', 'id = "jar-2006"', 1)
    (tmp_path / "jar-2006.toml").write_text(text)
    answer = run("framework", "check", tmp_path / "jar-2006.toml")
    assert answer.code == ExitCode.INVALID_INPUT
    assert "'jar-2006' and 'jar-2005' are both for kind 'jar' and valid on the same days" in answer.err


COUNT = '[steps.due]\ncounted_from = "{}"\namount = 3\nunit = "{}"'
SOON = (COUNT.format("letter", "months"), COUNT.format("visit", "calendar_days"))


def test_a_step_that_is_always_due_before_what_it_comes_after_is_refused_r043(
    run: Run, tmp_path: Path, home: Path
) -> None:
    after = ('name = "Follow-up call"\n', 'name = "Follow-up call"\nafter = ["letter"]\n')
    answer = run("framework", "check", write_visit(tmp_path, after, SOON))
    assert answer.code == ExitCode.INVALID_INPUT
    assert "steps.follow_up: whenever it starts, it is due on" in answer.err
    assert "before letter on" in answer.err


def test_a_step_that_is_sometimes_due_too_early_is_told_r043(run: Run, tmp_path: Path, home: Path) -> None:
    """Six days after a Friday, on a working day, are usually not before five working days with that Friday."""
    after = ('name = "Follow-up call"\n', 'name = "Follow-up call"\nafter = ["letter"]\n')
    six = (SOON[0], SOON[1].replace("amount = 3", "amount = 6"))
    answer = run("framework", "check", write_visit(tmp_path, after, six))
    assert answer.code == ExitCode.DONE
    assert "of 52 Mondays it is due on" in answer.err
