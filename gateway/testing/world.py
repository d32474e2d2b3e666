"""A federated graph with its data: what generator, subgraphs and monolith agree on.

A ``World`` says for every type and field what it is in the whole graph and in which subgraphs it stands in which role.
Objects are ``Ref``s into its data; a value is the same wherever it is resolved, so that the federated answer has to
equal the monolith's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, TypeAlias

from gateway.testing.shown_values import shown

SubgraphName: TypeAlias = str
JsonObject: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Ref:
    """The object ``key`` of the object type ``type_name``; ``key`` indexes the world's data."""

    type_name: str
    key: str


class Role(Enum):
    """What a field is in one subgraph."""

    RESOLVED = "resolved"
    SHARED = "shared"
    EXTERNAL = "external"
    OVERRIDDEN = "overridden"


@dataclass(frozen=True, slots=True)
class WorldField:
    """A field of the whole graph.

    ``type_text`` is its GraphQL type, ``named_type`` the type inside. ``roles`` says how each subgraph has it.
    ``requires`` and ``provides`` are field sets by subgraph, ``overrides`` the subgraph that one takes it from, as
    soon as the ``label`` is active, if there is one. ``arguments`` are the SDL of what it takes by name. What it
    is given ends up in its value; ``at`` chooses one of the objects.
    """

    name: str
    type_text: str
    named_type: str
    roles: Mapping[SubgraphName, Role]
    requires: Mapping[SubgraphName, str] = field(default_factory=dict)
    provides: Mapping[SubgraphName, str] = field(default_factory=dict)
    overrides: Mapping[SubgraphName, SubgraphName] = field(default_factory=dict)
    label: str | None = None
    arguments: Mapping[str, str] = field(default_factory=dict)
    is_inaccessible: bool = False


@dataclass(frozen=True, slots=True)
class WorldType:
    """A composite type. ``kind`` is the SDL keyword.

    ``keys`` are the ``@key`` field sets by subgraph (an entity has at least one somewhere), ``members`` the object
    types of a union or the implementations of an interface by subgraph. ``interfaces`` are those it implements.
    ``interface_object_in`` are the subgraphs that have this interface as an ``@interfaceObject``, ``stubs`` those that
    can name the entity and not resolve it.
    """

    name: str
    kind: str
    fields: Mapping[str, WorldField]
    subgraphs: tuple[SubgraphName, ...]
    keys: Mapping[SubgraphName, tuple[str, ...]] = field(default_factory=dict)
    members: Mapping[SubgraphName, tuple[str, ...]] = field(default_factory=dict)
    interfaces: tuple[str, ...] = ()
    interface_object_in: frozenset[SubgraphName] = frozenset()
    stubs: frozenset[SubgraphName] = frozenset()

    @property
    def homes(self) -> tuple[SubgraphName, ...]:
        """The subgraphs that have more of it than a name."""
        return tuple(each for each in self.subgraphs if each not in self.stubs)


@dataclass(frozen=True, slots=True)
class World:
    """A whole case: subgraphs, types (roots included) and data by type name, object key and field name.

    ``inputs`` are input types as SDL. ``hidden`` are enum values that clients may not see. ``versions`` are those of
    federation that the subgraphs are written for, None for the first. ``active_labels`` are those of progressive
    overrides.
    """

    subgraphs: tuple[SubgraphName, ...]
    types: Mapping[str, WorldType]
    enums: Mapping[str, tuple[str, ...]]
    inputs: tuple[str, ...]
    data: Mapping[str, Mapping[str, JsonObject]]
    active_labels: frozenset[str] = frozenset()
    hidden: frozenset[str] = frozenset()
    versions: Mapping[SubgraphName, int | None] = field(default_factory=dict)

    def role(self, definition: WorldField, subgraph: SubgraphName) -> Role:
        """What the field is in a subgraph under the active labels: until its label is active, nothing has moved."""
        role = definition.roles[subgraph]
        if definition.label is None or definition.label in self.active_labels:
            return role
        return {Role.OVERRIDDEN: Role.RESOLVED, Role.RESOLVED: Role.OVERRIDDEN}.get(role, role)

    def value(self, ref: Ref, name: str, arguments: Mapping[str, Any]) -> Any:
        """The value of a field: JSON, a ``Ref``, or a list of them; ``arguments`` are coerced, with their defaults."""
        stored: Any = self.data[ref.type_name][ref.key].get(name)
        definition = self.types[ref.type_name].fields.get(name)
        if stored is None:
            return None
        if definition is not None and "at" in definition.arguments:
            return stored[(arguments.get("at") or 0) % len(stored)]
        if not arguments:
            return stored
        return f"{stored}/{shown(arguments)}"

    def known_as(self, type_name: str, subgraph: SubgraphName) -> str:
        """What a subgraph calls objects of the type: one that has an interface object knows no types of it."""
        kind = self.types[type_name]
        names = (each for each in kind.interfaces if subgraph in self.types[each].interface_object_in)
        return type_name if subgraph in kind.subgraphs else next(names, type_name)
