"""Findings and hypotheses: each contribution in scope ends in one, or in a reason (R048, R078, R080, R085, R186)."""

from datetime import date, timedelta

import pytest
from sqlalchemy import Engine
from sqlmodel import Session, select

from models import AuditEntry, SignOff, session
from services.audit import Word
from services.casework.actions import required_actions
from services.casework.cases import published_cases
from services.casework.reporting.findings import (
    NewFinding,
    agree_finding,
    findings_of,
    withdraw_finding,
)
from services.casework.reporting.hypotheses import end_hypothesis, hypotheses_of, suppose
from services.casework.step_turns import Action
from services.casework.waiver_reasons import WaiverReason
from services.errors import AlreadySo, NotFound, Refused
from services.shown.findings import contribution_lines, ended_in_words
from tests.known import known
from tests.people import sign
from tests.reviewed import (
    ANALYSED,
    ANALYSIS,
    CODE,
    DRAFT,
    FIELDWORK_ENDS,
    FRAMEWORK,
    activity,
    agree,
    analysed,
    end,
    find_all,
    step,
    visited,
    word,
    write,
)
from tests.tables import at

SAFE = [contribution.id for contribution in FRAMEWORK.contributions if contribution.outcome == "stay_safe"]
FROM_EVIDENCE = [
    contribution.id for contribution in FRAMEWORK.contributions if contribution.id not in SAFE[1:]
]


@pytest.fixture
def analysis(engine: Engine) -> Engine:
    analysed(engine)
    return engine


@pytest.fixture
def after_fieldwork(engine: Engine) -> Engine:
    visited(engine)
    return engine


def test_21_contributions_end_by_evidence_and_13_need_fieldwork_each_for_a_reason_r048_r078(
    analysis: Engine,
) -> None:
    """The worked example: 34 contributions, full scope."""
    with session(analysis) as opened:
        for contribution in FROM_EVIDENCE[:21]:
            agree(opened, contribution, ANALYSED)
        left = [one.id for one in FRAMEWORK.contributions if one.id not in FROM_EVIDENCE[:21]]
        assert len(left) == 13
        with pytest.raises(
            Refused, match=r"fieldwork needs a reason. \(R078\) Choose one of: concern, no_access"
        ):
            suppose(opened, CODE, left[0], "Is it so?", "", word(ANALYSED))
        for contribution in left:
            suppose(opened, CODE, contribution, "Is it so?", "limited", word(ANALYSED))
        lines = contribution_lines(opened, activity(opened))
    assert ended_in_words(lines) == "21 of 34 contributions have ended; 13 hypotheses are open."
    assert {row.reason for line in lines for row in line.hypotheses} == {"Evidence is limited"}


def test_staying_safe_is_never_without_fieldwork_r080(analysis: Engine) -> None:
    with session(analysis) as opened:
        for contribution in SAFE[:-1]:
            agree(opened, contribution, ANALYSED)
        with pytest.raises(Refused, match=r"'Staying safe' would get no fieldwork at all.*\(R080\)"):
            agree(opened, SAFE[-1], ANALYSED)
        with pytest.raises(Refused, match="R080"):
            agree(opened, SAFE[-1], ANALYSED, kind="not_judged", text="", cause="no_expertise")
        for contribution in FRAMEWORK.contributions:
            if contribution.outcome == "be_healthy":
                agree(opened, contribution.id, ANALYSED)


def test_after_fieldwork_the_last_of_staying_safe_ends_r080(after_fieldwork: Engine) -> None:
    with session(after_fieldwork) as opened:
        for contribution in SAFE:
            agree(opened, contribution, FIELDWORK_ENDS)
        assert {row.step_id for row in findings_of(opened, activity(opened))} == {"fieldwork"}


@pytest.mark.parametrize("kind", ["gap", "failure"])
def test_a_gap_without_a_cause_is_refused_r085(after_fieldwork: Engine, kind: str) -> None:
    with session(after_fieldwork) as opened:
        message = rf"a {kind} needs a cause. \(R085\) Choose one of: ineffective, capacity."
        with pytest.raises(Refused, match=message):
            agree(opened, SAFE[0], FIELDWORK_ENDS, kind=kind)
        assert agree(opened, SAFE[0], FIELDWORK_ENDS, kind=kind, cause="ineffective").cause == "ineffective"


