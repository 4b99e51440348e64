"""All methods that are compared, by name."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from benchmarks.peers.answer import PeerAnswer


@dataclass(frozen=True)
class Method:
    """A module with a function `solve`; one `of_peers` runs in the environment that `make peers` makes."""

    name: str
    title: str
    module: str
    of_peers: bool = False

    def solve(self) -> Callable[..., PeerAnswer]:
        """The function that takes a problem, seconds, a seed and a number of workers."""
        found: Callable[..., PeerAnswer] = import_module(self.module).solve
        return found


METHODS = (
    Method("ours", "column generation (ours)", "benchmarks.peers.ours"),
    Method("cpsat", "CP-SAT intervals", "benchmarks.peers.cpsat_intervals"),
    Method("mip", "time-indexed MIP (HiGHS)", "benchmarks.peers.highs"),
    Method("pyjobshop", "PyJobShop", "benchmarks.peers.pyjobshop_jobs", of_peers=True),
    Method("rule", "planner's rule", "benchmarks.peers.planners_rule"),
)


def method(name: str) -> Method:
    """The method of this name."""
    return next(known for known in METHODS if known.name == name)
