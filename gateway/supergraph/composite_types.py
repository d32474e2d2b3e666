"""Syntax of the merged composite types, with what the join directives on them say, ready to be split by subgraph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from graphql import (
    ConstDirectiveNode,
    DocumentNode,
    EnumTypeDefinitionNode,
    FieldDefinitionNode,
    InputObjectTypeDefinitionNode,
    InterfaceTypeDefinitionNode,
    ObjectTypeDefinitionNode,
    ScalarTypeDefinitionNode,
    TypeDefinitionNode,
    UnionTypeDefinitionNode,
    ValueNode,
)

from gateway.ast_text import base_type_name, type_text
from gateway.federation import join
from gateway.supergraph.model import TypeKind

_KINDS: tuple[tuple[type[TypeDefinitionNode], TypeKind], ...] = (
    (ObjectTypeDefinitionNode, TypeKind.OBJECT),
    (InterfaceTypeDefinitionNode, TypeKind.INTERFACE),
    (UnionTypeDefinitionNode, TypeKind.UNION),
    (EnumTypeDefinitionNode, TypeKind.ENUM),
    (ScalarTypeDefinitionNode, TypeKind.SCALAR),
    (InputObjectTypeDefinitionNode, TypeKind.INPUT),
)
_MACHINERY = ("join__", "link__", "core__")


@dataclass(frozen=True, slots=True)
class MergedField:
    """A field of the merged schema with its ``@join__field`` uses."""

    name: str
    type_text: str
    named_type: str
    joins: tuple[join.JoinField, ...]


@dataclass(frozen=True, slots=True)
class MergedType:
    """A type of the merged schema with the join directives on it. ``owner`` is that of join v0.1."""

    name: str
    kind: TypeKind
    joins: tuple[join.JoinType, ...]
    fields: tuple[MergedField, ...]
    interfaces: tuple[str, ...]
    members: tuple[str, ...]
    implements: tuple[join.JoinImplements, ...]
    union_members: tuple[join.JoinUnionMember, ...]
    contexts: tuple[str, ...]
    owner: str | None


def merged_types(document: DocumentNode) -> Mapping[str, MergedType]:
    """All types of a supergraph document but the machinery of specs, by name."""
    return {
        node.name.value: _merged_type(node, kind)
        for node in document.definitions
        if isinstance(node, TypeDefinitionNode) and not node.name.value.startswith(_MACHINERY)
        for node_type, kind in _KINDS
        if isinstance(node, node_type)
    }


def graphs(document: DocumentNode) -> Mapping[str, join.JoinGraph]:
    """Values of ``join__Graph`` with what stands on them, in order."""
    for node in document.definitions:
        if isinstance(node, EnumTypeDefinitionNode) and node.name.value == join.GRAPH_ENUM:
            return {
                value.name.value: join.JoinGraph.read(use)
                for value in node.values or ()
                for use in _uses(value.directives or (), join.GRAPH)
            }
    return {}


def _merged_type(node: TypeDefinitionNode, kind: TypeKind) -> MergedType:
    directives = node.directives or ()
    fields: Iterable[FieldDefinitionNode] = ()
    interfaces: tuple[str, ...] = ()
    members: tuple[str, ...] = ()
    if isinstance(node, (ObjectTypeDefinitionNode, InterfaceTypeDefinitionNode)):
        fields = node.fields or ()
        interfaces = tuple(item.name.value for item in node.interfaces or ())
    elif isinstance(node, UnionTypeDefinitionNode):
        members = tuple(item.name.value for item in node.types or ())
    return MergedType(
        name=node.name.value,
        kind=kind,
        joins=tuple(join.JoinType.read(use) for use in _uses(directives, join.TYPE)),
        fields=tuple(_merged_field(item) for item in fields),
        interfaces=interfaces,
        members=members,
        implements=tuple(join.JoinImplements.read(use) for use in _uses(directives, join.IMPLEMENTS)),
        union_members=tuple(join.JoinUnionMember.read(use) for use in _uses(directives, join.UNION_MEMBER)),
        contexts=tuple(str(getattr(use["name"], "value", "")) for use in _uses(directives, "context") if "name" in use),
        owner=next((join.read_owner(use) for use in _uses(directives, join.OWNER)), None),
    )


def _merged_field(node: FieldDefinitionNode) -> MergedField:
    return MergedField(
        name=node.name.value,
        type_text=type_text(node.type),
        named_type=base_type_name(node.type),
        joins=tuple(join.JoinField.read(use) for use in _uses(node.directives or (), join.FIELD)),
    )


def _uses(directives: Iterable[ConstDirectiveNode], name: str) -> Iterator[dict[str, ValueNode]]:
    """Arguments of each use of the directive."""
    for directive in directives:
        if directive.name.value == name:
            yield {argument.name.value: argument.value for argument in directive.arguments or ()}
