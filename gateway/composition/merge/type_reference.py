"""Merges the types of a field or argument: the widest for output, the narrowest for input."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from graphql import ListTypeNode, NamedTypeNode, Node, NonNullTypeNode, TypeNode

from gateway.ast_text import base_type_name, type_text
from gateway.composition.elements import FieldElement, InputElement
from gateway.composition.errors import FIELD_ARGUMENT_TYPE_MISMATCH, FIELD_TYPE_MISMATCH
from gateway.composition.hints import (
    INCONSISTENT_BUT_COMPATIBLE_ARGUMENT_TYPE,
    INCONSISTENT_BUT_COMPATIBLE_FIELD_TYPE,
)
from gateway.composition.merge.context import EnumUse, MergeContext
from gateway.composition.merge.report import each_with_subgraphs, views_of
from gateway.composition.merge.shape import Shape
from gateway.composition.merge.views import Source, SubgraphView
from gateway.supergraph.model import TypeKind

KindOf = Callable[[str], TypeKind | None]


@dataclass(frozen=True, slots=True)
class MergedReference:
    """The merged type; ``all_equal`` is false where subgraphs differ, even if they fit together."""

    type: TypeNode
    all_equal: bool


def merge_output_type(
    coordinate: str, sources: Sequence[Source[FieldElement]], context: MergeContext
) -> MergedReference:
    """The type of an output field: the one that all others are subtypes of."""
    return _merge(coordinate, sources, context, is_input=False, is_argument=False)


def merge_input_type(
    coordinate: str, sources: Sequence[Source[InputElement]], context: MergeContext, *, is_argument: bool
) -> MergedReference:
    """The type of an argument or input field: the one that is a subtype of all others."""
    return _merge(coordinate, sources, context, is_input=True, is_argument=is_argument)


def _merge(
    coordinate: str,
    sources: Sequence[Source[FieldElement | InputElement]],
    context: MergeContext,
    *,
    is_input: bool,
    is_argument: bool,
) -> MergedReference:
    first = sources[0]
    if is_enum(first.element.type, context):
        record_enum(coordinate, first, context, is_input=is_input)
    text = type_text(first.element.type)
    if all(type_text(source.element.type) == text for source in sources[1:]):
        return MergedReference(first.element.type, all_equal=True)
    merged, merged_kinds, compatible = first.element.type, first.view.kind_of, True
    for source in sources[1:]:
        candidate = source.element.type
        if type_text(candidate) == type_text(merged):
            merged_kinds = source.view.kind_of
        elif is_strict_subtype(merged, candidate, merged_kinds, context.shape):
            if is_input:
                merged, merged_kinds = candidate, source.view.kind_of
        elif is_strict_subtype(candidate, merged, source.view.kind_of, context.shape):
            if not is_input:
                merged, merged_kinds = candidate, source.view.kind_of
        else:
            compatible = False
    _report(coordinate, sources, merged, context, compatible=compatible, is_argument=is_argument)
    return MergedReference(merged, all_equal=False)


def is_enum(reference: TypeNode, context: MergeContext) -> bool:
    """Whether the type is an enum, or lists of one: what an enum is used for decides how it is merged."""
    return context.shape.kinds.get(base_type_name(reference)) is TypeKind.ENUM


def record_enum(
    coordinate: str, source: Source[FieldElement | InputElement], context: MergeContext, *, is_input: bool
) -> None:
    """Note that a field or an input uses the enum that is its type."""
    uses = context.enum_uses.input if is_input else context.enum_uses.output
    uses.setdefault(base_type_name(source.element.type), EnumUse(coordinate, source.view, source.element.node))


def is_strict_subtype(super_type: TypeNode, sub_type: TypeNode, super_kind_of: KindOf, shape: Shape) -> bool:
    """Whether values of ``sub_type`` fit ``super_type``, and not only because the two are the same.

    ``super_kind_of`` tells kinds as the subgraph of ``super_type`` has them: what is an ``@interfaceObject`` there
    has no subtypes.
    """
    if isinstance(sub_type, ListTypeNode):
        return isinstance(super_type, ListTypeNode) and _is_subtype(
            super_type.type, sub_type.type, super_kind_of, shape
        )
    if isinstance(sub_type, NonNullTypeNode):
        inner = super_type.type if isinstance(super_type, NonNullTypeNode) else super_type
        return _is_subtype(inner, sub_type.type, super_kind_of, shape)
    if not isinstance(super_type, NamedTypeNode):
        return False
    assert isinstance(sub_type, NamedTypeNode)
    name = super_type.name.value
    return shape.is_subtype(name, super_kind_of(name), sub_type.name.value)


def _is_subtype(super_type: TypeNode, sub_type: TypeNode, super_kind_of: KindOf, shape: Shape) -> bool:
    if type_text(super_type) == type_text(sub_type):
        return True
    return is_strict_subtype(super_type, sub_type, super_kind_of, shape)


def _report(
    coordinate: str,
    sources: Sequence[Source[FieldElement | InputElement]],
    merged: TypeNode,
    context: MergeContext,
    *,
    compatible: bool,
    is_argument: bool,
) -> None:
    what = "argument" if is_argument else "field"
    who = each_with_subgraphs(sources, type_words)
    if compatible:
        hint = INCONSISTENT_BUT_COMPATIBLE_ARGUMENT_TYPE if is_argument else INCONSISTENT_BUT_COMPATIBLE_FIELD_TYPE
        message = f'The {what} "{coordinate}" has {who}; the supergraph has type "{type_text(merged)}".'
        context.report.hint(hint, message, views_of(sources))
        return
    places: list[tuple[SubgraphView, Node | None]] = [(source.view, source.element.node) for source in sources]
    context.report.error(
        FIELD_ARGUMENT_TYPE_MISMATCH if is_argument else FIELD_TYPE_MISMATCH,
        f'The types of {what} "{coordinate}" do not fit together: it has {who}. '
        "Give it the same type everywhere, or types of which one includes the others.",
        views_of(sources),
        places,
    )


def type_words(element: FieldElement | InputElement) -> str:
    """``type "Int"``."""
    return f'type "{type_text(element.type)}"'
