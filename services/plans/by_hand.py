"""A plan changed by hand: its consequences first, then a draft version that knows the one it was made from."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from sqlmodel import Session

from scheduler.checking.checker import SHORTAGE_RULES
from scheduler.cost import make_plan
from scheduler.values.plan import Plan, TeamMember
from scheduler.values.result import PhaseFigures, Result, SolveParams, Status
from scheduler.values.value import Starts
from services.audit import Word, record_word
from services.errors import AlreadySo, Objection
from services.plans import plan_store
from services.plans.consequences import (
    Broken,
    Consequences,
    broken_rules,
    displaced_people,
    moved_activities,
)
from services.plans.source_versions import Source
from services.plans.trial_publication import tried
from services.previews import preview

BY_HAND = "change by hand"
"""What the log calls it."""

DRAFT = "the draft"
"""What an objection is about that speaks of the plan as a whole: it has no number yet."""

OLDER_FACTS = (
    "Facts have changed since plan {base}, from which it was made by hand, or while it was looked at."
)


Change = tuple[Starts, Collection[TeamMember]]
"""Start weeks of every activity of a plan, and all of its filled places."""


@dataclass(frozen=True)
class ByHand:
    """A plan changed by hand, not kept yet: from which version, what was asked in words, the plan, what it means."""

    source: Source
    what: str
    plan: Plan
    consequences: Consequences


def let_others_write(session: Session) -> None:
    """End the transaction in which a plan and its facts were read: what takes long is done outside of any."""
    session.expunge_all()  # a rollback would expire the rows that were read; let go of, they stay as they are
    session.rollback()


def changed_plan(
    session: Session, source: Source, what: str, change: Change, wanted: Collection[str], word: Word
) -> ByHand:
    """A plan with other dates and teams for the problem of its source, and everything that follows from it.

    Ends the transaction of the session: what a trial publication writes in it is taken back.

    Parameters
    ----------
    what
        The change in words.
    wanted
        Codes of the activities that were asked for.

    Raises
    ------
    AlreadySo
        If the version is just so.
    """
    before, plan = source.plan, make_plan(source.problem, *change)
    if (plan.dates, plan.members) == (before.dates, before.members):
        raise AlreadySo.because(f"plan {source.version}", "it has these dates and people.")
    plan = plan.model_copy(update={"certificates": before.certificates})
    consequences = Consequences(
        broken=broken_rules(source.problem, before, plan),
        costs_before=before.costs,
        costs_after=plan.costs,
        displaced=displaced_people(source.problem, before, plan),
        moved=moved_activities(before, plan, wanted),
    )
    return _with_publication(session, ByHand(source, what, plan, consequences), word)


def _with_publication(session: Session, made: ByHand, word: Word) -> ByHand:
    """A changed plan with who would be told if it were published today, and what that would ask."""

    def publish(trial: Session) -> tuple[Objection, ...]:
        number = _stored(trial, made, word)
        return tuple(
            replace(objection, place=DRAFT) if objection.place == f"plan {number}" else objection
            for objection in tried(trial, number, word)
        )

    objections, found = preview(session, publish)
    return replace(made, consequences=replace(made.consequences, told=found.told, objections=objections))


def keep(session: Session, made: ByHand, word: Word) -> int:
    """Store a plan changed by hand as a draft version; returns its number.

    Its reason is the change in words, and the remark of whoever made it. If the version that it comes from goes by
    older facts, and could not be looked at by those of now, so does the draft; also if they have changed meanwhile.
    """
    number = _stored(session, made, word)
    moved = {change.activity: (change.before, change.after) for change in made.consequences.moved}
    people = [
        {"activity": change.activity, "place": change.place, "out": change.out, "into": change.into}
        for change in made.consequences.displaced
    ]
    record_word(
        session,
        word,
        BY_HAND,
        f"plan {number}",
        before={"plan": made.source.version, "weeks": {code: weeks for code, (weeks, _) in moved.items()}},
        after={
            "plan": number,
            "weeks": {code: weeks for code, (_, weeks) in moved.items()},
            "people": people,
            "broken": [broken.rule for broken in made.consequences.broken],
        },
    )
    return number


def _stored(session: Session, made: ByHand, word: Word) -> int:
    source, result = made.source, _result(made.source, made.plan, _is_sound(made.consequences.broken))
    why = f"{made.what} ({word.note})" if word.note.strip() else made.what
    origin = plan_store.Origin(source.rules, source.version, why)
    number = plan_store.store_plan(
        session, source.problem, result, source.option, word.who, word.at, word.as_of, origin
    )
    if source.is_outdated(session, word.as_of):
        older = OLDER_FACTS.format(base=source.version)
        plan_store.record_stale(session, plan_store.find_version(session, number), older, word.who, word.at)
    return number


def _is_sound(broken: Iterable[Broken]) -> bool:
    """Whether a plan breaks no rule but by places for which nobody is free, which are a cost."""
    return all(found.rule in SHORTAGE_RULES for found in broken)


def _result(source: Source, plan: Plan, is_sound: bool) -> Result:
    """The plan in the form in which plans are stored, with what is proven of all plans of its problem.

    A plan that breaks rules may cost less than any that keeps them: nothing is proven of it then.
    """
    dates, teams = _bounds(source, plan) if is_sound else (None, None)
    is_covered = is_sound and plan.costs.uncovered_places == 0
    status = Status.FEASIBLE
    return Result(
        status=status,
        plan=plan,
        dates=PhaseFigures.of(status, plan.costs.date_cost, dates, 0.0),
        teams=PhaseFigures.of(status, plan.costs.team_cost, teams, 0.0),
        uncovered_places=plan.costs.uncovered_places,
        uncovered_bound=0 if is_covered else source.uncovered_bound,
        certificates=plan.certificates,
        problem_hash=source.problem.hash,
        params=SolveParams(),
    )


def _bounds(source: Source, plan: Plan) -> tuple[int | None, int | None]:
    """Bounds of the cost of dates and of people that hold for this plan too, None where none does.

    Those of dates hold for the whole problem, but some only for plans that leave no place uncovered; those of people
    for the same dates with as many places uncovered.
    """
    uncovered = plan.costs.uncovered_places
    of_all = [
        certificate.bound
        for certificate in plan.certificates
        if certificate.kind == "dates" and not certificate.whole_teams
    ]
    dates = source.date_bound if uncovered == 0 else max(of_all, default=None)
    is_alike = plan.dates == source.plan.dates and uncovered == source.plan.costs.uncovered_places
    return dates, source.team_bound if is_alike else None
