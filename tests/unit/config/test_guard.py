"""Who may ask our servers: by which names, and from whose pages."""

import asyncio

import pytest
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from config.guard import POLICY_VIOLATION, Guard, Message, Receive, Send

LISTENS = "http://planning-pc:4200"
PUBLIC = "https://prefect.example.org"
EVIL = "http://evil.example"
HEADERS = {"Content-Security-Policy": "default-src 'self'", "Cache-Control": "no-store"}


async def everything(scope: Message, receive: Receive, send: Send) -> None:
    """An application that answers everybody."""
    if scope["type"] == "websocket":
        await send({"type": "websocket.accept"})
        await send({"type": "websocket.send", "text": "welcome"})
        await send({"type": "websocket.close"})
    else:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"welcome"})


@pytest.fixture
def client() -> TestClient:
    guarded = Guard(everything, (LISTENS, PUBLIC), "JARCYCLE_PREFECT_PUBLIC_URL", HEADERS)
    return TestClient(guarded, base_url="http://127.0.0.1:4200")  # type: ignore[arg-type]


def websocket_says(client: TestClient, headers: dict[str, str]) -> str | int:
    """Its first words, or the code with which it was closed before it was opened."""
    try:
        with client.websocket_connect("/api/events/in", headers=headers) as opened:
            return str(opened.receive_text())
    except WebSocketDisconnect as refused:
        return refused.code


OURS = ["127.0.0.1:4200", "127.0.0.1", "localhost:4200", "LOCALHOST", "[::1]:4200", "planning-pc:4200"]
OURS += ["prefect.example.org", "10.0.0.7:4200"]
OTHERS = ["evil.example", "evil.example:4200", "localhost.evil.example", "127.0.0.1.evil.example:4200", ""]
OTHERS += [
    "localhost@evil.example",
    "evil.example#localhost",
    "localhost:port",
    "[::1",
    "prefect.example.org.evil",
]


@pytest.mark.parametrize("host", OURS)
def test_our_own_names_and_numbers_are_answered(client: TestClient, host: str) -> None:
    assert client.get("/", headers={"Host": host}).status_code == 200
    assert websocket_says(client, {"Host": host}) == "welcome"


@pytest.mark.parametrize("host", OTHERS)
def test_a_name_that_was_made_to_resolve_to_us_is_not(client: TestClient, host: str) -> None:
    answer = client.get("/", headers={"Host": host})
    assert answer.status_code == 400
    assert "JARCYCLE_PREFECT_PUBLIC_URL" in answer.text
    assert websocket_says(client, {"Host": host}) == POLICY_VIOLATION


OUR_PAGES = [
    ("127.0.0.1:4200", "http://127.0.0.1:4200"),
    ("localhost:4200", "http://localhost:4200"),
    ("[::1]:4200", "http://[::1]:4200"),
    ("prefect.example.org", PUBLIC),
    ("127.0.0.1:4200", PUBLIC),  # a proxy that asks us by our number
]
PAGES_OF_OTHERS = [
    ("127.0.0.1:4200", EVIL),
    ("127.0.0.1:4200", "http://127.0.0.1:9999"),  # another account of this machine
    ("127.0.0.1:4200", "http://localhost:4200"),
    ("127.0.0.1:4200", "null"),  # a frame without an origin, a file
    ("127.0.0.1:4200", f"{PUBLIC}.evil.example"),
    ("prefect.example.org", "https://prefect.example.org:8443"),
]


@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
@pytest.mark.parametrize(("host", "origin"), OUR_PAGES)
def test_our_own_pages_are_answered(client: TestClient, method: str, host: str, origin: str) -> None:
    assert client.request(method, "/", headers={"Host": host, "Origin": origin}).status_code == 200
    assert websocket_says(client, {"Host": host, "Origin": origin}) == "welcome"


@pytest.mark.parametrize("method", ["GET", "POST", "OPTIONS"])
@pytest.mark.parametrize(("host", "origin"), PAGES_OF_OTHERS)
def test_pages_of_others_are_not(client: TestClient, method: str, host: str, origin: str) -> None:
    answer = client.request(method, "/", headers={"Host": host, "Origin": origin})
    assert answer.status_code == 403
    assert "access-control-allow-origin" not in answer.headers
    assert websocket_says(client, {"Host": host, "Origin": origin}) == POLICY_VIOLATION


def test_every_answer_carries_the_headers_unless_it_said_them_itself(client: TestClient) -> None:
    for headers in ({}, {"Host": "evil.example"}, {"Origin": EVIL}):
        answer = client.get("/", headers=headers)
        assert answer.headers["content-security-policy"] == "default-src 'self'"
        assert answer.headers.get_list("cache-control") == ["no-store"]


@pytest.mark.parametrize("hosts", [[], [b"localhost", b"evil.example"]])
def test_a_request_without_one_name_is_refused(hosts: list[bytes]) -> None:
    said: list[Message] = []

    async def send(message: Message) -> None:
        said.append(message)

    async def receive() -> Message:
        return {"type": "http.request"}

    scope = {"type": "http", "headers": [(b"host", host) for host in hosts]}
    asyncio.run(Guard(everything, (), "X", {})(scope, receive, send))
    assert said[0]["status"] == 400
