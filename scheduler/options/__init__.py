"""The cheapest mixed programme: each area under the option that suits it best, with a bound over all mixes (R039)."""

from scheduler.options.mix_search import Mix, find_mix
from scheduler.options.mixed_plan import MixAnswer, no_mix, solve_mix
from scheduler.options.variants import Variants, compose

__all__ = ["Mix", "MixAnswer", "Variants", "compose", "find_mix", "no_mix", "solve_mix"]
