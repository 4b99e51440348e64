"""Every route that the console has."""

from collections.abc import Iterator

from fastapi.routing import APIRoute
from starlette.testclient import TestClient


def routes(console: TestClient) -> Iterator[APIRoute]:
    """Every route of the application, wherever it was named."""
    todo = list(console.app.routes)  # type: ignore[attr-defined]
    while todo:
        route = todo.pop()
        if isinstance(route, APIRoute):
            yield route
        todo += list(getattr(getattr(route, "original_router", None), "routes", []))
