"""`judge`: what was graded of an activity, and what follows from it."""

from typing import Annotated

import typer

from cli import arguments
from cli.asked import Asked, changing
from cli.shown.output import print_json, print_table, say
from cli.typed_grades import given_grades
from config.framework import Framework
from models import session
from reports.words import date_in_words
from services.bootstrap import open_database
from services.casework import judging
from services.casework.judging import Judged
from services.casework.signers import Signer
from services.naming.steps import find_activity
from services.plans.judged import judge_and_mark
from services.programme import rules_of
from services.shown.judgements import JudgementLine, judgement_lines


@changing()
def judge(
    activity: arguments.OneActivity,
    grades: Annotated[
        list[str] | None,
        typer.Argument(metavar="JUDGEMENT=GRADE", help="Such as safeguarding=3; without any, show them."),
    ] = None,
    on: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day on which it was decided; default: today.")
    ] = None,
    by: arguments.By = None,
    on_behalf_of: Annotated[
        str,
        typer.Option(metavar="ROLE", help="The role that judges, or who holds it, if the signer does not."),
    ] = "",
    *,
    asked: Asked,
) -> None:
    """Record the grades of an activity, or show them with the overall one.

    Who judges holds the role that signs off the step at which it is decided. Judging on behalf of it, and correcting a
    grade, need --why.
    """
    given = given_grades(grades or [], "safeguarding=3")
    signer = Signer((by or asked.word.who).strip(), on_behalf_of.strip(), asked.word.note)
    decided_on = arguments.parse_day(on, "--on") if on else asked.word.as_of
    if given:
        judged = asked.changed(
            lambda opened: judge_and_mark(
                opened, find_activity(opened, activity).id or 0, given, decided_on, asked.word, signer
            )
        )
    with session(open_database(), read_only=True) as opened:
        found = find_activity(opened, activity)
        framework, lines = rules_of(opened).whole(found), judgement_lines(opened, found)
        if not given:
            judged = judging.judgements_of(opened, found)
    if asked.as_json:
        print_json(judged)
        return
    if judged.decided_on is not None:
        title = f"{judged.activity} on {date_in_words(judged.decided_on)}"
        print_table(title, ("judgement", "name", "grade", "judged by"), map(_row, lines))
    say(_in_words(framework, judged))
    for step in judged.moved:
        say(f"{step.name} is now on {date_in_words(step.after)}.")


def _row(line: JudgementLine) -> tuple[str, str, str, str]:
    return line.id, line.name, line.grade or "not judged", str(line.said or "")


def _in_words(framework: Framework, judged: Judged) -> str:
    if not framework.judgements:
        return f"{framework.id} makes no judgements."
    if not judged.grades:
        return f"Nothing of {judged.activity} has been judged yet."
    grade = "not given" if judged.overall.grade is None else judged.overall.grade
    return f"Overall: {grade}; {judged.overall.reason}."
