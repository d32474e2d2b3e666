"""Turns a subgraph's SDL into what graphql-core can execute: federation's directives away, ``_entities`` added."""

from __future__ import annotations

from graphql import (
    DocumentNode,
    ObjectTypeDefinitionNode,
    SchemaExtensionNode,
    parse,
)


def executable_document(sdl: str) -> DocumentNode:
    """The document of an executable schema; unknown directives stay, so build it without SDL validation."""
    definitions = [node for node in parse(sdl).definitions if not isinstance(node, SchemaExtensionNode)]
    objects = [node.name.value for node in definitions if isinstance(node, ObjectTypeDefinitionNode) and _has_key(node)]
    machinery = ["scalar _Any"]
    has_query = any(isinstance(node, ObjectTypeDefinitionNode) and node.name.value == "Query" for node in definitions)
    keyword = "extend type" if has_query else "type"
    if objects:
        machinery.append(f"union _Entity = {' | '.join(objects)}")
        machinery.append(f"{keyword} Query {{ _entities(representations: [_Any!]!): [_Entity]! }}")
    elif not has_query:
        machinery.append("type Query { _nothing: Boolean }")
    return DocumentNode(definitions=(*definitions, *parse("\n".join(machinery)).definitions))


def _has_key(node: ObjectTypeDefinitionNode) -> bool:
    return any(directive.name.value == "key" for directive in node.directives or ())
