"""What a page that a planner opens can do to Prefect's server: nothing. In a real browser, against the real server."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from flows.automations import upsert_automations
from tests.early import EARLY, EarlyServer

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

pytestmark = [pytest.mark.browser, pytest.mark.engine]

TOKEN = "token-that-no-page-may-read"
PAGE = "<!doctype html><title>Cheap flights</title>"
SHUT = "blocked"

ATTACK = """async ([api, secret]) => {
  const headers = {'Content-Type': 'application/json'};
  if (secret) headers['Authorization'] = 'Basic ' + btoa(secret);
  const post = async (path, body, more) => {
    try {
      const answer = await fetch(api + path, {method: 'POST', headers, body: JSON.stringify(body), ...more});
      return {status: answer.status, text: await answer.text()};
    } catch (error) { return {status: 'blocked', text: ''}; }
  };
  const socket = path => new Promise(done => {
    const opened = new WebSocket(api.replace('http', 'ws') + path, 'prefect');
    opened.onopen = () => opened.send(JSON.stringify({type: 'auth', token: secret}));
    opened.onmessage = () => done('talks');
    opened.onclose = opened.onerror = () => done('blocked');
  });
  const flow = await post('/flows/', {name: 'made-by-a-page'});
  const command = {'prefect.deployments.steps.run_shell_script': {script: 'touch was-here'}};
  const flow_id = flow.status === 201 ? JSON.parse(flow.text).id : '00000000-0000-4000-8000-000000000000';
  return {
    flow: flow.status,
    deployment: (await post('/deployments/', {name: 'of-a-page', flow_id, pull_steps: [command]})).status,
    secrets: (await post('/block_documents/filter', {include_secrets: true})).text,
    blind: (await post('/flows/', {name: 'made-blindly'}, {mode: 'no-cors', headers: {}})).status,
    events: await socket('/events/in'),
    logs: await socket('/logs/out'),
  };
}"""
"""What an attacker would try; with the secret and from the server's own page all of it works but the blind one."""


@pytest.fixture
def server(prefect_server: str, request: pytest.FixtureRequest) -> EarlyServer:
    """Prefect's server with a webhook's token in it."""
    # In a thread: the browser's driver keeps a loop in this one, and within a loop Prefect does nothing at once.
    with ThreadPoolExecutor(1) as thread:
        context = copy_context()
        thread.submit(context.run, upsert_automations, "http://127.0.0.1:1/hooks/prefect", TOKEN).result()
    return request.config.stash[EARLY].server()


@pytest.fixture
def page(browser: "Browser") -> Iterator["Page"]:
    context = browser.new_context()
    opened = context.new_page()
    opened.set_default_timeout(30_000)
    yield opened
    context.close()


@pytest.fixture
def another_origin() -> Iterator[str]:
    """A page of another account on the same machine; for the browser it is as foreign as one of the internet."""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(PAGE.encode())

        def log_message(self, format: str, *args: object) -> None:
            pass

    site = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=site.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{site.server_address[1]}"
    site.shutdown()
    site.server_close()


def flows_made(server: EarlyServer) -> set[str]:
    """Names of the flows that a page tried to make and the server has."""
    tried = {"made-by-a-page", "made-blindly"}
    sign_in = tuple(server.auth.split(":"))
    with httpx.Client(base_url=server.settings.api, auth=sign_in, trust_env=False, timeout=60) as owner:
        flows = owner.post("/flows/filter", json={"flows": {"name": {"any_": list(tried)}}}).json()
        for flow in flows:
            owner.delete(f"/flows/{flow['id']}")
    return {flow["name"] for flow in flows}


def must_have_failed(done: dict[str, Any]) -> None:
    assert {done["flow"], done["deployment"]} <= {SHUT, 400, 401, 403}
    assert (done["events"], done["logs"]) == (SHUT, SHUT)
    assert TOKEN not in done["secrets"]


@pytest.mark.parametrize("knows_the_secret", [False, True], ids=["stranger", "knows-the-secret"])
def test_a_page_of_another_origin_reads_nothing_and_makes_nothing(
    page: "Page", server: EarlyServer, another_origin: str, knows_the_secret: bool
) -> None:
    page.goto(another_origin)
    must_have_failed(page.evaluate(ATTACK, [server.settings.api, server.auth if knows_the_secret else ""]))
    assert flows_made(server) == set()


@pytest.mark.parametrize("knows_the_secret", [False, True], ids=["stranger", "knows-the-secret"])
def test_a_page_whose_name_is_made_to_resolve_here_reads_nothing_and_makes_nothing(
    page: "Page", server: EarlyServer, knows_the_secret: bool
) -> None:
    """The browser takes the answers for the page's own: only the name in the request betrays it."""
    rebound = f"http://evil.example:{server.settings.port}"
    page.route(f"{rebound}/", lambda route: route.fulfill(body=PAGE, content_type="text/html"))
    page.goto(f"{rebound}/")
    must_have_failed(page.evaluate(ATTACK, [f"{rebound}/api", server.auth if knows_the_secret else ""]))
    assert page.evaluate("async () => (await fetch('/api/version')).status") == 400
    assert flows_made(server) == set()


def test_the_same_works_from_the_server_s_own_page_for_whoever_has_the_secret(
    page: "Page", server: EarlyServer
) -> None:
    page.goto(f"{server.settings.address}/ui-settings")
    done = page.evaluate(ATTACK, [server.settings.api, server.auth])
    assert TOKEN in done.pop("secrets")
    assert done.pop("blind") not in (200, 201)
    assert done == {"flow": 201, "deployment": 201, "events": "talks", "logs": "talks"}
    assert flows_made(server) == {"made-by-a-page"}


def test_its_own_page_without_the_secret_reads_nothing_either(page: "Page", server: EarlyServer) -> None:
    page.goto(f"{server.settings.address}/ui-settings")
    done = page.evaluate(ATTACK, [server.settings.api, ""])
    must_have_failed(done)
    assert (done["flow"], done["deployment"]) == (401, 401)


def test_no_page_of_others_may_frame_it(page: "Page", server: EarlyServer, another_origin: str) -> None:
    page.goto(another_origin)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.evaluate(
        """address => new Promise(done => {
          const frame = document.createElement('iframe');
          frame.onload = done; frame.src = address; document.body.append(frame);
        })""",
        server.settings.address,
    )
    assert any("frame-ancestors" in text for text in complaints)


@pytest.mark.parametrize("name", ["127.0.0.1", "localhost"])
def test_people_sign_in_with_the_line_of_the_home_and_nothing_leaves_the_house(
    page: "Page", server: EarlyServer, name: str
) -> None:
    address = f"http://{name}:{server.settings.port}"
    left: list[str] = []

    def note(route: "Route") -> None:
        left.append(route.request.url)
        route.abort()

    # Whatever the policy of the pages let through would come here before it left.
    page.route(lambda url: not url.startswith((address, "data:", "blob:")), note)
    page.goto(address)
    page.get_by_placeholder("admin:pass").fill("jarcycle:wrong")
    page.get_by_role("button", name="Login").click()
    page.get_by_text("Authentication failed").or_(page.get_by_text("Invalid credentials")).first.wait_for()
    page.get_by_placeholder("admin:pass").fill(server.auth)
    page.get_by_role("button", name="Login").click()
    page.wait_for_url("**/dashboard**")
    page.goto(f"{address}/v2/deployments")
    page.get_by_role("heading", name="Deployments").or_(page.get_by_text("Deployments")).first.wait_for()
    assert "/login" not in page.url
    assert left == []
