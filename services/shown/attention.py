"""What a person should look at, for the watch flow and the first page."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col

from models import Activity
from reports.words import date_in_words, list_in_words, plural
from services import heartbeats
from services.casework.actions import RequiredAction, required_dates
from services.casework.cases import published_cases
from services.casework.offered_places import declined_places
from services.casework.precision import Precision
from services.casework.step_turns import Action
from services.doors import OFFERS, ROUND, YEARS
from services.messages.deliveries import TROUBLED, is_turned_away, troubled
from services.plans.freshness import freshness_of
from services.plans.plan_store import published_version
from services.plans.rule_edits import edited_in_words
from services.shown.round_progress import rounds
from services.shown.years import year_lines, years_counted

LEVELS = {Action.CONFIRM_DATES: Precision.CONFIRMED, Action.FINALISE_DATES: Precision.FINAL}
"""Actions that make dates more precise, and how precise."""


@dataclass(frozen=True)
class Concern:
    """One thing to look at; `kind` names it for machines, `message` for people.

    `advice` is for those who read it away from the console.
    """

    kind: str
    message: str
    advice: str = ""

    def in_words(self) -> str:
        """The message with the advice, for whoever reads it away from the console."""
        return f"{self.message} {self.advice}".strip()


def concerns(session: Session, as_of: date) -> list[Concern]:
    """Everything that needs a person on a day; nothing before the first publication."""
    if published_version(session) is None:
        return []
    return [
        *_work(session, as_of),
        *concerns_of_messages(session),
        *_plan(session),
        *_dates(session, as_of),
        *_rounds(session, as_of),
        *_years(session, as_of),
        *concerns_of_places(session),
    ]


def _work(session: Session, as_of: date) -> list[Concern]:
    """Regular work that has ended at some time, and not on the last working day: a first start misses nothing."""
    words = {heartbeats.TICK: "The daily tick", heartbeats.REMIND: "The daily reminders"}
    return [
        Concern(f"no-{name}", f"{said} did not run on the last working day. Check that jarcycle is up.")
        for name, said in words.items()
        if (beat := heartbeats.last(session, name)) is not None
        and beat.ended_at is not None
        and heartbeats.is_overdue(beat, as_of)
    ]


def concerns_of_messages(session: Session) -> list[Concern]:
    """What is wrong with the messages: unknown, refused for good or returned ones, and a server that takes none."""
    found = []
    if is_turned_away(session):
        message = "The mail server has taken none of the latest messages. Check its settings and its log."
        found.append(Concern("mail-refused", message))
    states = Counter(row.state if row.state in TROUBLED else "unresolved" for row in troubled(session))
    for state, count in states.items():
        found.append(Concern(state, f"{plural(count, *_MESSAGES[state])}"))
    return found


_MESSAGES = {
    "unresolved": (
        "message with unknown delivery status. Search the mail server for the Message-ID.",
        "messages with unknown delivery status. Search the mail server for the Message-ID.",
    ),
    "failed": (
        "message was refused for good. Check the address.",
        "messages were refused for good. Check the addresses.",
    ),
    "bounced": ("message came back. Check the address.", "messages came back. Check the addresses."),
}


def concerns_of_places(session: Session) -> list[Concern]:
    """Places that somebody declined and that are still theirs in the published plan."""
    found = declined_places(session)
    if not found:
        return []
    words = plural(len(found), "place in a team was declined", "places in teams were declined")
    return [Concern("declined", f"{words}. Give each to a stand-in.", OFFERS.advise("See them"))]


def _plan(session: Session) -> list[Concern]:
    published = published_version(session)
    if published is None:
        return []
    fresh = freshness_of(session, published)
    if fresh.has_older_facts:
        message = f"Plan {published.version} was made from facts that have changed. Solve again."
        return [Concern("stale-plan", message)]
    if fresh.edited:
        message = f"Plan {published.version} was made under other rules. {edited_in_words(fresh.edited)} Solve again."
        return [Concern("stale-plan", message)]
    return []


def _dates(session: Session, as_of: date) -> list[Concern]:
    """R016, R017: a year that is not confirmed, dates that are not final, though they should be."""
    late: dict[tuple[Action, date | None], list[RequiredAction]] = {}
    for case in published_cases(session, None, col(Activity.precision) != Precision.FINAL):
        for action in required_dates(case, as_of):
            if action.is_late:
                # The days on which dates are to be final differ from activity to activity, those of a year don't.
                day = action.due if action.action is Action.CONFIRM_DATES else None
                late.setdefault((action.action, day), []).append(action)
    return [
        Concern(
            f"not-{LEVELS[kind]}",
            f"{plural(len(found), 'activity', 'activities')} should have been {LEVELS[kind]} by "
            f"{date_in_words(min(action.due for action in found))}. Agree the dates, then say so with a reason.",
        )
        for (kind, _day), found in sorted(
            late.items(), key=lambda item: (list(LEVELS).index(item[0][0]), item[1][0].due)
        )
    ]


def _rounds(session: Session, as_of: date) -> list[Concern]:
    """R140: areas that have none yet of a kind that comes again, when its time is running out; no area is named."""
    return [
        Concern(
            f"without-{due.kind}",
            f"{plural(len(due.without), 'area')} without: {due.name}{f' {due.period}' if due.period else ''}, "
            f"{due.time_left()}.",
            ROUND.advise("See them"),
        )
        for due in rounds(session, as_of)
        if due.is_watched and any(not missing.is_missed for missing in due.without)
    ]


def _years(session: Session, as_of: date) -> list[Concern]:
    """R115: areas that were not judged in a year by the day on which all should have been, by name."""
    return [
        Concern(
            "not-judged",
            f"{counts.title}: {list_in_words(list(counts.not_judged))} should have been judged by "
            f"{date_in_words(counts.days.judged_by)}. Judge each with a reason.",
            YEARS.advise("See them", year=counts.year),
        )
        for counts in years_counted(year_lines(session, as_of), as_of)
        if counts.is_over and counts.not_judged
    ]
