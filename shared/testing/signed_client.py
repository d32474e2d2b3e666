"""A client that calls a subgraph as the gateway does: signed, for any principal."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx

from shared.auth import ANONYMOUS, Principal, signed_headers


@dataclass(frozen=True, slots=True)
class GraphQLResult:
    """One answer; ``data`` is None when the whole request failed."""

    status: int
    data: Any
    errors: list[dict[str, Any]]

    @property
    def codes(self) -> list[str]:
        """The error codes in order."""
        return [error.get("extensions", {}).get("code", "") for error in self.errors]


class SignedClient:
    """Posts GraphQL to one subgraph, in process (``httpx.ASGITransport``) or over a URL's real HTTP."""

    def __init__(self, client: httpx.AsyncClient, *, audience: str, secret: str, path: str = "/graphql") -> None:
        self._client = client
        self._audience = audience
        self._secret = secret
        self._path = path

    @classmethod
    def in_process(cls, app: Any, *, audience: str, secret: str) -> SignedClient:
        """A client of an ASGI app; exceptions of the app are raised in the test."""
        transport = httpx.ASGITransport(app=app)
        return cls(httpx.AsyncClient(transport=transport, base_url="http://subgraph"), audience=audience, secret=secret)

    async def execute(
        self,
        query: str,
        variables: Mapping[str, Any] | None = None,
        *,
        principal: Principal = ANONYMOUS,
        headers: Mapping[str, str] | None = None,
    ) -> GraphQLResult:
        """Send one operation as ``principal``."""
        body = json.dumps({"query": query, "variables": dict(variables or {})}).encode()
        response = await self.post(body, principal=principal, headers=headers)
        answer = response.json()
        return GraphQLResult(response.status_code, answer.get("data"), answer.get("errors", []))

    async def post(
        self, body: bytes, *, principal: Principal = ANONYMOUS, headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        """Send ``body`` as it is, rightly signed."""
        proof = signed_headers(
            self._secret, method="POST", path=self._path, audience=self._audience, principal=principal, body=body
        )
        all_headers = {"content-type": "application/json", **(headers or {}), **proof}
        return await self._client.post(self._path, content=body, headers=all_headers)
