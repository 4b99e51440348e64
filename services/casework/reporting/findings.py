"""Findings of a review (R048, R085, R186): each contribution in scope ends in one, or in a reason why there is none."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sqlmodel import Session, col, select

from config.findings import nearest
from config.reporting import Contribution, FindingRules
from models import Activity, ReviewFinding
from reports.words import date_in_words, list_in_words
from services.audit import Word
from services.casework.reporting.report_case import ReportCase
from services.doors import SAY_WHAT_WAS_WRONG
from services.errors import AlreadySo, Objection

AGREE, WITHDRAW = "agree finding", "withdraw finding"


class FindingKind(StrEnum):
    """What a finding says of a contribution (R085, R132); the last one that there is none."""

    STRENGTH = "strength"
    GAP = "gap"
    FAILURE = "failure"
    NOT_JUDGED = "not_judged"


KIND_WORDS = {
    FindingKind.STRENGTH: "strength",
    FindingKind.GAP: "gap",
    FindingKind.FAILURE: "failure",
    FindingKind.NOT_JUDGED: "not judged",
}
WITH_CAUSE = (FindingKind.GAP, FindingKind.FAILURE)


@dataclass(frozen=True)
class NewFinding:
    """What is said of a contribution.

    Attributes
    ----------
    contribution
        By identifier or name.
    kind
        strength, gap, failure or not_judged.
    cause
        Of a gap or a failure a cause, of what is not judged a reason; codes of the framework.
    managed
        How the area managed, where the framework asks for it.
    services, evidence
        Names of services, and identifiers of items of evidence.
    step
        At which step it was agreed; blank: the latest that has begun.
    """

    contribution: str
    kind: str
    text: str = ""
    cause: str = ""
    managed: str = ""
    services: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    step: str = ""


def agree_finding(session: Session, code: str, new: NewFinding, word: Word) -> ReviewFinding:
    """Write down how a contribution ends.

    Raises
    ------
    NotFound
        If there is no such contribution.
    Refused
        With everything that is wrong: outside the scope, an unknown kind, cause or item, a gap without a cause (R085),
        a step that has not begun, both a finding and a reason for none, an outcome that would get no fieldwork (R080),
        a speaker without the role.
    """
    case = ReportCase(session, code, word)
    rules, contribution = case.finding_rules(), case.contribution(new.contribution)
    step = new.step or _latest(case, rules)
    there = [row for row in findings_of(session, case.activity) if row.contribution == contribution.id]
    row = _row(case, contribution, new, step)
    for other in there:
        if _said(other) == _said(row):
            day = date_in_words(other.said_on)
            raise AlreadySo.because(case.place(contribution.id), f"{other.said_by} said so on {day}.")
    case.refuse(
        [
            *case.objections_to_state(),
            *_content(case, rules, contribution, new),
            *_step(case, rules, step),
            *_beside(case, contribution, new, there),
            *_no_fieldwork(case, rules, contribution, step),
            *case.objections_to_speaker(case.policy.speakers.findings, step),
        ]
    )
    session.add(row)
    session.flush()
    case.audit(AGREE, contribution.id, after={"finding": row.id, **_said(row)})
    return row


def withdraw_finding(session: Session, code: str, number: int, word: Word) -> ReviewFinding:
    """Take a finding back; it stays, with the reason. Refused without one, or once the report is published."""
    case = ReportCase(session, code, word)
    case.finding_rules()
    known = {row.id or 0: row for row in findings_of(session, case.activity)}
    if number not in known:
        raise case.not_found("finding", number, sorted(known))
    row = known[number]
    found = [
        *case.objections_to_state(),
        *case.objections_to_speaker(case.policy.speakers.findings, row.step_id),
    ]
    if not word.note.strip():
        message = "taking it back needs a reason."
        found.append(Objection(case.place(row.contribution), message, SAY_WHAT_WAS_WRONG, field="why"))
    case.refuse(found)
    row.withdrawn_on, row.withdrawn_why = word.as_of, word.note
    session.flush()
    case.audit(WITHDRAW, row.contribution, before={"finding": row.id, **_said(row)}, after={})
    return row


def findings_of(session: Session, activity: Activity) -> list[ReviewFinding]:
    """The findings of an activity that are not withdrawn, in the order in which they were written down."""
    query = (
        select(ReviewFinding)
        .where(ReviewFinding.activity_id == activity.id, col(ReviewFinding.withdrawn_on).is_(None))
        .order_by(col(ReviewFinding.id))
    )
    return list(session.exec(query))


def _latest(case: ReportCase, rules: FindingRules) -> str:
    """The last step of those at which findings are agreed that has begun; the first if none has."""
    begun = [
        name for name in rules.agreed_at if name in case.steps and not list(case.objections_to_step(name))
    ]
    return begun[-1] if begun else rules.agreed_at[0]


def _row(case: ReportCase, contribution: Contribution, new: NewFinding, step: str) -> ReviewFinding:
    return ReviewFinding(
        activity_id=case.number,
        contribution=contribution.id,
        kind=new.kind,
        text=new.text.strip(),
        cause=new.cause,
        managed=new.managed.strip(),
        services="; ".join(name.strip() for name in new.services if name.strip()),
        evidence=" ".join(new.evidence),
        step_id=step,
        said_by=case.word.who,
        said_at=case.word.at,
        said_on=case.word.as_of,
    )


def _said(row: ReviewFinding) -> dict[str, object]:
    names = ("kind", "text", "cause", "managed", "services", "evidence", "step_id")
    return {name: getattr(row, name) for name in names}


def _content(
    case: ReportCase, rules: FindingRules, contribution: Contribution, new: NewFinding
) -> Iterator[Objection]:
    place = case.place(contribution.id)
    if new.kind not in FindingKind.__members__.values():
        advice = nearest(new.kind, [kind.value for kind in FindingKind])
        yield Objection(place, f"there is no kind of finding '{new.kind}'.", advice, "R085", "kind")
        return
    if new.kind != FindingKind.NOT_JUDGED and not new.text.strip():
        yield Objection(place, "the finding has no text.", "Say what was found.", field="text")
    causes = rules.not_judged if new.kind == FindingKind.NOT_JUDGED else rules.causes
    if new.kind == FindingKind.STRENGTH and new.cause:
        advice = "Leave the cause out."
        yield Objection(place, "a strength has no cause.", advice, "R085", "cause")
    elif new.kind != FindingKind.STRENGTH and not new.cause:
        what = f"a {new.kind} needs a cause" if new.kind in WITH_CAUSE else "it needs a reason"
        advice = f"Choose one of: {', '.join(causes)}."
        number = "R085" if new.kind in WITH_CAUSE else "R186"
        yield Objection(place, f"{what}.", advice, number, "cause")
    elif new.kind != FindingKind.STRENGTH and new.cause not in causes:
        yield Objection(
            place, f"there is no cause '{new.cause}'.", nearest(new.cause, causes), "R085", "cause"
        )
    if new.cause in rules.asks_how_managed and not new.managed.strip():
        message = "nobody has said how the area managed the gap."
        yield Objection(place, message, "Say how the area managed.", "R085", "managed")
    known = [item.id for item in case.framework.evidence]
    for item in new.evidence:
        if item not in known:
            message = f"there is no item of evidence '{item}'."
            yield Objection(place, message, nearest(item, known), field="evidence")


def _step(case: ReportCase, rules: FindingRules, step: str) -> Iterator[Objection]:
    if step not in rules.agreed_at:
        message = f"no findings are agreed at '{step}'."
        yield Objection(case.place(step), message, nearest(step, rules.agreed_at), "R048", "step")
    else:
        yield from case.objections_to_step(step)


def _beside(
    case: ReportCase, contribution: Contribution, new: NewFinding, there: list[ReviewFinding]
) -> Iterator[Objection]:
    """What is found of a contribution is judged; what is not judged has no findings."""
    is_judged = new.kind != FindingKind.NOT_JUDGED
    against = [row for row in there if (row.kind != FindingKind.NOT_JUDGED) != is_judged]
    if against:
        what = "it is not judged" if is_judged else "something is found of it"
        numbers = list_in_words([str(row.id) for row in against])
        advice = f"Withdraw finding {numbers} first."
        yield Objection(case.place(contribution.id), f"{what}: finding {numbers}.", advice)


def _no_fieldwork(
    case: ReportCase, rules: FindingRules, contribution: Contribution, step: str
) -> Iterator[Objection]:
    """R080: of some outcomes something is always left for fieldwork."""
    if contribution.outcome not in rules.always_fieldwork or step == rules.agreed_at[-1]:
        return
    ended = {row.contribution for row in findings_of(case.session, case.activity)} | {contribution.id}
    inside = case.framework.contributions_in(case.activity.outcomes)
    if all(other.id in ended for other in inside if other.outcome == contribution.outcome):
        outcome = case.framework.outcomes[contribution.outcome]
        message = f"'{outcome}' would get no fieldwork at all: this is its last contribution."
        advice = "Leave it for fieldwork, with a hypothesis."
        yield Objection(case.place(contribution.id), message, advice, "R080")
