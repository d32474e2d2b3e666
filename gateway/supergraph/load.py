"""Reading a supergraph's SDL, of join v0.1 to v0.5 and composed by anyone, into the model."""

from __future__ import annotations

from collections.abc import Mapping

from graphql import (
    DocumentNode,
    GraphQLError,
    GraphQLSchema,
    build_ast_schema,
    parse,
)

from gateway.federation.field_set import InvalidFieldSet
from gateway.query_plan import OperationKind
from gateway.supergraph import join_v0_1, subgraph_view
from gateway.supergraph.composite_types import MergedType, graphs, merged_types
from gateway.supergraph.errors import InvalidSupergraph, SupergraphErrorCode
from gateway.supergraph.features import Version, check_features
from gateway.supergraph.model import Subgraph, SubgraphType, Supergraph, TypeKind

_JOIN_V0_1 = (0, 1)


def load_supergraph(sdl: str | DocumentNode) -> Supergraph:
    """Parse a supergraph, refuse what cannot be served safely, and split it by subgraph.

    :raises InvalidSupergraph: INVALID_GRAPHQL, INVALID_SUPERGRAPH or UNSUPPORTED_LINKED_FEATURE.
    """
    document = parse_supergraph(sdl) if isinstance(sdl, str) else sdl
    version = check_features(document)
    schema = _build_schema(document)
    merged = merged_types(document)
    root_types = _root_types(schema)
    subgraphs = {
        subgraph.name: subgraph for subgraph in _subgraphs(document, merged, version, frozenset(root_types.values()))
    }
    return Supergraph(
        schema=schema,
        subgraphs=subgraphs,
        root_types=root_types,
        possible_types=_possible_types(merged),
        contexts=_contexts(merged),
        override_labels=frozenset(
            own.override.label
            for subgraph in subgraphs.values()
            for subgraph_type in subgraph.types.values()
            for own in subgraph_type.fields.values()
            if own.override is not None
        ),
    )


def parse_supergraph(sdl: str) -> DocumentNode:
    """The document of a supergraph's SDL.

    :raises InvalidSupergraph: INVALID_GRAPHQL.
    """
    try:
        return parse(sdl, no_location=True)
    except GraphQLError as error:
        raise InvalidSupergraph(
            SupergraphErrorCode.INVALID_GRAPHQL, f"the supergraph does not parse: {error.message}"
        ) from error


def _build_schema(document: DocumentNode) -> GraphQLSchema:
    try:
        return build_ast_schema(document, assume_valid=True)
    except (GraphQLError, TypeError) as error:
        raise InvalidSupergraph(
            SupergraphErrorCode.INVALID_GRAPHQL, f"the supergraph is no valid schema: {error}"
        ) from error


def _root_types(schema: GraphQLSchema) -> Mapping[OperationKind, str]:
    roots = (
        (OperationKind.QUERY, schema.query_type),
        (OperationKind.MUTATION, schema.mutation_type),
        (OperationKind.SUBSCRIPTION, schema.subscription_type),
    )
    return {kind: root.name for kind, root in roots if root is not None}


def _subgraphs(
    document: DocumentNode, merged: Mapping[str, MergedType], version: Version, root_types: frozenset[str]
) -> list[Subgraph]:
    found = [
        Subgraph(graph.name, value, graph.url, _view(merged, value, version, root_types))
        for value, graph in graphs(document).items()
    ]
    if not found:
        raise InvalidSupergraph(SupergraphErrorCode.INVALID_SUPERGRAPH, "the supergraph names no subgraph")
    return found


def _view(
    merged: Mapping[str, MergedType], graph: str, version: Version, root_types: frozenset[str]
) -> dict[str, SubgraphType]:
    try:
        if version <= _JOIN_V0_1:
            return join_v0_1.view(merged, graph, root_types)
        return subgraph_view.view(merged, graph)
    except InvalidFieldSet as error:
        raise InvalidSupergraph(SupergraphErrorCode.INVALID_SUPERGRAPH, str(error)) from error


def _possible_types(merged: Mapping[str, MergedType]) -> Mapping[str, tuple[str, ...]]:
    possible: dict[str, list[str]] = {
        name: [] for name, item in merged.items() if item.kind in {TypeKind.INTERFACE, TypeKind.UNION}
    }
    for name, item in merged.items():
        match item.kind:
            case TypeKind.OBJECT:
                possible[name] = [name]
                for interface in item.interfaces:
                    possible.setdefault(interface, []).append(name)
            case TypeKind.UNION:
                possible[name] += item.members
    return {name: tuple(sorted(items)) for name, items in possible.items()}


def _contexts(merged: Mapping[str, MergedType]) -> Mapping[str, tuple[str, ...]]:
    setters: dict[str, list[str]] = {}
    for name, item in merged.items():
        for context in item.contexts:
            setters.setdefault(context, []).append(name)
    return {context: tuple(names) for context, names in setters.items()}
