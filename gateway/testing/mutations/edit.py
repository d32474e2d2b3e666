"""How a mutation changes a document: one random node of a kind, replaced by something else or removed."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from graphql import (
    ConstDirectiveNode,
    DocumentNode,
    FieldDefinitionNode,
    Node,
    ObjectTypeDefinitionNode,
    parse,
)
from graphql.language import REMOVE, Visitor, visit

NodeT = TypeVar("NodeT", bound=Node)


def edit(
    rng: random.Random, document: DocumentNode, kinds: type[NodeT], change: Callable[[NodeT], NodeT | None]
) -> DocumentNode:
    """Replace one random node of the kind by what ``change`` makes of it; None removes it."""
    found: list[NodeT] = []

    class Collect(Visitor):
        def enter(self, node: Node, *_: object) -> None:
            if isinstance(node, kinds):
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


def with_definitions(document: DocumentNode, sdl: str) -> DocumentNode:
    """The document with more definitions at its end."""
    added = parse(sdl, no_location=True).definitions
    return DocumentNode(definitions=(*document.definitions, *added))


def with_directives(node: NodeT, text: str) -> NodeT:
    """The node with more directives, written as ``@a @b(c: 1)``."""
    changeable: Any = node
    added = first_field(f"f: Int {text}").directives or ()
    changed: NodeT = replace(changeable, directives=(*(changeable.directives or ()), *added))
    return changed


def with_argument(node: ConstDirectiveNode, name: str, value: Node) -> ConstDirectiveNode:
    """The application with another value for an argument that it gives."""
    changeable: Any = node
    arguments = tuple(
        replace(each, value=value) if each.name.value == name else each for each in changeable.arguments or ()
    )
    changed: ConstDirectiveNode = replace(changeable, arguments=arguments)
    return changed


def first_field(text: str) -> FieldDefinitionNode:
    """The field that is written as ``f(a: Int): Int``."""
    [kind] = parse(f"type T {{ {text} }}", no_location=True).definitions
    assert isinstance(kind, ObjectTypeDefinitionNode)
    assert kind.fields
    return kind.fields[0]
