"""Reviews that took place, counted by our rules: dates are those that the councils reported at the time."""

from datetime import date
from pathlib import Path

import pytest

from config.framework_files import FOLDER, frameworks, load_framework
from services.casework.dated_steps import Step
from services.casework.review_timetable import timetable
from tests.framework_texts import SPECIAL_REVIEW

FRAMEWORKS = frameworks([FOLDER])


def by_id(*steps: Step) -> dict[str, Step]:
    return {step.id: step for step in steps}


@pytest.fixture(scope="module")
def sheffield() -> dict[str, Step]:
    """2006: analysis from 10 July, fieldwork from 4 September; self-assessment wanted by 13 June, set up on 18 May."""
    agreed = {"set_up": date(2006, 5, 18), "self_assessment": date(2006, 6, 13)}
    starts = {"fieldwork": date(2006, 9, 4)}
    return by_id(*timetable(FRAMEWORKS["jar-2005"], date(2006, 7, 10), starts, overrides=agreed))


def test_a_summer_lies_between_analysis_and_fieldwork_r049_r050(sheffield: dict[str, Step]) -> None:
    analysis, fieldwork = sheffield["analysis"], sheffield["fieldwork"]
    assert (analysis.start, analysis.end) == (date(2006, 7, 10), date(2006, 7, 14))
    assert (fieldwork.start, fieldwork.end) == (date(2006, 9, 4), date(2006, 9, 15))
    assert "7 clear weeks" in fieldwork.waiver_needed
    assert analysis.waiver_needed == ""


def test_the_report_is_counted_from_the_end_of_fieldwork_r052_r053(sheffield: dict[str, Step]) -> None:
    """The council expected to be told of it early in December: after the comments, before the discussion is due."""
    days = [
        sheffield[name].due for name in ("draft_report", "accuracy_comments", "discussion", "publication")
    ]
    assert days == [date(2006, 11, 10), date(2006, 11, 24), date(2006, 12, 15), date(2007, 1, 26)]


def test_a_day_late_with_the_self_assessment_is_a_waiver_only_where_it_is_hard_r071(
    sheffield: dict[str, Step],
) -> None:
    assert sheffield["self_assessment"].due == date(2006, 6, 13)
    assert "by the rule it would be 12 June 2006" in sheffield["self_assessment"].notes[0]
    is_hard = sheffield["self_assessment"].binding == "hard"
    assert bool(sheffield["self_assessment"].waiver_needed) == is_hard


def test_review_and_assessment_of_the_isle_of_wight_are_published_on_one_day_r035_r089() -> None:
    """Both were on site in May 2006 and published on 14 August; the action plan was due 70 working days later."""
    on_site, published = date(2006, 5, 15), date(2006, 8, 14)
    review = by_id(
        *timetable(
            FRAMEWORKS["jar-2005"],
            date(2006, 4, 24),
            {"fieldwork": on_site},
            actuals={"publication": published},
        )
    )
    agreed = {"publication": published}
    assessment = by_id(*timetable(FRAMEWORKS["corporate-assessment-2002"], on_site, overrides=agreed))
    assert review["publication"].actual == assessment["publication"].due == published
    assert review["circulation"].due == date(2006, 9, 26)
    assert review["action_statement"].due == date(2006, 11, 21)
    assert review["publication"].waiver_needed == assessment["publication"].waiver_needed == ""


def test_a_review_in_a_hurry_needs_a_waiver_for_each_rule_it_breaks_r094() -> None:
    """The nearest weeks under the usual framework: notice days before the analysis, no clear week before fieldwork."""
    steps = by_id(
        *timetable(
            FRAMEWORKS["jar-2005"],
            date(2008, 11, 17),
            {"fieldwork": date(2008, 11, 24)},
            actuals={"notification": date(2008, 11, 12)},
        )
    )
    assert steps["notification"].waiver_needed == (
        "done on 12 November 2008, the rule says 22 August 2008 at the latest"
    )
    assert "no clear weeks lie before it" in steps["fieldwork"].waiver_needed
    assert {step.id for step in steps.values() if step.waiver_needed} == {"notification", "fieldwork"}


def test_a_review_after_a_critical_event_has_a_month_to_its_report_r094_r095(tmp_path: Path) -> None:
    """Haringey 2008: asked for on 12 November, ten working days from Thursday the 13th, report on 1 December."""
    file = tmp_path / "special-review-2008.toml"
    file.write_text(SPECIAL_REVIEW)
    special = load_framework(file)
    steps = by_id(*timetable(special, date(2008, 11, 13), actuals={"notification": date(2008, 11, 12)}))
    assert (steps["fieldwork"].start, steps["fieldwork"].end) == (date(2008, 11, 13), date(2008, 11, 26))
    assert steps["publication"].due == date(2008, 12, 1)
    assert steps["action_statement"].due == date(2009, 3, 12)
    assert steps["notification"].waiver_needed == ""
    agreed = {"action_statement": date(2009, 2, 27)}
    earlier = by_id(*timetable(special, date(2008, 11, 13), overrides=agreed))
    assert (earlier["action_statement"].due, earlier["action_statement"].waiver_needed) == (
        date(2009, 2, 27),
        "",
    )
