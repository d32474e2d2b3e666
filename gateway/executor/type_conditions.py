"""Which runtime types satisfy a type condition, over all types of the supergraph (the inaccessible ones too)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TypeConditions:
    """``possible_types`` maps each interface and union to its object types."""

    possible_types: Mapping[str, frozenset[str]]

    def matches(self, typename: str, condition: str) -> bool:
        """True when an object of ``typename`` is taken by ``... on condition``."""
        return typename == condition or typename in self.possible_types.get(condition, ())

    def is_abstract(self, typename: str) -> bool:
        """True for interfaces (as interface objects report themselves) and unions."""
        return typename in self.possible_types
