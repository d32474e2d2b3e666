"""Draws an interface object: a subgraph that adds fields to an interface without knowing its types."""

from __future__ import annotations

from dataclasses import replace

from gateway.testing.draft import ENUMS, SCALARS, Draft
from gateway.testing.random_fields import draw_arguments
from gateway.testing.world import Role, SubgraphName, WorldField


def draw_interface_object(draft: Draft) -> None:
    """The interface becomes an entity interface; it is known by its key to one that has none of its types."""
    interface = draft.types.get("Node")
    if interface is None or not draft.chance(0.8):
        return
    implementing = [kind for kind in draft.entities() if "Node" in kind.interfaces]
    everywhere = [
        home
        for home in interface.subgraphs
        if all(home in kind.homes and "id" in kind.keys[home] for kind in implementing)
    ]
    strangers = [home for home in draft.subgraphs if not any(home in kind.subgraphs for kind in implementing)]
    if not everywhere or not strangers or set(interface.subgraphs) != set(everywhere):
        return
    stranger = draft.rng.choice(strangers)
    homes = (*interface.subgraphs, stranger)
    key = WorldField("id", "ID!", "ID", roles=dict.fromkeys(homes, Role.RESOLVED))
    draft.types["Node"] = replace(
        interface,
        fields={"id": key, **interface.fields},
        subgraphs=homes,
        keys=dict.fromkeys(homes, ("id",)),
        members={**interface.members, stranger: tuple(kind.name for kind in implementing)},
        interface_object_in=frozenset({stranger}),
    )
    for number in range(draft.rng.randint(1, 3)):
        draft.add_field("Node", _extra(draft, f"extra{number}", stranger))
    _add_computed(draft, stranger)


def _extra(draft: Draft, name: str, stranger: SubgraphName) -> WorldField:
    text, named = (draft.wrapped("Node"), "Node") if draft.chance(0.3) else draft.leaf_type()
    arguments = draw_arguments(draft) if text in {"String", "String!"} else {}
    return WorldField(name, text, named, roles={stranger: Role.RESOLVED}, arguments=arguments)


def _add_computed(draft: Draft, stranger: SubgraphName) -> None:
    """A field that requires what the types have."""
    label = draft.types["Node"].fields["label"]
    if label.named_type not in {*SCALARS, *ENUMS} or not draft.chance(0.5):
        return
    draft.add_field("Node", replace(label, roles={**label.roles, stranger: Role.EXTERNAL}))
    computed = WorldField("told", "String", "String", {stranger: Role.RESOLVED}, requires={stranger: "label"})
    draft.add_field("Node", computed)
