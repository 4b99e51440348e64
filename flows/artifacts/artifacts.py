"""Artifacts with stable keys in Prefect's pages, rewritten only when what they show has changed."""

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from prefect.artifacts import create_markdown_artifact, create_table_artifact
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import ArtifactCollectionFilter, ArtifactCollectionFilterKey
from prefect.client.schemas.objects import ArtifactCollection

PAGE = 200


def write_table(key: str, rows: Sequence[Mapping[str, Any]], description: str) -> bool:
    """Write a table if it differs from the latest of that key; returns whether it was written."""
    table = [dict(row) for row in rows]
    latest = _latest([key]).get(key)
    if latest is not None and _table_in(latest) == table and latest.description == description:
        return False
    create_table_artifact(key=key, table=table, description=description)
    return True


def write_pages(pages: Mapping[str, str], description: str) -> list[str]:
    """Write the Markdown pages that differ from the latest of their keys; returns the keys written."""
    latest = _latest(pages)
    changed = [key for key, text in pages.items() if key not in latest or latest[key].data != text]
    for key in changed:
        create_markdown_artifact(key=key, markdown=pages[key], description=description)
    return changed


def _latest(keys: Iterable[str]) -> dict[str, ArtifactCollection]:
    wanted, found = list(keys), {}
    with get_client(sync_client=True) as client:
        for start in range(0, len(wanted), PAGE):
            page = client.read_latest_artifacts(
                artifact_filter=ArtifactCollectionFilter(
                    key=ArtifactCollectionFilterKey(any_=wanted[start : start + PAGE])
                ),
                limit=PAGE,
            )
            found.update({artifact.key: artifact for artifact in page})
    return found


def _table_in(artifact: ArtifactCollection) -> Any:
    return json.loads(artifact.data) if isinstance(artifact.data, str) else artifact.data
