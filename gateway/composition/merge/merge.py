"""The story of merging: from valid subgraphs to a supergraph, or to the reasons why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graphql import DocumentNode

from gateway.composition.canonical_values import with_canonical_values
from gateway.composition.elements import Subgraph
from gateway.composition.errors import NO_QUERIES, CompositionError
from gateway.composition.hints import CompositionHint
from gateway.composition.merge.access_control import AccessRules, access_rules
from gateway.composition.merge.applied_directives import merge_directives
from gateway.composition.merge.context import EnumUses, MergeContext
from gateway.composition.merge.description import merge_description
from gateway.composition.merge.directive_definition import merge_directive_definitions
from gateway.composition.merge.features import supergraph_features
from gateway.composition.merge.interface_object import with_abstracted_fields
from gateway.composition.merge.join_directives import record_directives
from gateway.composition.merge.links import supergraph_links
from gateway.composition.merge.report import Report
from gateway.composition.merge.shape import ROOT_TYPES, merged_shape
from gateway.composition.merge.type import merge_type
from gateway.composition.merge.views import SubgraphView, views
from gateway.composition.merged_elements import MergedSchema, MergedType
from gateway.composition.rules.merged import check_merged
from gateway.composition.satisfiability import check_satisfiability
from gateway.composition.supergraph_sdl import print_supergraph, supergraph_document
from gateway.federation.join import JoinGraph
from gateway.supergraph.model import TypeKind

_ORDER = (TypeKind.UNION, TypeKind.SCALAR, TypeKind.INPUT, TypeKind.INTERFACE, TypeKind.OBJECT)


@dataclass(frozen=True, slots=True)
class Supergraph:
    """The supergraph's SDL, as document and as text."""

    document: DocumentNode
    text: str


@dataclass(frozen=True, slots=True)
class MergeResult:
    """Either a supergraph, or errors. Hints come with both."""

    errors: tuple[CompositionError, ...]
    hints: tuple[CompositionHint, ...]
    supergraph: Supergraph | None


def merge(subgraphs: Sequence[Subgraph]) -> MergeResult:
    """Merge subgraphs that are valid by themselves.

    Rules on the merged schema run only when merging found no error, since they would stumble over the same again.
    """
    report = Report()
    found = views(subgraphs)
    schema = _merge(found, report)
    if schema is not None and not report.errors:
        check_merged(schema, found, report)
    if schema is not None and not report.errors:
        check_satisfiability(schema, found, report)
    if schema is None or report.errors:
        return MergeResult(tuple(report.errors), tuple(report.hints), None)
    document = supergraph_document(with_canonical_values(schema))
    return MergeResult((), tuple(report.hints), Supergraph(document, print_supergraph(document)))


def _merge(found: tuple[SubgraphView, ...], report: Report) -> MergedSchema | None:
    """The merged schema; None when it is not even clear which directives it has."""
    features = supergraph_features(found, report)
    if report.errors:
        return None
    shape = merged_shape(found, report)
    rules = access_rules(found, shape) if features.access_control else AccessRules()
    context = MergeContext(found, shape, features, rules, report, EnumUses())
    types = with_abstracted_fields(_merge_types(context), context)
    directives = merge_directive_definitions(context)
    types |= _merge_kind(TypeKind.ENUM, context)
    if "Query" not in types:
        report.error(NO_QUERIES, "No subgraph has a query: at least one field of a query type is needed.", found)
    schema_uses = [(view, view.subgraph.schema_directives) for view in found]
    return MergedSchema(
        join_version=features.join_version,
        graphs=tuple((view.graph, JoinGraph(view.name, view.subgraph.url)) for view in found),
        links=supergraph_links(context),
        types=types,
        directives=directives,
        root_types=tuple(name for name in ROOT_TYPES if name in types and types[name].kind is TypeKind.OBJECT),
        description=merge_description(
            "The schema", ((view, view.subgraph.schema_description) for view in found), report
        ),
        applied=merge_directives("schema", schema_uses, context),
        join_directives=record_directives(schema_uses),
        carried=features.carried,
    )


def _merge_types(context: MergeContext) -> dict[str, MergedType]:
    """All types but enums, which depend on what uses them. A query type without fields is left out."""
    types: dict[str, MergedType] = {}
    for kind in _ORDER:
        types |= _merge_kind(kind, context)
    if not types["Query"].fields:
        del types["Query"]
    return types


def _merge_kind(kind: TypeKind, context: MergeContext) -> dict[str, MergedType]:
    return {
        name: merge_type(name, sources, context)
        for name, sources in context.shape.sources.items()
        if context.shape.kinds[name] is kind
    }
