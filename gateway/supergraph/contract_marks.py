"""Marks elements of a supergraph ``@inaccessible``, linking the spec where the supergraph does not yet."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from graphql import (
    ConstDirectiveNode,
    DefinitionNode,
    DocumentNode,
    EnumTypeDefinitionNode,
    FieldDefinitionNode,
    InputObjectTypeDefinitionNode,
    InputValueDefinitionNode,
    InterfaceTypeDefinitionNode,
    NameNode,
    ObjectTypeDefinitionNode,
    SchemaDefinitionNode,
    TypeDefinitionNode,
    parse,
)

from gateway.federation.supergraph_specs import CARRIED_SPECS
from gateway.supergraph.linked_names import LinkedNames

_INACCESSIBLE = next(spec for spec in CARRIED_SPECS if spec.name == "inaccessible")


def with_marks(supergraph: DocumentNode, paths: Collection[tuple[str, ...]], names: LinkedNames) -> DocumentNode:
    """The supergraph with the elements at these paths marked. What is marked already stays as it is."""
    name = names.inaccessible or _INACCESSIBLE.name
    definitions = tuple(_marked(node, paths, name) for node in supergraph.definitions)
    if names.inaccessible is None and paths:
        definitions = (
            *(_linked(node) if isinstance(node, SchemaDefinitionNode) else node for node in definitions),
            *parse(_INACCESSIBLE.definitions(name, {}), no_location=True).definitions,
        )
    return DocumentNode(definitions=definitions)


def _linked(node: SchemaDefinitionNode) -> SchemaDefinitionNode:
    link = f'@link(url: "{_INACCESSIBLE.url}", for: {_INACCESSIBLE.purpose})'
    parsed = parse(f"extend schema {link}", no_location=True).definitions[0]
    return replace(node, directives=(*(node.directives or ()), *(getattr(parsed, "directives", None) or ())))


def _marked(node: DefinitionNode, paths: Collection[tuple[str, ...]], name: str) -> DefinitionNode:
    if not isinstance(node, TypeDefinitionNode):
        return node
    path = (node.name.value,)
    directives = _with_mark(node.directives, name, is_hidden=path in paths)
    match node:
        case ObjectTypeDefinitionNode() | InterfaceTypeDefinitionNode():
            fields = tuple(_marked_field(item, path, paths, name) for item in node.fields or ())
            return replace(node, directives=directives, fields=fields)
        case InputObjectTypeDefinitionNode():
            return replace(node, directives=directives, fields=_marked_inputs(node.fields, path, paths, name))
        case EnumTypeDefinitionNode():
            values = tuple(
                replace(
                    value,
                    directives=_with_mark(value.directives, name, is_hidden=(*path, value.name.value) in paths),
                )
                for value in node.values or ()
            )
            return replace(node, directives=directives, values=values)
        case _:
            return replace(node, directives=directives)


def _marked_field(
    node: FieldDefinitionNode, owner: tuple[str, ...], paths: Collection[tuple[str, ...]], name: str
) -> FieldDefinitionNode:
    path = (*owner, node.name.value)
    return replace(
        node,
        directives=_with_mark(node.directives, name, is_hidden=path in paths),
        arguments=_marked_inputs(node.arguments, path, paths, name),
    )


def _marked_inputs(
    nodes: Iterable[InputValueDefinitionNode] | None,
    owner: tuple[str, ...],
    paths: Collection[tuple[str, ...]],
    name: str,
) -> tuple[InputValueDefinitionNode, ...]:
    return tuple(
        replace(node, directives=_with_mark(node.directives, name, is_hidden=(*owner, node.name.value) in paths))
        for node in nodes or ()
    )


def _with_mark(
    directives: Iterable[ConstDirectiveNode] | None, name: str, *, is_hidden: bool
) -> tuple[ConstDirectiveNode, ...]:
    given = tuple(directives or ())
    if not is_hidden or any(use.name.value == name for use in given):
        return given
    return (*given, ConstDirectiveNode(name=NameNode(value=name), arguments=()))
