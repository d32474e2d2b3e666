"""SDL text to AST; the only place that calls the parser on a subgraph."""

from __future__ import annotations

from graphql import (
    DocumentNode,
    ExecutableDefinitionNode,
    GraphQLSyntaxError,
    parse,
)

from gateway.composition.errors import INVALID_GRAPHQL, CompositionError, Location
from gateway.composition.problems import Problems


def parse_document(sdl: str, subgraph: str, problems: Problems) -> DocumentNode | None:
    """Parse a subgraph's SDL; None when it is no type system document."""
    try:
        document = parse(sdl)
        _unlink_tokens(document)
    except GraphQLSyntaxError as error:
        places = tuple(Location(subgraph, place.line, place.column) for place in error.locations or ())
        message = f"[{subgraph}] {error.message}"
        problems.extend([CompositionError(INVALID_GRAPHQL, message, (subgraph,), places)])
        return None
    except RecursionError:
        problems.report(INVALID_GRAPHQL, "a type or value is nested too deeply to be read.", subgraph)
        return None
    operations = [node for node in document.definitions if isinstance(node, ExecutableDefinitionNode)]
    for node in operations:
        message = "operations and fragments do not belong in a schema: remove them."
        problems.report(INVALID_GRAPHQL, message, subgraph, node)
    return None if operations else document


def _unlink_tokens(document: DocumentNode) -> None:
    """Cut the chain that holds every token of the text in memory; nodes keep those that say where they stand."""
    token = document.loc.start_token if document.loc else None
    while token is not None:
        following = token.next
        token.prev = token.next = None
        token = following
