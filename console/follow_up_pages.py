"""`/activities/{activity}/...`: what people say of the follow-up of a review: recommendations, answers, checks."""

from fastapi import APIRouter
from sqlmodel import Session
from starlette.requests import Request

from config.codes import in_name
from console.asking import Button, Choices, Field, boxes_of
from console.context import context_of
from console.forms import Form
from console.saying import DAY_HINT, ON_TODAY, Saying, Subject, add_pages, number_in
from console.visitors import audience_of, who_asks
from models import session
from reports.words import date_in_words
from services.audit import Word
from services.casework.follow_up.checks import hold_check, plan_check
from services.casework.follow_up.recommending import (
    Recommended,
    recommend,
)
from services.casework.follow_up.statements import (
    accept_statement,
    answer_recommendation,
    receive_statement,
    return_statement,
)
from services.errors import AlreadySo, Objection, Refused
from services.shown.follow_up_forms import (
    FollowUpForm,
    follow_up_form,
)

router = APIRouter()

REVIEW = "/activities/{activity}"
ACCEPT, RETURN = "accept", "return"
YES: Choices = (("yes", "It is a priority action"),)


def _find(request: Request) -> Subject[FollowUpForm]:
    context, audience = context_of(request), audience_of(who_asks(request))
    with session(context.engine, read_only=True) as opened:
        number = number_in(request, "activity", "activity")
        found = follow_up_form(opened, number, context.today(), audience)
    return Subject(
        about=found,
        name=f"{found.review.name} in {found.area}",
        address=f"/activities/{found.review.row}",
        back=follow_up_address(found),
        back_to=f"Follow-up in {found.area}",
        facts=(("Review", found.review.code), ("Statement", found.review.statement or "None is asked for")),
        roles=found.roles,
    )


def follow_up_address(found: FollowUpForm) -> str:
    """The page of the follow-up of a review's area."""
    return f"/areas/{in_name(found.area_code)}/follow-up"


def _recommend(opened: Session, found: FollowUpForm, form: Form, word: Word) -> str:
    row = recommend(opened, found.review.row, recommended(found, form), word)
    return f"Recommendation {row.number} is recorded."


def recommended(found: FollowUpForm, form: Form) -> Recommended:
    """What a form says; the owner that leads is chosen, others are ticked."""
    lead = form.text("owner")
    others = [dict(shared_choices(found))[key] for key in boxes_of(form, "others", shared_choices(found))]
    owners = tuple(dict.fromkeys(filter(None, (lead, *others))))
    return Recommended(form.text("text"), owners, lead, bool(form.text("priority-yes")), form.text("cause"))


def shared_choices(found: FollowUpForm) -> Choices:
    """Who may share in a recommendation, as boxes."""
    return [(in_name(name), name) for name, _words in found.owners]


def recommendation_fields(found: FollowUpForm) -> tuple[Field, ...]:
    """What is asked of a recommendation."""
    return (
        Field("text", "What is recommended", kind="words"),
        Field("owner", "Who is accountable", kind="choice", choices=found.owners, nothing="Nobody yet"),
        Field("others", "Who shares in it", kind="boxes", choices=shared_choices(found)),
        Field("priority", "Priority", kind="boxes", choices=YES),
        Field("cause", "Why it is needed", kind="choice", choices=found.causes, nothing="Not said"),
    )


def _answer(opened: Session, found: FollowUpForm, form: Form, word: Word) -> str:
    """Every recommendation whose answer differs from what is kept; blank leaves it."""
    given = {line.row: form.text(f"answer-{line.row}") for line in found.review.recommendations}
    num_answered = 0
    for row_id, text in given.items():
        try:
            if text:
                answer_recommendation(opened, row_id, text, word)
                num_answered += 1
        except AlreadySo:
            continue
    if not num_answered:
        first = f"answer-{next(iter(given), '')}"
        raise Refused([Objection("answers", "nothing new is said.", "Answer at least one.", field=first)])
    return f"Answers are recorded: {num_answered}."


