"""What a plan means for areas and people, beside its cost: pure functions of a problem and a plan (R038)."""

from scheduler.measures.measures import Measures, measure_plan

__all__ = ["Measures", "measure_plan"]
