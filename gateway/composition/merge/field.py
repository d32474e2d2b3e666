"""Merges one field of an object or interface."""

from __future__ import annotations

from gateway.composition.elements import FieldElement
from gateway.composition.merge.applied_directives import merge_directives
from gateway.composition.merge.argument import ArgumentOwner, merge_arguments, only_arguments
from gateway.composition.merge.context import MergeContext
from gateway.composition.merge.description import merge_description
from gateway.composition.merge.external import (
    check_directives_on_external,
    check_external,
    is_external_everywhere,
    report_external_everywhere,
)
from gateway.composition.merge.field_sources import FieldSources
from gateway.composition.merge.join_directives import record_directives
from gateway.composition.merge.join_field import join_fields
from gateway.composition.merge.override import Overrides
from gateway.composition.merge.type_reference import is_enum, merge_output_type, record_enum
from gateway.composition.merge.views import Source
from gateway.composition.merged_elements import MergedField


def merge_field(field: FieldSources, overrides: Overrides, context: MergeContext) -> MergedField:
    """The field as the supergraph has it. External definitions are not merged, only checked.

    Where all definitions are external the field comes from interface objects; its type is then theirs to tell.
    """
    if len(field.present) == 1 and not field.abstracted and not field.is_external(field.present[0].view):
        return _only_field(field, field.present[0], overrides, context)
    coordinate = field.coordinate
    if is_external_everywhere(field):
        report_external_everywhere(field, context)
        return MergedField(field.name, field.present[0].element.type, {}, None)
    check_directives_on_external(field, context)
    resolving = field.resolving()
    reference = merge_output_type(coordinate, resolving or field.present, context)
    merged = MergedField(
        name=field.name,
        type=reference.type,
        arguments=merge_arguments(
            coordinate, [ArgumentOwner(source.view, source.element.arguments) for source in resolving], context
        ),
        description=merge_description(
            f'Field "{coordinate}"',
            ((source.view, source.element.description) for source in resolving),
            context.report,
        ),
        directives=merge_directives(
            coordinate,
            ((source.view, source.element.directives) for source in resolving),
            context,
            context.access_rules.at(coordinate),
        ),
        joins=join_fields(field, overrides, all_equal=reference.all_equal),
        join_directives=record_directives((source.view, source.element.directives) for source in field.present),
    )
    check_external(field, merged, context, all_equal=reference.all_equal)
    return merged


def _only_field(
    field: FieldSources, only: Source[FieldElement], overrides: Overrides, context: MergeContext
) -> MergedField:
    """The field as the only subgraph has it: there is nothing to compare, and most fields are like this."""
    element, coordinate = only.element, field.coordinate
    added = context.access_rules.at(coordinate)
    applied = ((only.view, element.directives),)
    if is_enum(element.type, context):
        record_enum(coordinate, only, context, is_input=False)
    owner = ArgumentOwner(only.view, element.arguments)
    return MergedField(
        name=field.name,
        type=element.type,
        arguments=only_arguments(coordinate, owner, context) if element.arguments else {},
        description=element.description,
        directives=merge_directives(coordinate, applied, context, added) if element.directives or added else (),
        joins=join_fields(field, overrides, all_equal=True),
        join_directives=record_directives(applied) if element.directives else (),
    )
