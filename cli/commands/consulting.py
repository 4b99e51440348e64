"""`consultation` and what is said of it: groups, survey of schools, neighbourhood study, concerns and feedback."""

from collections.abc import Callable
from datetime import date
from typing import Annotated, TypeVar

import typer
from sqlmodel import Session

from cli import arguments
from cli.asked import Asked, changing
from cli.shown.output import print_json, say
from cli.shown.played import tell_day
from models import session
from reports.words import date_in_words
from services.bootstrap import open_database
from services.casework.consultation import feeding_back, groups, raised_concerns, surveys
from services.casework.consultation.surveys import Surveyed
from services.naming.steps import find_activity
from services.shown.consultation import ConsultationView, consultation_of

Answer = TypeVar("Answer")
Group = Annotated[
    str, typer.Argument(metavar="GROUP", help="A code of the framework, such as asylum_seekers.")
]
On = Annotated[str | None, typer.Option("--on", metavar="DATE", help="The day; default: today.")]


def consultation(
    where: Annotated[
        str, typer.Argument(metavar="WHERE", help="An activity, or an area with all of its own.")
    ],
    as_of: arguments.AsOf = None,
    as_json: arguments.Json = False,
) -> None:
    """Show the consultation of a review: groups, survey, study, concerns, and what was fed back."""
    day = arguments.today(as_of)
    with session(open_database(), read_only=True) as opened:
        found = consultation_of(opened, where, day)
    if as_json:
        print_json({"as_of": day, "consultations": found})
        return
    for view in found:
        for line in _lines(view):
            say(line)
    if not found:
        say("Nobody is consulted there.")
    tell_day(as_of)


@changing()
def group(
    activity: arguments.OneActivity,
    code: Group,
    grounds: Annotated[str, typer.Option(metavar="TEXT", help="Why this group matters in the area.")] = "",
    drop: Annotated[bool, typer.Option("--drop", help="It is not consulted after all; needs --why.")] = False,
    *,
    asked: Asked,
) -> None:
    """Choose a local group to be consulted, with the grounds for it, or drop one."""

    def change(opened: Session, number: int) -> object:
        if drop:
            groups.drop_group(opened, number, code, asked.word)
            return {"dropped": code}
        return groups.choose_group(opened, number, code, grounds, asked.word)

    _said(_changed(activity, asked, change), asked, f"{code} {'is not' if drop else 'is'} consulted.")


@changing()
def held(
    activity: arguments.OneActivity,
    code: Group,
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Which consultation it was: 'survey of the review'.")
    ],
    on: On = None,
    statutory: Annotated[
        bool, typer.Option("--statutory", help="A statutory survey, which does not count.")
    ] = False,
    *,
    asked: Asked,
) -> None:
    """Record that a group of the area was consulted, by whomever; warns where that is too often."""
    day = _day(on, asked)
    done = _changed(
        activity,
        asked,
        lambda opened, number: groups.consult(
            opened, number, code, day, name, asked.word, is_statutory=statutory
        ),
    )
    _said(done, asked, f"{code} were consulted on {date_in_words(day)}.")
    if not asked.as_json:
        for warning in done.warnings:
            say(warning)


@changing()
def survey(
    activity: arguments.OneActivity,
    chosen: Annotated[
        int | None, typer.Option(min=1, metavar="NUMBER", help="How many schools were chosen.")
    ] = None,
    why_chosen: Annotated[str, typer.Option(metavar="TEXT", help="Why these schools were chosen.")] = "",
    sent: Annotated[str | None, typer.Option(metavar="DATE", help="The day on which it was sent.")] = None,
    returned: Annotated[
        int | None, typer.Option(min=0, metavar="NUMBER", help="How many have returned it.")
    ] = None,
    on: On = None,
    why_fewer: Annotated[
        str, typer.Option(metavar="TEXT", help="Why fewer answers than wanted will do.")
    ] = "",
    *,
    asked: Asked,
) -> None:
    """Record the survey of schools and colleges: counts only."""
    said = Surveyed(
        chosen,
        why_chosen,
        arguments.parse_day(sent, "--sent") if sent else None,
        returned,
        _day(on, asked) if on or returned is not None else None,
        why_fewer,
    )
    row = _changed(
        activity, asked, lambda opened, number: surveys.record_survey(opened, number, said, asked.word)
    )
    _said(row, asked, f"{row.num_returned} of {row.num_chosen} schools have returned the survey.")


