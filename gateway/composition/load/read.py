"""One subgraph from its text: parsed, its names made canonical, checked against GraphQL, without machinery."""

from __future__ import annotations

from graphql import DocumentNode, SchemaDefinitionNode, SchemaExtensionNode, StringValueNode

from gateway.composition.elements import DirectiveUse, Subgraph, SubgraphSource
from gateway.composition.load.build import Builder
from gateway.composition.load.document import parse_document
from gateway.composition.load.links import SubgraphLinks, read_links
from gateway.composition.load.machinery import without_machinery
from gateway.composition.load.roots import Roots, find_roots
from gateway.composition.load.supplied import supplied_directives, supplied_inputs
from gateway.composition.problems import Problems
from gateway.composition.rules.definitions import (
    check_directive_definitions,
    check_shadowed_imports,
    check_type_definitions,
    is_legacy_definition,
)
from gateway.composition.rules.graphql import check_schema, check_text
from gateway.composition.written import WrittenSubgraph, built_in_directives, places


def read_subgraph(source: SubgraphSource, problems: Problems) -> Subgraph | None:
    """Read one subgraph; None when what its text says is not clear enough for rules to be checked on it."""
    document = parse_document(source.sdl, source.name, problems)
    if document is None:
        return None
    unclear = Problems()
    links = read_links(document, source.name, unclear)
    roots = find_roots(document, source.name, problems)
    builder = Builder(source.name, links.names, roots.renamed, links.federation is None, unclear)
    subgraph = _assemble(source, document, links, builder)
    _check(subgraph, links, roots, unclear, problems)
    problems.extend(unclear.errors)
    return None if unclear.errors else without_machinery(subgraph, links.names)


def _check(subgraph: Subgraph, links: SubgraphLinks, roots: Roots, unclear: Problems, problems: Problems) -> None:
    supplied = supplied_directives(links.names, links.federation)
    own = {
        name: element
        for name, element in subgraph.directives.items()
        if not (subgraph.is_fed1 and name in supplied and is_legacy_definition(element))
    }
    written = WrittenSubgraph(
        subgraph=subgraph,
        names=links.names,
        definitions={**built_in_directives(), **supplied, **own},
        operations=roots.operations,
        supplied_inputs=supplied_inputs(links.names),
    )
    check_type_definitions(written, unclear)
    check_directive_definitions(written, supplied, unclear)
    applied = tuple(places(subgraph))
    check_text(written, applied, unclear)
    check_shadowed_imports(written, applied, unclear)
    check_schema(written, problems)


def _assemble(source: SubgraphSource, document: DocumentNode, links: SubgraphLinks, builder: Builder) -> Subgraph:
    schema_uses = _schema_uses(document, builder)
    return Subgraph(
        name=source.name,
        url=source.url,
        types=builder.types(document),
        directives=builder.directives(document),
        links=links.links,
        federation_version=links.federation or (1, 0),
        is_fed1=links.federation is None,
        composed_directives=_composed(schema_uses),
        schema_description=_schema_description(document),
        schema_directives=schema_uses,
    )


def _schema_uses(document: DocumentNode, builder: Builder) -> tuple[DirectiveUse, ...]:
    uses: list[DirectiveUse] = []
    for node in document.definitions:
        if isinstance(node, (SchemaDefinitionNode, SchemaExtensionNode)):
            uses += builder.uses(node.directives, on_extension=isinstance(node, SchemaExtensionNode))
    return tuple(uses)


def _schema_description(document: DocumentNode) -> str | None:
    for node in document.definitions:
        if isinstance(node, SchemaDefinitionNode) and node.description:
            return node.description.value
    return None


def _composed(uses: tuple[DirectiveUse, ...]) -> tuple[str, ...]:
    named = [use.arguments.get("name") for use in uses if use.name == "composeDirective" and use.feature]
    return tuple(value.value.removeprefix("@") for value in named if isinstance(value, StringValueNode))
