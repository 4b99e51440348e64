"""A consultation in numbers: grades with their base, and what each heading brought (C15)."""

import pytest

from config.responses_files import find_responses
from services.shown.responses import QuestionLine, summarise
from tests.known import known

FOUND = summarise(find_responses("2004-discussion"))


def line(number: int) -> QuestionLine:
    return next(found for found in FOUND.questions if found.number == number)


def test_of_87_grades_for_the_timescales_46_per_cent_are_good_or_better_r183() -> None:
    """C15: question 8 had 127 responses, of which 40 gave no grade; 13.8 per cent are unsatisfactory."""
    process = line(8)
    assert known(process.graded).in_words() == "87 of 127 (68.5%)"
    assert known(process.good_or_better).in_words() == "40 of 87 (46.0%)"
    assert [share.number for _words, share in process.grades] == [11, 29, 35, 12]
    assert dict(process.grades)["Unsatisfactory"].per_cent == 13.8


@pytest.mark.parametrize(("number", "per_cent"), [(1, 78.4), (5, 43.2)])
def test_the_principles_are_liked_most_and_the_scope_least_r183(number: int, per_cent: float) -> None:
    """C15."""
    assert known(line(number).good_or_better).per_cent == per_cent
    parts = [known(found.good_or_better).per_cent for found in FOUND.questions if found.graded]
    assert per_cent in (max(map(known, parts)), min(map(known, parts)))
    assert known(FOUND.lowest).number == 5


def test_a_question_about_options_has_no_numbers_r039() -> None:
    options = line(4)
    assert (options.graded, options.grades, options.preferred) == (None, (), ("Option 1", "Option 2"))


def test_every_suggestion_and_action_stands_under_its_heading_r125() -> None:
    """Trials shape the requirements: asked for by respondents, and taken up by the steering group."""
    summary = FOUND.summary
    assert sum(len(found.suggestions) for found in FOUND.headings) == len(summary.suggestions)
    assert sum(len(found.actions) for found in FOUND.headings) == len(summary.actions)
    timescales = next(found for found in FOUND.headings if found.heading.id == "timescales")
    assert any("pilots" in row.text for row in timescales.suggestions)
    assert any("trials" in row.text for row in timescales.actions)


@pytest.mark.parametrize(
    ("heading", "word"),
    [
        ("arrangements", "single point of contact"),  # R156
        ("tests", "Talk about the tests"),  # R157
        ("tests", "what limits them"),  # R158
        ("profile", "access"),  # R159
        ("costs", "none is asked twice"),  # R160
        ("self_assessment", "review of the plan"),  # R161
        ("appeals", "a stage before the appeal"),  # R162
        ("impact", "broader letter"),  # R163
    ],
)
def test_each_suggestion_of_2010_has_an_action_with_owner_and_state(heading: str, word: str) -> None:
    """R197: what R156-R163 ask for is recorded with its answer; without grades, as those tables are lost."""
    found = summarise(find_responses("2009-evaluation"))
    line = next(known_line for known_line in found.headings if known_line.heading.id == heading)
    assert any(word in suggestion.text for suggestion in line.suggestions)
    assert {(action.owner, action.progress in ("taken", "planned")) for action in line.actions} == {
        ("Ofsted", True)
    }
    assert (found.questions, found.lowest) == ((), None)


def test_134_authorities_took_part_in_2010_with_222_delegates_and_112_answers_r182() -> None:
    took_part = find_responses("2009-evaluation").took_part
    assert (took_part.authorities, took_part.delegates, took_part.responses) == (134, 222, 59 + 53)
