"""Draws random worlds: small graphs in which every federation feature turns up sooner or later.

The drawing keeps each world composable and satisfiable: all subgraphs that have an entity can reach each other by
its keys, value types are whole wherever they are returned, a ``@requires`` never leads in a circle.
"""

from __future__ import annotations

import random
from typing import Final

from gateway.testing.draft import ENUMS, HIDDEN, Draft
from gateway.testing.odd_names import give_odd_names
from gateway.testing.random_data import draw_data
from gateway.testing.random_fields import INPUTS, LABELS, draw_fields, draw_overrides
from gateway.testing.random_interface_object import draw_interface_object
from gateway.testing.random_promises import draw_provides, draw_requires
from gateway.testing.random_roots import draw_roots
from gateway.testing.random_types import draw_entities, draw_interface, draw_union, draw_value_types
from gateway.testing.random_versions import draw_versions
from gateway.testing.world import World

ODD_NAMES: Final = 0.25  # the share of worlds


def draw_world(seed: int, *, faults: float = 0.0) -> World:
    """The world of ``seed``; the same seed always gives the same world. ``faults``: see ``draw_data``."""
    rng = random.Random(seed)  # noqa: S311 - reproducible, not secret
    subgraphs = tuple("abcd"[: rng.randint(2, 4)])
    draft = Draft(rng, subgraphs, {})
    draw_value_types(draft)
    draw_entities(draft)
    draw_interface(draft)
    draw_union(draft)
    draw_fields(draft)
    draw_interface_object(draft)
    draw_overrides(draft)
    draw_requires(draft)
    draw_provides(draft)
    draw_roots(draft)
    if draft.chance(ODD_NAMES):
        give_odd_names(draft)
    active = frozenset(label for label in LABELS if draft.chance(0.5))
    data = draw_data(rng, draft.types, ENUMS, HIDDEN, faults)
    return World(subgraphs, draft.types, ENUMS, INPUTS, data, active, HIDDEN, draw_versions(draft))
