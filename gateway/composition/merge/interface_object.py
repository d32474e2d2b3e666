"""Gives implementations the fields that interface objects of their interfaces provide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from gateway.composition.merge.applied_directives import merge_directives
from gateway.composition.merge.context import MergeContext
from gateway.composition.merge.field_sources import FieldSources, abstracted_fields, abstracting_types
from gateway.composition.merge.override import NO_OVERRIDES
from gateway.composition.merge.shape import Shape
from gateway.composition.merge.sharing import check_sharing
from gateway.composition.merged_elements import AppliedDirective, MergedField, MergedType
from gateway.federation.join import JoinField
from gateway.supergraph.model import TypeKind


def is_given_by_interface_object(interface: str, field: str, shape: Shape) -> bool:
    """Whether an interface object provides the field to all implementations."""
    return any(
        field in source.element.fields and (interface, field) not in source.view.usage.external
        for source in shape.abstracting.get(interface, ())
    )


def with_abstracted_fields(types: Mapping[str, MergedType], context: MergeContext) -> dict[str, MergedType]:
    """The types, where implementations have the fields that interface objects alone provide."""
    if not any(context.shape.abstracting.values()):
        return dict(types)
    return {
        name: _completed(merged, types, context) if merged.kind is TypeKind.OBJECT else merged
        for name, merged in types.items()
    }


def _completed(merged: MergedType, types: Mapping[str, MergedType], context: MergeContext) -> MergedType:
    fields = dict(merged.fields)
    for interface in merged.interfaces:
        if not context.shape.abstracting.get(interface):
            continue
        for name, field in types[interface].fields.items():
            if not is_given_by_interface_object(interface, name, context.shape):
                continue
            own = fields.get(name)
            if own is None:
                fields[name] = _inherited(merged.name, field, context)
            elif own.joins and all(join.external for join in own.joins):
                fields[name] = replace(own, directives=_directives(merged.name, field, own.directives, context))
    return replace(merged, fields=fields)


def _inherited(type_name: str, field: MergedField, context: MergeContext) -> MergedField:
    """The interface's field; the empty join says that no subgraph has it on this type."""
    abstracting = abstracting_types(type_name, context.shape)
    sources = FieldSources(type_name, field.name, (), (), abstracted_fields(field.name, abstracting))
    check_sharing(sources, NO_OVERRIDES, context)
    return replace(
        field,
        directives=_directives(type_name, field, (), context),
        joins=(JoinField(),),
        join_directives=(),
    )


def _directives(
    type_name: str, field: MergedField, own: tuple[AppliedDirective, ...], context: MergeContext
) -> tuple[AppliedDirective, ...]:
    """Those of the interface's field; access rules are only those of the interface objects, not of other types."""
    coordinate = f"{type_name}.{field.name}"
    rules = merge_directives(coordinate, (), context, context.access_rules.at(coordinate))
    inherited = (use for use in field.directives if use.name not in context.features.access_control.values())
    return tuple(dict.fromkeys((*own, *rules, *inherited)))
