"""What Prefect's processes find in their environment: our server, quiet, private, and calm about late runs."""

import sys

from config.settings import PrefectSettings, apply_to_environment

LATE_AFTER_SECONDS = 900
"""On a Monday many stage runs are due at once and wait their turn: that is not yet late."""


def prefect_environment(settings: PrefectSettings) -> dict[str, str]:
    """Variables for the runner and whoever else talks to the server."""
    return {
        **settings.environment(),
        "DO_NOT_TRACK": "1",
        "PREFECT_RUNNER_POLL_FREQUENCY": "5",
        "PREFECT_LOGGING_TO_API_WHEN_MISSING_FLOW": "ignore",
        "PREFECT_CLI_PROMPT": "false",
    }


def server_environment(settings: PrefectSettings) -> dict[str, str]:
    """Variables for the server: whom it believes, and that its pages are the only ones that may ask it."""
    variables = {
        **prefect_environment(settings),
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_API_SERVICES_LATE_RUNS_AFTER_SECONDS": str(LATE_AFTER_SECONDS),
        "PREFECT_SERVER_API_CORS_ALLOWED_ORIGINS": settings.public_address,
        # The pages ask the server they came from, whatever its name: an address of another name is another origin.
        "PREFECT_SERVER_UI_API_URL": "/api",
    }
    if settings.auth is not None:
        variables["PREFECT_SERVER_API_AUTH_STRING"] = settings.auth.get_secret_value()
    return variables


def use_prefect(settings: PrefectSettings) -> None:
    """Make this process talk to the server of the settings (else Prefect would start one of its own)."""
    apply_to_environment(prefect_environment(settings))
    if "prefect.context" in sys.modules:
        # Prefect read the environment when it was imported, and looks again only when it is told to.
        from prefect.context import refresh_global_settings_context

        refresh_global_settings_context()
