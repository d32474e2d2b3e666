"""Combinations of subgraphs that together meet all needs of a position."""

from __future__ import annotations

from collections.abc import Sequence

MAX_COMBINATIONS = 24
"""Combinations tried at one position for one set of origins."""


def hitting_sets(needs: Sequence[tuple[str, ...]]) -> list[frozenset[str]]:
    """Sets of subgraphs that meet every need, smallest alternatives first, at most ``MAX_COMBINATIONS``."""
    forced = frozenset(need[0] for need in needs if len(need) == 1)
    found: dict[frozenset[str], None] = {}

    def extend(taken: frozenset[str]) -> None:
        if len(found) >= MAX_COMBINATIONS:
            return
        open_needs = [need for need in needs if not taken.intersection(need)]
        if not open_needs:
            found[taken] = None
            return
        shortest = min(open_needs, key=len)
        meets = {name: -sum(name in need for need in open_needs) for name in shortest}
        for name in sorted(shortest, key=meets.__getitem__):
            extend(taken | {name})

    extend(forced)
    return list(found)