@changing()
def study(
    activity: arguments.OneActivity,
    place: Annotated[str, typer.Option(metavar="NAME", help="The estate, ward or district.")] = "",
    grounds: Annotated[str, typer.Option(metavar="TEXT", help="Why it was chosen.")] = "",
    context: Annotated[
        str | None, typer.Option(metavar="DATE", help="When its context was analysed.")
    ] = None,
    visits: Annotated[str | None, typer.Option(metavar="DATE", help="When its visits were done.")] = None,
    discussions: Annotated[
        str | None, typer.Option(metavar="DATE", help="When its discussions were held.")
    ] = None,
    *,
    asked: Asked,
) -> None:
    """Record the study of a neighbourhood and its three parts."""
    given = zip(surveys.PARTS, (context, visits, discussions), strict=True)
    done = {part: arguments.parse_day(day, part) for part, day in given if day}
    row = _changed(
        activity,
        asked,
        lambda opened, number: surveys.record_study(opened, number, place, grounds, done, asked.word),
    )
    _said(row, asked, f"The neighbourhood is {row.place}.")


@changing()
def concern(activity: arguments.OneActivity, on: On = None, *, asked: Asked) -> None:
    """Record that a child raised a concern: only the day, never who it was."""
    day = _day(on, asked)
    row = _changed(
        activity, asked, lambda opened, number: raised_concerns.raise_concern(opened, number, day, asked.word)
    )
    _said(row, asked, f"Concern {row.id}, to be answered or referred by {date_in_words(row.due_on)}.")


@changing()
def close_concern(
    number: Annotated[int, typer.Argument(metavar="N", min=1, help="The number of the concern.")],
    referred_to: Annotated[
        str, typer.Option(metavar="NAME", help="To whom it was referred, if it was.")
    ] = "",
    on: On = None,
    *,
    asked: Asked,
) -> None:
    """Record that a concern was answered or referred."""
    day = _day(on, asked)
    row = asked.changed(
        lambda opened: raised_concerns.close_concern(opened, number, day, referred_to, asked.word)
    )
    _said(row, asked, f"Concern {row.id} is {'referred' if row.referred_to else 'answered'}.")


@changing()
def feed_back(
    activity: arguments.OneActivity,
    whom: Annotated[str, typer.Argument(metavar="WHOM", help="Who was told: children, parents.")],
    how: Annotated[str, typer.Argument(metavar="HOW", help="How they were told.")],
    on: On = None,
    *,
    asked: Asked,
) -> None:
    """Record that those who were consulted were told what came of it."""
    day = _day(on, asked)
    row = _changed(
        activity,
        asked,
        lambda opened, number: feeding_back.feed_back(opened, number, whom, how, day, asked.word),
    )
    _said(row, asked, f"It was fed back to {row.whom} on {date_in_words(day)}.")


def _changed(activity: str, asked: Asked, change: Callable[[Session, int], Answer]) -> Answer:
    return asked.changed(lambda opened: change(opened, find_activity(opened, activity).id or 0))


def _said(answer: object, asked: Asked, words: str) -> None:
    if asked.as_json:
        print_json(answer)
    else:
        say(words)


def _day(on: str | None, asked: Asked) -> date:
    return arguments.parse_day(on, "--on") if on else asked.word.as_of


def _lines(view: ConsultationView) -> list[str]:
    lines = [f"Consultation of {view.code}."]
    if view.days is not None:
        days = f"{date_in_words(view.days.first)} to {date_in_words(view.days.last)}"
        lines.append(f"Schools can answer a survey from {days}: {view.days.working_days} working days.")
    lines.append(f"Survey: {view.survey or 'not sent yet'}.")
    for line in view.groups:
        grounds = f" ({line.grounds})" if line.grounds else ""
        lines.append(f"Group: {line.name}{grounds}. Consulted: {'; '.join(line.times) or 'not yet'}.")
    lines.append(f"Neighbourhood: {view.study or 'not chosen yet'}.")
    lines += [
        f"Concern {row.number} of {date_in_words(row.raised_on)}: {row.status}." for row in view.concerns
    ]
    late = "late" if view.is_feedback_late else "not yet"
    lines.append(f"Fed back: {'; '.join(view.feedback) or late}.")
    return lines
