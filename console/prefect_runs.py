"""Starting a run of a deployment: Prefect's runner does the work, and its pages show it."""

import secrets
import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from services.errors import Refused

ANSWER_SECONDS = 10.0
BUSY = 503
WAIT_SECONDS = (0.2, 1.0, 2.0)
NO_SERVER = "Ask whoever runs the service to start Prefect, or to check its address."
NO_DEPLOYMENT = "Ask whoever runs the service to bring Prefect up to date."


@dataclass(frozen=True)
class PrefectRuns:
    """The server's API, and the 'user:password' it asks for (blank: none)."""

    api: str
    auth: str = ""
    transport: httpx.BaseTransport | None = None

    def start(self, flow: str, parameters: Mapping[str, Any]) -> str:
        """Ask for a run of a flow's deployment as soon as the runner has room; the run's name.

        Raises
        ------
        Refused
            If no server answers, if it does not admit us, has no such deployment or takes no such parameters.
        """
        user, _, password = self.auth.partition(":")
        with httpx.Client(
            base_url=self.api,
            auth=(user, password) if self.auth else None,
            timeout=ANSWER_SECONDS,
            trust_env=False,
            transport=self.transport,
        ) as client:
            try:
                deployment = _answer(_asked(client, "GET", f"/deployments/name/{flow}/{flow}"), flow)
                # With a key of its own the same run is not made twice.
                key = {"idempotency_key": secrets.token_urlsafe(16)}
                wanted = {"parameters": dict(parameters), "state": {"type": "SCHEDULED"}, **key}
                address = f"/deployments/{deployment['id']}/create_flow_run"
                run = _answer(_asked(client, "POST", address, wanted), flow)
            except httpx.HTTPError as error:
                raise Refused.because("Prefect", f"no server answers ({error}).", NO_SERVER) from None
        return str(run["name"])


def _asked(client: httpx.Client, method: str, address: str, content: Any = None) -> httpx.Response:
    """The server's answer; one that is busy (503) is asked again."""
    for wait in WAIT_SECONDS:
        answer = client.request(method, address, json=content)
        if answer.status_code != BUSY:
            return answer
        time.sleep(wait)
    return client.request(method, address, json=content)


def _answer(answer: httpx.Response, flow: str) -> dict[str, Any]:
    if answer.status_code == 404:
        raise Refused.because("Prefect", f"it has no deployment '{flow}'.", NO_DEPLOYMENT)
    if not answer.is_success:
        message = f"it does not start the run (it answered {answer.status_code})."
        raise Refused.because("Prefect", message, "Ask whoever runs the service to look at its log.")
    found: dict[str, Any] = answer.json()
    return found
