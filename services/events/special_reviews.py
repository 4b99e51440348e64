"""Special reviews: one more activity in a framework's short form, with waivers for what it breaks (R003, R094)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlmodel import Session, col, select

from config.framework import Framework
from config.framework_files import find_framework
from config.special_terms import SpecialTerms
from models import Activity, Area, Body, CriticalEvent, RuleSetAside, SpecialReview
from reports.words import date_in_words
from services.audit import Word
from services.casework.dated_steps import Step as DatedStep
from services.casework.review_timetable import timetable
from services.casework.steps import LIVING, blocked_publication, school_holidays, steps_of
from services.casework.waiver_reasons import WaiverReason, objections_to_reason
from services.days.weeks import monday_of
from services.doors import Advice
from services.errors import Objection, Refused
from services.events.departing import Departure, departures
from services.events.short_forms import short_form
from services.kept_frameworks import keep
from services.naming.named import Named, most_like
from services.naming.steps import free_code
from services.plans.cancelling import cancel
from services.problem.standing import standing_of
from services.programme import Rules, forget_rules, rules_of

SPECIAL = "special"
"""Kind of a special review that does not count in the round."""

REQUEST = "request"
"""Origin of an activity that somebody asked for (R003)."""


@dataclass(frozen=True)
class MadeReview:
    """The activity that was made, names of the steps left out, its waivers, and the code of what it replaces."""

    activity: Activity
    left_out: tuple[str, ...]
    waivers: tuple[Departure, ...]
    cancelled: str = ""


def make_special_review(
    session: Session, event: CriticalEvent, terms: SpecialTerms, word: Word, *, takes_place: bool = False
) -> MadeReview:
    """Make the activity of a special review in the area of an event, on the days of its terms.

    It stands like a pinned activity: the next solve or replan plans the others around it. It is one more beside the
    area's review of the round, unless it `takes_place`: then it is of the same kind and that one is called off.

    Raises
    ------
    Refused
        With everything in the terms that cannot be; and if the review whose place it takes has begun.
    config.framework_files.InvalidFramework
        If there is no such framework.
    """
    rules = rules_of(session)
    long = find_framework(terms.framework, rules.frameworks)
    area = session.get_one(Area, event.area_code)
    _refuse([*_objections(session, terms, rules)])
    short = short_form(long, terms, long.kind if takes_place else SPECIAL)
    holidays = school_holidays(session, area.code)
    dated = timetable(
        short,
        terms.stages[short.stages[0].id].starts_on,
        starts={stage.id: terms.stages[stage.id].starts_on for stage in short.stages},
        blocked_publication=blocked_publication(session, area.code),
        school_holidays=holidays,
    )
    _refuse([*_in_the_past(dated, word), *_out_of_order(short, dated)])
    waivers = departures(long, short, dated, holidays)
    left_out = tuple(step.name for step in long.steps if step.id in terms.left_out)
    if takes_place and long.recurrence is not None:
        advice = Advice(
            "Leave out --takes-place, and cancel the one that is not needed.",
            "Let it be one more, and call off the one that is not needed.",
        )
        raise Refused.because("terms, framework", f"{long.id} comes again by its own rule.", advice, "R140")
    cancelled = _make_room(session, area, long, rules, word) if takes_place else None
    activity = _activity(session, area, terms, short, word)
    if cancelled is not None:
        activity.round = cancelled.round
    _keep_terms(session, event, activity, terms, waivers, takes_place)
    forget_rules(session)
    return MadeReview(activity, left_out, tuple(waivers), "" if cancelled is None else cancelled.code)


def _refuse(wrong: Sequence[Objection]) -> None:
    if wrong:
        raise Refused(wrong)


def _objections(session: Session, terms: SpecialTerms, rules: Rules) -> Iterator[Objection]:
    known = [Named(body.code, body.name) for body in session.exec(select(Body).order_by(col(Body.code)))]
    for code in terms.bodies:
        if code not in {body.code for body in known}:
            near = most_like(code.casefold(), known) or known
            yield Objection(
                "terms, bodies", f"there is no body '{code}'.", f"Try {' or '.join(map(str, near))}."
            )
    reason = WaiverReason(terms.waiver, terms.why)
    yield from objections_to_reason("terms, waiver", reason, rules.policy.waivers.reasons, "R094")


def _in_the_past(dated: Sequence[DatedStep], word: Word) -> Iterator[Objection]:
    for step in dated:
        first = step.start or step.due
        if first is not None and first < word.as_of:
            message = f"{step.name} would be on {date_in_words(first)}, which is past."
            advice = f"Give '{step.id}' a day in the terms, or leave it out."
            yield Objection(f"terms, {step.id}", message, advice, "R019")


def _out_of_order(short: Framework, dated: Sequence[DatedStep]) -> Iterator[Objection]:
    """R043: nothing is due before what has to come first."""
    by_id = {step.id: step for step in dated}
    for rule in short.steps:
        step = by_id[rule.id]
        first = step.start or step.due
        for name in rule.after:
            before = by_id[name].due or by_id[name].end
            if first is not None and before is not None and first < before:
                message = (
                    f"{step.name} would be on {date_in_words(first)}, before {by_id[name].name} "
                    f"on {date_in_words(before)}."
                )
                advice = f"Give '{name}' or '{rule.id}' another day in the terms, or leave one out."
                yield Objection(f"terms, {rule.id}", message, advice, "R043")


def living_reviews(session: Session, area_code: str, kind: str) -> list[Activity]:
    """The activities of a kind in an area that are neither done nor called off, by their code."""
    query = select(Activity).where(Activity.area_code == area_code, Activity.kind == kind)
    return list(session.exec(query.where(col(Activity.state).in_(LIVING)).order_by(col(Activity.code))))


def _make_room(session: Session, area: Area, long: Framework, rules: Rules, word: Word) -> Activity | None:
    """Call off the area's review of that kind that has not begun; None if it has none."""
    living = living_reviews(session, area.code, long.kind)
    for activity in living:
        if standing_of(activity, steps_of(session, activity), rules.of(activity)).is_begun:
            advice = Advice(
                "Leave out --takes-place: the special review is one more.",
                "Let the special review be one more.",
            )
            raise Refused.because(activity.code, "it is under way and keeps its place.", advice, "R019")
    for activity in living:
        cancel(session, activity.code, replace(word, note=f"a special review takes its place: {word.note}"))
    return living[0] if living else None


