"""What depends on a grade, the extent or the scope: steps, due days, places and quotas of a team."""

from pathlib import Path

import pytest

from config.applying import applied, is_conditional
from config.conditions import Circumstances, Condition
from config.framework import Framework
from config.framework_files import InvalidFramework, load_framework
from services.casework.framework_trial import try_out
from services.casework.rule_words import step_in_words
from services.shown.framework_lines import sentences
from tests.framework_texts import write_visit
from tests.known import known

OUTCOMES = ("[skills]", '[outcomes]\nstay_safe = "Staying safe"\nachieve = "Achieving"\n\n[skills]')
GRADED = (
    "[[stages]]",
    '[[judgements]]\nid = "overall"\nname = "Overall"\nscale = ["1", "2"]\ndecided_at = "visit"\n\n[[stages]]',
)
FIRST_STAGE = '[[stages]]\nid = "preparation"'
WORST = '{ judgement = "overall", grades = ["1"], of_last = true }'
BEST = '{ judgement = "overall", grades = ["2"], of_last = true }'


def visit(folder: Path, *changes: tuple[str, str]) -> Framework:
    return load_framework(write_visit(folder, OUTCOMES, GRADED, *changes))


def added(condition: str, places: str) -> tuple[str, str]:
    return FIRST_STAGE, f"[[added_places]]\nonly_if = {condition}\nplaces = {{ {places} }}\n\n{FIRST_STAGE}"


def quotas(*texts: str) -> tuple[str, str]:
    return "max_members = 4", f"max_members = 4\nquotas = [{', '.join(texts)}]"


def at(scope: tuple[str, ...] | None = None, last: str = "") -> Circumstances:
    return Circumstances("usual", scope, last_grades={"overall": last} if last else {})


@pytest.mark.parametrize(
    ("scope", "holds"),
    [(None, True), (("stay_safe",), True), (("achieve", "stay_safe"), True), (("achieve",), False)],
)
def test_a_condition_on_an_outcome_holds_where_the_scope_has_it_r008(
    scope: tuple[str, ...] | None, holds: bool
) -> None:
    assert Condition(outcomes=("stay_safe",)).holds(at(scope)) is holds


def test_everything_that_a_condition_names_has_to_hold() -> None:
    both = Condition(outcomes=("stay_safe",), judgement="overall", grades=("1",), of_last=True)
    assert both.holds(at(("stay_safe",), "1"))
    assert not both.holds(at(("stay_safe",), "2"))
    assert not both.holds(at(("achieve",), "1"))
    assert not both.holds(at(("stay_safe",)))


def test_a_step_may_depend_on_the_scope_r008(tmp_path: Path) -> None:
    call = ('name = "Follow-up call"', 'name = "Follow-up call"\nonly_if = { outcomes = ["achieve"] }')
    framework = visit(tmp_path, call)
    assert [step.id for step in applied(framework, at()).steps][-1] == "follow_up"
    assert [step.id for step in applied(framework, at(("stay_safe",))).steps][-1] == "letter"
    assert step_in_words(framework, framework.step("follow_up")).endswith("only if it looks at Achieving")


def test_places_of_a_team_may_depend_on_the_scope_and_the_last_grade_r008_r059(tmp_path: Path) -> None:
    framework = visit(tmp_path, added('{ outcomes = ["achieve"] }', "schools = 1"), added(WORST, "care = 1"))
    assert is_conditional(framework)
    assert applied(framework, at()).places("usual") == {"care": 1, "schools": 1}
    assert applied(framework, at(("stay_safe",))).places("usual") == {"care": 1}
    assert applied(framework, at(("stay_safe",), "1")).places("usual") == {"care": 2}
    assert not is_conditional(applied(framework, at()))
    assert "More places: 1 for Schools, only if it looks at Achieving." in list(sentences(framework))


def test_a_quota_may_depend_on_the_last_grade_r144(tmp_path: Path) -> None:
    framework = visit(tmp_path, quotas(f'{{ body = "AC", minimum = 1, only_if = {WORST} }}'))
    told = [
        [quota.body for quota in found.quotas]
        for last in ("1", "2", "")
        if (found := applied(framework, at(last=last)).team)
    ]
    assert told == [["AC"], [], []]
    assert "Members of a team from AC: at least 1, only if the last Overall is 1." in list(
        sentences(framework)
    )


