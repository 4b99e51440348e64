"""`sign-off`, `record`, `agree`, `waive`, `undo`: a person's word about a step, and what moves along."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

import typer
from sqlmodel import Session

from cli import arguments
from cli.asked import Asked, changing
from cli.shown.errors import WrongUsage
from cli.shown.output import print_json, say
from models import Activity
from reports.words import date_in_words
from services.casework import advancing, sign_offs, undoing
from services.casework.plausible_days import CHECK, refuse_implausible
from services.casework.signers import Signer
from services.casework.steps import MovedStep
from services.casework.undoing import Undone
from services.casework.waiver_reasons import WaiverReason
from services.naming.steps import find_called_off, find_step_of
from services.plans.restoring import Restored, undo_cancel

Day = Annotated[str, typer.Argument(metavar="DAY", help="Such as 2006-04-07.")]


@changing("note")
def sign_off(
    activity: arguments.Activity,
    step: arguments.Step,
    on: Annotated[
        str | None,
        typer.Option(
            metavar="DATE",
            help="The day on which it actually happened; default: today, or the last day of a stage that is over.",
        ),
    ] = None,
    by: arguments.By = None,
    on_behalf_of: Annotated[
        str,
        typer.Option(
            metavar="ROLE", help="The role that signs it off, or who holds it, if the signer does not."
        ),
    ] = "",
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="Why on behalf of somebody.")] = "",
    waiver: arguments.Waiver = None,
    revision: arguments.Revision = None,
    *,
    asked: Asked,
) -> None:
    """Sign off a step as done; the dates that depend on it move with it.

    The signer holds the step's sign-off role, or signs on behalf of it with a reason.
    """
    happened_on = arguments.parse_day(on, "--on") if on else None
    signer = Signer((by or asked.word.who).strip(), on_behalf_of.strip(), why)

    def change(opened: Session, number: int) -> Sequence[MovedStep]:
        return sign_offs.sign_off(
            opened,
            number,
            happened_on,
            asked.word,
            signer=signer,
            seen=revision,
            waiver=arguments.waiver_reason(waiver),
        )

    said = _say(activity, step, change, asked)
    day = said.happened_on or asked.word.as_of
    said.report({"happened_on": day}, f"is signed off for {date_in_words(day)}", asked.as_json)


@changing(on_behalf_of=True)
def record(
    activity: arguments.Activity,
    step: arguments.Step,
    day: Day,
    revision: arguments.Revision = None,
    *,
    asked: Asked,
) -> None:
    """Record the day on which a step actually happened: one that ends by itself or, with --why, a correction."""
    happened_on = arguments.parse_day(day, "DAY")

    def change(opened: Session, number: int) -> Sequence[MovedStep]:
        return sign_offs.record_actual(opened, number, happened_on, asked.word, seen=revision)

    said = _say(activity, step, change, asked)
    said.report({"happened_on": happened_on}, f"happened on {date_in_words(happened_on)}", asked.as_json)


@changing(on_behalf_of=True)
def agree(
    activity: arguments.Activity,
    step: arguments.Step,
    day: Annotated[str | None, typer.Argument(metavar="DAY", help="The agreed day.")] = None,
    counted: Annotated[
        bool, typer.Option("--counted", help="Return to the day that the rules count.")
    ] = False,
    waiver: arguments.Waiver = None,
    revision: arguments.Revision = None,
    *,
    asked: Asked,
) -> None:
    """Agree a different day for a milestone or a deadline; a hard one moves later only with --waiver (R094)."""
    if (day is None) != counted:
        raise WrongUsage(
            "the step needs either a DAY or --counted. Give one of them: --counted is the day that the rules count."
        )
    agreed_on = None if day is None else arguments.parse_day(day, "DAY")

    def change(opened: Session, number: int) -> Sequence[MovedStep]:
        return sign_offs.agree_date(
            opened, number, agreed_on, asked.word, waiver=arguments.waiver_reason(waiver), seen=revision
        )

    said = _say(activity, step, change, asked)
    words = (
        "is on its counted day again" if agreed_on is None else f"is agreed for {date_in_words(agreed_on)}"
    )
    said.report({"agreed_on": agreed_on}, words, asked.as_json)


@changing(on_behalf_of=True)
def waive(
    activity: arguments.Activity,
    step: arguments.Step,
    code: Annotated[str, typer.Argument(metavar="CODE", help="A reason of the policy, such as illness.")],
    revision: arguments.Revision = None,
    *,
    asked: Asked,
) -> None:
    """Record the reason for waiving a rule that the dates of a step break."""
    reason = WaiverReason(code, asked.word.note)

    def change(opened: Session, number: int) -> Sequence[MovedStep]:
        sign_offs.waive(opened, number, reason, asked.word, seen=revision)
        return ()

    said = _say(activity, step, change, asked)
    said.report({"code": code, "reason": reason.why}, "breaks its rule for the reason given", asked.as_json)


@changing(on_behalf_of=True)
def undo(
    activity: arguments.Activity,
    step: Annotated[
        str | None,
        typer.Argument(
            metavar="STEP", help="Such as draft_report; without it, that the activity was called off."
        ),
    ] = None,
    revision: arguments.Revision = None,
    *,
    asked: Asked,
) -> None:
    """Undo the last entry for a step, with every date that followed from it; needs --why.

    Repeat it to undo the entry before. Everyone who was told that the step is done is told that it is not. Without a
    STEP it undoes that the activity was called off: what was still to come is to come again.
    """
    if step is None:
        if revision is not None:
            raise WrongUsage("--revision is that of a step. Name the STEP, or leave it out.")
        _undo_cancel(activity, asked)
        return
    taken_back: list[Undone] = []

    def change(opened: Session, number: int) -> Sequence[MovedStep]:
        taken_back.append(undoing.undo(opened, number, asked.word, seen=revision))
        return taken_back[-1].moved

    said = _say(activity, step, change, asked, lambda _said: map(str, taken_back[-1].gone), follows=False)
    undone = taken_back[-1]
    document = {
        "undone": undone.action,
        "said_by": undone.who,
        "said_at": undone.said_at,
        "gone": undone.gone,
    }
    said.report(document, f"is as it was before '{undone.action}' by {undone.who}", asked.as_json)
    if not asked.as_json:
        for gone in undone.gone:
            say(str(gone))


def _undo_cancel(activity: str, asked: Asked) -> None:
    def change(opened: Session) -> Restored:
        return undo_cancel(opened, find_called_off(opened, activity).code, asked.word)

    done = asked.changed(change, _brought_back)
    if asked.as_json:
        steps = [{"step": step, "title": name, "day": day} for step, name, day in done.steps]
        print_json({**vars(done), "steps": steps})
        return
    for line in _brought_back(done):
        say(line)


def _brought_back(done: Restored) -> Iterator[str]:
    yield f"{done.activity} is not called off after all, as {done.said_by} had said."
    for _step, name, day in done.steps:
        yield f"{name} is on {date_in_words(day)} again."
    if done.successor is not None:
        yield f"{done.successor}, which was to take its place, is called off."
    if not done.is_in_plan:
        yield "Another plan was published since, without it. Solve again, then publish the new plan."


@dataclass(frozen=True)
class _Said:
    """The step that a word was about, how it stands now, and the steps that moved along."""

    activity: str
    step: str
    title: str
    happened_on: date | None
    revision: int
    moved: Sequence[MovedStep]

    def report(self, document: dict[str, Any], words: str, as_json: bool) -> None:
        if as_json:
            about = {
                "activity": self.activity,
                "step": self.step,
                "title": self.title,
                "revision": self.revision,
            }
            print_json({**about, **document, "moved": self.moved})
            return
        say(f"{self.activity} {self.step} {words}.")
        for step in self.moved:
            say(f"{step.name} is now on {date_in_words(step.after)}.")


def _say(
    activity: str,
    step: str,
    change: Callable[[Session, int], Sequence[MovedStep]],
    asked: Asked,
    also: Callable[[_Said], Iterable[str]] = lambda _said: (),
    *,
    follows: bool = True,
) -> _Said:
    """Find the step, change it, and let what follows begin at once (`follows`)."""

    def do(opened: Session) -> _Said:
        if follows:
            refuse_implausible(opened, asked.word.as_of, CHECK)
        row = find_step_of(opened, activity, step)
        code = opened.get_one(Activity, row.activity_id).code
        moved = change(opened, row.id or 0)
        if follows:
            advancing.advance_activity(opened, code, asked.word.as_of, asked.word)
        return _Said(code, row.step_id, row.name, row.actual_on, row.edition, moved)

    return asked.changed(do, also)
