"""What a plan means for areas and people, beside its cost: pure functions of a problem and a plan (R038)."""

from scheduler.measures.measures import Kinds, Measures, measure_plan

__all__ = ["Kinds", "Measures", "measure_plan"]
