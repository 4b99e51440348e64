"""Questionnaire files: what is asked, and everything wrong with a file at once."""

from pathlib import Path

import pytest

from config.questionnaire_files import (
    FOLDER,
    InvalidQuestionnaire,
    find_questionnaire,
    load_questionnaire,
    read_questionnaires,
)

WRONG = """
id = "visits"
version = 0
name = "Visits"
asked_of = "director"
remind_before = 5
smallest_shown = 3
colour = "blue"

[[questions]]
id = "quality"
text = "We were content."
kind = "stars"

[[questions]]
id = "more"
text = "What else?"
kind = "text"
"""

ODD = """
id = "visits"
version = 1
name = "Visits"
asked_of = "director"
remind_before = 5
smallest_shown = 3

[[questions]]
id = "quality"
text = "We were content."
kind = "agree"
most = 2
of_which = "appeald"

[[questions]]
id = "more"
text = "What else?"
kind = "text"
has_comment = true

[[questions]]
id = "appealed"
text = "Did you appeal?"
kind = "yes_no"
"""


def written(folder: Path, text: str, name: str = "visits") -> Path:
    path = folder / f"{name}.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_two_questionnaires_of_2009_are_scored_and_counted_r194() -> None:
    """Nine sections of which eight are scored from 1 to 4; ten statements, of which eight to agree with."""
    kinds = {
        name: [question.kind for question in asked.questions] for name, asked in read_questionnaires().items()
    }
    assert (kinds["assessment-2009"].count("score"), kinds["assessment-2009"].count("text")) == (8, 1)
    visit = kinds["contact-visit-2009"]
    assert (visit.count("agree"), visit.count("up_to"), len(visit)) == (8, 1, 10)


def test_what_the_shared_basis_of_the_inspectorates_asks_is_in_the_questionnaire_of_a_review_r136() -> None:
    names = {question.id for question in find_questionnaire("joint-review").questions}
    assert names >= {"arrangements", "efficiency", "burden", "views", "courtesy", "report", "value"}


def test_every_wrong_key_is_a_finding_with_place_and_advice(tmp_path: Path) -> None:
    with pytest.raises(InvalidQuestionnaire) as refused:
        load_questionnaire(written(tmp_path, WRONG))
    assert {finding.key for finding in refused.value.findings} == {"version", "colour", "questions[0].kind"}


def test_what_joins_questions_is_looked_at_once_each_is_right(tmp_path: Path) -> None:
    with pytest.raises(InvalidQuestionnaire) as refused:
        load_questionnaire(written(tmp_path, ODD, "calls"))
    assert [str(finding) for finding in refused.value.findings] == [
        "calls.toml: id: the file is not named after its id 'visits'. Rename the file to visits.toml.",
        "calls.toml: questions[0].most: a question of kind 'agree' has one answer. Leave it out.",
        "calls.toml: questions[0].of_which: there is no question 'appeald' that is answered with yes or no. "
        "Try 'appealed'.",
        "calls.toml: questions[1].has_comment: nothing is chosen here, so the answer is words already. "
        "Leave it out.",
    ]


def test_a_question_that_is_there_twice_is_a_finding(tmp_path: Path) -> None:
    text = (FOLDER / "joint-review.toml").read_text(encoding="utf-8").replace('"views"', '"burden"')
    with pytest.raises(InvalidQuestionnaire, match="burden stands for two questions"):
        load_questionnaire(written(tmp_path, text, "joint-review"))


def test_a_file_of_the_home_takes_the_place_of_ours(home: Path) -> None:
    (home / "questionnaires").mkdir()
    text = (FOLDER / "joint-review.toml").read_text(encoding="utf-8").replace("version = 1", "version = 2")
    written(home / "questionnaires", text, "joint-review")
    assert find_questionnaire("joint-review").version == 2


def test_an_unknown_questionnaire_is_refused_with_the_nearest() -> None:
    with pytest.raises(InvalidQuestionnaire, match="Try 'joint-review'"):
        find_questionnaire("joint-reviews")
