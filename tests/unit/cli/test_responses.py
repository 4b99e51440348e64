"""`responses`: what consultations came to."""

from cli.shown.exit_codes import ExitCode
from tests.commands import Run


def test_a_consultation_is_listed_and_shown_with_its_bases_r183(run: Run, home: object) -> None:
    assert "2004-discussion" in run("responses", "list").out
    shown = run("responses", "show", "2004-discussion")
    assert "40 of 87 (46.0%)" in shown.out
    assert "preferred: Option 1 and Option 2" in shown.out
    assert "Take time to learn from the pilots." in shown.out
    assert "Question 5 was graded lowest" in shown.err
    assert "140 authorities took part in some way." in shown.err
    document = run("responses", "show", "2004-discussion", "--json").document
    assert document["questions"][7]["good_or_better"] == {"number": 40, "base": 87}
    names = [row["id"] for row in run("responses", "list", "--json").document]
    assert names == ["2004-discussion", "2009-evaluation"]
    without_grades = run("responses", "show", "2009-evaluation")
    assert "A third nominated person of each authority has access" in without_grades.out
    assert "graded lowest" not in without_grades.err


def test_an_unknown_consultation_is_invalid_input(run: Run, home: object) -> None:
    assert run("responses", "show", "2005").code == ExitCode.INVALID_INPUT
