"""Why a use case was refused: each error states the fact, the state and an advice, and carries its findings."""

from dataclasses import dataclass

from scheduler.values.errors import Finding, WithFindings


@dataclass(frozen=True)
class Objection(Finding):
    """One reason against something that was asked: a finding with the number of the rule.

    `field` is what of the question it is about, where a form asks for it: 'day', 'why', 'on_behalf_of', 'waiver', ...
    """

    requirement: str = ""
    field: str = ""

    def __str__(self) -> str:
        cited = f" ({self.requirement})" if self.requirement else ""
        return f"{self.place}: {self.message}{cited}" + (f" {self.advice}" if self.advice else "")


class ServiceError(WithFindings):
    """Something that was asked and not done; `findings` lists every reason. Nothing was changed."""


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
    def because(cls, place: str, message: str) -> "AlreadySo":
        """With what is so, in words."""
        return cls([Objection(place, message)])


class PlanRefused(Refused):
    """A plan that may not be published as it is; the findings name every violation and every lack."""
