"""Summaries of responses: grades that add up, questions without grades, headings, and everything wrong at once."""

from pathlib import Path

import pytest

from config.responses_files import (
    FOLDER,
    InvalidResponses,
    find_responses,
    load_responses,
    read_responses,
)

TEXT = (FOLDER / "2004-discussion.toml").read_text(encoding="utf-8")
OF_QUESTION_3 = "very_good = 14\ngood = 38\nsatisfactory = 35\nunsatisfactory = 7\nungraded = 32\ntotal = 126"


def changed(folder: Path, old: str, new: str) -> Path:
    """The consultation of 2004 with a part of it other."""
    assert old in TEXT
    path = folder / "2004-discussion.toml"
    path.write_text(TEXT.replace(old, new, 1), encoding="utf-8")
    return path


def findings(folder: Path, old: str, new: str) -> list[str]:
    with pytest.raises(InvalidResponses) as refused:
        load_responses(changed(folder, old, new))
    return [str(finding) for finding in refused.value.findings]


def test_part_a_of_2004_rests_on_four_conferences_and_130_responses_r135() -> None:
    took_part = find_responses("2004-discussion").took_part
    assert (took_part.conferences, took_part.delegates) == (4, 550)
    assert (took_part.responses, took_part.authorities) == (130, 140)


def test_eleven_questions_and_twelve_headings_r183() -> None:
    """C15."""
    found = find_responses("2004-discussion")
    assert [question.number for question in found.questions] == list(range(1, 12))
    assert len(found.headings) == 12
    with_action = {action.heading for action in found.actions}
    assert {heading.id for heading in found.headings} - with_action == {"weaknesses"}
    assert all(action.owner for action in found.actions)


def test_a_row_whose_grades_do_not_add_up_to_its_total_is_refused_r183(tmp_path: Path) -> None:
    """C15: question 3 has 32 + 14 + 38 + 35 + 7 = 126."""
    assert findings(tmp_path, OF_QUESTION_3, OF_QUESTION_3.replace("126", "127")) == [
        "2004-discussion.toml: questions[2]: 32 + 14 + 38 + 35 + 7 = 126, and the total is 127. "
        "Correct the number that was copied wrong."
    ]


def test_a_grade_for_a_question_without_grades_is_refused_r039(tmp_path: Path) -> None:
    """C15: question 4 asked for an option, and has no grades."""
    assert findings(tmp_path, "is_graded = false", "is_graded = false\ngood = 12") == [
        "2004-discussion.toml: questions[3].good: question 4 is not graded, so it has no number here. "
        "Leave it out, and name under preferred what most preferred."
    ]


def test_options_1_and_2_were_preferred_by_a_narrow_margin_r039() -> None:
    """C15."""
    question = find_responses("2004-discussion").questions[3]
    assert (question.is_graded, question.preferred) == (False, ("Option 1", "Option 2"))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("is_graded = false\n", "", "questions[3].preferred: question 4 is graded."),
        ("number = 2\n", "number = 1\n", "questions[1].number: question 1 is there twice."),
        ('heading = "health"', 'heading = "helth"', "there is no heading 'helth'. Try 'health'."),
        ('id = "health"', 'id = "outcomes"', "headings[2].id: 'outcomes' is there twice."),
        ("question = 11\n", "question = 12\n", "there is no question 12."),
        ('owner = "Steering group"\n', "", "actions[0].owner: this key is missing."),
        ("total = 128\n", "", "questions[0].total: this key is missing."),
        ("[took_part]", "opens_on = 2004-12-06\nends_on = 2004-12-05\n[took_part]", "ends_on: it is earlier"),
    ],
)
def test_what_is_wrong_is_said_with_its_place_and_advice(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    assert said in "\n".join(findings(tmp_path, old, new))


def test_a_file_of_the_home_takes_the_place_of_ours(home: Path) -> None:
    (home / "responses").mkdir()
    changed(home / "responses", "responses = 130", "responses = 131")
    assert read_responses()["2004-discussion"].took_part.responses == 131


def test_an_unknown_consultation_is_refused_with_the_nearest() -> None:
    with pytest.raises(InvalidResponses, match="Try '2004-discussion'"):
        find_responses("2004-discusion")
