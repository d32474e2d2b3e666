"""Changes of what a subgraph links and of directives that it defines itself; and the way back to federation v1."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any, Final

from graphql import (
    ConstDirectiveNode,
    DirectiveDefinitionNode,
    DocumentNode,
    InterfaceTypeDefinitionNode,
    InterfaceTypeExtensionNode,
    Node,
    ObjectTypeDefinitionNode,
    ObjectTypeExtensionNode,
    SchemaExtensionNode,
    parse_const_value,
)
from graphql.language import REMOVE, Visitor, visit

from gateway.federation.directives import FEDERATION_1_DIRECTIVES, NEWEST_FEDERATION, federation_directives
from gateway.testing.mutations.edit import edit, with_argument, with_definitions

DEFINITIONS: Final = (
    "directive @key(fields: String!) repeatable on OBJECT",
    "directive @key(fields: federation__FieldSet!, resolvable: Boolean = true) on OBJECT scalar federation__FieldSet",
    "directive @key(fields: [String!]!) on OBJECT",
    'directive @tag(name: String! = "x") repeatable on OBJECT | FIELD_DEFINITION',
    "directive @shareable repeatable on OBJECT | FIELD_DEFINITION",
    "directive @shareable on OBJECT | FIELD_DEFINITION | UNION",
    "directive @external(reason: Int) on FIELD_DEFINITION",
    "directive @inaccessible(why: String) on FIELD_DEFINITION",
    "directive @inaccessible repeatable on FIELD_DEFINITION",
    "directive @override(from: String!) on FIELD_DEFINITION",
    "directive @mark(level: Int = 1) on FIELD",
    "directive @mark(level: Int) on FIELD | QUERY",
    "directive @mark repeatable on FIELD",
    "directive @mark(level: Int!) on QUERY",
    "directive @custom(level: Int = 1) on FIELD_DEFINITION | OBJECT | INTERFACE",
    "scalar _Any type _Service { sdl: String }",
)
IMPORTS: Final = (
    *('["@key"]', '["@key", "@shareable"]', '["@key", "@unknown"]', '[{name: "@key", as: "@primary"}]'),
    *('[{name: "@tag", as: "@deprecated"}]', '["@key", {name: "@shareable", as: "@federation__tag"}]', '["key"]'),
)
LINKS: Final = (
    '@link(url: "https://specs.apollo.dev/link/v1.0")',
    '@link(url: "https://specs.example/custom/v1.0", import: ["@custom"])',
    '@link(url: "https://specs.example/custom/v1.1", import: ["@custom"]) @composeDirective(name: "@custom")',
    '@link(url: "https://specs.example/custom/v2.0", import: ["@custom"]) @composeDirective(name: "@custom")',
    '@link(url: "https://specs.example/custom/v1.0", import: ["@key"])',
    '@link(url: "https://specs.example/custom/v1.0", as: "key")',
    '@link(url: "https://specs.apollo.dev/cost/v0.1", import: ["@cost"])',
    '@link(url: "https://specs.apollo.dev/tag/v0.3")',
    '@link(url: "https://specs.example/custom")',
    '@composeDirective(name: "@custom")',
    '@composeDirective(name: "custom")',
    '@composeDirective(name: "@key")',
    '@tag(name: "schema")',
)
_KINDS: Final = {
    ObjectTypeDefinitionNode: ObjectTypeExtensionNode,
    InterfaceTypeDefinitionNode: InterfaceTypeExtensionNode,
}


def define_directive(rng: random.Random, document: DocumentNode) -> DocumentNode:
    """A directive definition more, of a spec's directive or of an own one."""
    return with_definitions(document, rng.choice(DEFINITIONS))


def remove_definition(rng: random.Random, document: DocumentNode) -> DocumentNode:
    """A directive definition less."""
    return edit(rng, document, DirectiveDefinitionNode, lambda _: None)


def add_link(rng: random.Random, document: DocumentNode) -> DocumentNode:
    """A schema that links more, or composes a directive."""
    return with_definitions(document, f"extend schema {rng.choice(LINKS)}")


def change_imports(rng: random.Random, document: DocumentNode) -> DocumentNode:
    """Other imports from a linked spec."""
    return _change_links(rng, document, "import", rng.choice(IMPORTS))


def change_version(rng: random.Random, document: DocumentNode) -> DocumentNode:
    """Another version of federation."""
    minor = rng.choice((0, 1, 2, 3, 5, 6, 8, 9, 12, 99))
    return _change_links(rng, document, "url", f'"https://specs.apollo.dev/federation/v2.{minor}"')


def extend_type(rng: random.Random, document: DocumentNode) -> DocumentNode:
    """A type that is only extended."""
    kind: Any = rng.choice(tuple(_KINDS))
    return edit(rng, document, kind, _as_extension)


def link_newest(document: DocumentNode) -> DocumentNode:
    """The document with a link to the newest federation that imports all of it."""
    imports = ", ".join(f'"@{name}"' for name in federation_directives(NEWEST_FEDERATION))
    newest = f"https://specs.apollo.dev/federation/v{NEWEST_FEDERATION[0]}.{NEWEST_FEDERATION[1]}"
    rest = tuple(node for node in document.definitions if not isinstance(node, SchemaExtensionNode))
    return with_definitions(
        DocumentNode(definitions=rest), f'extend schema @link(url: "{newest}", import: [{imports}])'
    )


def as_federation_1(rng: random.Random, document: DocumentNode) -> DocumentNode:
    """The subgraph as it was before federation v2: no links, only directives of v1, some types extended."""

    class Downgrade(Visitor):
        def leave(self, node: Node, *_: object) -> object:
            if isinstance(node, SchemaExtensionNode):
                return REMOVE
            if isinstance(node, ConstDirectiveNode) and node.name.value not in (*FEDERATION_1_DIRECTIVES, "deprecated"):
                return REMOVE
            if type(node) in _KINDS and rng.random() < 0.3:
                return _as_extension(node)
            return None

    downgraded: DocumentNode = visit(document, Downgrade())
    return downgraded


def _as_extension(node: Any) -> Any:
    return _KINDS[type(node)](
        name=node.name, fields=node.fields, directives=node.directives, interfaces=node.interfaces
    )


def _change_links(rng: random.Random, document: DocumentNode, argument: str, text: str) -> DocumentNode:
    value = parse_const_value(text)

    def changed(schema: SchemaExtensionNode) -> SchemaExtensionNode:
        uses = tuple(
            with_argument(use, argument, value) if use.name.value == "link" else use for use in schema.directives or ()
        )
        return replace(schema, directives=uses)

    return edit(rng, document, SchemaExtensionNode, changed)
