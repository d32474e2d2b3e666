"""The story of the satisfiability check (https://www.apollographql.com/docs/federation/federated-schemas/composition)."""

from __future__ import annotations

from collections.abc import Sequence

from gateway.composition.merge.report import Report
from gateway.composition.merge.views import SubgraphView
from gateway.composition.merged_elements import MergedSchema
from gateway.composition.satisfiability.path import Path
from gateway.composition.satisfiability.position import Position
from gateway.composition.satisfiability.reachability import Reachability
from gateway.composition.satisfiability.subgraph_graph import subgraph_graph
from gateway.composition.satisfiability.visible_types import visible_types
from gateway.composition.satisfiability.walk import State, Walk


def check_satisfiability(schema: MergedSchema, views: Sequence[SubgraphView], report: Report) -> None:
    """Report every field that some query can ask for where no sequence of fetches leads to it."""
    graph = subgraph_graph(schema)
    visible = visible_types(schema)
    walk = Walk(visible, Reachability(graph), views, report)
    walk.run(
        State(
            path=Path(root.lower()),
            type_name=root,
            positions=tuple(Position(graph.vertex(name, root)) for name in graph.graphs_of(root)),
            labels={},
            is_root=True,
        )
        for root in schema.root_types
        if root in visible.types
    )
