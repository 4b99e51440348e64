"""What an address names, and what is answered where there is no such thing."""

from collections.abc import Iterator
from contextlib import contextmanager

from starlette.exceptions import HTTPException

from services.errors import ServiceError


@contextmanager
def or_404() -> Iterator[None]:
    """Whatever is looked up within and is not there, or not clear, is answered as a page that there is not."""
    try:
        yield
    except ServiceError as error:
        raise HTTPException(404, error.on_page()) from error
