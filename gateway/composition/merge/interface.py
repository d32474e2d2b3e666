"""Merges interfaces, in which interface objects of other subgraphs take part."""

from __future__ import annotations

from gateway.ast_text import value_text
from gateway.composition.elements import DirectiveUse
from gateway.composition.errors import INTERFACE_KEY_MISSING_IMPLEMENTATION_TYPE, INTERFACE_OBJECT_USAGE_ERROR
from gateway.composition.field_usage import federation_uses, is_interface_object
from gateway.composition.hints import INCONSISTENT_INTERFACE_VALUE_TYPE_FIELD
from gateway.composition.merge.context import MergeContext
from gateway.composition.merge.field import merge_field
from gateway.composition.merge.field_sources import field_sources
from gateway.composition.merge.interface_object import is_given_by_interface_object
from gateway.composition.merge.object import hint_at_absent_field
from gateway.composition.merge.override import find_overrides
from gateway.composition.merge.report import named_list
from gateway.composition.merge.views import TypeSources
from gateway.composition.merged_elements import MergedField
from gateway.supergraph.model import TypeKind


def merge_interface_fields(name: str, sources: TypeSources, context: MergeContext) -> dict[str, MergedField]:
    """The fields of an interface."""
    has_key = _check_keys(name, sources, context)
    _check_interface_objects(name, sources, context)
    merged: dict[str, MergedField] = {}
    for field in field_sources(name, sources, context.shape):
        if not has_key and not is_given_by_interface_object(name, field.name, context.shape):
            hint_at_absent_field(field, sources, INCONSISTENT_INTERFACE_VALUE_TYPE_FIELD, context)
        merged[field.name] = merge_field(field, find_overrides(field, context), context)
    return merged


def _check_keys(name: str, sources: TypeSources, context: MergeContext) -> bool:
    """A subgraph that finds entities by an interface's key knows all implementations. Returns if there is any key."""
    has_key = False
    implementations = context.shape.implementations.get(name, ())
    for source in sources:
        if source.element.kind is not TypeKind.INTERFACE:
            continue
        keys = federation_uses(source.element, "key")
        has_key = has_key or bool(keys)
        resolvable = next((key for key in keys if _is_resolvable(key)), None)
        types = source.view.subgraph.types
        missing = [
            type_name
            for type_name in implementations
            if type_name not in types or name not in types[type_name].interfaces
        ]
        if resolvable is not None and missing:
            them = named_list([f'"{type_name}"' for type_name in missing], "type", "types")
            context.report.error(
                INTERFACE_KEY_MISSING_IMPLEMENTATION_TYPE,
                f'Interface "{name}" has a resolvable key in subgraph "{source.view.name}", which lacks some of its '
                f"implementations: define {them} there too.",
                [source.view],
                [(source.view, resolvable.node)],
            )
    return has_key


def _is_resolvable(key: DirectiveUse) -> bool:
    value = key.arguments.get("resolvable")
    return value is None or value_text(value) != "false"


def _check_interface_objects(name: str, sources: TypeSources, context: MergeContext) -> None:
    """What stands for all implementations does not stand beside one of them."""
    for source in sources:
        if not is_interface_object(source.element):
            continue
        types = source.view.subgraph.types
        defined = [types[other] for other in context.shape.implementations.get(name, ()) if other in types]
        if defined:
            them = named_list([f'"{element.name}"' for element in defined], "type", "types")
            context.report.error(
                INTERFACE_OBJECT_USAGE_ERROR,
                f'Type "{name}" is an @interfaceObject in subgraph "{source.view.name}", which stands for all '
                f'implementations of "{name}": do not define {them} there.',
                [source.view],
                [(source.view, element.nodes[0] if element.nodes else None) for element in (source.element, *defined)],
            )
