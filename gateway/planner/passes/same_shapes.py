"""Fields that share a response key must have types of one shape in the subgraph; those that do not get an alias.

The merged schema may give two fields one type where a subgraph has different ones (nullable here, not there). Such a
selection is valid for the client and invalid for the subgraph (https://spec.graphql.org/draft/#SameResponseShape()),
so one of the fields is fetched under another key, and its value is put back before merging: inner keys before the
outer ones that lead to them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from gateway.planner.fetch_group import FetchGroup
from gateway.planner.selection_builder import TYPENAME, FieldKey, SelectionBuilder
from gateway.query_plan import EachItem, Key, RenameKey, ResponsePath
from gateway.supergraph.model import Subgraph


@dataclass(frozen=True, slots=True)
class _Selections:
    """Selections for one response position: ``path`` from the result's root, by the keys that the answer has."""

    builder: SelectionBuilder
    type: str
    path: ResponsePath


@dataclass(frozen=True, slots=True)
class _Occurrence:
    where: _Selections
    key: FieldKey
    type_text: str
    named_type: str


def alias_other_shapes(group: FetchGroup, subgraph: Subgraph) -> None:
    """Alias conflicting fields in the group's selections, and note how results are put right."""
    _alias(group, subgraph, [_Selections(group.selections, group.selections.type, ())])


def _alias(group: FetchGroup, subgraph: Subgraph, together: list[_Selections]) -> None:
    shapes: dict[str, dict[str, list[_Occurrence]]] = {}
    for occurrence in [found for item in together for found in _occurrences(item, subgraph)]:
        by_shape = shapes.setdefault(occurrence.key.response_key, {})
        by_shape.setdefault(_shape(occurrence, subgraph), []).append(occurrence)
    for response_key, by_shape in shapes.items():
        for number, occurrences in enumerate(by_shape.values()):
            renamed = [_rename(item, shapes, number - 1) for item in occurrences] if number else occurrences
            below = [
                _Selections(inner, item.named_type, _path_below(item))
                for item in renamed
                if (inner := item.where.builder.members[item.key]) is not None
            ]
            if below:
                _alias(group, subgraph, below)
            for item in renamed if number else ():
                group.output_rewrites[RenameKey((*item.where.path, Key(item.key.response_key)), response_key)] = None


def _occurrences(item: _Selections, subgraph: Subgraph) -> list[_Occurrence]:
    """Fields of the selections and of all fragments in them.

    Paths do not say the fragments' types: results need not tell theirs, and an alias stands nowhere else.
    """
    own = subgraph.types.get(item.type)
    found = []
    for key, _ in item.builder.fields:
        if key.name == TYPENAME.name:
            found.append(_Occurrence(item, key, "String!", "String"))
            continue
        known = own.fields.get(key.name) if own is not None else None
        if known is not None:
            found.append(_Occurrence(item, key, known.type_text, known.named_type))
    for fragment, inner in item.builder.fragments:
        condition = fragment.condition
        found += _occurrences(_Selections(inner, condition or item.type, item.path), subgraph)
    return found


def _shape(occurrence: _Occurrence, subgraph: Subgraph) -> str:
    """What has to be equal: the whole type of a leaf, the lists and non-nulls around an object."""
    own = subgraph.types.get(occurrence.named_type)
    is_composite = own is not None and bool(own.possible_types)
    return occurrence.type_text.replace(occurrence.named_type, "") if is_composite else occurrence.type_text


def _rename(item: _Occurrence, taken: dict[str, dict[str, list[_Occurrence]]], number: int) -> _Occurrence:
    response_key = item.key.response_key
    alias = f"{response_key}__alias_{number}"
    while alias in taken:
        alias += "_"
    return replace(item, key=item.where.builder.rename(item.key, alias))


def _path_below(item: _Occurrence) -> ResponsePath:
    """The path as the answer has it before any key is put back."""
    lists = item.type_text.count("[")
    return (*item.where.path, Key(item.key.response_key), *(EachItem() for _ in range(lists)))
