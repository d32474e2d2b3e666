"""The response tree: plain JSON values by response key, as the subgraphs sent them, before projection.

Finding the objects that a fetch works on, and merging what it brought. Nothing here awaits.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, TypeAlias

from gateway.errors import ErrorPath
from gateway.executor.type_conditions import TypeConditions
from gateway.query_plan import EachItem, Key, OnTypes, ResponsePath

JsonObject: TypeAlias = dict[str, Any]

TYPENAME = "__typename"


@dataclass(frozen=True, slots=True)
class Place:
    """An object of the tree and where it stands; ``ancestors`` are the objects above it, the root first."""

    path: ErrorPath
    value: JsonObject
    ancestors: tuple[JsonObject, ...] = ()


def find_objects(root: JsonObject, path: ResponsePath) -> list[Place]:
    """The objects at ``path`` in document order; nulls and what is not an object are passed over."""
    return list(_walk(Place((), root), root, path))


def _walk(place: Place, value: Any, path: ResponsePath) -> Iterator[Place]:
    """``place`` is the innermost object met so far, with the path of ``value`` (which may be a list inside it)."""
    if not path:
        if isinstance(value, dict):
            yield Place(place.path, value, place.ancestors)
        return
    step, rest = path[0], path[1:]
    match step:
        case Key(name):
            if isinstance(value, dict) and name in value:
                yield from _walk(Place((*place.path, name), {}, (*place.ancestors, value)), value[name], rest)
        case EachItem():
            if isinstance(value, list):
                for index, item in enumerate(value):
                    yield from _walk(Place((*place.path, index), {}, place.ancestors), item, rest)
        case OnTypes(types):
            if isinstance(value, dict) and value.get(TYPENAME) in types:
                yield from _walk(place, value, rest)


def merge_object(target: JsonObject, source: JsonObject, types: TypeConditions) -> None:
    """Merge ``source`` into ``target``, object by object and list item by list item.

    A null never replaces a value: two subgraphs may both answer for an object, and one of them may have failed. A
    concrete ``__typename`` is never replaced by the interface's name that an interface object reports.
    """
    for key, value in source.items():
        known = target.get(key)
        if known is None:
            target[key] = value
        elif value is None:
            continue
        elif isinstance(known, dict) and isinstance(value, dict):
            merge_object(known, value, types)
        elif isinstance(known, list) and isinstance(value, list):
            _merge_list(known, value, types)
        elif key != TYPENAME or not (isinstance(value, str) and types.is_abstract(value)):
            target[key] = value


def _merge_list(target: list[Any], source: list[Any], types: TypeConditions) -> None:
    for index, value in enumerate(source):
        if index >= len(target):
            target.append(value)
        elif target[index] is None:
            target[index] = value
        elif isinstance(target[index], dict) and isinstance(value, dict):
            merge_object(target[index], value, types)
        elif isinstance(target[index], list) and isinstance(value, list):
            _merge_list(target[index], value, types)


def copy_json(value: Any) -> Any:
    """A copy that shares no object or list: one entity merged into several places must not tie them together."""
    if isinstance(value, dict):
        return {key: copy_json(member) for key, member in value.items()}
    if isinstance(value, list):
        return [copy_json(item) for item in value]
    return value
