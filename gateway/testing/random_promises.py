"""Draws what subgraphs promise each other in a world: ``@requires`` and ``@provides``."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from gateway.testing.draft import Draft
from gateway.testing.world import Role, SubgraphName, WorldField, WorldType

MAX_COMPUTED: Final = 3  # fields that require others, of one type


def draw_requires(draft: Draft) -> None:
    """Fields computed from others: earlier ones, so that no circle can arise, though subgraphs need each other."""
    for type_name in [kind.name for kind in draft.entities() if draft.chance(0.5)]:
        for number in range(draft.rng.randint(1, MAX_COMPUTED)):
            kind = draft.types[type_name]
            home = draft.rng.choice(kind.homes)
            needed = [text for name in kind.fields for text in _required(draft, type_name, name, home)]
            if needed:
                requires = {home: " ".join(needed)}
                name = f"computed{number}"
                draft.add_field(
                    type_name, WorldField(name, "String", "String", {home: Role.RESOLVED}, requires=requires)
                )


def _required(draft: Draft, type_name: str, name: str, home: SubgraphName) -> Iterator[str]:
    """The field as ``home`` may require it; nothing when it may not."""
    field = draft.types[type_name].fields[name]
    if home in field.requires or draft.chance(0.5) or field.roles.get(home) not in {None, Role.EXTERNAL} or field.label:
        return
    if draft.is_plain_leaf(field):
        text = _with_argument(draft, field)
    else:
        target = draft.types.get(field.named_type)
        if target is None or home not in target.subgraphs or home in target.interface_object_in:
            return
        inside = _inside(draft, target, home, _owners(field))
        if not inside:
            return
        text = f"{field.name} {{ {inside} }}"
    field = draft.types[type_name].fields[name]
    draft.add_field(type_name, replace(field, roles={**field.roles, home: Role.EXTERNAL}))
    yield text


def _with_argument(draft: Draft, field: WorldField) -> str:
    return f"{field.name}(suffix: {draft.rng.randint(0, 2)})" if field.arguments else field.name


def _owners(field: WorldField) -> list[SubgraphName]:
    return [home for home, role in field.roles.items() if role in {Role.RESOLVED, Role.SHARED}]


def _inside(draft: Draft, target: WorldType, home: SubgraphName, owners: Sequence[SubgraphName]) -> str:
    """What may be selected of a required object: fields that ``home`` knows, or takes as external from now on.

    Of a union, the members that ``home`` and the ``owners`` of the field know.
    """
    if target.kind == "union":
        parts = [
            f"... on {name} {{ {inside} }}"
            for name in target.members[home]
            if all(name in target.members[owner] for owner in owners)
            for inside in (_inside(draft, draft.types[name], home, owners),)
            if inside
        ]
        return " ".join(parts)
    names = []
    for field in target.fields.values():
        usable = draft.is_plain_leaf(field) and not field.requires and not field.overrides
        if not usable or (target.kind == "interface" and home not in field.roles) or not draft.chance(0.5):
            continue
        if home not in field.roles:
            draft.add_field(target.name, replace(field, roles={**field.roles, home: Role.EXTERNAL}))
        names.append(_with_argument(draft, field))
    return " ".join(names)


def draw_provides(draft: Draft) -> None:
    """Links that come with fields of their target, which other subgraphs own."""
    for kind in draft.entities():
        for field in list(kind.fields.values()):
            target = draft.types.get(field.named_type)
            homes = [home for home, role in field.roles.items() if role is Role.RESOLVED]
            if target is None or len(homes) != 1 or field.overrides or not draft.chance(0.4):
                continue
            [home] = homes
            provided = _provided(draft, target, home)
            if provided:
                link = draft.types[kind.name].fields[field.name]
                draft.add_field(kind.name, replace(link, provides={home: provided}))


def _provided(draft: Draft, target: WorldType, home: SubgraphName) -> str:
    if target.kind in {"union", "interface"} and home not in target.interface_object_in:
        parts = [
            f"... on {name} {{ {inside} }}"
            for name in target.members.get(home, ())
            for inside in (_provided(draft, draft.types[name], home),)
            if inside
        ]
        return " ".join(parts)
    if target.kind != "type" or not target.keys or home not in target.subgraphs:
        return ""
    offered = [field for field in target.fields.values() if home not in field.roles and _is_providable(draft, field)]
    if not offered:
        return ""
    chosen = draft.rng.choice(offered)
    draft.add_field(target.name, replace(chosen, roles={**_shared(chosen), home: Role.EXTERNAL}))
    value = draft.types.get(chosen.named_type)
    if value is None:
        return chosen.name
    return f"{chosen.name} {{ {' '.join(draft.some(list(value.fields)))} }}"


def _is_providable(draft: Draft, field: WorldField) -> bool:
    """A leaf, or a value object, which every subgraph has whole."""
    value = draft.types.get(field.named_type)
    is_value = value is not None and value.kind == "type" and not value.keys and field.name != "meta"
    plain = is_value or draft.is_plain_leaf(field)
    return plain and not field.requires and not field.arguments and not field.overrides


def _shared(field: WorldField) -> dict[SubgraphName, Role]:
    """Its roles, with the owners made to share: what is provided is resolved in two places."""
    return {home: Role.SHARED if role is Role.RESOLVED else role for home, role in field.roles.items()}
