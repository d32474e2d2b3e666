"""Types have all fields of their interfaces, also those that other subgraphs give the interface."""

from __future__ import annotations

from collections.abc import Sequence

from gateway.composition.errors import INTERFACE_FIELD_NO_IMPLEM
from gateway.composition.merge.report import Report, in_subgraphs
from gateway.composition.merge.views import SubgraphView
from gateway.composition.merged_elements import MergedSchema


def check_interface_fields(schema: MergedSchema, views: Sequence[SubgraphView], report: Report) -> None:
    """Report fields of interfaces that an implementation lacks."""
    for merged in schema.types.values():
        for interface in merged.interfaces:
            if interface not in schema.types:
                continue
            for field in schema.types[interface].fields:
                if field not in merged.fields:
                    _report(merged.name, interface, field, views, report)


def _report(name: str, interface: str, field: str, views: Sequence[SubgraphView], report: Report) -> None:
    having = [
        (view, element.fields[field].node)
        for view in views
        if (element := view.subgraph.types.get(interface)) and field in element.fields
    ]
    implementing = [
        (view, element.nodes[0] if element.nodes else None)
        for view in views
        if (element := view.subgraph.types.get(name)) and interface in element.interfaces
    ]
    report.error(
        INTERFACE_FIELD_NO_IMPLEM,
        f'Interface "{interface}" has field "{field}" in {in_subgraphs(view for view, _ in having)}, but "{name}", '
        f"which implements it in {in_subgraphs(view for view, _ in implementing)}, has no such field: add the field "
        f'to "{name}" in a subgraph that resolves it.',
        [view for view, _ in (*having, *implementing)],
        [*having, *implementing],
    )
