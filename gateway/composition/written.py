"""A subgraph as its SDL says, federation's machinery included: what the rules of GraphQL itself are checked on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache

from graphql import (
    DirectiveDefinitionNode,
    OperationTypeDefinitionNode,
    parse,
)

from gateway.composition.elements import DirectiveElement, DirectiveUse, InputElement, Subgraph, TypeElement
from gateway.federation.links import NameTable
from gateway.supergraph.model import TypeKind

BUILT_IN_SCALARS = frozenset({"Int", "Float", "String", "Boolean", "ID"})
SUBGRAPH_TYPES = frozenset({"_Any", "_Entity", "_Service"})
SUBGRAPH_FIELDS = frozenset({"_entities", "_service"})
"""Fields of the query type that federation adds to a subgraph, and their types."""

EXECUTABLE_LOCATIONS = frozenset(
    {
        "QUERY",
        "MUTATION",
        "SUBSCRIPTION",
        "FIELD",
        "FRAGMENT_DEFINITION",
        "FRAGMENT_SPREAD",
        "INLINE_FRAGMENT",
        "VARIABLE_DEFINITION",
    }
)
"""Where directives of operations stand; the definitions of those are part of the API."""

_BUILT_IN_DIRECTIVES = """
directive @skip(if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT
directive @include(if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT
directive @deprecated(reason: String = "No longer supported")
  on FIELD_DEFINITION | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | ENUM_VALUE
directive @specifiedBy(url: String!) on SCALAR
"""

OBJECT_LOCATIONS: Mapping[TypeKind, str] = {
    TypeKind.SCALAR: "SCALAR",
    TypeKind.OBJECT: "OBJECT",
    TypeKind.INTERFACE: "INTERFACE",
    TypeKind.UNION: "UNION",
    TypeKind.ENUM: "ENUM",
    TypeKind.INPUT: "INPUT_OBJECT",
}
"""Where a directive on a type of a kind stands."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where directives are applied: the coordinate, the directive location, the applications."""

    coordinate: str
    location: str
    uses: tuple[DirectiveUse, ...]


@dataclass(frozen=True, slots=True)
class WrittenSubgraph:
    """``subgraph`` with every type and directive of its text; root operations as the text names them.

    ``definitions`` holds each directive that may be applied by the name it is applied under: the subgraph's own,
    those of GraphQL, and those that federation supplies when the text leaves them out. ``supplied_inputs`` are the
    input types that the latter use.
    """

    subgraph: Subgraph
    names: NameTable
    definitions: Mapping[str, DirectiveElement]
    operations: tuple[OperationTypeDefinitionNode, ...]
    supplied_inputs: Mapping[str, TypeElement] = field(default_factory=dict)

    def is_machinery_type(self, name: str) -> bool:
        """Whether a type is no part of the API: it belongs to federation or to another linked spec."""
        return name in SUBGRAPH_TYPES or name in self.names.machinery


@cache
def built_in_directives() -> Mapping[str, DirectiveElement]:
    """The directives of the GraphQL specification that may stand in a schema."""
    found: dict[str, DirectiveElement] = {}
    for node in parse(_BUILT_IN_DIRECTIVES, no_location=True).definitions:
        assert isinstance(node, DirectiveDefinitionNode)
        found[node.name.value] = directive_element(node, node.name.value, None)
    return found


def directive_element(node: DirectiveDefinitionNode, name: str, feature: str | None) -> DirectiveElement:
    """The element of a directive definition whose arguments bear no directives."""
    arguments = {
        argument.name.value: InputElement(
            argument.name.value, argument.type, argument.default_value, None, (), argument
        )
        for argument in node.arguments or ()
    }
    locations = tuple(location.value for location in node.locations)
    return DirectiveElement(name, arguments, locations, node.repeatable, None, feature, node)


def places(subgraph: Subgraph) -> Iterator[Place]:
    """Every element of a subgraph that directives are applied to."""
    if subgraph.schema_directives:
        yield Place("schema", "SCHEMA", subgraph.schema_directives)
    for element in subgraph.types.values():
        if element.directives:
            yield Place(element.name, OBJECT_LOCATIONS[element.kind], element.directives)
        for each in element.fields.values():
            if each.directives:
                yield Place(f"{element.name}.{each.name}", "FIELD_DEFINITION", each.directives)
            if each.arguments:
                yield from _inputs(f"{element.name}.{each.name}({{}}:)", each.arguments, "ARGUMENT_DEFINITION")
        yield from _inputs(f"{element.name}.{{}}", element.input_fields, "INPUT_FIELD_DEFINITION")
        for value in element.values.values():
            if value.directives:
                yield Place(f"{element.name}.{value.name}", "ENUM_VALUE", value.directives)
    for name, directive in subgraph.directives.items():
        yield from _inputs(f"@{name}({{}}:)", directive.arguments, "ARGUMENT_DEFINITION")


def _inputs(coordinate: str, inputs: Mapping[str, InputElement], location: str) -> Iterator[Place]:
    for item in inputs.values():
        if item.directives:
            yield Place(coordinate.format(item.name), location, item.directives)
