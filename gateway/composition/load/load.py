"""The story of loading: each subgraph by itself, then federation v1 brought up to v2, then the rules."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graphql import DocumentNode, SchemaDefinitionNode, SchemaExtensionNode, StringValueNode

from gateway.composition.elements import DirectiveElement, DirectiveUse, Subgraph, SubgraphSource
from gateway.composition.errors import CompositionError
from gateway.composition.problems import Problems
from gateway.composition.rules.definitions import check_directive_definitions, check_type_definitions
from gateway.composition.rules.graphql import check_graphql
from gateway.composition.rules.subgraph import check_bases, check_interface_object_keys, check_names, check_subgraph

from .build import Builder
from .document import parse_document
from .links import SubgraphLinks, read_links
from .machinery import without_machinery
from .roots import Roots, find_roots
from .supplied import supplied_directives
from .upgrade import upgrade_subgraphs
from .written import WrittenSubgraph, built_in_directives


@dataclass(frozen=True, slots=True)
class LoadResult:
    """The subgraphs, all valid by themselves; or none, and why."""

    subgraphs: tuple[Subgraph, ...]
    errors: tuple[CompositionError, ...]


def load_subgraphs(sources: Sequence[SubgraphSource]) -> LoadResult:
    """Load every subgraph and check it by itself; the errors are those of all subgraphs."""
    problems = Problems()
    check_names([source.name for source in sources], problems)
    loaded = [_load(source, problems) for source in sources]
    subgraphs = tuple(subgraph for subgraph in loaded if subgraph is not None)
    if not problems.errors:
        check_bases(subgraphs, problems)
        check_interface_object_keys(subgraphs, problems)
        subgraphs = upgrade_subgraphs(subgraphs, problems)
        for subgraph in subgraphs:
            check_subgraph(subgraph, problems)
    if problems.errors:
        return LoadResult((), tuple(problems.errors))
    return LoadResult(subgraphs, ())


def _load(source: SubgraphSource, problems: Problems) -> Subgraph | None:
    """Read one subgraph; None when its text cannot be read as a schema at all."""
    document = parse_document(source.sdl, source.name, problems)
    if document is None:
        return None
    links = read_links(document, source.name, problems)
    roots = find_roots(document, source.name, problems)
    builder = Builder(source.name, links.names, roots.renamed, links.federation is None, problems)
    subgraph = _assemble(source, document, links, builder)
    _check_text(subgraph, links, roots, problems)
    return without_machinery(subgraph, links.names)


def _check_text(subgraph: Subgraph, links: SubgraphLinks, roots: Roots, problems: Problems) -> None:
    supplied = supplied_directives(links.names, links.federation)
    written = WrittenSubgraph(
        subgraph=subgraph,
        names=links.names,
        definitions={**built_in_directives(), **supplied, **_usable(subgraph, supplied)},
        operations=roots.operations,
    )
    check_type_definitions(written, problems)
    check_directive_definitions(written, supplied, problems)
    check_graphql(written, problems)


def _usable(subgraph: Subgraph, supplied: Mapping[str, DirectiveElement]) -> dict[str, DirectiveElement]:
    """The subgraph's definitions, but for federation v1's directives defined without the arguments they need."""
    return {
        name: own
        for name, own in subgraph.directives.items()
        if not (subgraph.is_fed1 and name in supplied and supplied[name].arguments and not own.arguments)
    }


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
