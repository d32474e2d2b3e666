"""Changes of what a type consists of: its fields, members, values, interfaces, and their types and descriptions."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any, Final

from graphql import (
    DocumentNode,
    EnumTypeDefinitionNode,
    EnumValueDefinitionNode,
    FieldDefinitionNode,
    InputValueDefinitionNode,
    InterfaceTypeDefinitionNode,
    ListTypeNode,
    NamedTypeNode,
    NameNode,
    NonNullTypeNode,
    ObjectTypeDefinitionNode,
    StringValueNode,
    TypeDefinitionNode,
    TypeNode,
    UnionTypeDefinitionNode,
    parse_type,
)

from gateway.testing.mutations.edit import edit

OTHER_TYPES: Final = ("String", "Int", "Int!", "Float", "Boolean", "ID", "[String]", "[Int!]!")
MISSING: Final = 0.05
"""How many other types are missing."""


def remove_field(rng: random.Random, document: DocumentNode) -> DocumentNode:
    """A field less."""
    return edit(rng, document, FieldDefinitionNode, lambda _: None)


def remove_type(rng: random.Random, document: DocumentNode) -> DocumentNode:
    """A type less."""
    return edit(rng, document, rng.choice((ObjectTypeDefinitionNode, TypeDefinitionNode)), lambda _: None)


def rename_field(rng: random.Random, document: DocumentNode) -> DocumentNode:
    """A field of another name."""

    def renamed(field: FieldDefinitionNode) -> FieldDefinitionNode:
        return replace(field, name=replace(field.name, value=f"{field.name.value}x"))

    return edit(rng, document, FieldDefinitionNode, renamed)


def change_nullability(rng: random.Random, document: DocumentNode) -> DocumentNode:
    """A field that may be null, or may not any more."""
    return edit(rng, document, FieldDefinitionNode, lambda field: replace(field, type=_flipped(field.type)))


def change_input_nullability(rng: random.Random, document: DocumentNode) -> DocumentNode:
    """The same for an argument or input field."""
    return edit(rng, document, InputValueDefinitionNode, lambda item: replace(item, type=_flipped(item.type)))


def change_type(rng: random.Random, document: DocumentNode) -> DocumentNode:
    """A field of another type."""
    other = _other_type(rng, document)
    return edit(rng, document, FieldDefinitionNode, lambda field: replace(field, type=other))


def change_input_type(rng: random.Random, document: DocumentNode) -> DocumentNode:
    """An argument or input field of another type."""
    other = _other_type(rng, document)
    return edit(rng, document, InputValueDefinitionNode, lambda item: replace(item, type=other))


def wrap_in_list(rng: random.Random, document: DocumentNode) -> DocumentNode:
    """A field that returns several."""
    return edit(rng, document, FieldDefinitionNode, lambda field: replace(field, type=ListTypeNode(type=field.type)))


def remove_enum_value(rng: random.Random, document: DocumentNode) -> DocumentNode:
    """A value of an enum less."""
    return edit(rng, document, EnumValueDefinitionNode, lambda _: None)


def add_enum_value(rng: random.Random, document: DocumentNode) -> DocumentNode:
    """A value of an enum more."""
    added = EnumValueDefinitionNode(name=NameNode(value=rng.choice(("MORE", "LESS"))), directives=())
    return edit(rng, document, EnumTypeDefinitionNode, lambda kind: replace(kind, values=(*(kind.values or ()), added)))


def remove_union_member(rng: random.Random, document: DocumentNode) -> DocumentNode:
    """A member of a union less."""
    return edit(rng, document, UnionTypeDefinitionNode, lambda kind: replace(kind, types=tuple(kind.types or ())[1:]))


def remove_interfaces(rng: random.Random, document: DocumentNode) -> DocumentNode:
    """An object that implements nothing any more."""
    return edit(rng, document, ObjectTypeDefinitionNode, lambda kind: replace(kind, interfaces=()))


def turn_into_interface(rng: random.Random, document: DocumentNode) -> DocumentNode:
    """An object that is an interface."""

    def interface(kind: TypeDefinitionNode) -> TypeDefinitionNode:
        if not isinstance(kind, ObjectTypeDefinitionNode):
            return kind
        return InterfaceTypeDefinitionNode(
            name=kind.name, fields=kind.fields, directives=kind.directives, interfaces=kind.interfaces
        )

    return edit(rng, document, TypeDefinitionNode, interface)


def describe(rng: random.Random, document: DocumentNode) -> DocumentNode:
    """Something with a description, another one perhaps."""
    text = StringValueNode(value=rng.choice(("One text.", "Another text.", "Two\nlines.")))
    kinds: tuple[Any, ...] = (
        *(FieldDefinitionNode, ObjectTypeDefinitionNode, EnumTypeDefinitionNode),
        *(InputValueDefinitionNode, EnumValueDefinitionNode),
    )
    return edit(rng, document, rng.choice(kinds), lambda node: replace(node, description=text))


def _other_type(rng: random.Random, document: DocumentNode) -> TypeNode:
    """A scalar, one of the document's own types, or one that it lacks."""
    if rng.random() < MISSING:
        return parse_type("Missing")
    own = [node.name.value for node in document.definitions if isinstance(node, TypeDefinitionNode)]
    return parse_type(rng.choice((*OTHER_TYPES, *own)))


def _flipped(kind: TypeNode) -> TypeNode:
    if isinstance(kind, NonNullTypeNode):
        return kind.type
    assert isinstance(kind, NamedTypeNode | ListTypeNode)
    return NonNullTypeNode(type=kind)
