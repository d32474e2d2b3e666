"""Turns a subgraph's SDL into what graphql-core can execute: federation's directives away, ``_entities`` added."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from graphql import (
    DefinitionNode,
    DocumentNode,
    InterfaceTypeDefinitionNode,
    InterfaceTypeExtensionNode,
    ObjectTypeDefinitionNode,
    ObjectTypeExtensionNode,
    SchemaExtensionNode,
    parse,
)


def executable_document(sdl: str) -> DocumentNode:
    """The document of an executable schema; unknown directives stay, so build it without SDL validation."""
    definitions = list(_joined(parse(sdl).definitions))
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


def _joined(definitions: Iterable[DefinitionNode]) -> Iterator[DefinitionNode]:
    """Each object and interface type once, extensions put into it; ``extend schema`` left out."""
    types: dict[str, ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode] = {}
    for node in definitions:
        if isinstance(node, ObjectTypeDefinitionNode | ObjectTypeExtensionNode):
            name = node.name.value
            types[name] = _with(types.get(name) or ObjectTypeDefinitionNode(name=node.name), node)
        elif isinstance(node, InterfaceTypeDefinitionNode | InterfaceTypeExtensionNode):
            name = node.name.value
            types[name] = _with(types.get(name) or InterfaceTypeDefinitionNode(name=node.name), node)
        elif not isinstance(node, SchemaExtensionNode):
            yield node
    yield from types.values()


def _with(
    whole: ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode,
    part: ObjectTypeDefinitionNode | ObjectTypeExtensionNode | InterfaceTypeDefinitionNode | InterfaceTypeExtensionNode,
) -> ObjectTypeDefinitionNode | InterfaceTypeDefinitionNode:
    return replace(
        whole,
        fields=(*(whole.fields or ()), *(part.fields or ())),
        interfaces=(*(whole.interfaces or ()), *(part.interfaces or ())),
        directives=(*(whole.directives or ()), *(part.directives or ())),
    )


def _has_key(node: ObjectTypeDefinitionNode) -> bool:
    return any(directive.name.value == "key" for directive in node.directives or ())
