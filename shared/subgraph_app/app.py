"""The ASGI mount of a subgraph.

The road of a request: body within its cap → signature proves the gateway → JSON → document → execution → JSON. A
request without proof is 401 for every operation, ``_entities`` and ``_service`` included.
"""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any, Final

import msgspec
from starlette.applications import Starlette
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.routing import Route

from shared.auth import InvalidSignature, Verifier
from shared.subgraph_app.access import enforce_access
from shared.subgraph_app.definition import Market, RequestScope, SubgraphDefinition
from shared.subgraph_app.entities import install_entity_resolvers
from shared.subgraph_app.error_format import request_error
from shared.subgraph_app.executor import GraphQLExecutor
from shared.subgraph_app.probes import probe_routes
from shared.subgraph_app.request_body import BadRequest, parse_request, read_body
from shared.telemetry import accept_traceparent, request_seconds, requests_total

logger = logging.getLogger(__name__)

GRAPHQL_PATH: Final = "/graphql"
_GRAPHQL_MEDIA_TYPE: Final = "application/graphql-response+json"
_JSON_MEDIA_TYPE: Final = "application/json"
_MAX_MARKET_HEADER: Final = 64


def create_app(definition: SubgraphDefinition, verifier: Verifier) -> Starlette:
    """The application of one subgraph. Its GraphQL context must have a ``principal``."""
    install_entity_resolvers(
        definition.schema, definition.entities, max_representations=definition.limits.representations
    )
    enforce_access(definition.schema, definition.sdl, lambda context: context.principal)
    endpoint = _GraphQLEndpoint(definition, verifier)
    return Starlette(
        routes=[
            Route(GRAPHQL_PATH, endpoint.answer, methods=["POST"]),
            *probe_routes(definition.probes),
            *definition.routes,
        ],
        lifespan=_lifespan(definition),
    )


class _GraphQLEndpoint:
    def __init__(self, definition: SubgraphDefinition, verifier: Verifier) -> None:
        self._definition = definition
        self._verifier = verifier
        self._executor = GraphQLExecutor(definition.schema, definition.limits)

    async def answer(self, request: Request) -> Response:
        started = time.perf_counter()
        name = self._definition.name
        try:
            response = await self._answer(request)
            requests_total.labels(name, "answered").inc()
        except BadRequest as error:
            requests_total.labels(name, "refused").inc()
            response = _json(request, request_error(error.code, error.message), error.status)
        except ClientDisconnect:
            requests_total.labels(name, "disconnected").inc()
            return Response(status_code=499)
        except Exception:
            logger.exception("the request failed outside of any resolver")
            requests_total.labels(name, "failed").inc()
            response = _json(request, request_error("INTERNAL", "Internal error."), 500)
        request_seconds.labels(name).observe(time.perf_counter() - started)
        return response

    async def _answer(self, request: Request) -> Response:
        body = await read_body(request, self._definition.limits.body_bytes)
        scope = self._prove(request, body)
        graphql_request = parse_request(request.headers.get("content-type", ""), body)
        response = await self._executor.execute(graphql_request, self._definition.context(scope))
        return _json(request, response, 200)

    def _prove(self, request: Request, body: bytes) -> RequestScope:
        try:
            principal = self._verifier.verify(request.headers, request.method, request.url.path, body)
        except InvalidSignature as error:
            logger.warning("refused a request without proof: %s", error)
            raise BadRequest(401, "UNAUTHENTICATED", "This subgraph answers its gateway only.") from error
        return RequestScope(
            principal=principal,
            market=_market(request.headers),
            traceparent=accept_traceparent(request.headers.get("traceparent")),
        )


def _market(headers: Mapping[str, str]) -> Market:
    def value(name: str) -> str | None:
        return headers.get(name, "")[:_MAX_MARKET_HEADER] or None

    return Market(
        channel=value("x-channel"),
        country=value("x-country"),
        currency=value("x-currency"),
        language=_first_language(headers.get("accept-language", "")),
    )


def _first_language(header: str) -> str | None:
    """The tag with the highest weight; the first one wins a tie (RFC 9110 §12.5.4)."""
    best: tuple[float, str] | None = None
    for item in header[:256].split(","):
        tag, _, parameters = item.strip().partition(";")
        weight = _weight(parameters)
        if tag and tag != "*" and weight > 0 and (best is None or weight > best[0]):
            best = weight, tag
    return best[1] if best else None


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0


def _json(request: Request, body: dict[str, Any], status: int) -> Response:
    media_type = _GRAPHQL_MEDIA_TYPE if _GRAPHQL_MEDIA_TYPE in request.headers.get("accept", "") else _JSON_MEDIA_TYPE
    return Response(msgspec.json.encode(body), status_code=status, media_type=media_type)


def _lifespan(definition: SubgraphDefinition) -> Any:
    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        yield
        if definition.close is not None:
            await definition.close()

    return lifespan
