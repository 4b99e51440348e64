"""Prefect's API asks everybody for the home's secret: without it nothing is told, made or run."""

import base64
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from sqlalchemy import Engine
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect
from websockets.typing import Subprotocol

from config.settings import child_environment
from config.token import PREFECT_FILE
from flows.automations import upsert_automations
from flows.processes.children import NotAdmitted, wait_until_ready
from tests.early import EARLY, EarlyServer

pytestmark = pytest.mark.engine

OPEN_TO_ALL = {("GET", "/health"), ("GET", "/ready")}
"""Whether the server lives, for whoever starts it; nothing else is said."""

TOKEN = "token-of-the-webhook"
EVIL = "http://evil.example"
SOCKETS = ("/events/in", "/events/out", "/logs/out", "/task_runs/subscriptions/scheduled")
SOME_ID = "00000000-0000-4000-8000-000000000000"


@pytest.fixture
def server(prefect_server: str, request: pytest.FixtureRequest) -> EarlyServer:
    return request.config.stash[EARLY].server()


@pytest.fixture
def stranger(server: EarlyServer) -> Iterator[httpx.Client]:
    """Another account of this machine."""
    with httpx.Client(base_url=server.settings.api, trust_env=False, timeout=60) as client:
        yield client


@pytest.fixture
def owner(server: EarlyServer) -> Iterator[httpx.Client]:
    """Whoever can read the secret of the home."""
    with httpx.Client(
        base_url=server.settings.api, auth=tuple(server.auth.split(":")), trust_env=False, timeout=60
    ) as client:
        yield client


def test_no_route_of_the_api_answers_a_stranger(server: EarlyServer, stranger: httpx.Client) -> None:
    described = stranger.get(f"{server.settings.address}/openapi.json").json()["paths"]
    routes = {(method.upper(), path) for path, methods in described.items() for method in methods}
    assert len(routes) > 150
    assert routes >= {("POST", "/deployments/"), ("POST", "/block_documents/filter"), *OPEN_TO_ALL}
    answered = {
        (method, path)
        for method, path in routes
        if stranger.request(method, _filled(path), json={}).status_code != 401
    }
    assert answered == OPEN_TO_ALL


def _filled(path: str) -> str:
    return "/".join(SOME_ID if part.startswith("{") else part for part in path.split("/"))


def test_a_stranger_cannot_have_a_command_run_and_the_owner_can(
    stranger: httpx.Client, owner: httpx.Client, tmp_path: Path
) -> None:
    command = {"prefect.deployments.steps.run_shell_script": {"script": f"touch {tmp_path / 'was-here'}"}}
    flow = owner.post("/flows/", json={"name": "flow-of-a-stranger"}).json()["id"]
    wanted = {"name": "of-a-stranger", "flow_id": flow, "pull_steps": [command]}
    assert stranger.post("/flows/", json={"name": "another"}).status_code == 401
    assert stranger.post("/deployments/", json=wanted).status_code == 401
    assert owner.get("/deployments/name/flow-of-a-stranger/of-a-stranger").status_code == 404
    made = owner.post("/deployments/", json=wanted)
    assert made.status_code == 201
    run = f"/deployments/{made.json()['id']}/create_flow_run"
    assert stranger.post(run, json={}).status_code == 401
    assert owner.post(run, json={}).status_code == 201
    assert owner.delete(f"/flows/{flow}").status_code == 204


def test_only_the_owner_can_read_the_token_of_the_webhook(
    stranger: httpx.Client, owner: httpx.Client
) -> None:
    upsert_automations("http://127.0.0.1:1/hooks/prefect", TOKEN)
    asked: dict[str, Any] = {"json": {"include_secrets": True}}
    assert TOKEN in owner.post("/block_documents/filter", **asked).text
    refused = stranger.post("/block_documents/filter", **asked)
    assert (refused.status_code, TOKEN in refused.text) == (401, False)


@pytest.mark.parametrize(
    "sign_in",
    [
        ":",
        "jarcycle",
        "jarcycle:",
        "jarcycle:wrong",
        "Jarcycle:{}",
        "{}",
        "jarcycle:{}x",
        "jarcycle:jarcycle:{}",
    ],
)
def test_a_wrong_sign_in_is_none(server: EarlyServer, stranger: httpx.Client, sign_in: str) -> None:
    shown = sign_in.format(server.auth.split(":")[1])
    header = {"Authorization": f"Basic {base64.b64encode(shown.encode()).decode()}"}
    assert stranger.get("/version", headers=header).status_code == 401
    assert stranger.get("/version", headers={"Authorization": f"Bearer {server.auth}"}).status_code == 401


