"""Changes of applied directives: some more, some less, other arguments."""

from __future__ import annotations

import random
from typing import Final

from graphql import (
    ConstDirectiveNode,
    DocumentNode,
    EnumTypeDefinitionNode,
    EnumValueDefinitionNode,
    FieldDefinitionNode,
    InputObjectTypeDefinitionNode,
    InputValueDefinitionNode,
    InterfaceTypeDefinitionNode,
    Node,
    ObjectTypeDefinitionNode,
    ScalarTypeDefinitionNode,
    UnionTypeDefinitionNode,
    parse_const_value,
)

from gateway.testing.mutations.edit import edit, with_argument, with_directives

_ANYWHERE: Final = ("@inaccessible", '@tag(name: "a")', '@tag(name: "b")')
_ACCESS: Final = (
    "@authenticated",
    '@requiresScopes(scopes: [["a"], ["b", "c"]])',
    '@requiresScopes(scopes: [["b"]])',
    '@policy(policies: [["p"]])',
)
ADDED: Final[dict[type[Node], tuple[str, ...]]] = {
    FieldDefinitionNode: (
        *_ANYWHERE,
        *_ACCESS,
        *("@shareable", "@shareable", "@external", "@external", "@deprecated", '@deprecated(reason: "old")'),
        *('@override(from: "a")', '@override(from: "b")', '@override(from: "b", label: "percent(10)")'),
        *('@override(from: "a", label: "moving")', '@override(from: "z")', '@override(from: "b", label: "1x")'),
        *('@provides(fields: "id")', '@requires(fields: "id")', '@requires(fields: "f0")', "@cost(weight: 3)"),
        *("@listSize(assumedSize: 5)", '@listSize(slicingArguments: ["extra"])', '@listSize(sizedFields: ["id"])'),
        *("@listSize(assumedSize: -1)", "@custom", "@custom(level: 2)", '@cacheTag(format: "x")'),
    ),
    ObjectTypeDefinitionNode: (
        *_ANYWHERE,
        *_ACCESS,
        *('@key(fields: "id")', '@key(fields: "id", resolvable: false)', '@key(fields: "f0")', "@shareable"),
        *("@interfaceObject", "@external", "@extends", '@context(name: "ctx")', "@cost(weight: 2)", "@custom"),
    ),
    InterfaceTypeDefinitionNode: (*_ANYWHERE, *_ACCESS, '@key(fields: "id")', '@context(name: "ctx")', "@custom"),
    UnionTypeDefinitionNode: (*_ANYWHERE, '@context(name: "ctx")'),
    ScalarTypeDefinitionNode: (*_ANYWHERE, *_ACCESS, "@cost(weight: 2)", '@specifiedBy(url: "https://a.example")'),
    EnumTypeDefinitionNode: (*_ANYWHERE, *_ACCESS, "@cost(weight: 2)"),
    EnumValueDefinitionNode: (*_ANYWHERE, "@deprecated"),
    InputObjectTypeDefinitionNode: _ANYWHERE,
    InputValueDefinitionNode: (*_ANYWHERE, "@deprecated", "@cost(weight: 4)", '@fromContext(field: "$ctx { id }")'),
}
FIELD_SETS: Final = (
    *(
        "id",
        "code",
        "f0",
        "id code",
        "f1 f2",
        "missing",
        "",
        "id {",
        "f0 { id }",
        "__typename",
        "... on Entity0 { id }",
    ),
    *("f0 @include(if: true)", "f0(extra: 1)", "a: id", "title", "id title"),
)
VALUES: Final = ('"a"', '"b"', '"$ctx { id }"', '"@custom"', "1", "true", "false", "null", "A", '[["a"]]', "[]", "-1")


def remove_directive(rng: random.Random, document: DocumentNode) -> DocumentNode:
    """A directive less."""
    return edit(rng, document, ConstDirectiveNode, lambda _: None)


def repeat_directive(rng: random.Random, document: DocumentNode) -> DocumentNode:
    """A directive twice; or on the wrong thing."""
    kind = rng.choice(tuple(ADDED))
    text = rng.choice(ADDED[rng.choice(tuple(ADDED))])
    return edit(rng, document, kind, lambda node: with_directives(node, text))


def add_directive(rng: random.Random, document: DocumentNode) -> DocumentNode:
    """A directive more, mostly on a field."""
    kind = rng.choice((*ADDED, *[FieldDefinitionNode] * len(ADDED)))
    text = rng.choice(ADDED[kind])
    return edit(rng, document, kind, lambda node: with_directives(node, text))


def change_field_set(rng: random.Random, document: DocumentNode) -> DocumentNode:
    """Another field set for a key, a requirement or a provision."""
    value = parse_const_value(f'"{rng.choice(FIELD_SETS)}"')
    return edit(rng, document, ConstDirectiveNode, lambda use: with_argument(use, "fields", value))


def change_argument(rng: random.Random, document: DocumentNode) -> DocumentNode:
    """Another value for an argument of a directive."""
    value = parse_const_value(rng.choice(VALUES))

    def changed(use: ConstDirectiveNode) -> ConstDirectiveNode:
        names = [argument.name.value for argument in use.arguments or ()]
        return with_argument(use, rng.choice(names), value) if names else use

    return edit(rng, document, ConstDirectiveNode, changed)
