"""The road of a request, on one screen."""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any

from gateway.errors import ErrorCode, RequestRefused, ResponseError, refusal
from gateway.executor.concurrency import ExecutionBound, TooManyWaiting
from gateway.executor.error_policy import ErrorPolicy
from gateway.executor.execute import execute_plan
from gateway.executor.request_context import RequestContext
from gateway.graphql_request import GraphQLRequest
from gateway.incremental_delivery import IncrementalForm, incremental_answers
from gateway.override_labels import OverrideLabels
from gateway.prepared_operation import PreparedOperation, Variant
from gateway.query_plan import OperationKind
from gateway.snapshot import Snapshot
from gateway.started_operation import StartedOperation, encode_response
from gateway.subscriptions import subscription_answers

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Answer:
    """A GraphQL response as JSON."""

    body: bytes


@dataclass(frozen=True, slots=True)
class EngineOptions:
    """What holds for every request, whatever the supergraph."""

    error_policy: ErrorPolicy = field(default_factory=ErrorPolicy)
    override_labels: OverrideLabels = field(default_factory=OverrideLabels)
    max_response_errors: int = 100
    max_list_size: int = 10_000


class Engine:
    """Executes GraphQL requests on the current snapshot of the supergraph."""

    def __init__(self, snapshot: Snapshot, options: EngineOptions, bound: ExecutionBound) -> None:
        self._snapshot = snapshot
        self._options = options
        self._bound = bound

    @property
    def snapshot(self) -> Snapshot:
        """What new requests are executed on."""
        return self._snapshot

    def swap(self, snapshot: Snapshot) -> None:
        """New requests use ``snapshot``; those under way keep theirs."""
        self._snapshot = snapshot

    async def execute(self, request: GraphQLRequest) -> Answer:
        """The road: prepare (cached) → coerce variables → authorize → plan (cached) → fetch, merge, project.

        Raises ``RequestRefused`` when nothing is executed.
        """
        operation = self._prepare(request, self._snapshot)
        if operation.kind is OperationKind.SUBSCRIPTION:
            message = "Subscriptions are answered as multipart/mixed or text/event-stream, and over WebSocket."
            raise refusal(ErrorCode.SUBSCRIPTION_NOT_SUPPORTED, message)
        started = self._start(request, self._snapshot, operation)
        try:
            async with self._bound:
                return Answer(await _run(started))
        except TooManyWaiting as error:
            raise _overloaded() from error

    def answers_in_parts(self, request: GraphQLRequest) -> bool:
        """Whether the operation is a subscription or defers something. Raises ``RequestRefused``."""
        operation = self._prepare(request, self._snapshot)
        return operation.kind is OperationKind.SUBSCRIPTION or operation.defers

    def kind_of(self, request: GraphQLRequest) -> OperationKind:
        """Query, mutation or subscription. Raises ``RequestRefused``."""
        return self._prepare(request, self._snapshot).kind

    def stream(self, request: GraphQLRequest, form: IncrementalForm) -> AsyncGenerator[bytes, None]:
        """Response bodies as they come: of each event, or of the first answer and what it deferred.

        Raises ``RequestRefused`` before the iterator is returned, never later.
        """
        snapshot = self._snapshot
        operation = self._prepare(request, snapshot)
        if operation.kind is OperationKind.SUBSCRIPTION:
            return _guarded(subscription_answers(self._start(request, snapshot, operation), self._bound), {})
        started = self._start(request, snapshot, operation, incremental=True)
        return _guarded(incremental_answers(started, self._bound, form), {"hasNext": False})

    def _prepare(self, request: GraphQLRequest, snapshot: Snapshot) -> PreparedOperation:
        operation = snapshot.prepare(request.document, request.operation_name)
        if operation.kind is OperationKind.MUTATION and not request.allows_mutations:
            error = ResponseError("Mutations are not executed by GET requests; use POST.", ErrorCode.METHOD_NOT_ALLOWED)
            raise RequestRefused([error], status=405, headers={"allow": "POST"})
        return operation

    def _start(
        self, request: GraphQLRequest, snapshot: Snapshot, operation: PreparedOperation, *, incremental: bool = False
    ) -> StartedOperation:
        options = self._options
        variables = operation.coerce(request.variables, max_list_size=options.max_list_size)
        denied = operation.guarded.denied_to(request.caller)
        labels = options.override_labels.active(snapshot.supergraph.override_labels)
        # Denied fields are explained at their places, which only a whole answer has.
        variant = Variant(denied, labels, incremental=incremental and not denied)
        return StartedOperation(
            snapshot=snapshot,
            operation=operation,
            executable=snapshot.executable(operation, variant),
            variables=variables,
            context=RequestContext(request.caller.principal, request.headers, request.response_headers),
            error_policy=options.error_policy,
            max_response_errors=options.max_response_errors,
        )


async def _run(started: StartedOperation) -> bytes:
    """The compiled plan, if there is one; the general path serves all else and what a compiled plan hands over."""
    executable, sender = started.executable, started.snapshot.sender
    compiled = executable.compiled.find(started.variables) if executable.compiled is not None else None
    if compiled is not None:
        outcome = await compiled.execute(started.variables, started.context, sender)
        if isinstance(outcome, bytes):
            return outcome
        sender = outcome
    execution = started.begin()
    await execute_plan(executable.plan, execution, sender)
    return started.answer(execution)


async def _guarded(parts: AsyncGenerator[bytes, None], last: Mapping[str, Any]) -> AsyncGenerator[bytes, None]:
    """A stream whose first part is on its way cannot be refused any more: what stops it is its last part."""
    try:
        async with aclosing(parts):
            async for part in parts:
                yield part
    except TooManyWaiting:
        yield encode_response(dict(last), list(_overloaded().errors))
    except Exception:  # noqa: BLE001 - the edge of a stream: a defect must not cut it off without a word
        _log.exception("a stream failed inside the gateway")
        yield encode_response(dict(last), [ResponseError("The gateway failed to answer.", ErrorCode.INTERNAL)])


def _overloaded() -> RequestRefused:
    return refusal(ErrorCode.OVERLOADED, "The gateway is overloaded; try again later.", status=503)
