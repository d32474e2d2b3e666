"""Merges input objects: the fields that all subgraphs know."""

from __future__ import annotations

from collections.abc import Sequence

from gateway.ast_text import type_text
from gateway.composition.elements import InputElement
from gateway.composition.errors import EMPTY_MERGED_INPUT_TYPE, REQUIRED_INPUT_FIELD_MISSING_IN_SOME_SUBGRAPH
from gateway.composition.hints import INCONSISTENT_INPUT_OBJECT_FIELD
from gateway.composition.merge.applied_directives import merge_directives
from gateway.composition.merge.argument import is_required
from gateway.composition.merge.context import MergeContext
from gateway.composition.merge.default_value import merge_default
from gateway.composition.merge.description import merge_description
from gateway.composition.merge.report import in_subgraphs, views_of
from gateway.composition.merge.type_reference import merge_input_type
from gateway.composition.merge.views import Source, TypeSources
from gateway.composition.merged_elements import MergedInput
from gateway.federation.join import JoinField


def merge_input_fields(name: str, sources: TypeSources, context: MergeContext) -> dict[str, MergedInput]:
    """The fields of an input object. One that is hidden from clients may be in some subgraphs only."""
    found: dict[str, list[Source[InputElement]]] = {}
    for source in sources:
        for field, element in source.element.input_fields.items():
            found.setdefault(field, []).append(Source(source.view, element))
    merged: dict[str, MergedInput] = {}
    for field, having in found.items():
        everywhere = len(having) == len(sources)
        candidate = _merge_input_field(f"{name}.{field}", having, context, everywhere=everywhere)
        hidden = any(use.name == context.features.inaccessible for use in candidate.directives)
        if everywhere or hidden:
            merged[field] = candidate
        else:
            _report_missing(f"{name}.{field}", having, sources, context)
    if not merged:
        _report_empty(name, sources, context)
    return merged


def _merge_input_field(
    coordinate: str, sources: Sequence[Source[InputElement]], context: MergeContext, *, everywhere: bool
) -> MergedInput:
    reference = merge_input_type(coordinate, sources, context, is_argument=False)
    joins: tuple[JoinField, ...] = ()
    if not everywhere or not reference.all_equal:
        joins = tuple(
            JoinField(source.view.graph, type=None if reference.all_equal else type_text(source.element.type))
            for source in sources
        )
    return MergedInput(
        name=sources[0].element.name,
        type=reference.type,
        default=merge_default(coordinate, sources, context, is_argument=False),
        description=merge_description(
            f'Input field "{coordinate}"',
            ((source.view, source.element.description) for source in sources),
            context.report,
        ),
        directives=merge_directives(
            coordinate, ((source.view, source.element.directives) for source in sources), context
        ),
        joins=joins,
    )


def _report_missing(
    coordinate: str, having: Sequence[Source[InputElement]], sources: TypeSources, context: MergeContext
) -> None:
    present = {source.view.name for source in having}
    missing = [source.view for source in sources if source.view.name not in present]
    requiring = [source.view for source in having if is_required(source.element)]
    if requiring:
        context.report.error(
            REQUIRED_INPUT_FIELD_MISSING_IN_SOME_SUBGRAPH,
            f'Input field "{coordinate}" is required in {in_subgraphs(requiring)} but missing in '
            f"{in_subgraphs(missing)}: add it there, or make it optional.",
            [*requiring, *missing],
            [(source.view, source.element.node) for source in having],
        )
        return
    message = (
        f'Input field "{coordinate}" is in {in_subgraphs(views_of(having))} but not in {in_subgraphs(missing)}: '
        "the supergraph leaves it out."
    )
    context.report.hint(INCONSISTENT_INPUT_OBJECT_FIELD, message, views_of(sources))


def _report_empty(name: str, sources: TypeSources, context: MergeContext) -> None:
    context.report.error(
        EMPTY_MERGED_INPUT_TYPE,
        f'Input object "{name}" has no field that all of its subgraphs share ({in_subgraphs(views_of(sources))}), and '
        "only those stay: define at least one field everywhere.",
        views_of(sources),
        [(source.view, node) for source in sources for node in source.element.nodes[:1]],
    )
