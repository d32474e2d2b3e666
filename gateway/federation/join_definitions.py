"""SDL of what each version of the join spec defines (https://specs.apollo.dev/join/v0.5)."""

from __future__ import annotations

from collections.abc import Iterable

from graphql.language.print_string import print_string

from gateway.federation.directives import Version
from gateway.federation.join import (
    DIRECTIVE_ARGUMENTS_SCALAR,
    FIELD_SET_SCALAR,
    FIELD_VALUE_SCALAR,
    GRAPH_ENUM,
    JOIN_V0_4,
    JOIN_V0_5,
    JoinGraph,
)


def definitions(version: Version, graphs: Iterable[tuple[str, JoinGraph]]) -> str:
    """SDL of all that the spec defines, with the ``join__Graph`` enum of these values, sorted by name."""
    v0_4, v0_5 = version >= JOIN_V0_4, version >= JOIN_V0_5
    field_arguments = (
        "graph: join__Graph, requires: join__FieldSet, provides: join__FieldSet, type: String, external: Boolean, "
        "override: String, usedOverridden: Boolean"
        + (", overrideLabel: String" if v0_4 else "")
        + (", contextArguments: [join__ContextArgument!]" if v0_5 else "")
    )
    directive = (
        "directive @join__directive(graphs: [join__Graph!], name: String!, args: join__DirectiveArguments) repeatable "
        "on SCHEMA | OBJECT | INTERFACE | FIELD_DEFINITION"
    )
    type_directive = (
        "directive @join__type(graph: join__Graph!, key: join__FieldSet, extension: Boolean! = false, "
        "resolvable: Boolean! = true, isInterfaceObject: Boolean! = false) repeatable on OBJECT | INTERFACE | UNION "
        "| ENUM | INPUT_OBJECT | SCALAR"
    )
    context_argument = (
        "input join__ContextArgument {\n  name: String!\n  type: String!\n  context: String!\n"
        "  selection: join__FieldValue!\n}"
    )
    values = "\n".join(
        f"  {value} @join__graph(name: {print_string(graph.name)}, url: {print_string(graph.url)})"
        for value, graph in graphs
    )
    parts = (
        directive if v0_4 else "",
        "directive @join__enumValue(graph: join__Graph!) repeatable on ENUM_VALUE",
        f"directive @join__field({field_arguments}) repeatable on FIELD_DEFINITION | INPUT_FIELD_DEFINITION",
        "directive @join__graph(name: String!, url: String!) on ENUM_VALUE",
        "directive @join__implements(graph: join__Graph!, interface: String!) repeatable on OBJECT | INTERFACE",
        type_directive,
        "directive @join__unionMember(graph: join__Graph!, member: String!) repeatable on UNION",
        context_argument if v0_5 else "",
        f"scalar {DIRECTIVE_ARGUMENTS_SCALAR}" if v0_4 else "",
        f"scalar {FIELD_SET_SCALAR}",
        f"scalar {FIELD_VALUE_SCALAR}" if v0_5 else "",
        f"enum {GRAPH_ENUM} {{\n{values}\n}}",
    )
    return "\n\n".join(part for part in parts if part)
