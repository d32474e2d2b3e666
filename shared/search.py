"""The search engine behind a protocol, and Typesense as its adapter.

Collections are searched through aliases, so that a re-index builds a new one and swaps. Searches, schemas and
documents are Typesense's JSON (https://typesense.org/docs/0.24.1/api/); callers build them, this module only carries
them and sorts failures into two kinds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any, Final, Protocol, TypeAlias
from urllib.parse import urlsplit

import httpx
import msgspec
from typesense.async_.client import AsyncClient
from typesense.exceptions import (
    HTTPStatus0Error,
    ObjectNotFound,
    ServerError,
    ServiceUnavailable,
    TypesenseClientError,
)

Document: TypeAlias = Mapping[str, Any]
SearchResponse: TypeAlias = Mapping[str, Any]

SEARCH_TIMEOUT_SECONDS: Final = 2.0
ADMIN_TIMEOUT_SECONDS: Final = 120.0
IMPORT_BATCH: Final = 1_000
_NOT_FOUND: Final = 404
_SERVER_ERRORS: Final = range(500, 600)


class SearchUnavailable(ConnectionError):
    """The engine is out of reach, still starting, or has no such collection: answer from elsewhere."""


class NotInIndex(SearchUnavailable):
    """No such collection, alias, field or document."""


class SearchRejected(Exception):
    """The engine understood the request and refused it: a mistake of ours."""


class SearchEngine(Protocol):
    """What the index needs of an engine; every method raises SearchUnavailable or SearchRejected."""

    async def search(self, searches: Sequence[Mapping[str, Any]]) -> Sequence[SearchResponse]:
        """All searches in one request, answers in the same order."""

    async def create_collection(self, schema: Mapping[str, Any]) -> None:
        """Make a collection; one of that name must not exist."""

    async def drop_collection(self, name: str) -> None:
        """Remove a collection; none of that name is fine."""

    async def collections(self) -> Sequence[str]:
        """The names of all collections."""

    async def upsert(self, collection: str, documents: Sequence[Document]) -> None:
        """Write documents by their ``id`` into a collection or alias."""

    async def delete(self, collection: str, ids: Sequence[str]) -> None:
        """Remove documents from a collection or alias; unknown ids are fine."""

    async def alias_target(self, alias: str) -> str | None:
        """The collection behind an alias."""

    async def point_alias(self, alias: str, collection: str) -> None:
        """Let ``alias`` mean ``collection``, at once for all readers."""

    async def ping(self) -> None:
        """Raises SearchUnavailable."""

    async def close(self) -> None: ...


class TypesenseEngine:
    """Typesense at ``url``. Searches fail fast and are not retried; administration is patient."""

    def __init__(self, url: str, api_key: str) -> None:
        self._searcher = _client(url, api_key, timeout=SEARCH_TIMEOUT_SECONDS, retries=0)
        self._admin = _client(url, api_key, timeout=ADMIN_TIMEOUT_SECONDS, retries=1)

    async def search(self, searches: Sequence[Mapping[str, Any]]) -> Sequence[SearchResponse]:
        with _sorted_failures():
            body: Any = {"searches": searches}
            answer: Any = await self._searcher.multi_search.perform(body, {})
        responses: list[SearchResponse] = answer["results"]
        for response in responses:
            if "error" in response:
                _raise(response.get("code", 0), str(response["error"]))
        return responses

    async def create_collection(self, schema: Any) -> None:
        with _sorted_failures():
            await self._admin.collections.create(schema)

    async def drop_collection(self, name: str) -> None:
        with suppress(NotInIndex), _sorted_failures():
            await self._admin.collections[name].delete()

    async def collections(self) -> Sequence[str]:
        with _sorted_failures():
            return [collection["name"] for collection in await self._admin.collections.retrieve()]

    async def upsert(self, collection: str, documents: Sequence[Document]) -> None:
        for start in range(0, len(documents), IMPORT_BATCH):
            lines = b"\n".join(map(msgspec.json.encode, documents[start : start + IMPORT_BATCH]))
            with _sorted_failures():
                answer = await self._admin.collections[collection].documents.import_(lines, {"action": "upsert"})
            for line in answer.splitlines():
                result = msgspec.json.decode(line)
                if not result["success"]:
                    _raise(result.get("code", 0), str(result.get("error")))

    async def delete(self, collection: str, ids: Sequence[str]) -> None:
        for identifier in ids:
            with suppress(NotInIndex), _sorted_failures():
                await self._admin.collections[collection].documents[identifier].delete()

    async def alias_target(self, alias: str) -> str | None:
        try:
            with _sorted_failures():
                return str((await self._admin.aliases[alias].retrieve())["collection_name"])
        except NotInIndex:
            return None

    async def point_alias(self, alias: str, collection: str) -> None:
        with _sorted_failures():
            await self._admin.aliases.upsert(alias, {"collection_name": collection})

    async def ping(self) -> None:
        with _sorted_failures():
            if not await self._searcher.operations.is_healthy():
                raise SearchUnavailable("Typesense is not ready")

    async def close(self) -> None:
        await self._searcher.api_call.aclose()
        await self._admin.api_call.aclose()


@contextmanager
def _sorted_failures() -> Iterator[None]:
    """Turn what the client library raises into SearchUnavailable or SearchRejected."""
    try:
        yield
    except ObjectNotFound as error:
        raise NotInIndex(str(error)) from error
    except (ServerError, ServiceUnavailable, HTTPStatus0Error) as error:
        raise SearchUnavailable(str(error)) from error
    except TypesenseClientError as error:
        raise SearchRejected(str(error)) from error
    except (httpx.HTTPError, OSError) as error:
        raise SearchUnavailable(f"Typesense cannot be reached: {type(error).__name__}") from error


def _raise(status: int, message: str) -> None:
    if status == _NOT_FOUND:
        raise NotInIndex(message)
    if status == 0 or status in _SERVER_ERRORS:
        raise SearchUnavailable(message)
    raise SearchRejected(message)


def _client(url: str, api_key: str, *, timeout: float, retries: int) -> AsyncClient:
    parts = urlsplit(url)
    node: Any = {
        "protocol": parts.scheme or "http",
        "host": parts.hostname or "127.0.0.1",
        "port": str(parts.port or (443 if parts.scheme == "https" else 8108)),
        "path": parts.path.rstrip("/"),
    }
    return AsyncClient(
        {
            "nodes": [node],
            "api_key": api_key,
            "connection_timeout_seconds": timeout,
            "num_retries": retries,
            "retry_interval_seconds": 0.2,
            "suppress_deprecation_warnings": True,
        }
    )
