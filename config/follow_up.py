"""What frameworks and policies say of follow-up: when recommendations are published and answered, who monitors them."""

from collections.abc import Mapping
from types import MappingProxyType

from pydantic import Field, model_validator

from config.entry import Entry, Key, Positive, Words
from config.steps import Cited

USUAL_COUNCIL: Mapping[str, str] = MappingProxyType({"council": "The council"})
USUAL_CAUSES: Mapping[str, str] = MappingProxyType({"other": "Another cause"})
USUAL_GROUNDS: Mapping[str, str] = MappingProxyType({"other": "Another ground"})
USUAL_POWERS: Mapping[str, str] = MappingProxyType({"other": "Another power"})


class FollowUp(Cited):
    """That an activity makes recommendations: the step `published_at` publishes them, each with an owner (R191).

    The step `statement_at` is the written statement of proposed action: it answers each of them (R089, R092). Without
    one there are actions without a statement. The roles `accepted_to` are told once it is accepted.
    """

    published_at: Key
    statement_at: Key | None = None
    accepted_to: tuple[Key, ...] = ()


class Monitor(Entry):
    """Who monitors what owners of some kinds do (R090, R093): `body` is a code of bodies.csv.

    One that `is_yearly` is the annual assessment: it opens with what it monitors. `contact` is the role that is sent
    the list of each month.
    """

    name: Words
    body: str = ""
    owners: tuple[Key, ...] = ()
    is_yearly: bool = False
    contact: Key | None = None


class FollowUpRules(Entry):
    """Who may own a recommendation beside the partners of an area, who monitors it, and the codes of what is recorded.

    `council` are the parts of the council; `causes` say why something is recommended (R085); `grounds` and `powers`
    are those of an intervention (R091). A monitor confirms within `confirm_within` working days what an owner has done.
    """

    council: dict[Key, Words] = Field(default=dict(USUAL_COUNCIL), min_length=1)
    causes: dict[Key, Words] = Field(default=dict(USUAL_CAUSES), min_length=1)
    grounds: dict[Key, Words] = Field(default=dict(USUAL_GROUNDS), min_length=1)
    powers: dict[Key, Words] = Field(default=dict(USUAL_POWERS), min_length=1)
    monitors: dict[Key, Monitor] = Field(default_factory=dict)
    confirm_within: Positive = 20

    def monitor_of(self, kind: str) -> str:
        """The monitor of what an owner of a kind does, by its key; blank if the policy names none."""
        return next((name for name, monitor in self.monitors.items() if kind in monitor.owners), "")

    def monitor_for(self, body: str) -> str:
        """The monitor that is a body, by its key; the body's code if the policy does not name it."""
        return next((name for name, monitor in self.monitors.items() if monitor.body == body), body)

    def is_yearly(self, monitor: str) -> bool:
        """Whether a monitor, by its key, is the annual assessment."""
        return any(name == monitor and found.is_yearly for name, found in self.monitors.items())

    @model_validator(mode="after")
    def _one_monitor_each(self) -> "FollowUpRules":
        kinds = [kind for monitor in self.monitors.values() for kind in monitor.owners]
        if twice := sorted({kind for kind in kinds if kinds.count(kind) > 1}):
            raise ValueError(f"two monitors have owners of the kind '{twice[0]}': leave it to one of them")
        return self
