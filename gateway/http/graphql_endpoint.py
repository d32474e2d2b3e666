"""The GraphQL endpoint: read → authenticate → execute → respond."""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from gateway.authentication import Authenticator, InvalidCredentials
from gateway.authorization.caller import Caller
from gateway.engine import Engine
from gateway.errors import ErrorCode, RequestRefused, ResponseError, refusal
from gateway.executor.transport import Headers
from gateway.graphql_request import GraphQLRequest
from gateway.http.negotiation import DEFAULT, AcceptedTypes, MediaType, negotiate
from gateway.http.read_request import ReadRequest, RequestForm, read_request
from gateway.http.respond import refusal_body, respond, respond_refused
from gateway.telemetry import RequestMeter
from shared.telemetry import accept_traceparent

_log = logging.getLogger(__name__)

_UNAUTHENTICATED_HEADERS: Final = {"www-authenticate": 'Bearer error="invalid_token"'}


@dataclass(frozen=True, slots=True)
class EndpointOptions:
    """``forwarded_headers`` are lower-case names; ``max_batch`` 0 refuses batches."""

    max_body_bytes: int
    max_batch: int
    forwarded_headers: tuple[str, ...]


class GraphQLEndpoint:
    """Answers GraphQL requests; ``playground`` answers browsers that come without one."""

    def __init__(
        self,
        engine: Engine,
        authenticator: Authenticator,
        options: EndpointOptions,
        playground: Callable[[Request], Awaitable[Response]] | None,
    ) -> None:
        self._engine = engine
        self._authenticator = authenticator
        self._options = options
        self._playground = playground
        self._meter = RequestMeter()

    async def serve(self, request: Request) -> Response:
        """One HTTP exchange; every failure becomes a GraphQL response with a code."""
        accepted = negotiate(request.headers.get("accept"))
        if self._playground is not None and _is_visit(request):
            return await self._playground(request)
        media_type = (accepted.single if accepted else None) or DEFAULT
        began = time.perf_counter()
        try:
            response = await self._answer(request, accepted, media_type)
        except RequestRefused as refused:
            self._meter.record("refused", began)
            return respond_refused(refused, media_type)
        except Exception:  # noqa: BLE001 - the edge: a defect must not take the connection down
            self._meter.record("failed", began)
            _log.exception("a request failed inside the gateway")
            failure = refusal(ErrorCode.INTERNAL, "The gateway failed to answer.", status=500)
            return respond_refused(failure, media_type)
        self._meter.record("answered", began)
        return response

    async def _answer(self, request: Request, accepted: AcceptedTypes | None, media_type: MediaType) -> Response:
        if accepted is None:
            message = "None of the accepted media types can be served."
            raise refusal(ErrorCode.NOT_ACCEPTABLE, message, status=406)
        options = self._options
        read = await read_request(request, max_body_bytes=options.max_body_bytes, max_batch=options.max_batch)
        caller = await self._authenticate(request)
        accept_traceparent(request.headers.get("traceparent"))
        headers = forwarded_headers(request, options.forwarded_headers)
        if read.is_batch:
            return await self._answer_batch(read, caller, headers)
        answer = await self._engine.execute(_graphql_request(read.forms[0], read, caller, headers))
        return respond(answer, media_type)

    async def _answer_batch(self, read: ReadRequest, caller: Caller, headers: Headers) -> Response:
        """Each request of a batch has its own answer; they are executed one after the other."""
        bodies: list[bytes] = []
        for form in read.forms:
            try:
                answer = await self._engine.execute(_graphql_request(form, read, caller, headers))
                bodies.append(answer.body)
            except RequestRefused as refused:
                bodies.append(refusal_body(refused))
        return Response(b"[" + b",".join(bodies) + b"]", media_type="application/json")

    async def _authenticate(self, request: Request) -> Caller:
        try:
            principal = await self._authenticator.authenticate(request.headers.get("authorization"))
        except InvalidCredentials as error:
            _log.info("credentials were refused: %s", error)
            refused = ResponseError("The credentials are invalid or expired.", ErrorCode.UNAUTHENTICATED)
            raise RequestRefused([refused], status=401, headers=_UNAUTHENTICATED_HEADERS) from error
        # Roles that a trusted issuer vouches for are the policies decided in the caller's favour.
        return Caller(principal, principal.roles)


def forwarded_headers(request: Request, names: tuple[str, ...]) -> Headers:
    """The client's headers of these names; repeated ones as one list (RFC 9110, section 5.2)."""
    found = [(name, request.headers.getlist(name)) for name in names]
    return tuple((name, ", ".join(values)) for name, values in found if values)


def _is_visit(request: Request) -> bool:
    """A browser's navigation, not a GraphQL request."""
    if request.method != "GET" or "query" in request.query_params:
        return False
    return "text/html" in request.headers.get("accept", "")


def _graphql_request(form: RequestForm, read: ReadRequest, caller: Caller, headers: Headers) -> GraphQLRequest:
    return GraphQLRequest(
        document=_document(form),
        operation_name=form.operation_name,
        variables=form.variables or {},
        extensions=form.extensions or {},
        caller=caller,
        headers=headers,
        allows_mutations=not read.is_safe,
    )


def _document(form: RequestForm) -> str:
    if form.query:
        return form.query
    if form.document_id is not None or "persistedQuery" in (form.extensions or {}):
        error = ResponseError("PersistedQueryNotSupported", ErrorCode.PERSISTED_QUERY_NOT_SUPPORTED)
        raise RequestRefused([error], status=200)
    raise refusal(ErrorCode.BAD_REQUEST, "The request holds no query.")
