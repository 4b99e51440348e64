"""Prefect's server as `jarcycle up` starts it: never without a secret, and behind our guard."""

from config.guard import Guard
from config.settings import prefect_settings

HEADERS = {
    # Its pages keep the secret and would ask a service of analytics for its settings, also with analytics off.
    "Content-Security-Policy": "; ".join(
        (
            "default-src 'self' 'unsafe-inline' 'unsafe-eval' data: blob:",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
        )
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


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
    from prefect.settings import PREFECT_SERVER_API_AUTH_STRING

    if not PREFECT_SERVER_API_AUTH_STRING.value():
        raise NoSecret("Prefect's server has no secret. Start it with: jarcycle up")
    from prefect.server.api.server import create_app

    settings = prefect_settings()
    addresses = (settings.address, settings.public_address)
    return Guard(create_app(), addresses, "JARCYCLE_PREFECT_PUBLIC_URL", HEADERS)