@pytest.mark.parametrize("name", ["evil.example", "evil.example:4200", "localhost.evil.example"])
def test_a_name_that_was_made_to_resolve_here_is_refused_whoever_asks(owner: httpx.Client, name: str) -> None:
    assert owner.get("/version", headers={"Host": name}).status_code == 400
    assert owner.get("/version", headers={"Host": "localhost"}).status_code == 200


@pytest.mark.parametrize("origin", [EVIL, "http://127.0.0.1:9", "null"])
def test_a_page_of_others_is_refused_whoever_asks(
    server: EarlyServer, owner: httpx.Client, origin: str
) -> None:
    ask = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
    for answer in (
        owner.get("/version", headers={"Origin": origin}),
        owner.post("/flows/", json={"name": "of-another-page"}, headers={"Origin": origin}),
        owner.options("/flows/", headers={"Origin": origin, **ask}),
    ):
        assert answer.status_code == 403
        assert "access-control-allow-origin" not in answer.headers
    own = owner.get("/version", headers={"Origin": server.settings.address})
    assert own.status_code == 200


def test_pages_are_kept_in_and_out_of_frames(server: EarlyServer, stranger: httpx.Client) -> None:
    policy = stranger.get(f"{server.settings.address}/v2/").headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy


@pytest.mark.parametrize("path", SOCKETS)
@pytest.mark.parametrize("token", [None, "", "jarcycle:wrong"])
def test_no_websocket_talks_to_a_stranger(server: EarlyServer, path: str, token: str | None) -> None:
    with pytest.raises((ConnectionClosed, InvalidStatus)):
        _talk(server, path, token)


@pytest.mark.parametrize("path", SOCKETS)
def test_websockets_talk_to_the_owner(server: EarlyServer, path: str) -> None:
    assert "auth_success" in _talk(server, path, server.auth)


@pytest.mark.parametrize("headers", [{"Origin": EVIL}, {"Origin": "null"}, {"Host": "evil.example"}])
@pytest.mark.parametrize("path", SOCKETS)
def test_no_websocket_opens_for_pages_of_others(
    server: EarlyServer, path: str, headers: dict[str, str]
) -> None:
    with pytest.raises(InvalidStatus) as refused:
        _talk(server, path, server.auth, **headers)
    assert refused.value.response.status_code == 403


def _talk(server: EarlyServer, path: str, token: str | None, **headers: str) -> str:
    """The first words of a websocket to somebody who shows a token; without one it does not even try."""
    name = headers.pop("Host", "127.0.0.1")
    address = f"ws{server.settings.api.removeprefix('http')}{path}".replace("127.0.0.1", name)
    protocols = None if token is None else [Subprotocol("prefect")]
    held = socket.create_connection(("127.0.0.1", server.settings.port))
    with connect(address, sock=held, subprotocols=protocols, additional_headers=headers) as opened:
        if token is not None:
            opened.send(f'{{"type": "auth", "token": "{token}"}}')
        return str(opened.recv(timeout=60))


def test_who_waits_for_a_server_that_does_not_believe_them_is_told_at_once(server: EarlyServer) -> None:
    version = f"{server.settings.api}/version"
    wait_until_ready(version, server.child, 30, server.auth)
    with pytest.raises(NotAdmitted, match="JARCYCLE_PREFECT_AUTH"):
        wait_until_ready(version, server.child, 30, "jarcycle:wrong")


def test_the_sign_in_to_a_server_elsewhere_is_a_setting(
    server: EarlyServer, database: Engine, home: Path
) -> None:
    def sync(auth: str) -> tuple[int, str]:
        settings = {"JARCYCLE_PREFECT_API_URL": server.settings.api, "JARCYCLE_PREFECT_AUTH": auth}
        command = [sys.executable, "-c", "from cli.main import run; run()", "sync"]
        done = subprocess.run(
            command, env=child_environment(settings), capture_output=True, text=True, timeout=120, check=False
        )
        return done.returncode, done.stderr

    code, said = sync("jarcycle:wrong")
    assert code == 1, said
    assert "does not accept our sign-in. Set JARCYCLE_PREFECT_AUTH" in said
    code, said = sync(server.auth)
    assert (code, "In step" in said) == (0, True), said
    assert not (home / PREFECT_FILE).exists()
