"""The occasions on which people hear something: what triggers each, who is told, and in which order it is said."""

from dataclasses import dataclass
from typing import get_args

from services.messages.values import SIDES, Side

assert get_args(Side) == SIDES


@dataclass(frozen=True)
class Occasion:
    """A kind of message. `trigger` says when it is made, `told` who gets it, both in words for the documentation.

    Nobody can do without a `is_statutory` one, so it offers no way to unsubscribe. Its template has one file for each
    of `sides`.
    """

    id: str
    name: str
    sides: tuple[Side, ...]
    trigger: str
    told: str
    is_statutory: bool = True


BOTH = SIDES
QUESTIONNAIRE = "questionnaire"
"""The occasion on which somebody is asked to answer one."""

APPEAL, QUERY, ASSESSMENT, REPORT, STATEMENT, MEETING = (
    "appeal",
    "query",
    "assessment",
    "report",
    "statement",
    "meeting",
)
"""Occasions of messages of their own about cases of an area."""

PRIVATE = (MEETING,)
"""Occasions of messages that nobody of the inspectorate's side sees: not the planner, nor who runs the sending."""

FRAME = Occasion(
    "digest",
    "The frame of every message",
    BOTH,
    "A day on which there is something to say to a person: everything goes into one message.",
    "whoever is told something that day; nobody gets two messages on one day",
)
OCCASIONS = (
    Occasion(
        "notice",
        "Notice",
        ("authority",),
        "The step that gives notice is signed off; again where notice is given anew.",
        "everybody of the authority's side who acts in a step, is told of one or gets a copy; before it, nobody there",
    ),
    Occasion(
        "cancelled",
        "Cancelled",
        BOTH,
        "An activity is called off.",
        "everybody who was told of its dates",
    ),
    Occasion(
        "withdrawn",
        "Withdrawn notice",
        ("authority",),
        "The word that notice was given is taken back, or dates move by name after it, so that notice is given again.",
        "everybody of the authority's side who had the notice",
    ),
    Occasion(
        "changed",
        "Changed dates",
        BOTH,
        "Dates differ from those that a person was told: a plan was published, a step was done late, a day was agreed; "
        "or a step has come into the timetable or takes place no more.",
        "everybody who was told of these dates",
    ),
    Occasion(
        "joined",
        "Joined a team",
        ("inspectorate",),
        "A published plan has a person in a team or a place where they were not; they are asked to accept it.",
        "that person",
    ),
    Occasion(
        "left",
        "Left a team",
        ("inspectorate",),
        "A published plan no longer has a person in a team.",
        "that person, if they were told that they had joined it",
    ),
    Occasion(
        "dates",
        "First dates",
        ("inspectorate",),
        "An activity is published for the first time, or somebody comes to hold a role in it.",
        "everybody of the inspectorate's side outside the team who acts in a step or is told of one",
    ),
    Occasion(
        "evidence",
        "Asked for evidence",
        BOTH,
        "Evidence is asked for that a notice has not asked for.",
        "who holds the role that is asked",
    ),
    Occasion(
        "reminder",
        "Reminders",
        BOTH,
        "A step, or an action about a recommendation, comes near, is due or is late, on the days that the policy "
        "names; each month a monitor's list of recommendations.",
        "who acts in the step, or owns the action; who signs a stage off once it is over; if it is late one role "
        "further up each time",
        is_statutory=False,
    ),
    Occasion(
        "done",
        "Done",
        BOTH,
        "A step is signed off or ends, or the record of it is withdrawn.",
        "those who are told of the step and those who get a copy",
        is_statutory=False,
    ),
    Occasion(
        QUESTIONNAIRE,
        "Questionnaire",
        ("authority",),
        "A round of a questionnaire is opened, or a step sends it; once more, some days before the day of reply, "
        "to whoever has not answered.",
        "the contact of each authority who holds the role that the questionnaire asks, in a message of its own",
    ),
    Occasion(
        APPEAL,
        "Appeal",
        BOTH,
        "An appeal against a rating is lodged or decided, or the area is told the decision.",
        "who speaks for the authority, and reads the decision only once it is told; the single contact point",
    ),
    Occasion(
        QUERY,
        "Answer to a query",
        ("authority",),
        "A query about the data of a profile is answered.",
        "who speaks for the authority",
    ),
    Occasion(
        ASSESSMENT,
        "Yearly assessment",
        ("authority",),
        "A yearly assessment is issued with a request for the self-assessment, or it is judged.",
        "who speaks for the authority",
    ),
    Occasion(
        REPORT,
        "Report",
        ("authority",),
        "The draft of a report is ticked as sent to a partner, or a report of which they had the draft is published.",
        "the chief officer of that partner",
    ),
    Occasion(
        STATEMENT,
        "Accepted statement",
        ("inspectorate",),
        "A written statement of proposed action is accepted.",
        "the roles that the framework names under `follow_up.accepted_to`",
    ),
    Occasion(
        MEETING,
        "Meeting of a preparation group",
        ("authority",),
        "A preparation group meets in five working days.",
        "its members; no list of messages shows it",
    ),
)
"""In the order in which a message says them."""

BY_ID = {occasion.id: occasion for occasion in (*OCCASIONS, FRAME)}
