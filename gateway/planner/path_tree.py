"""The path tree: at each position, the subgraphs that were chosen to answer, and how they are reached.

``choose`` makes it, ``build`` turns it into fetch groups. The standings of a choice are numbered: first the origins
(the subgraphs whose fetch already returned the object), then the doors (subgraphs entered by key at this position).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from gateway.planner.operation_tree import Entry, Position
from gateway.query_graph.edges import KeyEdge
from gateway.query_graph.standing import Standing
from gateway.selection_set import SelectionSet
from gateway.supergraph.model import SubgraphField

Origin = tuple[Standing, int]
"""A standing that the parent's choice made, and the wave of the fetch that it is in."""

Asked = tuple[str, str, str]
"""A field under requirements that is being resolved: its type, its name, its subgraph."""

Provider = tuple[int | str, SelectionSet]
"""Who supplies a part of a key: the number of an origin, or the subgraph of a door, and the fields it supplies."""


@dataclass(frozen=True, slots=True)
class Entrance:
    """How objects of one type enter a subgraph. ``edge`` is None for root types, which need no key.

    ``key`` is the choice that resolves the key's fields when no provider has them all by itself. With ``is_typed`` the
    object's type is known there; an interface object never tells it, but whoever led there may have.
    """

    edge: KeyEdge | None
    wave: int
    providers: tuple[Provider, ...] = ()
    key: Choice | None = None
    is_typed: bool = True


@dataclass(frozen=True, slots=True)
class Door:
    """A subgraph entered by key at the position, by objects of the types that ``entrances`` names."""

    standing: Standing
    wave: int
    entrances: dict[str, Entrance]


@dataclass(frozen=True, slots=True)
class Requirement:
    """A field that can be asked for only after other fields were: its own way in, and the choice for those fields.

    ``suppliers`` are the numbers of the standings that are the origins of ``requires``.
    """

    standing: Standing
    wave: int
    entrance: Entrance
    field: SubgraphField
    requires: Choice | None
    suppliers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """An entry for some of its types: the numbers of the standings that can answer it, best first."""

    entry: Entry
    types: frozenset[str]
    able: tuple[int, ...]
    child: Choice | None = None
    requirement: Requirement | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """What was chosen at a position.

    ``arrival`` is the wave that brings the last of its data; ``missing`` are the entries that nobody can answer,
    with the types concerned. ``deferred`` are the choices for what deferred fragments ask of the same objects; their
    origins are the standings of this one.
    """

    position: Position
    origins: tuple[Origin, ...]
    doors: tuple[Door, ...]
    parts: tuple[Part, ...]
    cost: float
    arrival: int
    missing: tuple[tuple[Entry, str], ...] = field(default=())
    deferred: tuple[Choice, ...] = ()

    def door_number(self, subgraph: str, type_name: str) -> int:
        """The number of the door through which objects of a type enter a subgraph."""
        for number, door in enumerate(self.doors, start=len(self.origins)):
            if door.standing.subgraph.name == subgraph and type_name in door.entrances:
                return number
        raise LookupError(f"no door to {subgraph} for {type_name}")

    def standing(self, number: int) -> Standing:
        """The standing of a number."""
        count = len(self.origins)
        return self.origins[number][0] if number < count else self.doors[number - count].standing
