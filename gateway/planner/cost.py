"""What a plan costs. Fewer waves come first, then fewer fetches: a round trip outweighs what it carries."""

from __future__ import annotations

FIRST_WAVE = 1.0
LATER_WAVE = 100.0
LATE = 1e7
"""Added for a fetch after the deadline: more than all fetches of a plan that has none."""
UNRESOLVED = 1e12
"""Cost of a field that nobody can resolve: more than any plan, so that a choice without one always wins."""


def fetch_cost(wave: int, deadline: int | None) -> float:
    """Cost of one fetch in the given wave (0 is the first): each further round trip makes it dearer.

    ``deadline`` is the last wave that a plan may have, as far as that is possible.
    """
    cost = FIRST_WAVE if wave == 0 else LATER_WAVE * wave
    return cost if deadline is None or wave <= deadline else cost + LATE
