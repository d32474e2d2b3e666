"""Subgraphs that share a field returning an abstract type must be able to return the same objects."""

from __future__ import annotations

from collections.abc import Sequence

from gateway.ast_text import base_type_name
from gateway.composition.errors import SHAREABLE_HAS_MISMATCHED_RUNTIME_TYPES
from gateway.composition.hints import INCONSISTENT_RUNTIME_TYPES_FOR_SHAREABLE_RETURN
from gateway.composition.merge.report import Report, named_list
from gateway.composition.merge.views import SubgraphView
from gateway.composition.merged_elements import MergedField
from gateway.composition.satisfiability.path import Path
from gateway.composition.satisfiability.position import Positions
from gateway.composition.satisfiability.visible_types import VisibleTypes
from gateway.supergraph.model import TypeKind


def check_runtime_types(
    owner: str,
    merged: MergedField,
    path: Path,
    positions: Positions,
    *,
    visible: VisibleTypes,
    views: Sequence[SubgraphView],
    report: Report,
) -> bool:
    """Whether the path may be followed: the subgraphs that answer it have possible types in common."""
    name = base_type_name(merged.type)
    if visible.types[name].kind is TypeKind.OBJECT or not _is_shared(owner, merged, visible):
        return True
    if sum(position.vertex.own.is_abstract for position in positions) < 2:
        return True
    everything = visible.possible[name]
    by_subgraph: dict[str, tuple[str, ...]] = {}
    for position in positions:
        possible = position.vertex.own.possible_types
        if len(possible) != 1 or possible[0] in everything:
            by_subgraph[position.vertex.subgraph.name] = possible
    if not any(by_subgraph.values()):
        return True
    common = set(everything).intersection(*by_subgraph.values())
    if common and len(set(by_subgraph.values())) == 1:
        return True
    involved = [view for view in views if view.name in by_subgraph]
    who = "; ".join(f'subgraph "{subgraph}": {_types(possible)}' for subgraph, possible in by_subgraph.items())
    coordinate = f"{owner}.{merged.name}"
    if common:
        message = (
            f'Shared field "{coordinate}" can return different types of "{name}" in different subgraphs ({who}); '
            f"it should only ever return {_types(tuple(sorted(common)))}."
        )
        report.hint(INCONSISTENT_RUNTIME_TYPES_FOR_SHAREABLE_RETURN, message, involved)
        return True
    report.error(
        SHAREABLE_HAS_MISMATCHED_RUNTIME_TYPES,
        f'Shared field "{coordinate}", as in the operation\n{path.example(is_leaf=False)}\nhas no possible type of '
        f'"{name}" that all of its subgraphs know ({who}): let them share one, or resolve the field in one subgraph.',
        involved,
        [
            (view, view.subgraph.types[owner].fields[merged.name].node)
            for view in involved
            if owner in view.subgraph.types and merged.name in view.subgraph.types[owner].fields
        ],
    )
    return False


def _is_shared(owner: str, merged: MergedField, visible: VisibleTypes) -> bool:
    if not merged.joins:
        return len(visible.types[owner].joins) > 1
    return sum(not join.external and not join.used_overridden for join in merged.joins) > 1


def _types(names: tuple[str, ...]) -> str:
    return named_list([f'"{name}"' for name in names], "type", "types") if names else "no type"
