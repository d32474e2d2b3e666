"""What a representation holds, and whence: the compile-time counterpart of ``executor.representations``."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeAlias

from gateway.compiled.deliveries import Deliveries
from gateway.compiled.layout import ObjectLayout, Slot
from gateway.compiled.refusal import NotCompilable
from gateway.compiled.schema_view import HASHABLE_LEAVES, TYPENAME, SchemaView
from gateway.query_plan import Fetch, Key, OnTypes, RenameKey, Rewrite, SetValue
from gateway.selection_set import Field, InlineFragment, SelectionSet


@dataclass(frozen=True, slots=True)
class Part:
    """One member: ``slot`` read and written as ``key``; or a ``constant``; ``parts`` for objects."""

    key: str
    slot: Slot | None = None
    constant: str | None = None
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True, slots=True)
class Representation:
    """How objects of ``layout`` are represented; one ``number`` is one kind in one part of a request."""

    number: int
    layout: ObjectLayout
    parts: tuple[Part, ...]

    @property
    def values(self) -> tuple[Part, ...]:
        """The parts that differ from object to object."""
        return tuple(part for part in self.parts if part.slot is not None)


RepresentationKind: TypeAlias = tuple[object, ...]
"""A type and all that is constant in its representations: two of one kind with equal values are one entity."""


def kind_of(type_name: str, parts: tuple[Part, ...]) -> RepresentationKind:
    """The kind of representations that objects of ``type_name`` have."""
    return (type_name, *(_constants(part) for part in parts))


def _constants(part: Part) -> tuple[object, ...]:
    return (part.key, part.constant, *(_constants(each) for each in part.parts))


def representation_parts(layout: ObjectLayout, fetch: Fetch, deliveries: Deliveries) -> tuple[Part, ...] | None:
    """What objects of ``layout`` are represented by; None when the fetch takes no objects of that type."""
    parts = _parts(layout, fetch.requires, deliveries)
    if not any(part.slot is not None for part in parts):
        return None
    if all(part.key != TYPENAME for part in parts):
        parts = (*parts, Part(TYPENAME, constant=_own_type(layout, fetch)))
    for rewrite in fetch.input_rewrites:
        parts = _rewritten(parts, rewrite, layout.type_name)
    return parts


def is_hashable(part: Part, schema: SchemaView) -> bool:
    """Whether the part's value can be a member of a dictionary's key as it stands."""
    type_ = part.slot.type if part.slot is not None else None
    return (
        type_ is not None
        and type_.item is None
        and not part.parts
        and (type_.named in HASHABLE_LEAVES or schema.is_enum(type_.named))
    )


def _parts(layout: ObjectLayout, selections: SelectionSet, deliveries: Deliveries) -> tuple[Part, ...]:
    schema, conditions = deliveries.builder.schema, deliveries.builder.conditions
    parts: dict[str, Part] = {}
    for key, fields in schema.collect(layout.type_name, (selections,), conditions).items():
        first = fields[0]
        if first.name == TYPENAME and key not in layout.deliveries:
            continue
        part = _part(layout, key, fields, deliveries)
        if parts.setdefault(part.key, part) is not part:
            raise NotCompilable(f"a representation takes {first.name} from several values")
    return tuple(parts.values())


def _part(layout: ObjectLayout, key: str, fields: list[Field], deliveries: Deliveries) -> Part:
    first = fields[0]
    selections = tuple(selection for each in fields if each.selections is not None for selection in each.selections)
    slot = deliveries.need(layout, key, selections or None)
    if slot.field_name == TYPENAME:
        return Part(first.name, constant=slot.constant or layout.type_name)
    if slot.child is None:
        return Part(first.name, slot)
    (child,) = slot.child.layouts
    return Part(first.name, slot, parts=_parts(child, selections, deliveries))


def _own_type(layout: ObjectLayout, fetch: Fetch) -> str:
    if TYPENAME in layout.deliveries:
        return layout.type_name
    conditions = {part.type_condition for part in fetch.requires if isinstance(part, InlineFragment)}
    if len(conditions) == 1 and (only := conditions.pop()) is not None:
        return only
    raise NotCompilable("the type of a representation is not known")


def _rewritten(parts: tuple[Part, ...], rewrite: Rewrite, type_name: str) -> tuple[Part, ...]:
    path = rewrite.path
    if path and isinstance(path[0], OnTypes):
        if type_name not in path[0].types:
            return parts
        path = path[1:]
    match path, rewrite:
        case (Key(name),), SetValue(value=value):
            return tuple(Part(name, constant=value) if part.key == name else part for part in parts)
        case (Key(name),), RenameKey(new_name=new_name):
            kept = tuple(part for part in parts if part.key != name)
            return (*kept, *(replace(part, key=new_name) for part in parts if part.key == name))
        case _:
            raise NotCompilable("a representation is rewritten below its first level")
