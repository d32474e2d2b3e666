"""Calls from one subgraph to another: signed as a service, bounded in time, retried because they are keyed.

They do not go through the gateway: internal fields are not in any schema that it shows.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Mapping
from typing import Any, Final
from urllib.parse import urlsplit

import httpx
import msgspec

from shared.auth import Principal, signed_headers
from shared.telemetry import current_traceparent

logger = logging.getLogger(__name__)

_RETRYABLE_STATUS: Final = (429, 502, 503, 504)
_BACKOFF_SECONDS: Final = 0.1


class ServiceUnavailable(Exception):
    """No answer in time, or an answer that says to come back later; the call may have taken effect."""


class ServiceRefused(Exception):
    """The service answered with GraphQL errors: a mistake of ours, retrying will not help."""


class _Response(msgspec.Struct):
    data: dict[str, Any] | None = None
    errors: list[dict[str, Any]] = []


class ServiceClient:
    """A client of one subgraph. ``url`` is its GraphQL endpoint, ``audience`` its name, ``principal`` us."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        url: str,
        *,
        audience: str,
        secret: str,
        principal: Principal,
        timeout_seconds: float = 5.0,
        attempts: int = 3,
    ) -> None:
        self._http = http
        self._url = url
        self._path = urlsplit(url).path
        self._audience = audience
        self._secret = secret
        self._principal = principal
        self._timeout = timeout_seconds
        self._attempts = attempts

    async def execute(
        self,
        query: str,
        variables: Mapping[str, Any],
        *,
        headers: Mapping[str, str] | None = None,
        attempts: int | None = None,
        timeout_seconds: float | None = None,
    ) -> dict[str, Any]:
        """The answer's data. The operation must be a query or carry an idempotency key: it may be sent again.

        Raises ServiceUnavailable, ServiceRefused.
        """
        body = msgspec.json.encode({"query": query, "variables": dict(variables)})
        tries = attempts or self._attempts
        for attempt in range(1, tries + 1):
            try:
                return await self._send(body, headers or {}, timeout_seconds or self._timeout)
            except ServiceUnavailable as error:
                if attempt == tries:
                    raise
                logger.info("%s did not answer (%s), trying again", self._audience, error)
            await asyncio.sleep(random.uniform(0.5, 1.0) * _BACKOFF_SECONDS * 2**attempt)  # noqa: S311 - jitter
        raise AssertionError("unreachable")

    async def _send(self, body: bytes, headers: Mapping[str, str], timeout_seconds: float) -> dict[str, Any]:
        proof = signed_headers(
            self._secret,
            method="POST",
            path=self._path,
            audience=self._audience,
            principal=self._principal,
            body=body,
        )
        traceparent = current_traceparent()
        trace = {"traceparent": traceparent} if traceparent else {}
        try:
            async with asyncio.timeout(timeout_seconds):
                response = await self._http.post(
                    self._url, content=body, headers={"content-type": "application/json", **headers, **trace, **proof}
                )
        except (httpx.HTTPError, TimeoutError, OSError) as error:
            raise ServiceUnavailable(f"{self._audience}: {type(error).__name__}") from error
        return self._data(response)

    def _data(self, response: httpx.Response) -> dict[str, Any]:
        if response.status_code in _RETRYABLE_STATUS:
            raise ServiceUnavailable(f"{self._audience}: status {response.status_code}")
        try:
            answer = msgspec.json.decode(response.content, type=_Response)
        except msgspec.MsgspecError as error:
            raise ServiceUnavailable(f"{self._audience}: not a GraphQL answer") from error
        codes = [str(error.get("extensions", {}).get("code", "")) for error in answer.errors]
        if "DOWNSTREAM_UNAVAILABLE" in codes:
            raise ServiceUnavailable(f"{self._audience}: a dependency is not available")
        if codes or answer.data is None:
            raise ServiceRefused(f"{self._audience} refused the call: {', '.join(codes) or 'no data'}")
        return answer.data
