"""`publish`, `confirm` and `finalise`: a plan becomes the programme, and its dates become more precise."""

from collections.abc import Iterable
from typing import Annotated

import typer
from sqlmodel import Session

from cli import arguments
from cli.arguments import version_number
from cli.asked import Asked, changing
from cli.shown.changes import changed
from cli.shown.errors import NotVerified, WrongUsage
from cli.shown.output import print_json, print_table, say
from reports.words import date_in_words, plural
from services.audit import Word
from services.bootstrap import now, open_database
from services.casework import precision
from services.casework.precision import Raised
from services.casework.waiver_reasons import WaiverReason
from services.errors import PlanRefused
from services.naming.steps import find_activities, find_activity
from services.plans import cancelling
from services.plans.cancelling import Cancelled
from services.plans.publication import Precision, Publication, Waiver
from services.plans.publication import publish as publish_version
from services.plans.waived_rules import WAIVABLE_RULES, not_waived, violations_of


def publish(
    plan: Annotated[str, typer.Argument(metavar="PLAN", help="A stored plan's number.")],
    status: Annotated[
        Precision, typer.Option(help="How precise its dates are (R018); precision only rises.")
    ] = Precision.INDICATIVE,
    waive: Annotated[
        list[Waiver] | None,
        typer.Option(metavar="|".join(Waiver), help="A rule to set aside, with --why; repeat it for more."),
    ] = None,
    waive_rule: Annotated[
        list[str] | None,
        typer.Option(
            metavar="RULE=CODE",
            help="A rule that the plan breaks, and why it is waived: a code of the policy, and more to say after "
            "a colon; repeat it for more.",
        ),
    ] = None,
    move: arguments.Moving = None,
    why: arguments.Why = "",
    dry_run: arguments.DryRun = False,
    as_of: arguments.AsOf = None,
    as_json: arguments.Json = False,
    who: arguments.As = None,
) -> None:
    """Make a plan the published programme: every activity gets its stages, milestones and deadlines on real dates.

    What has begun stays. What has had its notice moves only if --move names it, and notice is to be given anew.
    A refusal names every reason; its exit code is 6 if the plan breaks a rule that is not waived, otherwise 3.
    """
    engine = open_database()
    version = version_number(engine, plan)
    day = arguments.today(as_of)
    waivers, broken = frozenset(waive or ()), _rules_waived(waive_rule or ())

    def change(opened: Session) -> Publication:
        word = Word(arguments.person(who), now(), day, why)
        try:
            moving = {row.code for text in move or () for row in find_activities(opened, text)}
            return publish_version(opened, version, status, word, waivers, moving, broken)
        except PlanRefused as error:
            opened.rollback()
            found = not_waived(opened, version, violations_of(opened, version))
            if any(violation.rule not in broken.keys() & WAIVABLE_RULES.keys() for violation in found):
                raise NotVerified(error.findings) from error
            raise

    published = changed(engine, change, dry_run, as_json)
    if as_json:
        print_json({**vars(published), "as_of": day})
    else:
        _tell(published)


@changing()
def confirm(
    financial_year: Annotated[str, typer.Argument(metavar="YEAR", help="Financial year, such as FY2006-07.")],
    *,
    asked: Asked,
) -> None:
    """Confirm the dates of a financial year, due by the 31 December before it (R016); to do it later, give --why."""
    raised = asked.changed(lambda opened: precision.confirm_year(opened, financial_year, asked.word))
    if asked.as_json:
        print_json(raised)
    elif raised.activities:
        say(f"{plural(len(raised.activities), 'activity', 'activities')} of {financial_year} confirmed.")
    else:
        say(f"Every activity of {financial_year} was already confirmed.")


@changing()
def finalise(
    activities: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="ACTIVITY",
            help="Code of an activity (AREA-KIND), or an area for all of its activities; default: all that are due.",
        ),
    ] = None,
    *,
    asked: Asked,
) -> None:
    """Make dates final: due on 31 March or twelve weeks before the first stage (R017); to do it later, give --why."""

    def change(opened: Session) -> Raised:
        codes = [code for text in activities or () for code in _published_codes(opened, text)]
        return precision.finalise(opened, codes if activities else None, asked.word)

    raised = asked.changed(change)
    if asked.as_json:
        print_json(raised)
    elif raised.activities:
        say(f"The dates of {plural(len(raised.activities), 'activity', 'activities')} are final.")
    else:
        say("No dates are due to be made final today, or they are final already.")


def _published_codes(opened: Session, text: str) -> list[str]:
    """An activity by its code; of an area those that are published, all if none is: that is refused then."""
    found = find_activities(opened, text)
    return [row.code for row in found if row.precision is not None] or [row.code for row in found]


def _rules_waived(texts: Iterable[str]) -> dict[str, WaiverReason]:
    """The rules of `--waive-rule` with their reasons: 'rest=illness: the leader was away'."""
    found: dict[str, WaiverReason] = {}
    for text in texts:
        rule, _sign, given = text.partition("=")
        reason = arguments.waiver_reason(given)
        if not rule.strip() or reason is None or not reason.code:
            raise WrongUsage(
                f"--waive-rule is '{text}'. Give a rule and a reason: rest=illness: the leader was away."
            )
        if rule.strip() in found:
            raise WrongUsage(f"--waive-rule has {rule.strip()} twice. Give each rule one reason.")
        found[rule.strip()] = reason
    return found


def _tell(published: Publication) -> None:
    for framework, codes in published.reworded.items():
        whose = plural(len(codes), "activity follows", "activities follow")
        say(f"{whose} the new text of {framework}. See the difference: jarcycle framework show {framework}.")
    if published.moved:
        rows = [
            (item.area, item.activity, item.stage, date_in_words(item.before), date_in_words(item.after))
            for item in published.moved
        ]
        print_table("Moved", ("area", "activity", "stage", "from", "to"), rows)
    if not published.is_news:
        say(
            f"Plan {published.version} is already published as {published.precision.value}. Nothing was changed."
        )
        return
    replaced = "" if published.replaced is None else f", in place of plan {published.replaced}"
    say(
        f"Plan {published.version} is published as {published.precision.value}{replaced}: "
        f"{plural(published.activities, 'activity', 'activities')}, {published.new} of them new, "
        f"{plural(len(published.moved), 'stage')} moved."
    )
    for short in published.short_notice:
        say(f"Short notice: {short}")
    if published.notices:
        say(f"Notice is to be given anew, then signed off: {', '.join(published.notices)}.")


@changing()
def cancel(
    activity: arguments.OneActivity,
    again: Annotated[
        bool, typer.Option("--again", help="Make a new one like it, for the next solve to plan.")
    ] = False,
    *,
    asked: Asked,
) -> None:
    """Call an activity off, whatever has begun; needs --why. Whoever has a part in it is told once.

    This is how a review under way leaves its dates: call it off with --again, then solve.
    """

    def change(opened: Session) -> Cancelled:
        return cancelling.cancel(opened, find_activity(opened, activity).code, asked.word, again=again)

    done = asked.changed(change)
    if asked.as_json:
        print_json(done)
        return
    told = f"{plural(done.told, 'person is', 'people are')} told" if done.told else "nobody is told"
    say(f"{done.activity} is called off; {told}.")
    if done.successor:
        say(f"{done.successor} takes its place. Solve again, then publish the new plan.")
    elif done.is_missing:
        say("The area has no other activity of this kind now.")
