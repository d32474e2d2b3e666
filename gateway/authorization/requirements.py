"""What a supergraph asks of callers, by field.

Specs: https://specs.apollo.dev/authenticated/v0.1, https://specs.apollo.dev/requiresScopes/v0.1,
https://specs.apollo.dev/policy/v0.1.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from graphql import (
    DirectiveNode,
    GraphQLField,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLUnionType,
    get_named_type,
)
from graphql.utilities import value_from_ast_untyped

from gateway.authorization.caller import Caller

AnyOfAll: TypeAlias = frozenset[frozenset[str]]
"""Groups of names: all names of at least one group are needed."""

_SPEC_HOST = "https://specs.apollo.dev/"


@dataclass(frozen=True, slots=True)
class Requirement:
    """All parts must hold. ``scopes`` and ``policies`` hold one entry for each directive that applies."""

    authenticated: bool = False
    scopes: frozenset[AnyOfAll] = frozenset()
    policies: frozenset[AnyOfAll] = frozenset()

    def __bool__(self) -> bool:
        return self.authenticated or bool(self.scopes) or bool(self.policies)

    def __or__(self, other: Requirement) -> Requirement:
        """Both requirements at once."""
        return Requirement(
            self.authenticated or other.authenticated, self.scopes | other.scopes, self.policies | other.policies
        )

    def is_within(self, other: Requirement) -> bool:
        """Whether whoever meets ``other`` meets this."""
        return (
            (other.authenticated or not self.authenticated)
            and self.scopes <= other.scopes
            and self.policies <= other.policies
        )

    def is_met_by(self, caller: Caller) -> bool:
        """Whether ``caller`` may read what bears this requirement."""
        if self.authenticated and not caller.principal.is_authenticated:
            return False
        return _all_met(self.scopes, caller.principal.scopes) and _all_met(self.policies, caller.policies)


NO_REQUIREMENT = Requirement()


def _all_met(directives: Iterable[AnyOfAll], held: frozenset[str]) -> bool:
    return all(any(group <= held for group in groups) for groups in directives)


@dataclass(slots=True)
class Requirements:
    """The requirements of a schema, read when asked for.

    A field is guarded by its own directives, by those of the type it belongs to, and by those of the type it returns.
    Composition gives interfaces the rules of all their object types; there they count for nothing, because each
    object is judged by its own type. A rule that no object type explains was written for the interface, and counts.
    """

    schema: GraphQLSchema
    _names: Mapping[str, str] = field(init=False)
    _fields: dict[tuple[str, str], Requirement] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._names = _directive_names(self.schema)

    def of_field(self, type_name: str, field_name: str) -> Requirement:
        """The requirement of ``type_name.field_name``; meta fields have none."""
        key = (type_name, field_name)
        if key not in self._fields:
            self._fields[key] = self._read(type_name, field_name)
        return self._fields[key]

    def _read(self, type_name: str, field_name: str) -> Requirement:
        parent = self.schema.type_map.get(type_name)
        if not isinstance(parent, (GraphQLObjectType, GraphQLInterfaceType)) or field_name not in parent.fields:
            return NO_REQUIREMENT
        definition = parent.fields[field_name]
        returned = get_named_type(definition.type)
        return self._own_rule(parent, field_name) | self._type_rule(parent) | self._type_rule(returned)

    def _own_rule(self, parent: GraphQLObjectType | GraphQLInterfaceType, field_name: str) -> Requirement:
        rule = self._of_field_node(parent.fields[field_name])
        if isinstance(parent, GraphQLInterfaceType):
            objects = self.schema.get_possible_types(parent)
            rules = [self._of_field_node(each.fields[field_name]) for each in objects if field_name in each.fields]
            return _unexplained(rule, rules)
        return rule

    def _type_rule(self, named: GraphQLNamedType) -> Requirement:
        rule = self._of_type_node(named)
        if isinstance(named, (GraphQLInterfaceType, GraphQLUnionType)):
            return _unexplained(rule, [self._of_type_node(each) for each in self.schema.get_possible_types(named)])
        return rule

    def _of_field_node(self, definition: GraphQLField) -> Requirement:
        return self._of_directives(definition.ast_node.directives if definition.ast_node else ())

    def _of_type_node(self, named: GraphQLNamedType) -> Requirement:
        nodes = [node for node in (named.ast_node, *named.extension_ast_nodes) if node is not None]
        return self._of_directives([directive for node in nodes for directive in node.directives or ()])

    def _of_directives(self, directives: Iterable[DirectiveNode] | None) -> Requirement:
        requirement = NO_REQUIREMENT
        for directive in directives or ():
            arguments = {each.name.value: value_from_ast_untyped(each.value) for each in directive.arguments or ()}
            match self._names.get(directive.name.value):
                case "authenticated":
                    requirement |= Requirement(authenticated=True)
                case "requiresScopes":
                    requirement |= Requirement(scopes=frozenset({_groups(arguments.get("scopes"))}))
                case "policy":
                    requirement |= Requirement(policies=frozenset({_groups(arguments.get("policies"))}))
        return requirement


def _unexplained(rule: Requirement, rules: Iterable[Requirement]) -> Requirement:
    """``rule`` of an abstract type, unless the rules of its object types together say as much."""
    together = NO_REQUIREMENT
    for each in rules:
        together |= each
    return NO_REQUIREMENT if rule.is_within(together) else rule


def _groups(value: Any) -> AnyOfAll:
    """What is not a list of lists of names can be met by nobody."""
    if not isinstance(value, list):
        return frozenset()
    return frozenset(
        frozenset(str(name) for name in (group if isinstance(group, list) else [group])) for group in value
    )


def _directive_names(schema: GraphQLSchema) -> dict[str, str]:
    """The name in this schema of each guard, by ``as:`` of its ``@link``, mapped to the spec's name."""
    names = {name: name for name in ("authenticated", "requiresScopes", "policy")}
    nodes = [node for node in (schema.ast_node, *schema.extension_ast_nodes) if node is not None]
    for directive in (each for node in nodes for each in node.directives or ()):
        arguments = {each.name.value: value_from_ast_untyped(each.value) for each in directive.arguments or ()}
        url, renamed = str(arguments.get("url") or arguments.get("feature") or ""), arguments.get("as")
        for spec_name in ("authenticated", "requiresScopes", "policy"):
            if url.startswith(f"{_SPEC_HOST}{spec_name}/") and isinstance(renamed, str):
                del names[spec_name]
                names[renamed] = spec_name
    return names
