"""What Prefect's processes find in their environment: our server, quiet, private, and calm about late runs."""

import sys

from config.settings import PrefectSettings, apply_to_environment, prefect_settings

LATE_AFTER_SECONDS = 900
"""On a Monday many stage runs are due at once and wait their turn: that is not yet late."""


def prefect_environment(settings: PrefectSettings) -> dict[str, str]:
    """Variables for the server, the runner and whoever talks to them."""
    return {
        **settings.environment(),
        "DO_NOT_TRACK": "1",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_API_SERVICES_LATE_RUNS_AFTER_SECONDS": str(LATE_AFTER_SECONDS),
        "PREFECT_RUNNER_POLL_FREQUENCY": "5",
        "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
        "PREFECT_CLI_PROMPT": "false",
    }


def use_prefect(settings: PrefectSettings | None = None) -> None:
    """Make this process talk to the server of the settings (else Prefect would start one of its own)."""
    apply_to_environment(prefect_environment(settings or prefect_settings()))
    if "prefect.context" in sys.modules:
        # Prefect read the environment when it was imported, and looks again only when it is told to.
        from prefect.context import refresh_global_settings_context

        refresh_global_settings_context()
