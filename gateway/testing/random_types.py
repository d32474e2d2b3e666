"""Draws the types of a world and which subgraphs know them: value types, entities with keys, an interface, a union."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from gateway.testing.draft import Draft
from gateway.testing.random_data import KEY_OBJECTS
from gateway.testing.world import Role, SubgraphName, WorldField, WorldType

KEY_FIELDS: Final = {"id": ("ID!", "ID"), "code": ("ID!", "ID"), "meta": ("Ident!", "Ident"), "marks": ("[ID!]!", "ID")}


def draw_value_types(draft: Draft) -> None:
    """Plain objects that every subgraph has whole; one of them stands in keys."""
    tag = WorldField("tag", "ID!", "ID", roles=dict.fromkeys(draft.subgraphs, Role.SHARED))
    draft.types[KEY_OBJECTS] = WorldType(KEY_OBJECTS, "type", {"tag": tag}, draft.subgraphs)
    for number in range(draft.rng.randint(0, 2)):
        everywhere = dict.fromkeys(draft.subgraphs, Role.SHARED)
        fields = {
            f"v{index}": WorldField(f"v{index}", *draft.leaf_type(), roles=everywhere)
            for index in range(draft.rng.randint(1, 3))
        }
        draft.types[f"Value{number}"] = WorldType(f"Value{number}", "type", fields, draft.subgraphs)


def draw_entities(draft: Draft) -> None:
    """Sometimes one subgraph has no entity, so that it can have an interface object in their place."""
    reserved = len(draft.subgraphs) > 2 and draft.chance(0.4)
    candidates = draft.subgraphs[:-1] if reserved else draft.subgraphs
    for number in range(draft.rng.randint(2, 4)):
        name = f"Entity{number}"
        homes = draft.some(candidates, 2)
        keys = _mixed_keys(draft, homes) if draft.chance(0.4) else _plain_keys(homes)
        key_roles = {key: {home: Role.SHARED for home in homes if _mentions(keys[home], key)} for key in KEY_FIELDS}
        fields = {key: WorldField(key, *KEY_FIELDS[key], roles=roles) for key, roles in key_roles.items() if roles}
        draft.types[name] = WorldType(name, "type", fields, homes, keys)
        if draft.chance(0.3) and any("id" in keys[home] for home in homes):
            _add_stub(draft, name)


def _add_stub(draft: Draft, name: str) -> None:
    """A subgraph that can name the entity, and resolve nothing of it."""
    kind = draft.types[name]
    others = [home for home in draft.subgraphs if home not in kind.subgraphs]
    if not others:
        return
    stub = draft.rng.choice(others)
    key = replace(kind.fields["id"], roles={**kind.fields["id"].roles, stub: Role.SHARED})
    draft.types[name] = replace(
        kind,
        fields={**kind.fields, "id": key},
        subgraphs=(*kind.subgraphs, stub),
        keys={**kind.keys, stub: ("id",)},
        stubs=frozenset((stub,)),
    )


def _plain_keys(homes: Sequence[SubgraphName]) -> dict[SubgraphName, tuple[str, ...]]:
    return dict.fromkeys(homes, ("id",))


def _mixed_keys(draft: Draft, homes: Sequence[SubgraphName]) -> dict[SubgraphName, tuple[str, ...]]:
    """One subgraph has both keys and is the bridge between those that have one of them, or both as one."""
    bridge = draft.rng.choice(homes)
    other = draft.rng.choice(("code", "meta { tag }", "marks"))
    choices: tuple[tuple[str, ...], ...] = (("id",), (other,), ("id", other), (f"id {other}",))
    keys = {home: draft.rng.choice(choices) for home in homes}
    keys[bridge] = ("id", other) if draft.chance(0.8) else ("id", other, f"id {other}")
    return keys


def _mentions(keys: Sequence[str], name: str) -> bool:
    return any(name in key.split() for key in keys)


def draw_interface(draft: Draft) -> None:
    """An interface of some entities, with a field that all of them share."""
    if not draft.chance(0.6):
        return
    members = [kind.name for kind in draft.entities() if draft.chance(0.7)]
    homes = [home for home in draft.subgraphs if any(home in draft.types[name].homes for name in members)]
    if not homes:
        return
    whole = [home for home in homes if all(home in draft.types[name].homes for name in members)]
    homes = list(draft.some(whole if whole and draft.chance(0.6) else homes))
    by_home = {home: tuple(name for name in members if home in draft.types[name].homes) for home in homes}
    values = [name for name in draft.types if name.startswith("Value")]
    text, named = draft.leaf_type()
    if values and draft.chance(0.3):
        named = draft.rng.choice(values)
        text = draft.wrapped(named)
    implementing = {name for names in by_home.values() for name in names}
    for name in implementing:
        kind = draft.types[name]
        label = WorldField("label", text, named, roles=dict.fromkeys(kind.homes, Role.SHARED))
        draft.types[name] = replace(kind, interfaces=("Node",), fields={**kind.fields, "label": label})
    label = WorldField("label", text, named, roles=dict.fromkeys(homes, Role.RESOLVED))
    draft.types["Node"] = WorldType("Node", "interface", {"label": label}, tuple(homes), members=by_home)


def draw_union(draft: Draft) -> None:
    if not draft.chance(0.5):
        return
    members: dict[SubgraphName, tuple[str, ...]] = {}
    for home in draft.some(draft.subgraphs):
        known = [kind.name for kind in draft.entities() if home in kind.subgraphs]
        if known:
            members[home] = draft.some(known)
    if members:
        draft.types["Either"] = WorldType("Either", "union", {}, tuple(members), members=members)
