"""What a subgraph sends without being asked is dropped: the tree may hold that name for another fetch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeAlias

from gateway.selection_set import Field, SelectionSet

AskedMembers: TypeAlias = "Mapping[str, AskedMembers | None]"
"""Response keys with what is asked below; None for leaves, whose values are whatever they are."""


def asked_members(selections: SelectionSet) -> AskedMembers:
    """What a fetch asks of objects of any type."""
    asked: dict[str, AskedMembers | None] = {}
    _add(selections, asked)
    return asked


def _add(selections: SelectionSet, asked: dict[str, Any]) -> None:
    for selection in selections:
        if not isinstance(selection, Field):
            _add(selection.selections, asked)
        elif selection.selections is None:
            asked.setdefault(selection.response_key, None)
        else:
            _add(selection.selections, asked.setdefault(selection.response_key, {}))


def drop_unasked(value: Any, asked: AskedMembers) -> None:
    """Leave in ``value``, an object or list of objects, nothing but what was asked."""
    if isinstance(value, list):
        for item in value:
            drop_unasked(item, asked)
    elif isinstance(value, dict):
        if not value.keys() <= asked.keys():
            for key in value.keys() - asked.keys():
                del value[key]
        for key, below in asked.items():
            if below is not None and key in value:
                drop_unasked(value[key], below)
