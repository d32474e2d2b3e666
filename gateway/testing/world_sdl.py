"""Writes a world as SDL: one text per subgraph, and the monolith's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from gateway.testing.world import Role, SubgraphName, World, WorldField, WorldType

DIRECTIVES: Final = ("key", "external", "requires", "provides", "shareable", "override", "inaccessible")
SINCE_2_0: Final = re.compile(r" @(shareable|inaccessible)\b")


def subgraph_sdl(world: World, subgraph: SubgraphName) -> str:
    """The subgraph's schema as its team would write it."""
    version = world.versions.get(subgraph, 7)
    definitions = [_enum(world, name, marks_hidden=True) for name in world.enums]
    definitions += world.inputs
    definitions += [
        _subgraph_type(world, kind, subgraph) for kind in world.types.values() if subgraph in kind.subgraphs
    ]
    text = "\n\n".join(definitions) + "\n"
    return SINCE_2_0.sub("", text) if version is None else f"{_link(version)}\n\n{text}"


def _link(version: int) -> str:
    names = (*DIRECTIVES, *(("interfaceObject",) if version >= 3 else ()))
    imports = ", ".join(f'"@{name}"' for name in names)
    return f'extend schema @link(url: "https://specs.apollo.dev/federation/v2.{version}", import: [{imports}])'


def _enum(world: World, name: str, *, marks_hidden: bool) -> str:
    shown = [value for value in world.enums[name] if value not in world.hidden]
    hidden = [f"{value} @inaccessible" for value in world.enums[name] if value in world.hidden and marks_hidden]
    return f"enum {name} {{ {' '.join([*shown, *hidden])} }}"


def monolith_sdl(world: World) -> str:
    """The schema of one service that would have everything that clients see."""
    definitions = [_enum(world, name, marks_hidden=False) for name in world.enums]
    definitions += world.inputs
    definitions += [_monolith_type(world, kind) for kind in world.types.values()]
    return "\n\n".join(definitions) + "\n"


def _subgraph_type(world: World, kind: WorldType, subgraph: SubgraphName) -> str:
    is_interface_object = subgraph in kind.interface_object_in
    keyword = "type" if is_interface_object else kind.kind
    unresolvable = ", resolvable: false" if subgraph in kind.stubs else ""
    directives = [f'@key(fields: "{key}"{unresolvable})' for key in kind.keys.get(subgraph, ())]
    if is_interface_object:
        directives.append("@interfaceObject")
    if kind.kind == "union":
        return f"union {kind.name} = {' | '.join(kind.members[subgraph])}"
    implemented = () if subgraph in kind.stubs else kind.interfaces
    interfaces = [name for name in implemented if _is_interface_in(world, name, subgraph)]
    head = " ".join([keyword, kind.name, *_implements(interfaces), *directives])
    fields = (_subgraph_field(field, subgraph) for field in kind.fields.values() if subgraph in field.roles)
    return f"{head} {{\n  " + "\n  ".join(fields) + "\n}"


def _is_interface_in(world: World, name: str, subgraph: SubgraphName) -> bool:
    interface = world.types[name]
    return subgraph in interface.subgraphs and subgraph not in interface.interface_object_in


def _subgraph_field(field: WorldField, subgraph: SubgraphName) -> str:
    return " ".join([_signature(field), *_field_directives(field, subgraph)])


def _field_directives(field: WorldField, subgraph: SubgraphName) -> Iterator[str]:
    match field.roles[subgraph]:
        case Role.EXTERNAL:
            yield "@external"
        case Role.SHARED:
            yield "@shareable"
        case Role.RESOLVED | Role.OVERRIDDEN:
            pass
    if subgraph in field.requires:
        yield f'@requires(fields: "{field.requires[subgraph]}")'
    if subgraph in field.provides:
        yield f'@provides(fields: "{field.provides[subgraph]}")'
    if subgraph in field.overrides:
        label = f', label: "{field.label}"' if field.label else ""
        yield f'@override(from: "{field.overrides[subgraph]}"{label})'
    if field.is_inaccessible and field.roles[subgraph] is not Role.EXTERNAL:
        yield "@inaccessible"


def _monolith_type(world: World, kind: WorldType) -> str:
    if kind.kind == "union":
        members = dict.fromkeys(member for names in kind.members.values() for member in names)
        return f"union {kind.name} = {' | '.join(members)}"
    inherited = [world.types[name].fields for name in kind.interfaces if world.types[name].interface_object_in]
    fields = {**kind.fields}
    for more in inherited:
        fields = {**more, **fields}
    lines = [_signature(field) for field in fields.values() if not field.is_inaccessible]
    head = " ".join([kind.kind, kind.name, *_implements(kind.interfaces)])
    return f"{head} {{\n  " + "\n  ".join(lines) + "\n}"


def _signature(field: WorldField) -> str:
    taken = ", ".join(f"{name}: {text}" for name, text in field.arguments.items())
    arguments = f"({taken})" if taken else ""
    return f"{field.name}{arguments}: {field.type_text}"


def _implements(interfaces: list[str] | tuple[str, ...]) -> list[str]:
    return [f"implements {' & '.join(interfaces)}"] if interfaces else []
