"""The merged schema is a valid GraphQL schema: the rules that hold for each subgraph, once more for all together."""

from __future__ import annotations

from collections.abc import Sequence

from graphql import Node

from gateway.composition.elements import (
    DirectiveElement,
    EnumValueElement,
    FieldElement,
    InputElement,
    Subgraph,
    TypeElement,
)
from gateway.composition.merge.report import Report
from gateway.composition.merge.views import SubgraphView
from gateway.composition.merged_elements import MergedInput, MergedSchema, MergedType
from gateway.composition.problems import Problems
from gateway.composition.rules.graphql.default_values import check_default_values
from gateway.composition.rules.graphql.directive_arguments import check_directive_arguments
from gateway.composition.rules.graphql.implementations import check_implementations
from gateway.composition.rules.graphql.input_cycles import check_input_cycles
from gateway.composition.rules.graphql.known_directives import check_known_directives
from gateway.composition.rules.graphql.required_deprecated import check_required_deprecated
from gateway.composition.rules.graphql.union_members import check_union_members
from gateway.composition.rules.graphql.unique_directives import check_unique_directives
from gateway.composition.rules.merged.merged_places import directive_uses, merged_places
from gateway.composition.written import WrittenSubgraph, built_in_directives
from gateway.federation.links import federation_1_names

_DIRECTIVE_RULES = (check_known_directives, check_unique_directives, check_directive_arguments)
_RULES = (
    check_implementations,
    check_union_members,
    check_input_cycles,
    check_default_values,
    check_required_deprecated,
)


def check_valid_graphql(schema: MergedSchema, views: Sequence[SubgraphView], report: Report) -> None:
    """Report what merging makes invalid.

    A default may be no value of the merged enum any more, a directive may have other arguments in the definition that
    the supergraph takes.
    """
    subgraph = _as_subgraph(schema, views)
    definitions = {**built_in_directives(), **subgraph.directives}
    written = WrittenSubgraph(subgraph, federation_1_names(), definitions, ())
    problems = Problems()
    for rule in _RULES:
        rule(written, problems)
    applied = [place for place in merged_places(schema) if place.uses]
    for directive_rule in _DIRECTIVE_RULES:
        directive_rule(written, applied, problems)
    for error in problems.errors:
        report.error(error.code, error.message, ())


def _as_subgraph(schema: MergedSchema, views: Sequence[SubgraphView]) -> Subgraph:
    nodes = {name: element.nodes for view in views for name, element in view.subgraph.types.items()}
    return Subgraph(
        name="the merged schema",
        url="",
        types={name: _type(merged, nodes.get(name, ())) for name, merged in schema.types.items()},
        directives={
            name: DirectiveElement(
                name=name,
                arguments={argument.name: _input(argument) for argument in merged.arguments.values()},
                locations=merged.locations,
                repeatable=merged.repeatable,
                description=None,
                feature=None,
                node=_NO_PLACE,
            )
            for name, merged in schema.directives.items()
        },
        links=(),
        federation_version=(2, 0),
        is_fed1=False,
    )


_NO_PLACE = Node()


def _type(merged: MergedType, nodes: tuple[Node, ...]) -> TypeElement:
    return TypeElement(
        kind=merged.kind,
        name=merged.name,
        description=None,
        directives=(),
        nodes=nodes,
        has_definition=True,
        has_extension=False,
        interfaces=merged.interfaces,
        fields={
            name: FieldElement(
                name=name,
                type=field.type,
                arguments={argument.name: _input(argument) for argument in field.arguments.values()},
                description=None,
                directives=(),
                node=_NO_PLACE,
            )
            for name, field in merged.fields.items()
        },
        input_fields={name: _input(item) for name, item in merged.input_fields.items()},
        members=merged.members,
        values={name: EnumValueElement(name, None, (), _NO_PLACE) for name in merged.values},
    )


def _input(merged: MergedInput) -> InputElement:
    uses = directive_uses(merged.directives, ("deprecated",))
    return InputElement(merged.name, merged.type, merged.default, None, uses, _NO_PLACE)
