"""Draws the data of a world: a few objects per type, with links between them and nulls where they may be."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from graphql import ListTypeNode, NonNullTypeNode, TypeNode, parse_type

from gateway.federation.field_set import parse_field_set
from gateway.testing.required_values import computed_value, select_from_data
from gateway.testing.world import Ref, Role, WorldField, WorldType

OBJECTS_PER_TYPE: Final = 4
NULL_PROBABILITY: Final = 0.1
ROOT_KEY: Final = "root"
ROOTS: Final = frozenset({"Query", "Mutation", "Subscription"})
KEY_OBJECTS: Final = "Ident"


def draw_data(
    rng: random.Random,
    types: Mapping[str, WorldType],
    enums: Mapping[str, Sequence[str]],
    hidden: frozenset[str],
    faults: float = 0.0,
) -> dict[str, dict[str, dict[str, Any]]]:
    """Values by object type, key and field. Fields of interface objects are stored with each implementation.

    ``faults`` is the share of nulls where none may be; with faults, ``hidden`` enum values turn up, too. What others
    require is spared: only the client's own fields are in the answer that this is compared with.
    """
    required = (
        ""
        if not faults
        else " ".join(
            text for kind in types.values() for field in kind.fields.values() for text in field.requires.values()
        )
    )
    drawing = _Drawing(rng, types, enums, hidden, faults, frozenset(re.findall(r"\w+", required)))
    objects = [kind for kind in types.values() if kind.kind == "type"]
    data = {kind.name: {key: drawing.object_of(kind, key) for key in _keys(kind)} for kind in objects}
    _add_key_objects(data)
    _compute(data, types)
    return data


def fields_of(types: Mapping[str, WorldType], kind: WorldType) -> dict[str, WorldField]:
    """The fields of an object type, those that interface objects add to it included."""
    inherited = {
        name: field
        for interface in kind.interfaces
        if types[interface].interface_object_in
        for name, field in types[interface].fields.items()
    }
    return {**inherited, **kind.fields}


def _keys(kind: WorldType) -> list[str]:
    return [ROOT_KEY] if kind.name in ROOTS else [f"{kind.name}-{number}" for number in range(OBJECTS_PER_TYPE)]


def _add_key_objects(data: dict[str, dict[str, dict[str, Any]]]) -> None:
    """Each entity with a nested key has a value object of its own in it."""
    links = [values["meta"] for objects in data.values() for values in objects.values() if "meta" in values]
    for link in links:
        data[KEY_OBJECTS][link.key] = {"tag": f"tag:{link.key}"}


def _compute(data: dict[str, dict[str, dict[str, Any]]], types: Mapping[str, WorldType]) -> None:
    """Fields that require others, in order: they may require earlier ones."""
    for type_name, objects in data.items():
        required = {
            field.name: parse_field_set(text)
            for field in fields_of(types, types[type_name]).values()
            for text in field.requires.values()
        }
        for key, values in objects.items():
            ref = Ref(type_name, key)
            for name, selections in required.items():
                values[name] = computed_value(name, select_from_data(data, types, ref, selections))


@dataclass(frozen=True, slots=True)
class _Drawing:
    rng: random.Random
    types: Mapping[str, WorldType]
    enums: Mapping[str, Sequence[str]]
    hidden: frozenset[str]
    faults: float
    spared: frozenset[str]

    def object_of(self, kind: WorldType, key: str) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for name, field in fields_of(self.types, kind).items():
            if name in {"id", "code", "tag"}:
                values[name] = f"{name}:{key}"
            elif name == "marks":
                values[name] = ["mark", f"{name}:{key}"]
            elif name == "meta":
                values[name] = Ref(KEY_OBJECTS, f"of {key}")
            elif not field.requires:
                values[name] = self._value(field, parse_type(field.type_text), key)
        return values

    def _value(self, field: WorldField, node: TypeNode, key: str) -> Any:
        if isinstance(node, NonNullTypeNode):
            if self.faults and field.name not in self.spared and self.rng.random() < self.faults:
                return None
            return self._present(field, node.type, key)
        return None if self.rng.random() < NULL_PROBABILITY else self._present(field, node, key)

    def _present(self, field: WorldField, node: TypeNode, key: str) -> Any:
        named = field.named_type
        if isinstance(node, ListTypeNode):
            return [self._value(field, node.type, key) for _ in range(self.rng.randint(0, 4))]
        if "at" in field.arguments:
            return [self._present(replace(field, arguments={}), node, key) for _ in range(OBJECTS_PER_TYPE)]
        if named in self.types:
            chosen = self.rng.choice(_possible(field, self.types[named]))
            return Ref(chosen, f"{chosen}-{self.rng.randrange(OBJECTS_PER_TYPE)}")
        if named in self.enums:
            hidden = frozenset() if self.faults else self.hidden
            return self.rng.choice([value for value in self.enums[named] if value not in hidden])
        return self._scalar(named, field.name, key)

    def _scalar(self, named: str, name: str, key: str) -> Any:
        match named:
            case "Int":
                return self.rng.randint(-(2**31), 2**31 - 1)
            case "Float":
                return self.rng.choice((0.5, -2.25, 1e10, 3.0, self.rng.random()))
            case "Boolean":
                return self.rng.random() < 0.5
            case "ID":
                return self.rng.choice((f"{name}:{key}", "7"))
            case _:
                return self.rng.choice((f"{name} of {key}", "", 'quote " and \\ and ☃', "line\nbreak"))


def _possible(field: WorldField, kind: WorldType) -> list[str]:
    """Object types that every subgraph that resolves the field knows as members."""
    if kind.kind == "type":
        return [kind.name]
    homes = [home for home, role in field.roles.items() if role in {Role.RESOLVED, Role.SHARED}]
    known = [set(kind.members[home]) for home in homes]
    return sorted(set.intersection(*known))
