"""What an SDL marks with federation's directives, read from the schema that was built of it."""

from __future__ import annotations

from typing import Any

from graphql import value_from_ast_untyped

from gateway.federation.field_set import parse_field_set
from gateway.selection_set import Field


def field_directives(schema: Any) -> dict[tuple[str, str], dict[str, str]]:
    """Federation directives by type and field: name to its ``fields`` argument, or to nothing."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for kind in schema.type_map.values():
        for name, each in getattr(kind, "fields", {}).items():
            nodes = getattr(each.ast_node, "directives", None) or ()
            found[kind.name, name] = {node.name.value: _fields_argument(node) for node in nodes}
    return found


def key_fields(schema: Any) -> frozenset[tuple[str, str]]:
    """Types with the first fields of their keys, which federation v1 marks as external."""
    return frozenset(
        (kind.name, each.name)
        for kind in schema.type_map.values()
        for node in (kind.ast_node.directives or () if getattr(kind, "ast_node", None) else ())
        if node.name.value == "key"
        for each in parse_field_set(_fields_argument(node))
        if isinstance(each, Field)
    )


def _fields_argument(node: Any) -> str:
    for argument in node.arguments or ():
        if argument.name.value == "fields":
            return str(value_from_ast_untyped(argument.value))
    return ""
