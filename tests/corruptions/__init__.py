"""Ways in which a good plan goes wrong, each with the rules that must refuse it."""

from tests.corruptions.claims import CLAIMS
from tests.corruptions.dates import DATES
from tests.corruptions.draft import Corruption, Draft
from tests.corruptions.limits import LIMITS
from tests.corruptions.people import PEOPLE
from tests.corruptions.shape import SHAPE

CATALOGUE: tuple[Corruption, ...] = (*SHAPE, *DATES, *LIMITS, *PEOPLE, *CLAIMS)

__all__ = ["CATALOGUE", "Corruption", "Draft"]
