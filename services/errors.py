"""Why a use case was refused: each error states the fact, the state and an advice, and carries its findings."""

from dataclasses import dataclass

from scheduler.values.errors import Finding, WithFindings
from services.doors import on_page


@dataclass(frozen=True)
class Objection(Finding):
    """One reason against something that was asked: a finding with the number of the rule.

    `field` is what of the question it is about, where a form asks for it: 'day', 'why', 'on_behalf_of', 'waiver', ...
    """

    requirement: str = ""
    field: str = ""

    def __str__(self) -> str:
        return self._with(self.advice)

    def on_page(self) -> str:
        """The same to whoever reads it in the console."""
        return self._with(on_page(self.advice))

    def _with(self, advice: str) -> str:
        cited = f" ({self.requirement})" if self.requirement else ""
        return f"{self.place}: {self.message}{cited}" + (f" {advice}" if advice else "")


class ServiceError(WithFindings):
    """Something that was asked and not done; `findings` lists every reason. Nothing was changed."""

    def on_page(self) -> str:
        """Every reason as the console says it."""
        return " ".join(finding.on_page() for finding in self.findings)


class NotFound(ServiceError):
    """A version, an activity or a step that does not exist."""

    def __init__(self, place: str, message: str, advice: str = "") -> None:
        super().__init__([Objection(place, message, advice)])


class Refused(ServiceError):
    """A rule forbids what was asked."""

    @classmethod
    def because(
        cls, place: str, message: str, advice: str = "", requirement: str = "", field: str = ""
    ) -> "Refused":
        """A refusal with one reason."""
        return cls([Objection(place, message, advice, requirement, field)])


class AlreadySo(ServiceError):
    """What was said is so already: saying it again changes nothing and is no fault."""

    @classmethod
    def because(cls, place: str, message: str, advice: str = "") -> "AlreadySo":
        """With what is so, in words, and what to do if that is not what was meant."""
        return cls([Objection(place, message, advice)])


class PlanRefused(Refused):
    """A plan that may not be published as it is; the findings name every violation and every lack."""
