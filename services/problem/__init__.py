"""From the facts in the tables to the scheduler's problem; dates become week indexes here and nowhere else.

What makes a problem is imported when it is first asked for: who asks how far an activity has come makes none.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from services.problem.build import build_problem, option_of

__all__ = ["build_problem", "option_of"]


def __getattr__(name: str) -> Any:
    """A public name, from the module that defines it."""
    if name not in __all__:
        raise AttributeError(f"module 'services.problem' has no attribute '{name}'")
    from services.problem import build

    return getattr(build, name)
