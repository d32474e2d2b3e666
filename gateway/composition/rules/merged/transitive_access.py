"""A field that needs other data, by ``@requires`` or ``@fromContext``, demands the access rules of that data.

The router fetches the data without asking who may see it, so whoever may see the field must be allowed to see both.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from graphql import Node, StringValueNode, ValueNode

from gateway.ast_text import base_type_name
from gateway.composition.errors import MISSING_TRANSITIVE_AUTH_REQUIREMENTS
from gateway.composition.merge.argument_strategies import Conditions, conjunction, read_conditions
from gateway.composition.merge.report import Report
from gateway.composition.merge.views import SubgraphView
from gateway.composition.merged_elements import AppliedDirective, MergedField, MergedSchema, MergedType
from gateway.federation.field_set import parse_field_set
from gateway.federation.join import JoinField
from gateway.selection_set import Field, SelectionSet

_NOTHING: Conditions = frozenset({frozenset()})


@dataclass(frozen=True, slots=True)
class AccessDemand:
    """What must hold of a client: authenticated, some set of scopes, some set of policies."""

    authenticated: bool = False
    scopes: Conditions = _NOTHING
    policies: Conditions = _NOTHING

    def with_demand(self, other: AccessDemand) -> AccessDemand:
        """Both demands at once."""
        return AccessDemand(
            self.authenticated or other.authenticated,
            conjunction([self.scopes, other.scopes]),
            conjunction([self.policies, other.policies]),
        )

    def implies(self, other: AccessDemand) -> bool:
        """Whether whoever meets this demand meets the other too."""
        return (
            (self.authenticated or not other.authenticated)
            and _implies(self.scopes, other.scopes)
            and _implies(self.policies, other.policies)
        )


def _implies(first: Conditions, second: Conditions) -> bool:
    return all(any(weaker <= stronger for weaker in second) for stronger in first)


def check_transitive_access(schema: MergedSchema, views: Sequence[SubgraphView], report: Report) -> None:
    """Report fields that need data which is better protected than they are."""
    if not any(name in schema.carried for name in ("authenticated", "requiresScopes", "policy")):
        return
    checker = _Checker(schema, _context_types(schema))
    by_graph = {view.graph: view for view in views}
    for merged in schema.types.values():
        for field in merged.fields.values():
            for join in field.joins:
                view = by_graph.get(join.graph or "")
                if view is not None and (join.requires or join.context_arguments):
                    for coordinate, directive in checker.unprotected(merged, field, join):
                        report.error(
                            MISSING_TRANSITIVE_AUTH_REQUIREMENTS,
                            f'Field "{merged.name}.{field.name}" of subgraph "{view.name}" needs "{coordinate}" for '
                            f"{directive}, but does not demand all of its @authenticated, @requiresScopes and @policy: "
                            "repeat them on the field.",
                            [view],
                            _places(view, merged.name, field.name),
                        )


def _places(view: SubgraphView, type_name: str, field: str) -> list[tuple[SubgraphView, Node | None]]:
    element = view.subgraph.types.get(type_name)
    return [(view, element.fields[field].node)] if element and field in element.fields else []


def _context_types(schema: MergedSchema) -> dict[str, list[str]]:
    """The types that set each context."""
    name = schema.carried.get("context")
    found: dict[str, list[str]] = {}
    for merged in schema.types.values():
        for use in merged.directives:
            if use.name == name:
                value = dict(use.arguments).get("name")
                if isinstance(value, StringValueNode):
                    found.setdefault(value.value, []).append(merged.name)
    return found


@dataclass(frozen=True, slots=True)
class _Checker:
    schema: MergedSchema
    context_types: Mapping[str, Sequence[str]]

    def unprotected(self, merged: MergedType, field: MergedField, join: JoinField) -> Iterator[tuple[str, str]]:
        """For each field set the first element in it that demands more than the field, with the directive's name."""
        demand = self._demand(merged.directives).with_demand(self._demand(field.directives))
        if join.requires:
            for coordinate in self._beyond(demand, merged.name, parse_field_set(join.requires)):
                yield coordinate, "@requires"
                break
        for argument in join.context_arguments:
            for type_name in self.context_types.get(argument.context, ()):
                for coordinate in self._beyond_context(demand, type_name, argument.selection):
                    yield coordinate, "@fromContext"
                    break

    def _beyond_context(self, demand: AccessDemand, type_name: str, selection: str) -> Iterator[str]:
        if not demand.implies(self._demand(self.schema.types[type_name].directives)):
            yield type_name
        yield from self._beyond(demand, type_name, parse_field_set(selection))

    def _beyond(self, demand: AccessDemand, type_name: str, selections: SelectionSet) -> Iterator[str]:
        for selection in selections:
            if not isinstance(selection, Field):
                condition = selection.type_condition
                if condition is not None and not demand.implies(self._demand(self.schema.types[condition].directives)):
                    yield condition
                yield from self._beyond(demand, condition or type_name, selection.selections)
                continue
            field = self.schema.types[type_name].fields.get(selection.name)
            if field is None:
                continue
            inner = base_type_name(field.type)
            returned = self.schema.types[inner].directives if inner in self.schema.types else ()
            if not demand.implies(self._demand(field.directives)) or not demand.implies(self._demand(returned)):
                yield f"{type_name}.{selection.name}"
            if selection.selections:
                yield from self._beyond(demand, inner, selection.selections)

    def _demand(self, directives: Sequence[AppliedDirective]) -> AccessDemand:
        by_name = {use.name: dict(use.arguments) for use in directives}
        carried = self.schema.carried
        return AccessDemand(
            carried.get("authenticated") in by_name,
            _conditions(by_name.get(carried.get("requiresScopes", ""), {}).get("scopes")),
            _conditions(by_name.get(carried.get("policy", ""), {}).get("policies")),
        )


def _conditions(value: ValueNode | None) -> Conditions:
    return _NOTHING if value is None else read_conditions(value)
