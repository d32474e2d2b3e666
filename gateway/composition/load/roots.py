"""Finds a subgraph's root types, which bear their default names ever after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from graphql import (
    DocumentNode,
    Node,
    OperationTypeDefinitionNode,
    SchemaDefinitionNode,
    SchemaExtensionNode,
    TypeDefinitionNode,
    TypeExtensionNode,
)

from gateway.composition.errors import (
    INVALID_GRAPHQL,
    ROOT_MUTATION_USED,
    ROOT_QUERY_USED,
    ROOT_SUBSCRIPTION_USED,
    ErrorCode,
)
from gateway.composition.problems import Problems

_DEFAULT_NAMES = {"query": "Query", "mutation": "Mutation", "subscription": "Subscription"}
_USED: Mapping[str, ErrorCode] = {
    "query": ROOT_QUERY_USED,
    "mutation": ROOT_MUTATION_USED,
    "subscription": ROOT_SUBSCRIPTION_USED,
}


@dataclass(frozen=True, slots=True)
class Roots:
    """The root operations as written.

    ``renamed`` maps names as written to default names, for the roots that are called otherwise.
    """

    operations: tuple[OperationTypeDefinitionNode, ...]
    renamed: Mapping[str, str]


def find_roots(document: DocumentNode, subgraph: str, problems: Problems) -> Roots:
    """Read the schema definition and its extensions."""
    operations: dict[str, OperationTypeDefinitionNode] = {}
    definitions: list[Node] = []
    for node in document.definitions:
        if isinstance(node, SchemaDefinitionNode):
            definitions.append(node)
        if not isinstance(node, (SchemaDefinitionNode, SchemaExtensionNode)):
            continue
        for operation in node.operation_types or ():
            kind = operation.operation.value
            if kind in operations:
                message = f"the {kind} root type is named twice: keep one of them."
                problems.report(INVALID_GRAPHQL, message, subgraph, operations[kind], operation)
            operations.setdefault(kind, operation)
    if len(definitions) > 1:
        message = "the schema is defined twice: turn all but one into `extend schema`."
        problems.report(INVALID_GRAPHQL, message, subgraph, *definitions)
    return Roots(tuple(operations.values()), _renames(document, operations, subgraph, problems))


def _renames(
    document: DocumentNode, operations: Mapping[str, OperationTypeDefinitionNode], subgraph: str, problems: Problems
) -> dict[str, str]:
    renamed: dict[str, str] = {}
    types = _types(document) if operations else {}
    for kind, operation in operations.items():
        written, default = operation.type.name.value, _DEFAULT_NAMES[kind]
        if written not in types:
            message = f"the {kind} root type {written} is not defined: define it, or remove it from the schema."
            problems.report(INVALID_GRAPHQL, message, subgraph, operation)
        elif written == default:
            continue
        elif default in types:
            message = (
                f"{default} is an ordinary type although the {kind} root type is {written}: "
                f"rename {default}, or make it the root."
            )
            problems.report(_USED[kind], message, subgraph, *types[default])
        elif written in renamed:
            message = f"{written} is the root type of two operations: each needs a type of its own."
            problems.report(INVALID_GRAPHQL, message, subgraph, operation)
        else:
            renamed[written] = default
    return renamed


def _types(document: DocumentNode) -> dict[str, list[Node]]:
    found: dict[str, list[Node]] = {}
    for node in document.definitions:
        if isinstance(node, (TypeDefinitionNode, TypeExtensionNode)):
            found.setdefault(node.name.value, []).append(node)
    return found
