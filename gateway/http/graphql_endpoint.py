"""The GraphQL endpoint: read → authenticate → execute → respond."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from gateway.authentication import Authenticator
from gateway.authorization.caller import Caller
from gateway.engine import Engine
from gateway.errors import ErrorCode, RequestRefused, refusal
from gateway.executor.response_headers import ResponseHeaderRule, ResponseHeaders
from gateway.executor.transport import Headers
from gateway.graphql_request import GraphQLRequest
from gateway.http.caller import forwarded_headers, identify
from gateway.http.disconnect import StopWhenClientLeaves
from gateway.http.negotiation import DEFAULT, AcceptedTypes, MediaType, negotiate
from gateway.http.read_request import ReadRequest, RequestForm, read_request
from gateway.http.request_document import document_of
from gateway.http.respond import refusal_body, respond, respond_refused
from gateway.http.streaming.event_stream import event_stream_response
from gateway.http.streaming.multipart import incremental_response, subscription_response
from gateway.incremental_delivery import IncrementalForm
from gateway.playground import PlaygroundPage
from gateway.query_plan import OperationKind
from gateway.telemetry import RequestMeter
from shared.telemetry import accept_traceparent

_log = logging.getLogger(__name__)

CLIENT_CLOSED_REQUEST: Final = 499  # for logs and metrics; nobody is there to read it


@dataclass(frozen=True, slots=True)
class EndpointOptions:
    """``forwarded_headers`` are lower-case names; ``max_batch`` 0 refuses batches."""

    max_body_bytes: int
    body_timeout_seconds: float
    max_batch: int
    forwarded_headers: tuple[str, ...]
    response_headers: tuple[ResponseHeaderRule, ...]
    heartbeat_seconds: float


class GraphQLEndpoint:
    """Answers GraphQL requests; ``playground`` answers browsers that come without one."""

    def __init__(
        self,
        engine: Engine,
        authenticator: Authenticator,
        options: EndpointOptions,
        playground: PlaygroundPage | None,
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
        read = await read_request(
            request,
            max_body_bytes=options.max_body_bytes,
            body_timeout_seconds=options.body_timeout_seconds,
            max_batch=options.max_batch,
        )
        accept_traceparent(request.headers.get("traceparent"))
        caller = await identify(self._authenticator, request.headers.get("authorization"))
        headers = forwarded_headers(request.headers, options.forwarded_headers)
        if read.is_batch:
            return await self._answer_batch(read, caller, headers)
        collected = ResponseHeaders(options.response_headers) if options.response_headers else None
        asked = _graphql_request(read.forms[0], read, caller, headers, collected)
        if accepted.streams and (accepted.single is None or self._engine.answers_in_parts(asked)):
            return self._stream(asked, accepted)
        response = await self._execute(asked, request, media_type)
        for name, value in collected.merged() if collected is not None else ():
            response.headers.append(name, value)
        return response

    async def _execute(self, asked: GraphQLRequest, request: Request, media_type: MediaType) -> Response:
        """A mutation goes on when its client leaves: half of it may be done."""
        if self._engine.kind_of(asked) is OperationKind.MUTATION:
            return respond(await self._engine.execute(asked), media_type)
        with StopWhenClientLeaves(request):
            return respond(await self._engine.execute(asked), media_type)
        return Response(status_code=CLIENT_CLOSED_REQUEST)

    def _stream(self, asked: GraphQLRequest, accepted: AcceptedTypes) -> Response:
        """In the form that the client likes best; its first part is on its way before the last is known."""
        heartbeat_seconds = self._options.heartbeat_seconds
        protocol = dict(accepted.multipart_parameters)
        if accepted.streams[0] is MediaType.EVENT_STREAM:
            return event_stream_response(self._engine.stream(asked, IncrementalForm.CURRENT), heartbeat_seconds)
        if "subscriptionspec" in protocol and self._engine.kind_of(asked) is OperationKind.SUBSCRIPTION:
            return subscription_response(self._engine.stream(asked, IncrementalForm.CURRENT), heartbeat_seconds)
        if "deferspec" in protocol:
            parts = self._engine.stream(asked, IncrementalForm.DRAFT_2022)
            return incremental_response(parts, f"deferSpec={protocol['deferspec']}")
        return incremental_response(self._engine.stream(asked, IncrementalForm.CURRENT), "")

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


def _is_visit(request: Request) -> bool:
    """A browser's navigation, not a GraphQL request."""
    if request.method != "GET" or "query" in request.query_params:
        return False
    return "text/html" in request.headers.get("accept", "")


def _graphql_request(
    form: RequestForm,
    read: ReadRequest,
    caller: Caller,
    headers: Headers,
    collected: ResponseHeaders | None = None,
) -> GraphQLRequest:
    return GraphQLRequest(
        document=document_of(form),
        operation_name=form.operation_name,
        variables=form.variables or {},
        extensions=form.extensions or {},
        caller=caller,
        headers=headers,
        response_headers=collected,
        allows_mutations=not read.is_safe,
    )
