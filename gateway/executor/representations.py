"""What an entity fetch sends: one representation per distinct entity, and where each one's answer goes.

The one place that knows ``_entities(representations:)``.
Spec: https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/subgraph-spec#query_entities
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec

from gateway.executor.request_parts import RequestPart
from gateway.executor.response_tree import TYPENAME, JsonObject, Place, find_objects
from gateway.executor.rewrites import apply_rewrites
from gateway.executor.type_conditions import TypeConditions
from gateway.query_plan import ContextValue, Fetch, ResponsePath
from gateway.selection_set import Field, InlineFragment, SelectionSet


class _MissingValue(Exception):
    """A required field was never delivered, because the fetch that brings it failed."""


@dataclass(slots=True)
class EntityBatch:
    """Distinct representations that share the values of their context arguments.

    ``places[i]`` are the objects that the answer to ``representations[i]`` is merged into.
    """

    representations: list[JsonObject] = field(default_factory=list)
    places: list[list[Place]] = field(default_factory=list)
    context_values: Mapping[str, Any] = field(default_factory=dict)
    _index: dict[bytes, int] = field(default_factory=dict)

    def add(self, representation: JsonObject, place: Place) -> None:
        identity = msgspec.json.encode(representation)
        index = self._index.setdefault(identity, len(self.representations))
        if index == len(self.representations):
            self.representations.append(representation)
            self.places.append([])
        self.places[index].append(place)


def build_batches(root: JsonObject, part: RequestPart, types: TypeConditions) -> list[EntityBatch]:
    """One batch for each distinct set of context values; most parts have a single one, none when nothing is to do."""
    batches: dict[bytes, EntityBatch] = {}
    fetch = part.fetch
    for place in (place for step in part.steps for place in find_objects(root, step.path)):
        representation = build_representation(place.value, fetch, types)
        if representation is None:
            continue
        values = {value.variable: _context_value(place, value) for value in fetch.context_values}
        batch = batches.setdefault(msgspec.json.encode(values), EntityBatch(context_values=values))
        batch.add(representation, place)
    return list(batches.values())


def build_representation(entity: JsonObject, fetch: Fetch, types: TypeConditions) -> JsonObject | None:
    """The representation of ``entity``, rewritten for its subgraph.

    None when the entity is none of the fetch's types or its type is unknown, when a required value is missing, and when
    all its values are null: nothing identifies such an entity, so no subgraph can know it.
    """
    try:
        representation = _select(entity, fetch.requires, types)
    except _MissingValue:
        return None
    if not representation or not _identifies(representation):
        return None
    if representation.setdefault(TYPENAME, entity.get(TYPENAME) or _only_type(fetch.requires)) is None:
        return None
    apply_rewrites(representation, fetch.input_rewrites)
    return representation


def _select(source: JsonObject, selections: SelectionSet, types: TypeConditions) -> JsonObject:
    selected: JsonObject = {}
    for selection in selections:
        match selection:
            case Field():
                if selection.response_key not in source:
                    if selection.name == TYPENAME:
                        continue
                    raise _MissingValue
                selected[selection.name] = _select_value(source[selection.response_key], selection.selections, types)
            case InlineFragment():
                if _takes(source, selection.type_condition, types):
                    _merge_selected(selected, _select(source, selection.selections, types))
    return selected


def _select_value(value: Any, selections: SelectionSet | None, types: TypeConditions) -> Any:
    if selections is None or value is None:
        return value
    if isinstance(value, list):
        return [_select_value(item, selections, types) for item in value]
    if isinstance(value, dict):
        return _select(value, selections, types)
    raise _MissingValue


def _takes(source: JsonObject, condition: str | None, types: TypeConditions) -> bool:
    """An object that reports no type is taken as what the plan expects there."""
    typename = source.get(TYPENAME)
    return condition is None or not isinstance(typename, str) or types.matches(typename, condition)


def _merge_selected(target: JsonObject, source: JsonObject) -> None:
    for key, value in source.items():
        known = target.get(key)
        if isinstance(known, dict) and isinstance(value, dict):
            _merge_selected(known, value)
        elif isinstance(known, list) and isinstance(value, list) and len(known) == len(value):
            for index, item in enumerate(value):
                if isinstance(known[index], dict) and isinstance(item, dict):
                    _merge_selected(known[index], item)
        else:
            target[key] = value


def _identifies(value: Any) -> bool:
    """True when anything but type names and nulls is there."""
    if isinstance(value, dict):
        return any(key != TYPENAME and _identifies(member) for key, member in value.items())
    if isinstance(value, list):
        return True
    return value is not None


def _only_type(requires: SelectionSet) -> str | None:
    conditions = {part.type_condition for part in requires if isinstance(part, InlineFragment)}
    return conditions.pop() if len(conditions) == 1 else None


def _context_value(place: Place, context: ContextValue) -> Any:
    """The value that the context set, read at an ancestor of the entity; null when it is not there."""
    objects = (*place.ancestors, place.value)
    level = len(objects) - 1 - context.parents_up
    if level < 0:
        return None
    return _read(objects[level], context.path)


def _read(value: Any, path: ResponsePath) -> Any:
    parents, last = path[:-1], path[-1:]
    name = getattr(last[0], "name", None) if last else None
    if name is None or not isinstance(value, dict):
        return None
    places = find_objects(value, parents)
    return places[0].value.get(name) if places else None
