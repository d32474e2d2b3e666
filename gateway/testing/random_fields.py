"""Draws the fields of a world's entities, who owns them, and which of them have moved."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from gateway.testing.draft import ENUMS, SCALARS, Draft
from gateway.testing.world import Role, SubgraphName, WorldField, WorldType

LABELS: Final = ("moving", "moved")
INPUTS: Final = (
    "input Input { number: Int = 7 text: String color: Color! = RED colors: [[Color!]] inner: Input flag: Boolean }",
)
SUFFIX: Final = {"suffix": "Int = 0"}
MORE_ARGUMENTS: Final = {
    "input": "Input",
    "inputs": "[Input!]",
    "ids": '[ID!] = ["a", "b"]',
    "float": "Float",
    "color": "Color = GREEN",
}


def draw_fields(draft: Draft) -> None:
    for kind in draft.entities():
        for number in range(draft.rng.randint(2, 6)):
            owner = draft.rng.choice(kind.homes)
            draft.add_field(kind.name, _draw_field(draft, f"f{number}", kind, owner))


def _draw_field(draft: Draft, name: str, kind: WorldType, owner: SubgraphName) -> WorldField:
    text, named = _composite_type(draft, owner) if draft.chance(0.45) else draft.leaf_type()
    roles = {owner: Role.RESOLVED}
    is_leaf = named in SCALARS or named in ENUMS
    is_entity = named in draft.types and bool(draft.types[named].keys)
    if draft.chance(0.2) and (is_leaf or is_entity):
        sharers = [home for home in kind.homes if is_leaf or home in draft.types[named].subgraphs]
        if len(sharers) > 1:
            roles = dict.fromkeys(sharers, Role.SHARED)
    return WorldField(
        name,
        text,
        named,
        roles,
        arguments=draw_arguments(draft) if text in {"String", "String!"} else {},
        is_inaccessible=is_leaf and draft.chance(0.08),
    )


def draw_arguments(draft: Draft) -> dict[str, str]:
    if draft.chance(0.2):
        return {}
    return SUFFIX | MORE_ARGUMENTS if draft.chance(0.3) else SUFFIX


def _composite_type(draft: Draft, owner: SubgraphName) -> tuple[str, str]:
    """A type that ``owner`` has; abstract types are those whose members it knows."""
    known = [kind.name for kind in draft.types.values() if owner in kind.subgraphs and kind.name != "Query"]
    named = draft.rng.choice(known)
    return draft.wrapped(named), named


def draw_overrides(draft: Draft) -> None:
    """Fields that moved: the old owner still has them, with a value that must never be seen."""
    for kind in draft.entities():
        for field in list(kind.fields.values()):
            movable = list(field.roles.values()) == [Role.RESOLVED] and draft.is_plain_leaf(field)
            if not movable or field.requires or field.provides or not draft.chance(0.1):
                continue
            [owner] = field.roles
            others = [home for home in kind.homes if home != owner]
            if others:
                old = draft.rng.choice(others)
                moved = replace(
                    field,
                    roles={owner: Role.RESOLVED, old: Role.OVERRIDDEN},
                    overrides={owner: old},
                    label=draft.rng.choice((None, *LABELS)),
                )
                draft.add_field(kind.name, moved)
