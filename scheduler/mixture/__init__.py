"""The cheapest mixed programme: each area under the option that suits it best, with a bound over all mixes (R039)."""

from scheduler.mixture.search import Mix, find_mix
from scheduler.mixture.variants import Variants, compose

__all__ = ["Mix", "Variants", "compose", "find_mix"]