def test_where_there_is_no_capacity_somebody_says_how_the_area_managed_r085(after_fieldwork: Engine) -> None:
    with session(after_fieldwork) as opened:
        with pytest.raises(Refused, match=r"nobody has said how the area managed the gap. \(R085\)"):
            agree(opened, SAFE[0], FIELDWORK_ENDS, kind="gap", cause="capacity")
        managed = "Leeds takes them in."
        row = agree(opened, SAFE[0], FIELDWORK_ENDS, kind="gap", cause="capacity", managed=managed)
        assert row.managed == managed


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"kind": "weakness"}, "there is no kind of finding 'weakness'"),
        ({"kind": "gap", "cause": "capasity"}, "there is no cause 'capasity'.*Try 'capacity'"),
        ({"cause": "capacity", "managed": "well"}, "a strength has no cause"),
        ({"text": " "}, "the finding has no text"),
        ({"evidence": ("performance",)}, "no item of evidence 'performance'. Try 'performance_data'"),
        ({"step": "feedback"}, "no findings are agreed at 'feedback'"),
    ],
)
def test_everything_wrong_with_a_finding_is_named(
    after_fieldwork: Engine, given: dict[str, object], message: str
) -> None:
    with session(after_fieldwork) as opened, pytest.raises(Refused, match=message):
        agree(opened, "vetted_staff", FIELDWORK_ENDS, **given)


def test_an_unknown_contribution_is_named_with_a_similar_one(after_fieldwork: Engine) -> None:
    with (
        session(after_fieldwork) as opened,
        pytest.raises(NotFound, match=r"no such contribution.*vetted_staff"),
    ):
        agree(opened, "veted_staff", FIELDWORK_ENDS)


def test_a_finding_is_found_by_the_name_of_its_contribution_r132(after_fieldwork: Engine) -> None:
    """Strengths are findings as well as what is missing."""
    contribution = FRAMEWORK.contributions[0]
    with session(after_fieldwork) as opened:
        row = agree(
            opened, contribution.name.upper(), FIELDWORK_ENDS, evidence=("plans",), services=("Health", "")
        )
        assert (row.contribution, row.kind, row.evidence, row.services) == (
            contribution.id,
            "strength",
            "plans",
            "Health",
        )
        with pytest.raises(AlreadySo, match="Ann said so on 10 February 2006"):
            agree(opened, contribution.id, FIELDWORK_ENDS, evidence=("plans",), services=("Health",))


def test_nothing_is_found_before_the_analysis_r048(analysis: Engine) -> None:
    with session(analysis) as opened, pytest.raises(Refused, match="'Fieldwork' begins on 30 January 2006"):
        agree(opened, SAFE[0], ANALYSIS, step="fieldwork")


def test_what_is_not_judged_has_no_findings_beside_it_r186(after_fieldwork: Engine) -> None:
    with session(after_fieldwork) as opened:
        reason = {"kind": "not_judged", "text": ""}
        with pytest.raises(Refused, match=r"it needs a reason. \(R186\) Choose one of: no_expertise."):
            agree(opened, SAFE[0], FIELDWORK_ENDS, **reason)
        row = agree(opened, SAFE[0], FIELDWORK_ENDS, **reason, cause="no_expertise")
        with pytest.raises(Refused, match=f"it is not judged: finding {row.id}"):
            agree(opened, SAFE[0], FIELDWORK_ENDS)
        withdraw_finding(opened, CODE, row.id or 0, word(FIELDWORK_ENDS, "somebody came"))
        agree(opened, SAFE[0], FIELDWORK_ENDS)
        with pytest.raises(Refused, match="something is found of it"):
            agree(opened, SAFE[0], FIELDWORK_ENDS, **reason, cause="no_expertise")


def test_a_finding_is_withdrawn_with_a_reason_and_stays_in_the_log(after_fieldwork: Engine) -> None:
    with session(after_fieldwork) as opened:
        row = agree(opened, SAFE[0], FIELDWORK_ENDS)
        with pytest.raises(Refused, match="taking it back needs a reason"):
            withdraw_finding(opened, CODE, row.id or 0, word(FIELDWORK_ENDS))
        withdraw_finding(opened, CODE, row.id or 0, word(FIELDWORK_ENDS, "the wrong area"))
        assert findings_of(opened, activity(opened)) == []
        with pytest.raises(NotFound, match="there is no such finding"):
            withdraw_finding(opened, CODE, row.id or 0, word(FIELDWORK_ENDS, "again"))
        entry = known(opened.exec(select(AuditEntry).where(AuditEntry.action == "withdraw finding")).first())
        assert (entry.subject, entry.why) == (f"{CODE} {SAFE[0]}", "the wrong area")


