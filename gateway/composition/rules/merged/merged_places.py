"""Where the merged schema applies directives that are not those of federation: those of GraphQL, and composed ones.

The supergraph takes the newest definition of a composed directive, while subgraphs apply it by their own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from graphql import DirectiveNode, NameNode

from gateway.composition.elements import DirectiveUse
from gateway.composition.merged_elements import AppliedDirective, MergedInput, MergedSchema
from gateway.composition.written import OBJECT_LOCATIONS, Place, built_in_directives


def merged_places(schema: MergedSchema) -> Iterator[Place]:
    """Every element with its uses of such directives, which may be none."""
    names = {*built_in_directives(), *schema.directives}
    yield Place("schema", "SCHEMA", directive_uses(schema.applied, names))
    for merged in schema.types.values():
        yield Place(merged.name, OBJECT_LOCATIONS[merged.kind], directive_uses(merged.directives, names))
        for field in merged.fields.values():
            coordinate = f"{merged.name}.{field.name}"
            yield Place(coordinate, "FIELD_DEFINITION", directive_uses(field.directives, names))
            yield from _inputs(f"{coordinate}({{}}:)", field.arguments, "ARGUMENT_DEFINITION", names)
        yield from _inputs(f"{merged.name}.{{}}", merged.input_fields, "INPUT_FIELD_DEFINITION", names)
        for value in merged.values.values():
            yield Place(f"{merged.name}.{value.name}", "ENUM_VALUE", directive_uses(value.directives, names))


def _inputs(
    coordinate: str, inputs: Mapping[str, MergedInput], location: str, names: Collection[str]
) -> Iterator[Place]:
    for item in inputs.values():
        if item.directives:
            yield Place(coordinate.format(item.name), location, directive_uses(item.directives, names))


def directive_uses(directives: Iterable[AppliedDirective], names: Collection[str]) -> tuple[DirectiveUse, ...]:
    """The uses of directives with these names, as a subgraph would have them."""
    if not directives:
        return ()
    return tuple(
        DirectiveUse(use.name, dict(use.arguments), None, DirectiveNode(name=NameNode(value=use.name), arguments=()))
        for use in directives
        if use.name in names
    )
