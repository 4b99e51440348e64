"""How often a plan keeps its dates when people fall ill, areas have incidents and stages end late."""

from scheduler.robustness.disturbances import Disturbances
from scheduler.robustness.estimate import Estimate
from scheduler.robustness.sample import Sampled, exact_replan, replan_sample
from scheduler.robustness.simulate import ReplanPrices, Robustness, simulate

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
