"""Draws the root fields of a world: lists, single objects, look-ups, mutations, subscriptions."""

from __future__ import annotations

from collections.abc import Iterator

from gateway.testing.draft import Draft
from gateway.testing.world import Role, WorldField, WorldType


def draw_roots(draft: Draft) -> None:
    """Every composite type but value types can be reached."""
    queries = [field for kind in list(draft.types.values()) for field in _queries(draft, kind)]
    draft.types["Query"] = _root(draft, "Query", queries)
    for name, verb in (("Mutation", "change"), ("Subscription", "watch")):
        kinds = [kind for kind in draft.entities() if draft.chance(0.7)]
        if kinds:
            fields = [field for kind in kinds for field in _own_fields(draft, verb, kind)]
            draft.types[name] = _root(draft, name, fields)


def _queries(draft: Draft, kind: WorldType) -> Iterator[WorldField]:
    if kind.kind == "type" and not kind.keys:
        return
    knowing = [home for home in kind.subgraphs if home not in kind.interface_object_in or draft.chance(0.4)]
    roles = {draft.rng.choice(knowing): Role.RESOLVED}
    if kind.keys and kind.kind == "type" and draft.chance(0.3):
        roles = dict.fromkeys(knowing, Role.SHARED)
    many = draft.rng.choice(("[{0}]", "[{0}!]!", "[{0}!]")).format(kind.name)
    yield WorldField(f"all{kind.name}", many, kind.name, roles)
    yield WorldField(f"one{kind.name}", kind.name, kind.name, {draft.rng.choice(knowing): Role.RESOLVED})
    if draft.chance(0.5):
        found = {draft.rng.choice(knowing): Role.RESOLVED}
        yield WorldField(f"find{kind.name}", kind.name, kind.name, found, arguments={"at": "Int"})


def _own_fields(draft: Draft, verb: str, kind: WorldType) -> Iterator[WorldField]:
    home = {draft.rng.choice(kind.subgraphs): Role.RESOLVED}
    yield WorldField(f"{verb}{kind.name}", kind.name, kind.name, home)
    if draft.chance(0.5):
        yield WorldField(f"{verb}Count{kind.name}", "Int", "Int", home)


def _root(draft: Draft, name: str, fields: list[WorldField]) -> WorldType:
    homes = tuple(home for home in draft.subgraphs if any(home in field.roles for field in fields))
    return WorldType(name, "type", {field.name: field for field in fields}, homes)
