"""The child of `jarcycle up` that runs flow runs when they are due: `python -m flows.processes.runner`."""

import asyncio
import os
import signal

from prefect.runner import Runner

from config.logs import set_up_logging
from config.private import start_private
from config.settings import runner_settings
from flows.deployment_list import deployments
from flows.processes.parent import end_with_parent

NAME = "jarcycle"
START_POLL_SECONDS = 0.05


def main() -> None:
    """Register the deployments and run what is due, at most so many runs at once, until told to stop."""
    start_private()
    end_with_parent()
    set_up_logging()
    runner = Runner(name=NAME, limit=runner_settings().processes)
    for deployment in deployments():
        runner.add_deployment(deployment)
    asyncio.run(serve(runner))
    os._exit(0)  # Prefect's own threads would still wait for a server that is being stopped as well


async def serve(runner: Runner) -> None:
    """Serve until SIGTERM or SIGINT; runs under way are cancelled, and the schedules rest until the next start."""
    serving = asyncio.create_task(runner.start())
    while not runner.started and not serving.done():
        await asyncio.sleep(START_POLL_SECONDS)
    # Prefect's own handler forgets to await its stop (3.8.8), and leaves runs behind as if they were still running.
    loop = asyncio.get_running_loop()
    stopping: list[asyncio.Task[None]] = []
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, lambda: stopping.append(asyncio.ensure_future(_stop(runner))))
    await serving


async def _stop(runner: Runner) -> None:
    if runner.started:
        await runner.astop()


if __name__ == "__main__":
    main()
