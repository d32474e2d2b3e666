"""Merges enums: all values for output, common values for input, and for both they must be the same."""

from __future__ import annotations

from collections.abc import Sequence

from gateway.composition.elements import EnumValueElement
from gateway.composition.errors import EMPTY_MERGED_ENUM_TYPE, ENUM_VALUE_MISMATCH
from gateway.composition.hints import (
    INCONSISTENT_ENUM_VALUE_FOR_INPUT_ENUM,
    INCONSISTENT_ENUM_VALUE_FOR_OUTPUT_ENUM,
    UNUSED_ENUM_TYPE,
)
from gateway.composition.merge.applied_directives import merge_directives
from gateway.composition.merge.context import MergeContext
from gateway.composition.merge.description import merge_description
from gateway.composition.merge.report import in_subgraphs, views_of
from gateway.composition.merge.views import Source, TypeSources
from gateway.composition.merged_elements import MergedEnumValue
from gateway.federation.join import JoinEnumValue


def merge_values(name: str, sources: TypeSources, context: MergeContext) -> dict[str, MergedEnumValue]:
    """The values of an enum. One that is hidden from clients may differ between subgraphs."""
    if name not in context.enum_uses.input and name not in context.enum_uses.output:
        message = f'Enum "{name}" is used nowhere: the supergraph has the values of all subgraphs.'
        context.report.hint(UNUSED_ENUM_TYPE, message, views_of(sources))
    found: dict[str, list[Source[EnumValueElement]]] = {}
    for source in sources:
        for value, element in source.element.values.items():
            found.setdefault(value, []).append(Source(source.view, element))
    merged: dict[str, MergedEnumValue] = {}
    for value, having in found.items():
        candidate = _merge_value(f"{name}.{value}", having, context)
        hidden = any(use.name == context.features.inaccessible for use in candidate.directives)
        excused = hidden and name in context.enum_uses.input
        if len(having) == len(sources) or excused or _stays(name, value, having, sources, context):
            merged[value] = candidate
    if not merged:
        _report_empty(name, sources, context)
    return merged


def _merge_value(
    coordinate: str, sources: Sequence[Source[EnumValueElement]], context: MergeContext
) -> MergedEnumValue:
    return MergedEnumValue(
        name=sources[0].element.name,
        description=merge_description(
            f'Enum value "{coordinate}"',
            ((source.view, source.element.description) for source in sources),
            context.report,
        ),
        directives=merge_directives(
            coordinate, ((source.view, source.element.directives) for source in sources), context
        ),
        joins=tuple(JoinEnumValue(source.view.graph) for source in sources),
    )


def _stays(
    name: str,
    value: str,
    having: Sequence[Source[EnumValueElement]],
    sources: TypeSources,
    context: MergeContext,
) -> bool:
    """Whether a value that some subgraphs lack is in the supergraph."""
    present = {source.view.name for source in having}
    lacking = [source.view for source in sources if source.view.name not in present]
    who = f'Value "{value}" of enum "{name}" is in {in_subgraphs(views_of(having))} but not in {in_subgraphs(lacking)}'
    as_input, as_output = context.enum_uses.input.get(name), context.enum_uses.output.get(name)
    if as_input is None:
        message = f"{who}: since the enum is only used for output, the supergraph has it."
        context.report.hint(INCONSISTENT_ENUM_VALUE_FOR_OUTPUT_ENUM, message, views_of(sources))
        return True
    if as_output is None:
        message = f"{who}: since the enum is used for input, the supergraph leaves it out."
        context.report.hint(INCONSISTENT_ENUM_VALUE_FOR_INPUT_ENUM, message, views_of(sources))
        return False
    context.report.error(
        ENUM_VALUE_MISMATCH,
        f'{who}, although the enum is used both for input (as by "{as_input.coordinate}") and for output '
        f'(as by "{as_output.coordinate}"): define the same values everywhere.',
        views_of(sources),
        [
            *((source.view, node) for source in sources for node in source.element.nodes[:1]),
            (as_input.view, as_input.node),
            (as_output.view, as_output.node),
        ],
    )
    return True


def _report_empty(name: str, sources: TypeSources, context: MergeContext) -> None:
    context.report.error(
        EMPTY_MERGED_ENUM_TYPE,
        f'Enum "{name}" has no value that all of its subgraphs share ({in_subgraphs(views_of(sources))}); used for '
        "input, only those stay: define at least one value everywhere.",
        views_of(sources),
        [(source.view, node) for source in sources for node in source.element.nodes[:1]],
    )
