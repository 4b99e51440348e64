"""`/plans/{version}/publish`: a planner looks at what a publication would change, then publishes."""

from collections.abc import Iterator, Sequence
from typing import Annotated

from fastapi import APIRouter, Depends
from sqlmodel import Session
from starlette.requests import Request
from starlette.responses import Response

from console.asking import Button, Choices, Field, Question, ask, boxes_of
from console.context import context_of
from console.exports import version_number
from console.forms import Form, change, posted, wrong_of
from console.missing import or_404
from console.visitors import who_asks
from models import PlanVersion, session
from reports.words import date_in_words, gap_in_words, plural
from scheduler.values.errors import WithFindings
from scheduler.values.violations import Violation
from services.audit import Word
from services.casework.waiver_reasons import WaiverReason
from services.doors import DECIDE_AGAIN
from services.errors import Objection, Refused
from services.naming.steps import find_activities
from services.plans import plan_store
from services.plans.publication import Precision, Publication, Waiver, publish
from services.plans.publish_checks import WAIVER_WORDS
from services.plans.waived_rules import WAIVABLE_RULES, not_waived, violations_of
from services.previews import Preview, preview
from services.programme import rules_of
from services.shown.version_lines import VersionLine, version_line

router = APIRouter()

PRECISIONS = tuple((level.value, level.value.capitalize()) for level in Precision)
WAIVERS = tuple((waiver.value, words) for waiver, words in WAIVER_WORDS.items())
FIELDS = (
    Field("precision", "How precise its dates are", kind="choice", choices=PRECISIONS, nothing="Choose one"),
    Field("why", "Why", "Needed where a rule is set aside.", kind="words"),
    Field("waiver", "Rules to set aside", kind="boxes", choices=WAIVERS),
    Field(
        "moving",
        "Activities that may move although their notice is given",
        "Codes or areas, separated by commas. Their notice is then to be given anew.",
    ),
)
BUTTONS = (Button("Show what it would change", "check", is_secondary=True), Button("Publish"))
MOST_SHOWN = 200
SEEN, NO_PLAN = "seen", "none"
"""The hidden field that says which plan was published when the page was made."""


@router.get("/plans/{version}/publish")
def publish_form(request: Request, version: str) -> Response:
    """Asks how precise the dates are, and which rules are set aside."""
    return ask(request, _question(request, version))


@router.post("/plans/{version}/publish")
def publish_plan(request: Request, version: str, form: Annotated[Form, Depends(posted)]) -> Response:
    """Publish it, or show what that would change."""
    context, who = context_of(request), who_asks(request)
    with session(context.engine, read_only=True) as opened:
        number = version_number(opened, version)

    def published(opened: Session) -> Publication:
        _require_seen(opened, form)
        word = Word(who.name, context.now(), context.today(), form.text("why"))
        codes = [part for part in form.text("moving").split(",") if part.strip()]
        moving = {row.code for text in codes for row in find_activities(opened, text)}
        waivers = frozenset(Waiver(value) for value in boxes_of(form, "waiver", WAIVERS))
        if not form.text("precision"):
            advice = "Choose indicative, confirmed or final."
            raise Refused([Objection("precision", "none is chosen.", advice, field="precision")])
        return publish(opened, number, form.text("precision"), word, waivers, moving, _rules_waived(form))

    if form.text("check"):
        try:
            with session(context.engine) as opened:
                answer, found = preview(opened, published)
        except WithFindings as error:
            return ask(request, _question(request, version), form, wrong_of(error, with_places=True))
        return ask(request, _question(request, version, _consequences(answer, found)), form)
    return change(
        request,
        lambda opened: _said(published(opened)),
        f"/plans/{number}",
        lambda wrong: ask(request, _question(request, version), form, wrong),
        with_places=True,
    )


def _question(
    request: Request, version: str, lists: tuple[tuple[str, tuple[str, ...]], ...] = ()
) -> Question:
    context = context_of(request)
    with session(context.engine, read_only=True) as opened:
        number = version_number(opened, version)
        with or_404():
            row = plan_store.find_version(opened, number)
        line = version_line(opened, row)
        before = plan_store.published_version(opened)
        broken = not_waived(opened, number, violations_of(opened, number))
        reasons = tuple(rules_of(opened).policy.waivers.reasons.items())
    facts = (
        ("Option", line.option),
        ("State", line.status),
        ("Dates", f"cost {line.date_cost:,}, {gap_in_words(line.date_gap)}"),
        ("Teams", _teams(line)),
        ("Published now", "no plan" if before is None else f"plan {before.version}"),
    )
    address = f"/plans/{number}"
    return Question(
        f"Publish plan {number}",
        f"{address}/publish",
        address,
        f"Plan {number}",
        (*FIELDS, *_waiver_fields(broken, reasons)),
        BUTTONS,
        facts,
        hidden=((SEEN, _name_of(before)),),
        lists=(*lists, *_broken_rules(broken)),
    )