def _activity(session: Session, area: Area, terms: SpecialTerms, short: Framework, word: Word) -> Activity:
    stage = short.stages[0]
    activity = Activity(
        code=free_code(session, f"{area.code}-{SPECIAL}"),
        area_code=area.code,
        kind=short.kind,
        framework_id=short.id,
        origin=REQUEST,
        scope=short.scope(terms.scope),
        extent=terms.extent or area.extent,
        pinned_on=monday_of(terms.stages[stage.id].starts_on),
        kept_framework=keep(session, short, word.at),
    )
    session.add(activity)
    session.flush()
    return activity


def _keep_terms(
    session: Session,
    event: CriticalEvent,
    activity: Activity,
    terms: SpecialTerms,
    waivers: Sequence[Departure],
    takes_place: bool,
) -> None:
    assert activity.id is not None
    assert event.id is not None
    session.add(
        SpecialReview(
            activity_id=activity.id,
            event_id=event.id,
            approved_by=terms.approved_by,
            waiver_code=terms.waiver,
            waiver_reason=terms.why,
            left_out=" ".join(terms.left_out),
            takes_place=takes_place,
            terms=terms.model_dump_json(exclude_defaults=True),
        )
    )
    session.add_all(
        RuleSetAside(
            activity_id=activity.id,
            step_id=found.step_id,
            rule=found.rule.rule,
            found=found.rule.found,
            words=found.rule.words,
        )
        for found in waivers
    )
    session.flush()
