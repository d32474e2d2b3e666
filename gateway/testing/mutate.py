"""Random small changes of a subgraph's SDL: what a slip of somebody's editor would do."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Final, TypeVar

from graphql import (
    ConstDirectiveNode,
    DocumentNode,
    EnumTypeDefinitionNode,
    FieldDefinitionNode,
    ListTypeNode,
    NamedTypeNode,
    Node,
    NonNullTypeNode,
    ObjectTypeDefinitionNode,
    TypeNode,
    UnionTypeDefinitionNode,
    parse,
    parse_const_value,
    parse_type,
    print_ast,
)
from graphql.language import REMOVE, Visitor, visit

NodeT = TypeVar("NodeT", bound=Node)

ADDED_DIRECTIVES: Final = (
    "@inaccessible",
    "@shareable",
    "@external",
    '@override(from: "a")',
    '@provides(fields: "id")',
)
OTHER_TYPES: Final = ("String", "Int", "Boolean", "[String]", "Color", "Entity0", "Missing")


def mutate(rng: random.Random, sdl: str) -> str:
    """The SDL with one change; unchanged when the drawn change finds no place."""
    return print_ast(rng.choice(MUTATIONS)(rng, parse(sdl, no_location=True)))


def _remove_directive(rng: random.Random, document: DocumentNode) -> DocumentNode:
    return _edit(rng, document, ConstDirectiveNode, lambda _: None)


def _remove_field(rng: random.Random, document: DocumentNode) -> DocumentNode:
    return _edit(rng, document, FieldDefinitionNode, lambda _: None)


def _remove_type(rng: random.Random, document: DocumentNode) -> DocumentNode:
    return _edit(rng, document, ObjectTypeDefinitionNode, lambda _: None)


def _change_nullability(rng: random.Random, document: DocumentNode) -> DocumentNode:
    return _edit(rng, document, FieldDefinitionNode, lambda field: replace(field, type=_flipped(field.type)))


def _change_type(rng: random.Random, document: DocumentNode) -> DocumentNode:
    other = parse_type(rng.choice(OTHER_TYPES))
    return _edit(rng, document, FieldDefinitionNode, lambda field: replace(field, type=other))


def _rename_field(rng: random.Random, document: DocumentNode) -> DocumentNode:
    def renamed(field: FieldDefinitionNode) -> FieldDefinitionNode:
        return replace(field, name=replace(field.name, value=f"{field.name.value}x"))

    return _edit(rng, document, FieldDefinitionNode, renamed)


def _add_directive(rng: random.Random, document: DocumentNode) -> DocumentNode:
    added = _first_field(f"f: Int {rng.choice(ADDED_DIRECTIVES)}").directives
    return _edit(
        rng,
        document,
        FieldDefinitionNode,
        lambda field: replace(field, directives=(*(field.directives or ()), *(added or ()))),
    )


def _change_field_set(rng: random.Random, document: DocumentNode) -> DocumentNode:
    text = rng.choice(("id", "code", "f0", "id code", "f1 f2", "missing", "", "id {", "f0 { id }"))

    def changed(directive: ConstDirectiveNode) -> ConstDirectiveNode:
        arguments = tuple(
            replace(each, value=parse_const_value(f'"{text}"')) if each.name.value == "fields" else each
            for each in directive.arguments or ()
        )
        return replace(directive, arguments=arguments)

    return _edit(rng, document, ConstDirectiveNode, changed)


def _add_argument(rng: random.Random, document: DocumentNode) -> DocumentNode:
    text = rng.choice(("extra: Int", "extra: Int!", "extra: Int = 1", "extra: Color = RED"))
    added = _first_field(f"f({text}): Int").arguments
    return _edit(
        rng,
        document,
        FieldDefinitionNode,
        lambda field: replace(field, arguments=(*(field.arguments or ()), *(added or ()))),
    )


def _remove_enum_value(rng: random.Random, document: DocumentNode) -> DocumentNode:
    return _edit(rng, document, EnumTypeDefinitionNode, lambda kind: replace(kind, values=tuple(kind.values or ())[1:]))


def _remove_union_member(rng: random.Random, document: DocumentNode) -> DocumentNode:
    return _edit(rng, document, UnionTypeDefinitionNode, lambda kind: replace(kind, types=tuple(kind.types or ())[1:]))


def _remove_interface(rng: random.Random, document: DocumentNode) -> DocumentNode:
    return _edit(rng, document, ObjectTypeDefinitionNode, lambda kind: replace(kind, interfaces=()))


MUTATIONS: Final = (
    _remove_directive,
    _remove_directive,
    _remove_field,
    _remove_type,
    _change_nullability,
    _change_type,
    _rename_field,
    _add_directive,
    _add_directive,
    _change_field_set,
    _add_argument,
    _remove_enum_value,
    _remove_union_member,
    _remove_interface,
)


def _first_field(text: str) -> FieldDefinitionNode:
    [kind] = parse(f"type T {{ {text} }}", no_location=True).definitions
    assert isinstance(kind, ObjectTypeDefinitionNode)
    assert kind.fields
    return kind.fields[0]


def _flipped(kind: TypeNode) -> TypeNode:
    if isinstance(kind, NonNullTypeNode):
        return kind.type
    assert isinstance(kind, NamedTypeNode | ListTypeNode)
    return NonNullTypeNode(type=kind)


def _edit(
    rng: random.Random, document: DocumentNode, kind: type[NodeT], change: Callable[[NodeT], NodeT | None]
) -> DocumentNode:
    """Replace one random node of ``kind`` by what ``change`` makes of it; None removes it."""
    found: list[NodeT] = []

    class Collect(Visitor):
        def enter(self, node: Node, *_: object) -> None:
            if isinstance(node, kind):
                found.append(node)

    visit(document, Collect())
    if not found:
        return document
    chosen = rng.choice(found)

    class Replace(Visitor):
        def leave(self, node: Node, *_: object) -> object:
            if node is not chosen:
                return None
            changed = change(chosen)
            return REMOVE if changed is None else changed

    edited: DocumentNode = visit(document, Replace())
    return edited