def test_a_body_has_one_quota_in_all_circumstances_r144(tmp_path: Path) -> None:
    """Two that never hold together are right; their twins that may are not."""
    worst, best = (
        f'{{ body = "AC", minimum = 2, only_if = {WORST} }}',
        f'{{ body = "AC", maximum = 1, only_if = {BEST} }}',
    )
    assert visit(tmp_path, quotas(worst, best)).team
    with pytest.raises(InvalidFramework, match=r"team.quotas\[0\].body: 'AC' has 2 quotas"):
        visit(tmp_path, quotas(worst, '{ body = "AC", maximum = 2, only_if = { outcomes = ["stay_safe"] } }'))


def test_a_team_is_neither_too_small_nor_too_large_in_any_circumstances_r055(tmp_path: Path) -> None:
    """Places for two grades never come together: three with the leader; for a grade and an outcome they may."""
    assert visit(tmp_path, added(WORST, "care = 1"), added(BEST, "care = 2")).team
    with pytest.raises(InvalidFramework, match="'usual' makes a team of 5, the rule is 2 to 4"):
        visit(tmp_path, added(BEST, "care = 2"), added('{ outcomes = ["achieve"] }', "schools = 1"))


def test_a_team_can_not_depend_on_what_is_judged_of_itself(tmp_path: Path) -> None:
    own = '{ judgement = "overall", grades = ["1"] }'
    with pytest.raises(
        InvalidFramework, match=r"added_places\[0\].only_if.of_last: the team is planned before"
    ):
        visit(tmp_path, added(own, "care = 1"))
    with pytest.raises(
        InvalidFramework, match=r"team.quotas\[0\].only_if.of_last: the team is planned before"
    ):
        visit(tmp_path, quotas(f'{{ body = "AC", minimum = 1, only_if = {own} }}'))


NOTICE = (
    "[[steps]]",
    """[[steps]]
id = "notice"
name = "Notice"
kind = "deadline"
binding = "hard"
who = ["lead"]
waiver_when_late = true
due = { counted_from = "preparation", edge = "start", direction = "before", amount = 60, unit = "working_days" }
[[steps.due_if]]
only_if = { outcomes = ["stay_safe"], judgement = "overall", grades = ["1"], of_last = true }
counted_from = "preparation"
edge = "start"
direction = "before"
amount = 10
unit = "working_days"
[[steps.due_if]]
only_if = { judgement = "overall", grades = ["1"], of_last = true }
counted_from = "preparation"
edge = "start"
direction = "before"
amount = 20
unit = "working_days"

[[steps]]""",
)


def test_a_notice_may_depend_on_scope_and_last_grade_the_first_that_holds_counts_r008_r064(
    tmp_path: Path,
) -> None:
    framework = visit(tmp_path, NOTICE)

    def days(circumstances: Circumstances) -> int | None:
        return known(known(applied(framework, circumstances).notice).due).amount

    assert days(at()) == 60
    assert days(at(last="1")) == 10
    assert days(at(("achieve",), "1")) == 20
    assert days(at(("stay_safe",), "2")) == 60
    told = step_in_words(framework, framework.step("notice"))
    assert (
        "or 10 working days before the first day of 'Preparation' if the last Overall is 1 and it looks at"
        in told
    )


def test_each_due_day_is_tried_out_r043(tmp_path: Path) -> None:
    """A letter that comes after the visit can't be due before it in some circumstances."""
    early = (
        "[steps.due]",
        '[[steps.due_if]]\nonly_if = { outcomes = ["achieve"] }\ncounted_from = "preparation"\namount = 1\n'
        'unit = "working_days"\n[steps.due]',
    )
    (clash,) = try_out(visit(tmp_path, early))
    assert (clash.step, clash.comes_after, clash.is_always) == ("letter", "visit", True)
    assert try_out(visit(tmp_path)) == []
