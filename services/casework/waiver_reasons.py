"""Why a rule is waived: a code of the policy's list, and what else is to be said."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from config.findings import nearest
from config.policy import OTHER
from services.errors import Objection


@dataclass(frozen=True)
class WaiverReason:
    """A reason: its `code` in the policy, and `why` in a person's words."""

    code: str
    why: str = ""


def reason_in_words(code: str, why: str, known: Mapping[str, str]) -> str:
    """'Illness: the leader was away', 'Illness', or what was said before there were codes; empty for no reason."""
    name = "" if code == OTHER else known.get(code, code)
    return ": ".join(filter(None, (name, why)))


def objections_to_reason(
    place: str, reason: WaiverReason, known: Mapping[str, str], requirement: str = ""
) -> Iterator[Objection]:
    """A code that the policy does not have, or another reason that nobody told."""
    if reason.code not in known:
        message = f"there is no reason '{reason.code}' for a waiver."
        yield Objection(place, message, nearest(reason.code, known), requirement, "waiver")
    elif reason.code == OTHER and not reason.why.strip():
        message = f"the reason '{OTHER}' says nothing by itself."
        yield Objection(place, message, "Say what the reason is.", requirement, "waiver_why")
