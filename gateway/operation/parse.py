"""From text to the syntax tree and the operation that is asked for."""

from __future__ import annotations

from graphql import DocumentNode, GraphQLError, GraphQLSyntaxError, OperationDefinitionNode, parse

from gateway.errors import ErrorCode, RequestRefused, ResponseError, refusal
from gateway.operation.limits import OperationLimits


def parse_document(text: str, limits: OperationLimits) -> DocumentNode:
    """Parse ``text``.

    Raises ``RequestRefused``: GRAPHQL_PARSE_FAILED, or OPERATION_TOO_LARGE for more text or tokens than allowed.
    """
    if len(text) > limits.max_document_bytes or len(text.encode()) > limits.max_document_bytes:
        raise refusal(ErrorCode.OPERATION_TOO_LARGE, f"The document is larger than {limits.max_document_bytes} bytes.")
    try:
        return parse(text, max_tokens=limits.max_tokens, allow_empty_selection_sets=False)
    except GraphQLSyntaxError as error:
        if "Parsing aborted" in error.message:
            message = error.message.removeprefix("Syntax Error: ").removesuffix(" Parsing aborted.")
            raise refusal(ErrorCode.OPERATION_TOO_LARGE, message) from error
        raise syntax_refusal(error) from error


def syntax_refusal(error: GraphQLError) -> RequestRefused:
    """A document that does not parse."""
    return RequestRefused(
        (ResponseError(error.message, ErrorCode.GRAPHQL_PARSE_FAILED, locations=locations(error)),), well_formed=True
    )


def locations(error: GraphQLError) -> tuple[tuple[int, int], ...]:
    """Where in the document: (line, column), both from 1."""
    return tuple((place.line, place.column) for place in error.locations or ())


def find_operation(document: DocumentNode, name: str | None) -> OperationDefinitionNode:
    """GetOperation (GraphQL specification, section 6.1). Raises ``RequestRefused`` with OPERATION_NOT_FOUND."""
    operations = [each for each in document.definitions if isinstance(each, OperationDefinitionNode)]
    if name is None:
        if len(operations) == 1:
            return operations[0]
        reason = "Must provide operation name if query contains multiple operations." if operations else None
        raise _not_found(reason or "The document holds no operation.")
    for operation in operations:
        if operation.name is not None and operation.name.value == name:
            return operation
    raise _not_found(f'Unknown operation named "{name}".')


def _not_found(message: str) -> RequestRefused:
    return RequestRefused((ResponseError(message, ErrorCode.OPERATION_NOT_FOUND),), well_formed=True)