def test_a_narrow_scope_leaves_out_other_outcomes_but_not_what_is_always_evaluated_r008_r187(
    after_fieldwork: Engine,
) -> None:
    with session(after_fieldwork) as opened:
        activity(opened).scope = "enjoy_achieve"
        opened.flush()
        inside = [line.id for line in contribution_lines(opened, activity(opened))]
        assert len(inside) == 8 + 2
        assert {"health_services", "protection_together"} < set(inside)
        with pytest.raises(Refused, match=r"not within the scope: Enjoying and achieving.*\(R008\)"):
            agree(opened, "vetted_staff", FIELDWORK_ENDS)


def test_a_hypothesis_is_confirmed_or_dropped_with_a_reason_r048(analysis: Engine) -> None:
    with session(analysis) as opened:
        row = suppose(opened, CODE, SAFE[0], "Streets are safe.", "conflicting", word(ANALYSED))
        number = row.id or 0
        with pytest.raises(Refused, match="dropping it needs a reason"):
            end_hypothesis(opened, CODE, number, "dropped", word(FIELDWORK_ENDS))
        with pytest.raises(Refused, match="it can't be 'proved'"):
            end_hypothesis(opened, CODE, number, "proved", word(FIELDWORK_ENDS))
        end_hypothesis(opened, CODE, number, "confirmed", word(FIELDWORK_ENDS))
        with pytest.raises(AlreadySo, match="it is confirmed"):
            end_hypothesis(opened, CODE, number, "confirmed", word(FIELDWORK_ENDS))
        assert [row.state for row in hypotheses_of(opened, activity(opened))] == ["confirmed"]


def test_the_draft_is_not_signed_off_before_every_contribution_has_ended_r186(
    after_fieldwork: Engine,
) -> None:
    with session(after_fieldwork) as opened:
        find_all(opened, DRAFT, without=2)
        for part in known(FRAMEWORK.report).needed_for("draft_report"):
            write(opened, part.id, "Text.")
    with session(after_fieldwork) as opened, pytest.raises(Refused, match="R186") as error:
        end(opened, "draft_report", DRAFT)
    (finding,) = error.value.findings
    names = "; ".join(contribution.name for contribution in FRAMEWORK.contributions[-2:])
    assert finding.message == f"these contributions end neither in a finding nor in a reason: {names}."
    with session(after_fieldwork) as opened:
        end(opened, "draft_report", DRAFT, WaiverReason("short_notice"))
        row = step(opened, "draft_report")
        signed = opened.exec(select(SignOff).where(SignOff.step_id == row.id)).one()
        assert signed.waived_report.split() == [one.id for one in FRAMEWORK.contributions[-2:]]


def test_findings_wait_for_the_leader_from_the_first_day_of_fieldwork_r048(analysis: Engine) -> None:
    def waits(opened: Session, day: date) -> list[tuple[str, str, date, date]]:
        case = next(case for case in published_cases(opened) if case.activity.code == CODE)
        found = [own for own in required_actions(case, day) if own.action is Action.FIND]
        return [(own.what, own.role, own.since, own.due) for own in found]

    first = date(2006, 1, 30)
    with session(analysis) as opened:
        assert waits(opened, first) == []
        row = step(opened, "analysis")
        sign(opened, row.id or 0, ANALYSED, word(ANALYSED))
        step(opened, "fieldwork").state = "open"
        opened.flush()
        assert waits(opened, first - timedelta(days=1)) == []
        assert waits(opened, first) == [("34 contributions", "team_leader", first, DRAFT)]
        agree(opened, SAFE[0], first)
        assert waits(opened, first) == [("33 contributions", "team_leader", first, DRAFT)]


def test_whoever_has_no_part_in_it_agrees_no_finding(after_fieldwork: Engine) -> None:
    """Known people without a role in fieldwork are told who may."""
    new = NewFinding(SAFE[0], "strength", "Done well.")
    with (
        session(after_fieldwork) as opened,
        pytest.raises(Refused, match="Those who may: Leader of the review team"),
    ):
        agree_finding(opened, CODE, new, Word("Lead Office", at(FIELDWORK_ENDS), FIELDWORK_ENDS))


def test_a_kind_without_findings_says_so(after_fieldwork: Engine) -> None:
    with session(after_fieldwork) as opened, pytest.raises(Refused, match="so nothing is found out"):
        suppose(opened, "sheffield-ca", SAFE[0], "Is it so?", "limited", word(ANALYSED))
