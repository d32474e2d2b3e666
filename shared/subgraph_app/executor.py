"""One GraphQL request against one schema: the same road for Strawberry and Ariadne, which both stand on graphql-core.

The libraries define schemas; their own HTTP handlers are not used, because bare they show exception texts and accept
any body.
"""

from __future__ import annotations

import asyncio
import inspect
from typing import Any

from graphql import ExecutionResult, GraphQLError, GraphQLSchema, execute

from shared.errors import DownstreamUnavailable
from shared.subgraph_app.definition import Limits
from shared.subgraph_app.documents import DocumentCache
from shared.subgraph_app.error_format import format_error
from shared.subgraph_app.request_body import BadRequest, GraphQLRequest


class GraphQLExecutor:
    """Executes requests; documents are parsed and validated once per text."""

    def __init__(self, schema: GraphQLSchema, limits: Limits) -> None:
        self._schema = schema
        self._limits = limits
        self._documents = DocumentCache(schema, capacity=limits.cached_documents, max_tokens=limits.document_tokens)

    async def execute(self, request: GraphQLRequest, context: Any) -> dict[str, Any]:
        """The response object. Raises BadRequest for a document that cannot be executed at all."""
        document = self._documents.get(request.query)
        try:
            async with asyncio.timeout(self._limits.request_seconds):
                pending = execute(
                    self._schema,
                    document,
                    context_value=context,
                    variable_values=request.variables,
                    operation_name=request.operation_name,
                )
                result = await pending if inspect.isawaitable(pending) else pending
        except TimeoutError:
            result = ExecutionResult(None, [_timed_out()])
        except RecursionError as error:
            raise BadRequest(400, "BAD_USER_INPUT", "The variables are nested too deeply.") from error
        return _response(result)


def _response(result: ExecutionResult) -> dict[str, Any]:
    if not result.errors:
        return {"data": result.data}
    return {"errors": [format_error(error) for error in result.errors], "data": result.data}


def _timed_out() -> GraphQLError:
    cause = DownstreamUnavailable("The subgraph")
    return GraphQLError(cause.message, original_error=cause)
