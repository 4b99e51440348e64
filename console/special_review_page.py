"""`/events/{number}/special-review`: the terms of a special review after an event, field by field (R008, R094)."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from sqlmodel import Session, col, select
from starlette.requests import Request
from starlette.responses import Response

from config.framework import Framework
from config.special_terms import SpecialTerms, StageTerms
from console.asking import Button, Field, Question, ask, boxes_of
from console.context import context_of
from console.desk import word_of
from console.events_page import event_entry, event_facts
from console.forms import Form, Wrong, change, posted
from models import Body, session
from reports.words import capitalised, plural
from services.errors import Objection, Refused
from services.events.deciding import Decision, Verdict, decide
from services.programme import policy_of, rules_of

router = APIRouter()

DAY = "Such as 7 April 2006."
YES = (("yes", "Yes"),)


@router.get("/events/{number}/special-review")
def special_review_form(request: Request, number: str) -> Response:
    """Asks for the terms, by the steps of the long form."""
    return ask(request, _question(request, number))


@router.post("/events/{number}/special-review")
def decide_on_special_review(
    request: Request, number: str, form: Annotated[Form, Depends(posted)]
) -> Response:
    """Decide on it with these terms; its activity is made, to be planned by a replan or a solve."""
    event, question = event_entry(request, number), _question(request, number)

    def do(opened: Session) -> str:
        long = _long_form(opened)
        verdict = Verdict(
            Decision.SPECIAL_REVIEW,
            form.text("by"),
            is_correction=bool(event.decisions),
            terms=_terms(opened, long, form),
            takes_place=bool(form.text("takes_place-yes")),
        )
        try:
            decided = decide(opened, event.number, verdict, word_of(request, form))
        except Refused as error:
            raise Refused(_on_field(finding, long) for finding in error.findings) from None
        return (
            f"Event {event.number}: {decided.activity} is made, with {plural(len(decided.waivers), 'rule')} set aside. "
            "Find the plans that have room for it."
        )

    def again(wrong: list[Wrong]) -> Response:
        return ask(request, question, form, wrong)

    return change(request, do, f"/events/{event.number}", again)


def _on_field(finding: Objection, long: Framework) -> Objection:
    """The objection as one about the field that asks for what is wrong: its place is a key of the terms."""
    what, _comma, key = finding.place.partition("terms, ")
    if what or not key:
        return finding
    name = key.partition(".")[2] or key
    stages = {stage.id for stage in long.stages}
    steps = {step.id for step in long.steps}
    about = f"starts-{name}" if name in stages else f"day-{name}" if name in steps else name
    return replace(finding, field=about)


def _long_form(opened: Session) -> Framework:
    """The framework of the reviews of the round."""
    main = policy_of(opened).main_kind
    return next(known for known in rules_of(opened).frameworks.values() if known.kind == main)


def _terms(opened: Session, long: Framework, form: Form) -> SpecialTerms:
    """The terms that were typed; Refused with everything that can't be read or is missing."""
    wrong: list[Objection] = []
    starts: dict[str, StageTerms] = {}
    left_out = boxes_of(form, "left_out", _steps(long))
    for stage in (known for known in long.stages if known.id not in left_out):
        day, days = _day(form, f"starts-{stage.id}", wrong), form.number(f"days-{stage.id}")
        if day is None and not wrong:
            wrong.append(
                _missing(f"starts-{stage.id}", "it does not say when it begins.", "Give its first day.")
            )
        if not days:
            wrong.append(_missing(f"days-{stage.id}", "this is no number of days.", "Give one such as 8."))
        if day is not None and days:
            starts[stage.id] = StageTerms(starts_on=day, working_days=days)
    days_of = {
        step.id: _day(form, f"day-{step.id}", wrong) for step in _dated(long) if step.id not in left_out
    }
    given: dict[str, Any] = {
        "approved_by": form.text("approved_by"),
        "scope": tuple(boxes_of(form, "scope", tuple(long.outcomes.items()))),
        "bodies": tuple(boxes_of(form, "bodies", _bodies(opened))),
    }
    for name, message, advice in (
        ("approved_by", "nobody is named who approved the terms.", "Name them."),
        ("scope", "nothing is chosen at which it looks.", "Choose one at least."),
        ("bodies", "no body is chosen.", "Choose two at least."),
    ):
        if not given[name]:
            wrong.append(_missing(name, message, advice))
    if not starts and not wrong:
        wrong.append(_missing("left_out", "no stage is left.", "Keep a stage in which the review is done."))
    if wrong:
        raise Refused(wrong)
    return SpecialTerms(
        framework=long.id,
        extent=form.text("extent") or None,
        left_out=tuple(left_out),
        stages=starts,
        deadlines={name: day for name, day in days_of.items() if day is not None},
        waiver=form.text("waiver") or "critical_event",
        why=form.text("waiver_why"),
        **given,
    )


def _day(form: Form, name: str, wrong: list[Objection]) -> Any:
    try:
        return form.day(name)
    except Refused as error:
        wrong.extend(error.findings)
        return None


def _missing(name: str, message: str, advice: str) -> Objection:
    return Objection(name, message, advice, "R008", name)


def _question(request: Request, number: str) -> Question:
    event = event_entry(request, number)
    with session(context_of(request).engine, read_only=True) as opened:
        fields = tuple(_fields(opened, _long_form(opened)))
    address, back = f"/events/{event.number}/special-review", f"/events/{event.number}/decide"
    title = f"Special review after event {event.number}"
    return Question(title, address, back, "Another decision", fields, (Button("Decide"),), event_facts(event))


def _fields(opened: Session, long: Framework) -> Iterator[Field]:
    yield Field("by", "Who decided")
    yield Field("why", "Why", kind="words")
    yield Field("approved_by", "Who approved the terms")
    yield Field("scope", "What it looks at", kind="boxes", choices=tuple(long.outcomes.items()))
    yield Field("bodies", "Bodies that take part, two at least", kind="boxes", choices=_bodies(opened))
    if long.extents:
        extents = tuple((extent.id, capitalised(extent.id)) for extent in long.extents)
        yield Field(
            "extent", "Extent of fieldwork", kind="choice", choices=extents, nothing="As the area's review"
        )
    yield Field("left_out", "Steps that it does without", kind="boxes", choices=_steps(long))
    names = dict(_steps(long))
    for stage in long.stages:
        yield Field(f"starts-{stage.id}", f"{names[stage.id]}: first day", DAY)
        yield Field(f"days-{stage.id}", f"{names[stage.id]}: working days", "Such as 8.")
    for step in _dated(long):
        hint = "Leave it blank where it is counted as in other reviews."
        yield Field(f"day-{step.id}", f"{step.name}: day", hint)
    reasons = tuple(policy_of(opened).waivers.reasons.items())
    yield Field("waiver", "Why rules are set aside", "", "choice", reasons, "After a critical event")
    yield Field("waiver_why", "More about that")
    yield Field("takes_place", "It takes the place of the area's review", kind="boxes", choices=YES)


def _bodies(opened: Session) -> tuple[tuple[str, str], ...]:
    return tuple((body.code, body.name) for body in opened.exec(select(Body).order_by(col(Body.name))))


def _steps(long: Framework) -> tuple[tuple[str, str], ...]:
    return tuple((step.id, step.name) for step in long.steps)


def _dated(long: Framework) -> tuple[Any, ...]:
    """Milestones and deadlines."""
    return tuple(step for step in long.steps if step.kind != "stage")
