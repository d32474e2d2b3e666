"""What is hidden from clients, and where subgraphs hide it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graphql import Node

from gateway.composition.elements import Subgraph
from gateway.composition.errors import ErrorCode
from gateway.composition.field_usage import has_federation_use
from gateway.composition.merge.report import Report, in_subgraphs
from gateway.composition.merge.views import SubgraphView
from gateway.composition.merged_elements import MergedEnumValue, MergedField, MergedInput, MergedSchema, MergedType


@dataclass(frozen=True, slots=True)
class Hidden:
    """The merged schema under the aspect of ``@inaccessible``, which it calls ``name``."""

    schema: MergedSchema
    name: str
    views: Sequence[SubgraphView]
    report: Report

    def hides(self, element: MergedType | MergedField | MergedInput | MergedEnumValue) -> bool:
        """Whether the element itself is marked."""
        return any(use.name == self.name for use in element.directives)

    def hides_field(self, merged: MergedType, field: MergedField) -> bool:
        """Whether a field is out of clients' sight, be it with its type."""
        return self.hides(merged) or self.hides(field)

    def hides_argument(self, merged: MergedType, field: MergedField, argument: MergedInput) -> bool:
        """Whether an argument is out of clients' sight."""
        return self.hides_field(merged, field) or self.hides(argument)

    def error(self, code: ErrorCode, message: str, *path: str) -> None:
        """Report at the element of this path (type, field, argument), where subgraphs define it.

        Named are the subgraphs that hide it; all that have it, when it is hidden by something else.
        """
        places = [(view, node, marked) for view in self.views for node, marked in _find(view.subgraph, path)]
        marking = [(view, node) for view, node, marked in places if marked]
        chosen: list[tuple[SubgraphView, Node | None]] = [*(marking or [(view, node) for view, node, _ in places])]
        where = f" It is marked in {in_subgraphs(view for view, _ in marking)}." if marking else ""
        self.report.error(code, f"{message}{where}", [view for view, _ in chosen], chosen)


def _find(subgraph: Subgraph, path: Sequence[str]) -> list[tuple[Node, bool]]:
    element = subgraph.types.get(path[0])
    if element is None:
        return []
    if len(path) == 1:
        return [(node, has_federation_use(element, "inaccessible")) for node in element.nodes[:1]]
    member = element.fields.get(path[1]) or element.input_fields.get(path[1]) or element.values.get(path[1])
    if len(path) == 3:
        field = element.fields.get(path[1])
        member = field.arguments.get(path[2]) if field else None
    return [(member.node, has_federation_use(member, "inaccessible"))] if member else []
