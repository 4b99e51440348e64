"""The child of `jarcycle up` that runs flow runs when they are due: `python -m flows.runner`."""

import os
from contextlib import suppress

from config.logs import set_up_logging
from config.settings import runner_settings
from flows.parent import end_with_parent


def main() -> None:
    """Register the deployments and serve them, at most so many runs at once, until told to stop."""
    end_with_parent()
    set_up_logging()
    from prefect import serve

    from flows.deployments import deployments

    # SIGTERM ends the runner in the midst of its own shutting down, which shows as an exit.
    with suppress(SystemExit):
        serve(*deployments(), limit=runner_settings().processes, print_starting_message=False)
    os._exit(0)


if __name__ == "__main__":
    main()
