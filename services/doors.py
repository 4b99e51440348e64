"""Where a thing is done: its command and its page, so that advice tells each reader the one in front of them."""

from dataclasses import dataclass


class Advice(str):
    """What might help, in the words of the shell; `on_page` says the same to whoever reads a page of the console."""

    on_page: str

    def __new__(cls, in_shell: str, on_page: str) -> "Advice":
        """Both ways to say it."""
        made = super().__new__(cls, in_shell)
        made.on_page = on_page
        return made

    def __reduce__(self) -> tuple[type["Advice"], tuple[str, str]]:
        return type(self), (str(self), self.on_page)


@dataclass(frozen=True)
class Door:
    """A command with what it takes, and the place of the console where the same is done; both may have {names}."""

    command: str
    place: str

    def advise(self, first: str, **names: object) -> Advice:
        """What to do, and where: 'Solve again: jarcycle solve.', on a page 'Solve again, on the page Plans.'"""
        return Advice(f"{first}: {self.command.format(**names)}.", f"{first}, {self.place.format(**names)}.")


def on_page(advice: str) -> str:
    """An advice as a page says it; one without a command is the same everywhere."""
    return advice.on_page if isinstance(advice, Advice) else advice


_AREA = "on its area's page"
_IN_PLAN = "on the page of {code} in its plan"
_ITEM = "on the page of the area's evidence"
_STEP = "on the page of the step"

SOLVE = Door("jarcycle solve", "on the page Plans")
IMPORT = Door("jarcycle import FOLDER", "on the page Data")
EXPORT_PLAN = Door("jarcycle export PLAN --format json", "on its page")
MOVE_BY_NAME = Door("jarcycle publish PLAN --move {code}", "where the plan is published")

CALL_OFF = Door("jarcycle cancel {code} --why TEXT", _AREA)
CALL_OFF_AGAIN = Door("jarcycle cancel {code} --again --why TEXT", _AREA)
PINS = Door("jarcycle pins", "on the page of the activity in its plan")
PIN_WEEK = Door("jarcycle pin week {code} DAY", _IN_PLAN)
UNPIN_WEEK = Door("jarcycle unpin week {code}", _IN_PLAN)
UNPIN_PLACE = Door("jarcycle unpin place {code} {person}", _IN_PLAN)
CANDIDATES = Door("jarcycle candidates {code} --plan {version}", "on the page of the activity in its plan")
OFFERS = Door("jarcycle offers --all", "in the view Places offered of the page People")
ROUND = Door("jarcycle round", "on the pages of the areas")
LEAVE = Door("jarcycle leave", "on the page of the inspector")

SIGN_OFF = Door("jarcycle sign-off ACTIVITY STEP", _STEP)
UNDO = Door("jarcycle undo ACTIVITY STEP", _STEP)
UNDO_RUN = Door("jarcycle undo-run", "in the history")
HISTORY = Door("jarcycle log", "on the page History")
STATUS = Door("jarcycle status", _AREA)
OUTPUT = Door("jarcycle output {code} {step} {output}", _STEP)
SPECIFY = Door("jarcycle specify {code} {theme}", _AREA)
FINDING = Door("jarcycle finding add {code} {contribution}", "on the page of its findings")
WRITE_REPORT = Door("jarcycle report write {code} {part}", "on the page of its report")
ANSWER_COMMENT = Door("jarcycle report answer {code} {number}", "on the page of its report")
CIRCULATE = Door("jarcycle circulate", _AREA)
TAKE_BACK_CIRCULATION = Door("jarcycle circulate --undo", _AREA)

EVIDENCE = Door("jarcycle evidence --all", _ITEM)
EVIDENCE_OF_AREA = Door("jarcycle evidence AREA", _ITEM)
RECEIVE = Door("jarcycle evidence receive", _ITEM)
RETURN = Door("jarcycle evidence return", _ITEM)

SURVEY = Door("jarcycle consultation survey {code} --why-fewer TEXT", _AREA)
FOLLOW_UP = Door("jarcycle recommendations AREA", "on the page of the area's follow-up")
OWNERS = Door(
    "jarcycle recommendations change {code} {number} --owner NAME", "on the page of the area's follow-up"
)
ANSWER = Door("jarcycle recommendations answer {code} {number} TEXT", "on the page of the area's follow-up")
STATEMENT = Door("jarcycle statement {code}", "on the page of the area's follow-up")
PROPOSED = Door("jarcycle proposed-actions AREA", "on the page of the area's follow-up")

EVENTS = Door("jarcycle event list", "on the page Events")
ADD_EVENT = Door("jarcycle event add", "on the page Events")
DECIDE = Door("jarcycle event decide {number}", "on the page of the event")

IMPORT_PROFILES = Door("jarcycle profile import FOLDER", "on the page Ratings")
PROFILE = Door("jarcycle profile {area}", "on the page of the area's profile")
RATE = Door("jarcycle rate {area} GRADE", "on the page of the area's profile")
DRAFT_LETTER = Door("jarcycle rating letter {area} draft", "on the page of the area's profile")
APPEALS = Door("jarcycle appeal list", "on the page Appeals")
SHOW_APPEAL = Door("jarcycle appeal show {number}", "on the page Appeals")
LODGE = Door("jarcycle appeal lodge {area} TEXT", "on the page of the area's profile")
DECIDE_APPEAL = Door("jarcycle appeal decide {number} DECISION", "on the page of the appeal")
YEARS = Door("jarcycle years {year}", "on the page Years")
MAKE_YEAR = Door("jarcycle assessment make {year}", "on the page Years")
ASSESS_FIELD = Door("jarcycle assessment field AREA", "on the page Years of the area")
ASSESS_RETURN = Door("jarcycle assessment return AREA", "on the page Years of the area")
QUESTIONNAIRES = Door("jarcycle survey list", "on the page Questionnaires")

MESSAGES = Door("jarcycle messages", "on the page Messages")
ACCOUNTS = Door("jarcycle account list", "on the page Accounts")

SAY_WHY = Advice("Say why: --why TEXT.", "Say why, in a sentence.")
SAY_WHAT_WAS_WRONG = Advice("Say what was wrong: --why TEXT.", "Say what was wrong, in a sentence.")
"""Where a reason is missing."""

DECIDE_AGAIN = "Check how it stands now, then decide again."
"""Where somebody else was quicker."""


def waived_or(door: Door, first: str, **names: object) -> Advice:
    """Where something is missing: give a reason why it is waived, or do it."""
    done = door.advise(first, **names)
    return Advice(
        f"Give --waiver with a reason, or {done}", f"Choose a reason for the waiver, or {done.on_page}"
    )
