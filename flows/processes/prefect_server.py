"""Prefect's server as `jarcycle up` starts it: never without a secret, and behind our guard."""

from config.guard import Guard
from config.settings import prefect_settings


class NoSecret(Exception):
    """A server that would run anybody's command."""


def create() -> Guard:
    """Prefect's application in front of which our guard stands.

    Raises
    ------
    NoSecret
        If the environment names no secret; then nothing is served.
    """
    # Prefect takes seconds to import, and reads the environment then.
    from prefect.server.api.server import create_app
    from prefect.settings import PREFECT_SERVER_API_AUTH_STRING

    if not PREFECT_SERVER_API_AUTH_STRING.value():
        raise NoSecret("Prefect's server has no secret. Start it with: jarcycle up")
    settings = prefect_settings()
    return Guard(create_app(), (settings.address, settings.public_address), "JARCYCLE_PREFECT_PUBLIC_URL")
