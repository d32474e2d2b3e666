"""A world under construction: what all that draws a part of it shares."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from gateway.testing.world import SubgraphName, WorldField, WorldType

SCALARS: Final = ("String", "String", "Int", "Float", "Boolean", "ID")
ENUMS: Final = {"Color": ("RED", "GREEN", "BLUE", "SECRET")}
HIDDEN: Final = frozenset({"SECRET"})


@dataclass(slots=True)
class Draft:
    """Types under construction; fields are added before the world is frozen."""

    rng: random.Random
    subgraphs: tuple[SubgraphName, ...]
    types: dict[str, WorldType]

    def add_field(self, type_name: str, field: WorldField) -> None:
        kind = self.types[type_name]
        self.types[type_name] = replace(kind, fields={**kind.fields, field.name: field})

    def some(self, items: Sequence[str], at_least: int = 1) -> tuple[str, ...]:
        count = self.rng.randint(at_least, len(items))
        chosen = set(self.rng.sample(items, count))
        return tuple(item for item in items if item in chosen)

    def chance(self, probability: float) -> bool:
        return self.rng.random() < probability

    def entities(self) -> list[WorldType]:
        """Object types with keys."""
        return [kind for kind in self.types.values() if kind.kind == "type" and kind.keys]

    def leaf_type(self) -> tuple[str, str]:
        """A type of leaves, and the named type inside."""
        named = self.rng.choice((*SCALARS, *ENUMS))
        return self.wrapped(named), named

    def wrapped(self, named: str) -> str:
        """The type itself, or lists and non-nulls of it."""
        form = self.rng.choice(("{0}", "{0}", "{0}", "{0}!", "[{0}]", "[{0}!]", "[{0}!]!", "[[{0}]]"))
        return form.format(named)

    def is_plain_leaf(self, field: WorldField) -> bool:
        """Whether it is a leaf and in no key."""
        return field.named_type not in self.types and field.name not in {"id", "code", "marks", "tag"}
