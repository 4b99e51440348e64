"""`survey`: rounds of a questionnaire, what was answered, and the numbers that came of it."""

from collections.abc import Iterable, Iterator
from typing import Annotated

import typer
from sqlmodel import Session

from cli import arguments
from cli.asked import Asked, changing
from cli.shown.errors import WrongUsage
from cli.shown.output import print_json, print_table, say
from config.questionnaire_files import read_questionnaires
from models import session
from reports.words import date_in_words, plural
from services.bootstrap import open_database, public_address
from services.questionnaires.answering import Given, Taken, invitation_of_area, take_answer
from services.questionnaires.counting import Counted
from services.questionnaires.sent_rounds import Sent, Wanted, close_round, open_round
from services.questionnaires.summaries import RoundLine, RoundSummary, list_rounds, summary_of

ROUNDS = ("round", "questionnaire", "evaluation", "sent", "reply by", "answered", "late", "closed")
QUESTIONS = ("question", "answer", "authorities")

Number = Annotated[int, typer.Argument(metavar="N", min=1, help="The number of the round.")]


def list_(as_json: arguments.Json = False) -> None:
    """List questionnaires and the rounds in which they were sent, with how many answered."""
    known = read_questionnaires()
    with session(open_database(), read_only=True) as opened:
        rounds = list_rounds(opened)
    if as_json:
        print_json({"questionnaires": list(known.values()), "rounds": rounds})
        return
    rows = [(asked.id, asked.name, asked.version, len(asked.questions)) for asked in known.values()]
    print_table("Questionnaires", ("questionnaire", "name", "version", "questions"), rows)
    if rounds:
        print_table("Rounds", ROUNDS, map(_row, rounds))
    else:
        say("None has been sent yet. Send one with: jarcycle survey send QUESTIONNAIRE --reply-by DATE")


@changing("")
def send(
    questionnaire: Annotated[str, typer.Argument(metavar="QUESTIONNAIRE", help="Such as assessment-2009.")],
    areas: Annotated[
        list[str] | None, typer.Argument(metavar="AREA", help="Only these areas; default: all of them.")
    ] = None,
    reply_by: Annotated[
        str | None, typer.Option(metavar="DATE", help="The working day by which to answer.")
    ] = None,
    by_step: Annotated[
        bool,
        typer.Option("--by-step", help="Let the step that the questionnaire names send it, area by area."),
    ] = False,
    evaluation: Annotated[
        str, typer.Option(metavar="NAME", help="What it is reported with; default: the questionnaire's name.")
    ] = "",
    *,
    asked: Asked,
) -> None:
    """Open a round: each authority gets one message with a link of its own, and a reminder if it does not answer."""
    if by_step == (reply_by is not None):
        raise WrongUsage(
            "a round has a day of reply, or a step sends it. Give either --reply-by or --by-step."
        )
    day = None if reply_by is None else arguments.parse_day(reply_by, "--reply-by")
    wanted = Wanted(questionnaire, day, tuple(areas or ()), evaluation)

    def change(opened: Session) -> Sent:
        return open_round(opened, wanted, asked.word, public_address())

    sent = asked.changed(change)
    if asked.as_json:
        print_json(sent)
    elif sent.reply_by is None or sent.remind_on is None:
        say(f"Round {sent.number} of {sent.questionnaire} stands: its step sends it, area by area.")
    else:
        days = f"{date_in_words(sent.reply_by)}, reminder {date_in_words(sent.remind_on)}"
        invited = plural(sent.num_invited, "authority", "authorities")
        say(f"Round {sent.number} of {sent.questionnaire}: {invited} invited; reply by {days}.")


@changing("")
def answer(
    number: Number,
    area: Annotated[str, typer.Argument(metavar="AREA", help="The authority, by name or code.")],
    answers: Annotated[
        list[str], typer.Argument(metavar="QUESTION=ANSWER", help="Such as profile=3; repeat it for more.")
    ],
    person: Annotated[str, typer.Option(metavar="NAME", help="Who answered.")] = "",
    position: Annotated[str, typer.Option(metavar="TEXT", help="In which position.")] = "",
    contributors: Annotated[str, typer.Option(metavar="TEXT", help="Who contributed.")] = "",
    *,
    asked: Asked,
) -> None:
    """Record the answer of an authority that came by letter; a second one takes the place of the first."""
    given = Given(person, position, contributors, _parsed(answers))

    def change(opened: Session) -> Taken:
        return take_answer(opened, invitation_of_area(opened, number, area), given, asked.word)

    taken = asked.changed(change)
    if asked.as_json:
        print_json(taken)
    else:
        say(taken.in_words())


@changing("")
def close(number: Number, *, asked: Asked) -> None:
    """Close a round: no answer is taken any more, and its summary may be seen outside."""

    def change(opened: Session) -> RoundLine:
        close_round(opened, number, asked.word)
        return summary_of(opened, number, outside=False).line

    line = asked.changed(change)
    if asked.as_json:
        print_json(line)
    else:
        say(f"Round {number} is closed: {line.answered.in_words()} answered, {line.num_late} of them late.")


def summary(
    number: Number,
    outside: Annotated[
        bool,
        typer.Option(
            "--outside", help="As readers outside see it: no texts, and no number that gives one away."
        ),
    ] = False,
    as_json: arguments.Json = False,
) -> None:
    """Show what a round came to: each question with its base, and numbers before per cents."""
    with session(open_database(), read_only=True) as opened:
        found = summary_of(opened, number, outside=outside)
    if as_json:
        print_json(found)
        return
    print_table(f"Round {number}: {found.line.name}", QUESTIONS, _lines(found))
    say(_in_words(found.line))


def _parsed(texts: Iterable[str]) -> dict[str, str | list[str]]:
    """Answers by question; the same question again is one more short answer."""
    found: dict[str, str | list[str]] = {}
    for text in texts:
        name, sign, value = text.partition("=")
        if not sign or not value:
            raise WrongUsage(f"'{text}' is no answer. Write it like profile=3.")
        before = found.get(name)
        if before is None:
            found[name] = value
        else:
            found[name] = [*([before] if isinstance(before, str) else before), value]
    return found


def _row(line: RoundLine) -> tuple[object, ...]:
    return (
        line.number,
        line.questionnaire,
        line.evaluation,
        date_in_words(line.opened_on),
        None if line.reply_by is None else date_in_words(line.reply_by),
        line.answered.in_words(),
        line.num_late,
        None if line.closed_on is None else date_in_words(line.closed_on),
    )


def _lines(found: RoundSummary) -> Iterator[tuple[str, str, str]]:
    for question in found.questions:
        yield question.text, "answered", _base(question, found.line)
        for words, share in question.choices:
            yield "", words, share.in_words()
        if question.of_which is not None:
            yield "", f"of which yes: {question.of_which_text}", question.of_which.in_words()
        if question.num_texts:
            yield "", "wrote something", str(question.num_texts)
        for text in question.texts:
            yield "", "", text


def _base(question: Counted, line: RoundLine) -> str:
    if question.base is None:
        return "too few to show"
    return f"{question.base} of {line.answered.number}"


def _in_words(line: RoundLine) -> str:
    return f"{line.answered.in_words()} answered, {line.num_late} of them late; {line.num_open} have not answered."
