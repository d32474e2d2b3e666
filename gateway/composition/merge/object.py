"""Merges object types: all fields of all subgraphs."""

from __future__ import annotations

from gateway.composition.elements import TypeElement
from gateway.composition.field_usage import has_federation_use
from gateway.composition.hints import INCONSISTENT_ENTITY, INCONSISTENT_OBJECT_VALUE_TYPE_FIELD, HintCode
from gateway.composition.merge.context import MergeContext
from gateway.composition.merge.field import merge_field
from gateway.composition.merge.field_sources import FieldSources, field_sources
from gateway.composition.merge.override import find_overrides
from gateway.composition.merge.report import in_subgraphs, views_of
from gateway.composition.merge.shape import ROOT_TYPES
from gateway.composition.merge.sharing import check_sharing, check_subscription
from gateway.composition.merge.views import Source, TypeSources
from gateway.composition.merged_elements import MergedField
from gateway.supergraph.model import TypeKind


def merge_object_fields(name: str, sources: TypeSources, context: MergeContext) -> dict[str, MergedField]:
    """The fields of an object type; none if all subgraphs leave it empty, which happens to the query root."""
    is_value_type = not _is_entity(name, sources, context) and name not in ROOT_TYPES
    merged: dict[str, MergedField] = {}
    for field in field_sources(name, sources, context.shape):
        if is_value_type:
            hint_at_absent_field(field, sources, INCONSISTENT_OBJECT_VALUE_TYPE_FIELD, context)
        if name == "Subscription":
            check_subscription(field, context)
        overrides = find_overrides(field, context)
        merged[field.name] = merge_field(field, overrides, context)
        check_sharing(field, overrides, context)
    return merged


def _is_entity(name: str, sources: TypeSources, context: MergeContext) -> bool:
    """Whether any subgraph gives the type a key."""
    keyed = [source.view for source in sources if has_federation_use(source.element, "key")]
    if keyed and len(keyed) < len(sources):
        without = [source.view for source in sources if not has_federation_use(source.element, "key")]
        message = f'Type "{name}" has a @key in {in_subgraphs(keyed)} but not in {in_subgraphs(without)}.'
        context.report.hint(INCONSISTENT_ENTITY, message, views_of(sources))
    return bool(keyed)


def hint_at_absent_field(field: FieldSources, sources: TypeSources, code: HintCode, context: MergeContext) -> None:
    """Hint at a field that some subgraphs leave out, unless all they have of the type is external."""
    if not field.absent:
        return
    absent = {view.name for view in field.absent}
    if all(_leaves_out_knowingly(source) for source in sources if source.view.name in absent):
        return
    message = (
        f'Field "{field.coordinate}" is in {in_subgraphs(views_of(field.present))} '
        f"but not in {in_subgraphs(field.absent)}."
    )
    context.report.hint(code, message, views_of(sources))


def _leaves_out_knowingly(source: Source[TypeElement]) -> bool:
    element = source.element
    if element.kind is TypeKind.OBJECT and has_federation_use(element, "interfaceObject"):
        return True
    return all((element.name, name) in source.view.usage.external for name in element.fields)
