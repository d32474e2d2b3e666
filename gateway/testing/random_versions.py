"""Draws which version of federation each subgraph is written for, as old as what it uses allows."""

from __future__ import annotations

from typing import Final

from gateway.testing.draft import Draft
from gateway.testing.world import Role, SubgraphName, WorldField

NEWEST: Final = 9


def draw_versions(draft: Draft) -> dict[SubgraphName, int | None]:
    """Minor versions of federation 2; None for federation 1, which never all of them are written for."""
    newer = draft.rng.choice(draft.subgraphs)
    return {each: _version(draft, each, may_be_first=each != newer) for each in draft.subgraphs}


def _version(draft: Draft, subgraph: SubgraphName, *, may_be_first: bool) -> int | None:
    kinds = [kind for kind in draft.types.values() if subgraph in kind.subgraphs]
    fields = [field for kind in kinds for field in kind.fields.values() if subgraph in field.roles]
    least = max((_since(field, subgraph) for field in fields), default=0)
    if any(kind.kind == "interface" and kind.keys for kind in kinds):
        least = max(least, 3)
    is_stub = any(subgraph in kind.stubs for kind in kinds)
    if may_be_first and least == 0 and not is_stub and _is_first(fields, subgraph) and draft.chance(0.4):
        return None
    return draft.rng.randint(least, NEWEST)


def _since(field: WorldField, subgraph: SubgraphName) -> int:
    return 7 if field.label and subgraph in field.overrides else 0


def _is_first(fields: list[WorldField], subgraph: SubgraphName) -> bool:
    """Whether federation 1 can say all this."""
    return not any(
        subgraph in field.overrides or (field.is_inaccessible and field.roles[subgraph] is not Role.EXTERNAL)
        for field in fields
    )