def _require_seen(opened: Session, form: Form) -> None:
    """Refused if another plan has been published since the page was made: nobody replaces it unseen."""
    seen, now = form.text(SEEN), plan_store.published_version(opened)
    if now is not None and seen and seen != _name_of(now):
        message = f"{now.published_by} has published plan {now.version} since you opened this page."
        raise Refused([Objection(f"plan {now.version}", message, DECIDE_AGAIN)])


def _name_of(published: PlanVersion | None) -> str:
    return NO_PLAN if published is None else str(published.version)


def _teams(line: VersionLine) -> str:
    uncovered = plural(line.uncovered_places, "uncovered place")
    return f"cost {line.team_cost:,}, {gap_in_words(line.team_gap)}; {uncovered}"


def _rules_waived(form: Form) -> dict[str, WaiverReason]:
    """The broken rules for which a reason was given."""
    given = {
        rule: WaiverReason(form.text(f"rule-{rule}"), form.text(f"rule-{rule}-why"))
        for rule in WAIVABLE_RULES
    }
    return {rule: reason for rule, reason in given.items() if reason.code or reason.why}


def _waiver_fields(broken: Sequence[Violation], reasons: Choices) -> Iterator[Field]:
    """For each broken rule that may be waived: the reason, and what else is to be said."""
    for rule, words in WAIVABLE_RULES.items():
        count = sum(violation.rule == rule for violation in broken)
        if count:
            label = f"Rule broken: {words[:1].lower()}{words[1:]} ({plural(count, 'time')})"
            nothing = "Not waived"
            yield Field(f"rule-{rule}", label, "Why it is waived.", "choice", reasons, nothing)
            yield Field(f"rule-{rule}-why", f"More about that reason ({words[:1].lower()}{words[1:]})")


def _broken_rules(broken: Sequence[Violation]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What of the plan breaks which rule: what may be waived, and what never may."""
    may = tuple(str(violation) for violation in broken if violation.rule in WAIVABLE_RULES)
    never = tuple(str(violation) for violation in broken if violation.rule not in WAIVABLE_RULES)
    shown = (
        ("What breaks rules that may be waived", may),
        ("What breaks rules that cannot be waived", never),
    )
    return tuple((heading, _first(lines)) for heading, lines in shown if lines)


def _consequences(publication: Publication, found: Preview) -> tuple[tuple[str, tuple[str, ...]], ...]:
    moved = tuple(
        f"{stage.area}, {stage.activity}: {stage.stage} "
        f"from {date_in_words(stage.before)} to {date_in_words(stage.after)}"
        for stage in publication.moved
    )
    told = tuple(
        dict.fromkeys(f"{person.name or person.address} ({person.activity})" for person in found.told)
    )
    whole = (
        f"{plural(publication.activities, 'activity', 'activities')}, {publication.new} of them with their first dates",
        f"{plural(len(found.moved), 'date')} would move, {plural(found.new, 'step')} would get a first date",
        f"{plural(found.withdrawn, 'unsent reminder')} would be withdrawn",
    )
    return (
        ("What it would change: nothing is stored yet", whole),
        (f"{plural(len(moved), 'stage')} would move", _first(moved)),
        (f"{plural(len(told), 'word')} to people", _first(told)),
    )


def _first(lines: tuple[str, ...]) -> tuple[str, ...]:
    more = len(lines) - MOST_SHOWN
    return (*lines[:MOST_SHOWN], f"and {more} more") if more > 0 else lines


def _said(publication: Publication) -> str:
    if not publication.is_news:
        return f"Plan {publication.version} is published just so already. Nothing is changed."
    anew = publication.notices
    notices = f" Notice is to be given anew: {', '.join(anew)}." if anew else ""
    moved = f"{plural(len(publication.moved), 'stage')} moved."
    back = f" To go back, publish plan {publication.replaced} again." if publication.replaced else ""
    return f"Plan {publication.version} is published as {publication.precision.value}: {moved}{notices}{back}"