def _answers(found: FollowUpForm) -> tuple[Field, ...]:
    return tuple(
        Field(f"answer-{line.row}", f"Recommendation {line.number}: {line.text}", kind="words")
        for line in found.review.recommendations
    )


def _answered(found: FollowUpForm) -> dict[str, str]:
    return {f"answer-{line.row}": line.answer for line in found.review.recommendations}


def _statement(opened: Session, found: FollowUpForm, form: Form, word: Word) -> str:
    row = found.review.row
    if form.text(ACCEPT):
        return (
            f"The statement is accepted by {accept_statement(opened, row, form.text('by'), word).decided_by}."
        )
    if form.text(RETURN):
        return (
            f"The statement is returned by {return_statement(opened, row, form.text('by'), word).decided_by}."
        )
    held = receive_statement(opened, row, form.day("day") or word.as_of, word)
    return f"The statement came on {date_in_words(held.received_on)}."


def _plan_check(opened: Session, found: FollowUpForm, form: Form, word: Word) -> str:
    day = form.day("day")
    if day is None:
        raise Refused([Objection("day", "no day is given.", "Give one such as 3 July 2009.", field="day")])
    return f"Progress is checked on {date_in_words(plan_check(opened, found.review.row, day, word).due_on)}."


def _hold_check(opened: Session, _found: FollowUpForm, form: Form, word: Word) -> str:
    number = form.number("check")
    if number is None:
        raise Refused([Objection("check", "none is chosen.", "Choose a check.", field="check")])
    hold_check(opened, number, form.day("day") or word.as_of, form.text("finding"), word)
    return "What was found is recorded."


def _checks(found: FollowUpForm) -> tuple[Field, ...]:
    checks = [(str(check.number), date_in_words(check.due_on)) for check in found.review.checks]
    return (
        Field("check", "Which check", kind="choice", choices=checks, nothing="Choose one"),
        Field("day", "Day on which it was held", ON_TODAY),
        Field("finding", "What was found", kind="words"),
    )


STATEMENT_FIELDS = (
    Field("day", "Day on which it came", ON_TODAY),
    Field("by", "Who approved or returned it", "Leave it blank where it only came."),
)

OF_REVIEW: tuple[Saying[FollowUpForm], ...] = (
    Saying(
        "recommend",
        "Record a recommendation",
        "Recommend: {}",
        (Button("Record"),),
        _recommend,
        lambda _f: True,
        recommendation_fields,
    ),
    Saying(
        "answer",
        "Answer the recommendations",
        "Answer the recommendations: {}",
        (Button("Record"),),
        _answer,
        lambda found: found.is_published and bool(found.review.recommendations),
        _answers,
        why="Why, for a correction",
        filled=_answered,
    ),
    Saying(
        "statement",
        "Statement of proposed action",
        "Statement of proposed action: {}",
        (
            Button("It came in"),
            Button("It is accepted", ACCEPT, is_secondary=True),
            Button("It is returned", RETURN, is_secondary=True),
        ),
        _statement,
        lambda found: found.is_published and bool(found.review.statement and found.review.recommendations),
        lambda _found: STATEMENT_FIELDS,
        why="What is missing, or a remark",
    ),
    Saying(
        "plan-check",
        "Agree a check of progress",
        "Agree a check of progress: {}",
        (Button("Agree"),),
        _plan_check,
        lambda found: found.is_published,
        lambda _found: (Field("day", "Day on which progress is checked", DAY_HINT),),
        why="Remark",
    ),
    Saying(
        "hold-check",
        "Record what a check found",
        "Record what a check found: {}",
        (Button("Record"),),
        _hold_check,
        lambda found: bool(found.review.checks),
        _checks,
        why="Remark",
    ),
)
"""What can be said of a review's follow-up, in the order in which its page offers it."""

add_pages(router, REVIEW, OF_REVIEW, _find)
