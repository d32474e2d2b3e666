"""A request on its way: everything decided, nothing fetched yet."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from gateway.errors import ResponseError
from gateway.executor.error_policy import ErrorPolicy
from gateway.executor.execution import Execution
from gateway.executor.request_context import RequestContext
from gateway.executor.response_tree import JsonObject
from gateway.prepared_operation import ExecutableOperation, PreparedOperation
from gateway.projection.report import Failure
from gateway.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class StartedOperation:
    """``variables`` are coerced; ``snapshot`` is kept to the end."""

    snapshot: Snapshot
    operation: PreparedOperation
    executable: ExecutableOperation
    variables: Mapping[str, Any]
    context: RequestContext
    error_policy: ErrorPolicy
    max_response_errors: int

    def begin(self, tree: JsonObject | None = None) -> Execution:
        """A new execution: of the whole operation, of one event, or of a part that goes on with ``tree``."""
        return Execution(
            variables=self.variables,
            context=self.context,
            types=self.snapshot.types,
            error_policy=self.error_policy,
            tree=self.operation.introspect(self.variables) if tree is None else tree,
        )

    def answer(self, execution: Execution) -> bytes:
        """The response body for a finished execution."""
        data, errors = self.executable.projection.project(
            execution.tree,
            self.variables,
            reported=execution.errors,
            failures=failures_of(execution),
            max_errors=self.max_response_errors,
        )
        return encode_response({"data": data}, errors)


def failures_of(execution: Execution) -> list[Failure]:
    """Objects that failed fetches left incomplete, as projection takes them."""
    return [(failed.path, failed.error, failed.keys) for failed in execution.failures]


def encode_response(response: dict[str, Any], errors: list[ResponseError]) -> bytes:
    """``response`` as JSON, with ``errors`` if there are any."""
    if errors:
        response["errors"] = [error.to_json() for error in errors]
    return msgspec.json.encode(response)
