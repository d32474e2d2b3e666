"""A world's data as each subgraph has it, in the form of ``data_subgraph.py``: for subgraphs that run elsewhere."""

from __future__ import annotations

from typing import Any, Final

from gateway.testing.random_data import ROOTS, fields_of
from gateway.testing.random_values import INTS
from gateway.testing.world import Ref, Role, SubgraphName, World, WorldField, WorldType

STALE: Final = "STALE"


def subgraph_data(world: World, subgraph: SubgraphName) -> dict[str, Any]:
    """Data by type, key and field; roots have no key. Fields with ``@requires`` have no value: they are computed."""
    data: dict[str, Any] = {}
    for kind in world.types.values():
        if subgraph not in kind.subgraphs or kind.kind == "union":
            continue
        objects = {
            key: _values(world, kind, Ref(type_name, key), subgraph)
            for type_name in _object_types(world, kind)
            for key in world.data[type_name]
        }
        data[kind.name] = next(iter(objects.values())) if kind.name in ROOTS else objects
    return data


def _object_types(world: World, kind: WorldType) -> list[str]:
    if kind.kind == "type":
        return [kind.name]
    return [each.name for each in world.types.values() if kind.name in each.interfaces]


def _values(world: World, kind: WorldType, ref: Ref, subgraph: SubgraphName) -> dict[str, Any]:
    """An interface has the fields of its object; an interface object says nothing of the real type."""
    is_interface = kind.kind == "interface" and subgraph not in kind.interface_object_in
    owner = world.types[ref.type_name] if is_interface else kind
    values: dict[str, Any] = {"__typename": owner.name}
    for name, definition in fields_of(world.types, owner).items():
        if subgraph in definition.roles and subgraph not in definition.requires:
            values[name] = _value(world, definition, ref, subgraph)
    return values


def _value(world: World, definition: WorldField, ref: Ref, subgraph: SubgraphName) -> Any:
    if world.role(definition, subgraph) is Role.OVERRIDDEN:
        return STALE if definition.named_type in {"String", "ID"} else None
    if "at" in definition.arguments:
        return {"$by": "at"} | {
            "null" if at is None else str(at): _shown(world, world.value(ref, definition.name, {"at": at}), subgraph)
            for at in (None, *INTS)
        }
    if definition.arguments:
        return {"$told": world.value(ref, definition.name, {})}
    return _shown(world, world.value(ref, definition.name, {}), subgraph)


def _shown(world: World, value: Any, subgraph: SubgraphName) -> Any:
    if isinstance(value, list):
        return [_shown(world, item, subgraph) for item in value]
    if not isinstance(value, Ref):
        return value
    return {"$ref": f"{world.known_as(value.type_name, subgraph)}/{value.key}"}
