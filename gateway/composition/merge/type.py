"""Merges named types: what all kinds have in common here, the rest in the file of each kind."""

from __future__ import annotations

from dataclasses import replace
from typing import assert_never

from gateway.ast_text import value_text
from gateway.composition.elements import TypeElement
from gateway.composition.errors import EXTENSION_WITH_NO_BASE
from gateway.composition.field_usage import federation_uses, field_set_of, has_federation_use, is_interface_object
from gateway.composition.merge.applied_directives import merge_directives
from gateway.composition.merge.context import MergeContext
from gateway.composition.merge.description import merge_description
from gateway.composition.merge.enum import merge_values
from gateway.composition.merge.input_object import merge_input_fields
from gateway.composition.merge.interface import merge_interface_fields
from gateway.composition.merge.join_directives import record_directives
from gateway.composition.merge.object import merge_object_fields
from gateway.composition.merge.shape import ROOT_TYPES
from gateway.composition.merge.union import merge_members
from gateway.composition.merge.views import Source, TypeSources
from gateway.composition.merged_elements import MergedType
from gateway.federation.join import JoinImplements, JoinType
from gateway.supergraph.model import TypeKind


def merge_type(name: str, sources: TypeSources, context: MergeContext) -> MergedType:
    """One named type of the supergraph."""
    kind = context.shape.kinds[name]
    _check_base(name, sources, context)
    head = MergedType(
        kind=kind,
        name=name,
        description=merge_description(
            f'Type "{name}"', ((source.view, source.element.description) for source in sources), context.report
        ),
        joins=tuple(join for source in sources for join in _joins(source)),
        directives=merge_directives(
            name,
            ((source.view, source.element.directives) for source in sources),
            context,
            context.access_rules.at(name) if kind is TypeKind.INTERFACE else (),
        ),
        join_directives=record_directives((source.view, source.element.directives) for source in sources),
    )
    return _with_members(head, sources, context)


def _with_members(head: MergedType, sources: TypeSources, context: MergeContext) -> MergedType:
    name = head.name
    match head.kind:
        case TypeKind.SCALAR:
            return head
        case TypeKind.OBJECT:
            return _composite(head, sources, context)
        case TypeKind.INTERFACE:
            return _composite(head, sources, context)
        case TypeKind.UNION:
            members, joins = merge_members(name, sources, context)
            return replace(head, members=members, join_members=joins)
        case TypeKind.ENUM:
            return replace(head, values=merge_values(name, sources, context))
        case TypeKind.INPUT:
            return replace(head, input_fields=merge_input_fields(name, sources, context))
        case _:
            assert_never(head.kind)


def _composite(head: MergedType, sources: TypeSources, context: MergeContext) -> MergedType:
    merge_fields = merge_object_fields if head.kind is TypeKind.OBJECT else merge_interface_fields
    return replace(
        head,
        interfaces=context.shape.implements[head.name],
        join_implements=tuple(
            JoinImplements(source.view.graph, interface)
            for source in sources
            for interface in source.element.interfaces
        ),
        fields=merge_fields(head.name, sources, context),
    )


def _check_base(name: str, sources: TypeSources, context: MergeContext) -> None:
    """An extension extends what some subgraph defines; root types are there in any case."""
    if name in ROOT_TYPES or any(source.element.has_definition for source in sources):
        return
    for source in sources:
        context.report.error(
            EXTENSION_WITH_NO_BASE,
            f'Subgraph "{source.view.name}" extends type "{name}", which no subgraph defines: '
            "define it in one of them.",
            [source.view],
            [(source.view, node) for node in source.element.nodes[:1]],
        )


def _joins(source: Source[TypeElement]) -> list[JoinType]:
    """One for each key, or a single one."""
    element, graph = source.element, source.view.graph
    stands_for_interface = is_interface_object(element)
    keys = federation_uses(element, "key")
    if not keys:
        return [JoinType(graph, is_interface_object=stands_for_interface)]
    extends = has_federation_use(element, "extends")
    return [
        JoinType(
            graph,
            key=field_set_of(key),
            extension=key.on_extension or extends,
            resolvable="resolvable" not in key.arguments or value_text(key.arguments["resolvable"]) != "false",
            is_interface_object=stands_for_interface,
        )
        for key in keys
    ]
