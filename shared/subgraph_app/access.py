"""``@authenticated`` and ``@requiresScopes`` enforced where the field is resolved.

The gateway enforces them too; a subgraph never relies on that. The directives are read from the subgraph's own SDL,
so that what is published is what is checked. On a type they guard every field that returns it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from graphql import (
    ConstDirectiveNode,
    GraphQLField,
    GraphQLObjectType,
    GraphQLResolveInfo,
    GraphQLSchema,
    InterfaceTypeDefinitionNode,
    ObjectTypeDefinitionNode,
    ObjectTypeExtensionNode,
    default_field_resolver,
    get_named_type,
    parse,
    value_from_ast_untyped,
)

from shared.auth import Principal
from shared.errors import Forbidden, Unauthenticated


@dataclass(frozen=True, slots=True)
class AccessRule:
    """``any_of``: the caller needs all scopes of one of these sets; empty means that being signed in is enough."""

    any_of: tuple[frozenset[str], ...] = ()

    def check(self, principal: Principal) -> None:
        """Raises Unauthenticated or Forbidden."""
        if not principal.is_authenticated:
            raise Unauthenticated
        if self.any_of and not any(scopes <= principal.scopes for scopes in self.any_of):
            raise Forbidden


def enforce_access(schema: GraphQLSchema, sdl: str, principal_of: Callable[[Any], Principal]) -> None:
    """Wrap the resolver of every guarded field; ``principal_of`` takes it from the GraphQL context."""
    type_rules, field_rules = _read_rules(sdl)
    for type_name, kind in schema.type_map.items():
        if not isinstance(kind, GraphQLObjectType) or type_name.startswith("__"):
            continue
        for field_name, field in kind.fields.items():
            rules = [
                *field_rules.get((type_name, field_name), ()),
                *type_rules.get(get_named_type(field.type).name, ()),
            ]
            if rules:
                _guard(field, rules, principal_of)


def _guard(field: GraphQLField, rules: Sequence[AccessRule], principal_of: Callable[[Any], Principal]) -> None:
    resolve = field.resolve or default_field_resolver

    @functools.wraps(resolve)
    def guarded(source: Any, info: GraphQLResolveInfo[Any], **arguments: Any) -> Any:
        principal = principal_of(info.context)
        for rule in rules:
            rule.check(principal)
        return resolve(source, info, **arguments)

    field.resolve = guarded


def _read_rules(sdl: str) -> tuple[dict[str, list[AccessRule]], dict[tuple[str, str], list[AccessRule]]]:
    types: dict[str, list[AccessRule]] = {}
    fields: dict[tuple[str, str], list[AccessRule]] = {}
    for node in parse(sdl, no_location=True).definitions:
        if not isinstance(node, ObjectTypeDefinitionNode | ObjectTypeExtensionNode | InterfaceTypeDefinitionNode):
            continue
        types.setdefault(node.name.value, []).extend(_rules(node.directives or ()))
        for field in node.fields or ():
            fields.setdefault((node.name.value, field.name.value), []).extend(_rules(field.directives or ()))
    return types, fields


def _rules(directives: Iterable[ConstDirectiveNode]) -> Iterable[AccessRule]:
    for directive in directives:
        if directive.name.value == "authenticated":
            yield AccessRule()
        if directive.name.value == "requiresScopes":
            scopes = value_from_ast_untyped((directive.arguments or ())[0].value)
            yield AccessRule(tuple(frozenset(all_of) for all_of in scopes))
