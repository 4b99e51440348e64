"""How often a plan keeps its dates when people fall ill, areas have incidents and stages end late."""

from scheduler.simulating.disturbances import Disturbances
from scheduler.simulating.sample import Sampled, exact_replan, replan_sample
from scheduler.simulating.simulation import Estimate, ReplanPrices, Robustness, simulate

__all__ = [
    "Disturbances",
    "Estimate",
    "ReplanPrices",
    "Robustness",
    "Sampled",
    "exact_replan",
    "replan_sample",
    "simulate",
]
