"""Files that a browser sends with a form of ours, read up to a limit."""

from collections.abc import AsyncGenerator
from typing import Annotated

from fastapi import Depends
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request

from console.access_table import MOST_UPLOAD_BYTES
from console.forms import TOKEN, posted, require_token

MOST_FILES = 40


async def sent_files(request: Request) -> dict[str, bytes]:
    """The files of a form of ours, by their names; 403 without its token, 413 if they are too much."""
    if not request.headers.get("Content-Type", "").startswith("multipart/form-data"):
        await posted(request)  # a form without files
        return {}
    parser = MultiPartParser(request.headers, _limited(request), max_files=MOST_FILES, max_fields=MOST_FILES)
    try:
        found = await parser.parse()
    except (MultiPartException, KeyError):
        raise HTTPException(
            422, "What was sent is not a form with files. Go back, and send it again."
        ) from None
    token = found.get(TOKEN)
    require_token(request, token if isinstance(token, str) else "")
    files = {}
    for part in found.getlist("files"):
        if isinstance(part, UploadFile) and part.filename:
            files[part.filename] = await part.read()
    await found.close()
    return files


async def _limited(request: Request) -> AsyncGenerator[bytes, None]:
    """What comes, whatever was told of its length."""
    size = 0
    async for part in request.stream():
        size += len(part)
        if size > MOST_UPLOAD_BYTES:
            raise HTTPException(
                413, f"At most {MOST_UPLOAD_BYTES:,} bytes are taken at once. Send fewer files."
            )
        yield part


Files = Annotated[dict[str, bytes], Depends(sent_files)]
