"""Who may ask our servers: under their own names only, and from their own pages only.

A page of another name that is made to resolve to this machine (DNS rebinding) and a page of another origin are
refused before anything of theirs is read. Programs that are no browser send no origin: they need a secret instead.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping, MutableMapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
App = Callable[[Message, Receive, Send], Awaitable[None]]

WRONG_NAME, WRONG_PAGE = 400, 403
POLICY_VIOLATION = 1008
"""How a websocket is closed that was never opened (RFC 6455)."""


class Guard:
    """An ASGI application in front of another one, for HTTP and websockets alike.

    Parameters
    ----------
    addresses
        Where the application is to be found, such as `http://127.0.0.1:8000`: their names are its names, and
        their pages are its pages. A number or `localhost` is no name that could be made to resolve elsewhere,
        so it is always allowed.
    variable
        The setting that adds an address, for the advice.
    headers
        What every answer over HTTP carries, refusals included, unless the application said it already.
    """

    def __init__(self, app: App, addresses: Iterable[str], variable: str, headers: Mapping[str, str]) -> None:
        self._app, self._variable = app, variable
        self._headers = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        split = [urlsplit(address.lower()) for address in addresses]
        self._names = {str(address.hostname) for address in split} | {"localhost"}
        self._origins = {f"{address.scheme}://{address.netloc}" for address in split}

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                said = {name.lower() for name, _ in message.get("headers", ())}
                more = [header for header in self._headers if header[0] not in said]
                message["headers"] = [*message.get("headers", ()), *more]
            await send(message)

        refusal = self._refusal(scope) if scope["type"] in ("http", "websocket") else None
        if refusal is None:
            await self._app(scope, receive, send_with_headers)
        elif scope["type"] == "websocket":
            await send({"type": "websocket.close", "code": POLICY_VIOLATION, "reason": "not from here"})
        else:
            await _answer(send_with_headers, *refusal)

    def _refusal(self, scope: Message) -> tuple[int, str] | None:
        hosts, origins = _values(scope, b"host"), _values(scope, b"origin")
        if len(hosts) != 1 or not self._is_ours(hosts[0]):
            advice = f"Open it as localhost, or set {self._variable} to the address that you use."
            return WRONG_NAME, f"This server does not answer to the name in your address. {advice}\n"
        if any(not self._is_our_page(origin, hosts[0]) for origin in origins):
            advice = f"Open its own page, or set {self._variable} if that was its own page behind a proxy."
            return WRONG_PAGE, f"This server does not answer pages of other sites. {advice}\n"
        return None

    def _is_ours(self, host: str) -> bool:
        name = _name(host)
        return name is not None and (name in self._names or _is_number(name))

    def _is_our_page(self, origin: str, host: str) -> bool:
        # The page of another port is somebody else's page, perhaps another account's of this machine.
        return origin in self._origins or origin in (f"http://{host}", f"https://{host}")


def _values(scope: Message, name: bytes) -> list[str]:
    return [value.decode("latin-1").strip().lower() for key, value in scope["headers"] if key == name]


def _name(host: str) -> str | None:
    """The name in a Host header, without its port; None if it is no name at all."""
    if any(sign in host for sign in "@/?#\\ "):
        return None
    try:
        split = urlsplit(f"//{host}")
        _ = split.port  # raises where it is no number
        return split.hostname
    except ValueError:
        return None


def _is_number(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


async def _answer(send: Send, status: int, text: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"cache-control", b"no-store")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": text.encode()})
