"""Checks that a field which several subgraphs resolve is shareable in all of them."""

from __future__ import annotations

from collections.abc import Sequence

from graphql import Node

from gateway.composition.errors import INVALID_FIELD_SHARING
from gateway.composition.field_usage import has_federation_use
from gateway.composition.merge.context import MergeContext
from gateway.composition.merge.field_sources import FieldSources, is_shareable
from gateway.composition.merge.override import Overrides
from gateway.composition.merge.report import named_list
from gateway.composition.merge.views import SubgraphView


def check_sharing(field: FieldSources, overrides: Overrides, context: MergeContext) -> None:
    """Report the field when more than one subgraph resolves it and not all agree to that."""
    if len(field.present) + len(field.abstracted) < 2:
        return
    resolving: list[tuple[SubgraphView, str, Node, bool]] = []
    for source in field.present:
        own = (field.type_name, field.name)
        if not overrides.is_overridden(source.view.name) and not source.view.usage.is_fully_external(own):
            shared = is_shareable(source, field.type_name)
            resolving.append((source.view, f'"{source.view.name}"', source.element.node, shared))
    for abstraction in field.abstracted:
        own = (abstraction.element.interface, field.name)
        if not abstraction.view.usage.is_fully_external(own):
            where = f'"{abstraction.view.name}" (by @interfaceObject "{abstraction.element.interface}")'
            shared = own in abstraction.view.usage.shareable
            resolving.append((abstraction.view, where, abstraction.element.field.node, shared))
    owners = [entry for entry in resolving if not entry[3]]
    if owners and len(resolving) > 1:
        _report(field, resolving, owners, overrides, context)


def _report(
    field: FieldSources,
    resolving: Sequence[tuple[SubgraphView, str, Node, bool]],
    owners: Sequence[tuple[SubgraphView, str, Node, bool]],
    overrides: Overrides,
    context: MergeContext,
) -> None:
    everyone = named_list([where for _, where, _, _ in resolving], "subgraph", "subgraphs")
    unwilling = named_list([where for _, where, _, _ in owners], "subgraph", "subgraphs")
    where_not = "any of them" if len(owners) == len(resolving) else unwilling
    message = (
        f'Field "{field.coordinate}" is resolved by {everyone}, but is not @shareable in {where_not}: '
        "mark it @shareable in all of them, or resolve it in one."
    )
    lost = next((view.name for view, _, _, _ in owners if view.name in overrides.without_source), None)
    if lost is not None:
        message += f' Its @override in subgraph "{lost}" names a subgraph that does not exist; perhaps it is misspelt.'
    context.report.error(
        INVALID_FIELD_SHARING,
        message,
        [view for view, _, _, _ in resolving],
        [(view, node) for view, _, node, _ in resolving],
    )


def check_subscription(field: FieldSources, context: MergeContext) -> None:
    """An event stream comes from one subgraph."""
    marked = [source for source in field.present if has_federation_use(source.element, "shareable")]
    if marked:
        context.report.error(
            INVALID_FIELD_SHARING,
            f'Field "{field.coordinate}" is marked @shareable, which fields of the subscription root cannot be: '
            "a stream of events comes from one subgraph.",
            [source.view for source in marked],
            [(source.view, source.element.node) for source in marked],
        )
