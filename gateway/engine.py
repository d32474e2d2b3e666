"""The road of a request, on one screen."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import msgspec

from gateway.errors import ErrorCode, RequestRefused, ResponseError, refusal
from gateway.executor.concurrency import ExecutionBound, TooManyWaiting
from gateway.executor.error_policy import ErrorPolicy
from gateway.executor.execute import execute_plan
from gateway.executor.execution import Execution
from gateway.executor.request_context import RequestContext
from gateway.executor.subgraph_client import SubgraphSender
from gateway.graphql_request import GraphQLRequest
from gateway.override_labels import OverrideLabels
from gateway.prepared_operation import ExecutableOperation, PreparedOperation, Variant
from gateway.query_plan import OperationKind
from gateway.snapshot import Snapshot


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
        snapshot = self._snapshot
        operation = snapshot.prepare(request.document, request.operation_name)
        _check_kind(operation, request)
        variables = operation.coerce(request.variables, max_list_size=self._options.max_list_size)
        executable = snapshot.executable(operation, self._variant(snapshot, operation, request))
        execution = self._begin(snapshot, operation, variables, request)
        try:
            async with self._bound:
                return await self._run(executable, execution, snapshot.sender)
        except TooManyWaiting as error:
            raise refusal(ErrorCode.OVERLOADED, "The gateway is overloaded; try again later.", status=503) from error

    def _variant(self, snapshot: Snapshot, operation: PreparedOperation, request: GraphQLRequest) -> Variant:
        denied = operation.guarded.denied_to(request.caller)
        return Variant(denied, self._options.override_labels.active(snapshot.supergraph.override_labels))

    def _begin(
        self, snapshot: Snapshot, operation: PreparedOperation, variables: dict[str, Any], request: GraphQLRequest
    ) -> Execution:
        return Execution(
            variables=variables,
            context=RequestContext(request.caller.principal, request.headers),
            types=snapshot.types,
            error_policy=self._options.error_policy,
            tree=operation.introspect(variables),
        )

    async def _run(self, executable: ExecutableOperation, execution: Execution, sender: SubgraphSender) -> Answer:
        """The compiled plan, if there is one; the general path serves all else and what a compiled plan hands over."""
        variables = execution.variables
        compiled = executable.compiled.find(variables) if executable.compiled is not None else None
        if compiled is not None:
            outcome = await compiled.execute(variables, execution.context, sender)
            if isinstance(outcome, bytes):
                return Answer(outcome)
            sender = outcome
        await execute_plan(executable.plan, execution, sender)
        return self._answer(executable, execution)

    def _answer(self, executable: ExecutableOperation, execution: Execution) -> Answer:
        data, errors = executable.projection.project(
            execution.tree,
            execution.variables,
            reported=execution.errors,
            failures=[(failed.path, failed.error) for failed in execution.failures],
            max_errors=self._options.max_response_errors,
        )
        response: dict[str, Any] = {"data": data}
        if errors:
            response["errors"] = [error.to_json() for error in errors]
        return Answer(msgspec.json.encode(response))


def _check_kind(operation: PreparedOperation, request: GraphQLRequest) -> None:
    if operation.kind is OperationKind.MUTATION and not request.allows_mutations:
        error = ResponseError("Mutations are not executed by GET requests; use POST.", ErrorCode.METHOD_NOT_ALLOWED)
        raise RequestRefused([error], status=405, headers={"allow": "POST"})
    if operation.kind is OperationKind.SUBSCRIPTION:
        message = "Subscriptions are not served over this transport."
        raise refusal(ErrorCode.SUBSCRIPTION_NOT_SUPPORTED, message)
