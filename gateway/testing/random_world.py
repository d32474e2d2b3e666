"""Draws random worlds: small graphs in which every federation feature turns up sooner or later.

The drawing keeps each world composable and satisfiable: all subgraphs that have an entity can reach each other by
its keys, value types are whole wherever they are returned, a ``@requires`` never leads in a circle.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from gateway.testing.random_data import KEY_OBJECTS, draw_data
from gateway.testing.random_promises import Draft, draw_provides, draw_requires, is_plain_leaf
from gateway.testing.world import Role, SubgraphName, World, WorldField, WorldType

SCALARS: Final = ("String", "String", "Int", "Float", "Boolean", "ID")
LABELS: Final = ("moving", "moved")
ENUMS: Final = {"Color": ("RED", "GREEN", "BLUE")}
INPUTS: Final = (
    "input Input { number: Int = 7 text: String color: Color! = RED colors: [[Color!]] inner: Input flag: Boolean }",
)
SUFFIX: Final = {"suffix": "Int = 0"}
MORE_ARGUMENTS: Final = {
    "input": "Input",
    "inputs": "[Input!]",
    "ids": '[ID!] = ["a", "1"]',
    "float": "Float",
    "color": "Color = GREEN",
}
KEY_FIELDS: Final = {"id": ("ID!", "ID"), "code": ("ID!", "ID"), "meta": ("Ident!", "Ident"), "marks": ("[ID!]!", "ID")}


def draw_world(seed: int, *, faults: float = 0.0) -> World:
    """The world of ``seed``; the same seed always gives the same world. ``faults``: see ``draw_data``."""
    rng = random.Random(seed)  # noqa: S311 - reproducible, not secret
    subgraphs = tuple("abcd"[: rng.randint(2, 4)])
    draft = Draft(rng, subgraphs, {})
    _draw_value_types(draft)
    _draw_entities(draft)
    _draw_interface(draft)
    _draw_union(draft)
    _draw_fields(draft)
    _draw_interface_object(draft)
    _draw_overrides(draft)
    draw_requires(draft)
    draw_provides(draft)
    _draw_roots(draft)
    active = frozenset(label for label in LABELS if draft.chance(0.5))
    return World(subgraphs, draft.types, ENUMS, INPUTS, draw_data(rng, draft.types, ENUMS, faults), active)


def _entities(draft: Draft) -> list[WorldType]:
    return [kind for kind in draft.types.values() if kind.kind == "type" and kind.keys]


def _draw_value_types(draft: Draft) -> None:
    """Plain objects that every subgraph has whole; one of them stands in keys."""
    tag = WorldField("tag", "ID!", "ID", roles=dict.fromkeys(draft.subgraphs, Role.SHARED))
    draft.types[KEY_OBJECTS] = WorldType(KEY_OBJECTS, "type", {"tag": tag}, draft.subgraphs)
    for number in range(draft.rng.randint(0, 2)):
        everywhere = dict.fromkeys(draft.subgraphs, Role.SHARED)
        fields = {
            f"v{index}": WorldField(f"v{index}", *_leaf_type(draft), roles=everywhere)
            for index in range(draft.rng.randint(1, 3))
        }
        draft.types[f"Value{number}"] = WorldType(f"Value{number}", "type", fields, draft.subgraphs)


def _draw_entities(draft: Draft) -> None:
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


def _draw_interface(draft: Draft) -> None:
    """An interface of some entities, with a field that all of them share."""
    if not draft.chance(0.6):
        return
    members = [kind.name for kind in _entities(draft) if draft.chance(0.7)]
    homes = [home for home in draft.subgraphs if any(home in draft.types[name].subgraphs for name in members)]
    if not homes:
        return
    whole = [home for home in homes if all(home in draft.types[name].subgraphs for name in members)]
    homes = list(draft.some(whole if whole and draft.chance(0.6) else homes))
    by_home = {home: tuple(name for name in members if home in draft.types[name].subgraphs) for home in homes}
    values = [name for name in draft.types if name.startswith("Value")]
    text, named = _leaf_type(draft)
    if values and draft.chance(0.3):
        named = draft.rng.choice(values)
        text = _wrapped(draft, named)
    implementing = {name for names in by_home.values() for name in names}
    for name in implementing:
        kind = draft.types[name]
        label = WorldField("label", text, named, roles=dict.fromkeys(kind.subgraphs, Role.SHARED))
        draft.types[name] = replace(kind, interfaces=("Node",), fields={**kind.fields, "label": label})
    label = WorldField("label", text, named, roles=dict.fromkeys(homes, Role.RESOLVED))
    draft.types["Node"] = WorldType("Node", "interface", {"label": label}, tuple(homes), members=by_home)


def _draw_union(draft: Draft) -> None:
    if not draft.chance(0.5):
        return
    members: dict[SubgraphName, tuple[str, ...]] = {}
    for home in draft.some(draft.subgraphs):
        known = [kind.name for kind in _entities(draft) if home in kind.subgraphs]
        if known:
            members[home] = draft.some(known)
    if members:
        draft.types["Either"] = WorldType("Either", "union", {}, tuple(members), members=members)


def _draw_fields(draft: Draft) -> None:
    for kind in _entities(draft):
        for number in range(draft.rng.randint(2, 6)):
            owner = draft.rng.choice(kind.subgraphs)
            draft.add_field(kind.name, _draw_field(draft, f"f{number}", kind, owner))


def _draw_field(draft: Draft, name: str, kind: WorldType, owner: SubgraphName) -> WorldField:
    text, named = _composite_type(draft, owner) if draft.chance(0.45) else _leaf_type(draft)
    roles = {owner: Role.RESOLVED}
    is_leaf = named in SCALARS or named in ENUMS
    is_entity = named in draft.types and bool(draft.types[named].keys)
    if draft.chance(0.2) and (is_leaf or is_entity):
        sharers = [home for home in kind.subgraphs if is_leaf or home in draft.types[named].subgraphs]
        if len(sharers) > 1:
            roles = dict.fromkeys(sharers, Role.SHARED)
    return WorldField(
        name,
        text,
        named,
        roles,
        arguments=_draw_arguments(draft) if text in {"String", "String!"} else {},
        is_inaccessible=is_leaf and draft.chance(0.08),
    )


def _draw_arguments(draft: Draft) -> dict[str, str]:
    if draft.chance(0.2):
        return {}
    return SUFFIX | MORE_ARGUMENTS if draft.chance(0.3) else SUFFIX


def _leaf_type(draft: Draft) -> tuple[str, str]:
    named = draft.rng.choice((*SCALARS, *ENUMS))
    return _wrapped(draft, named), named


def _composite_type(draft: Draft, owner: SubgraphName) -> tuple[str, str]:
    """A type that ``owner`` has; abstract types are those whose members it knows."""
    known = [kind.name for kind in draft.types.values() if owner in kind.subgraphs and kind.name != "Query"]
    named = draft.rng.choice(known)
    return _wrapped(draft, named), named


def _wrapped(draft: Draft, named: str) -> str:
    form = draft.rng.choice(("{0}", "{0}", "{0}", "{0}!", "[{0}]", "[{0}!]", "[{0}!]!", "[[{0}]]"))
    return form.format(named)


def _draw_interface_object(draft: Draft) -> None:
    """The interface becomes an entity interface, and a subgraph adds a field to it without knowing its types."""
    interface = draft.types.get("Node")
    if interface is None or not draft.chance(0.8):
        return
    implementing = [kind for kind in _entities(draft) if "Node" in kind.interfaces]
    everywhere = [
        home
        for home in interface.subgraphs
        if all(home in kind.subgraphs and "id" in kind.keys[home] for kind in implementing)
    ]
    strangers = [home for home in draft.subgraphs if not any(home in kind.subgraphs for kind in implementing)]
    if not everywhere or not strangers or set(interface.subgraphs) != set(everywhere):
        return
    stranger = draft.rng.choice(strangers)
    text, named = _leaf_type(draft)
    homes = (*interface.subgraphs, stranger)
    key = WorldField("id", "ID!", "ID", roles={**dict.fromkeys(everywhere, Role.RESOLVED), stranger: Role.RESOLVED})
    extra = WorldField("extra", text, named, roles={stranger: Role.RESOLVED})
    draft.types["Node"] = replace(
        interface,
        fields={"id": key, **interface.fields, "extra": extra},
        subgraphs=homes,
        keys=dict.fromkeys(homes, ("id",)),
        interface_object_in=frozenset({stranger}),
    )


def _draw_overrides(draft: Draft) -> None:
    """Fields that moved: the old owner still has them, with a value that must never be seen."""
    for kind in _entities(draft):
        for field in list(kind.fields.values()):
            movable = list(field.roles.values()) == [Role.RESOLVED] and is_plain_leaf(draft, field)
            if not movable or field.requires or field.provides or not draft.chance(0.1):
                continue
            [owner] = field.roles
            others = [home for home in kind.subgraphs if home != owner]
            if others:
                old = draft.rng.choice(others)
                moved = replace(
                    field,
                    roles={owner: Role.RESOLVED, old: Role.OVERRIDDEN},
                    overrides={owner: old},
                    label=draft.rng.choice((None, *LABELS)),
                )
                draft.add_field(kind.name, moved)


def _draw_roots(draft: Draft) -> None:
    fields: dict[str, WorldField] = {}
    for kind in list(draft.types.values()):
        if kind.kind == "type" and not kind.keys:
            continue
        resolvers = [home for home in kind.subgraphs if home not in kind.interface_object_in]
        home = draft.rng.choice(resolvers)
        roles = {home: Role.RESOLVED}
        if kind.keys and kind.kind == "type" and draft.chance(0.3):
            roles = dict.fromkeys(resolvers, Role.SHARED)
        many = f"all{kind.name}"
        fields[many] = WorldField(
            many, draft.rng.choice(("[{0}]", "[{0}!]!", "[{0}!]")).format(kind.name), kind.name, roles
        )
        one = f"one{kind.name}"
        fields[one] = WorldField(one, kind.name, kind.name, {home: Role.RESOLVED})
    draft.types["Query"] = _root(draft, "Query", fields)
    entities = [kind for kind in _entities(draft) if draft.chance(0.7)]
    changes = {
        f"change{kind.name}": WorldField(
            f"change{kind.name}", kind.name, kind.name, {draft.rng.choice(kind.subgraphs): Role.RESOLVED}
        )
        for kind in entities
    }
    if changes:
        draft.types["Mutation"] = _root(draft, "Mutation", changes)


def _root(draft: Draft, name: str, fields: dict[str, WorldField]) -> WorldType:
    homes = tuple(home for home in draft.subgraphs if any(home in field.roles for field in fields.values()))
    return WorldType(name, "type", fields, homes)
