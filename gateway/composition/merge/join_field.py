"""Writes down, for each subgraph, how it has a field; where that can be told from the type, nothing is written."""

from __future__ import annotations

from collections.abc import Iterator

from gateway.ast_text import type_text
from gateway.composition.elements import FieldElement
from gateway.composition.field_usage import federation_uses, field_set_of, has_federation_use, split_context
from gateway.composition.merge.applied_directives import context_name
from gateway.composition.merge.field_sources import FieldSources, has_context_argument
from gateway.composition.merge.override import Overrides, origin_of, override_use
from gateway.composition.merge.views import Source
from gateway.federation.join import JoinContextArgument, JoinField


def join_fields(field: FieldSources, overrides: Overrides, *, all_equal: bool) -> tuple[JoinField, ...]:
    """One for each subgraph that has the field; none if all subgraphs of the type simply resolve it."""
    if not _is_needed(field, overrides, all_equal=all_equal):
        return ()
    return tuple(
        _join_field(field, source, overrides, all_equal=all_equal)
        for source in field.present
        if source.view.name not in overrides.unused or source.view.name in overrides.labels
    )


def _is_needed(field: FieldSources, overrides: Overrides, *, all_equal: bool) -> bool:
    if not all_equal or field.absent or overrides.used or overrides.unused or overrides.labels:
        return True
    return any(
        field.is_external(source.view)
        or has_federation_use(source.element, "provides")
        or has_federation_use(source.element, "requires")
        for source in field.present
    ) or has_context_argument(field.present)


def _join_field(
    field: FieldSources, source: Source[FieldElement], overrides: Overrides, *, all_equal: bool
) -> JoinField:
    element, name = source.element, source.view.name
    if all_equal and not element.directives and not element.arguments and name not in overrides.used:
        return JoinField(
            source.view.graph,
            external=field.is_external(source.view),
            override_label=overrides.labels.get(name),
        )
    override = override_use(element)
    return JoinField(
        graph=source.view.graph,
        requires=_field_set(element, "requires"),
        provides=_field_set(element, "provides"),
        type=None if all_equal else type_text(element.type),
        external=field.is_external(source.view),
        override=origin_of(override) if override else None,
        used_overridden=name in overrides.used,
        override_label=overrides.labels.get(name),
        context_arguments=tuple(_context_arguments(source)),
    )


def _field_set(element: FieldElement, directive: str) -> str | None:
    for use in federation_uses(element, directive):
        return field_set_of(use)
    return None


def _context_arguments(source: Source[FieldElement]) -> Iterator[JoinContextArgument]:
    for argument in source.element.arguments.values():
        for use in federation_uses(argument, "fromContext"):
            context, selection = split_context(field_set_of(use, "field") or "")
            name = context_name(source.view, context)
            yield JoinContextArgument(argument.name, type_text(argument.type), name, selection)
