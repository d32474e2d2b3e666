"""What a field set selects: of the world's data, and of a representation that came with a request."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from graphql import parse_const_value, value_from_ast_untyped

from gateway.selection_set import Field, InlineFragment, SelectionSet
from gateway.testing.world import Ref, WorldType

Data = Mapping[str, Mapping[str, Mapping[str, Any]]]


class NotGiven(Exception):
    """A representation lacks a required field; the message names it."""


def computed_value(required: Mapping[str, Any]) -> str:
    """What a field with ``@requires`` answers: it shows all that it was given."""
    return json.dumps(required, sort_keys=True)


def select_from_data(data: Data, types: Mapping[str, WorldType], ref: Ref, selections: SelectionSet) -> dict[str, Any]:
    """The selected values of an object, with the objects that they lead to."""
    found: dict[str, Any] = {}
    for selection in selections:
        if isinstance(selection, InlineFragment):
            if selection.type_condition in {ref.type_name, *types[ref.type_name].interfaces}:
                found |= select_from_data(data, types, ref, selection.selections)
            continue
        value = data[ref.type_name][ref.key][selection.name]
        if types[ref.type_name].fields[selection.name].has_argument and value is not None:
            value = f"{value}/{_suffix(selection)}"
        found[selection.name] = _inside(data, types, value, selection.selections)
    return found


def select_from_representation(sent: Mapping[str, Any], selections: SelectionSet) -> dict[str, Any]:
    """The same of what a request brought. Raises ``NotGiven``."""
    found: dict[str, Any] = {}
    for selection in selections:
        if isinstance(selection, InlineFragment):
            if "__typename" not in sent:
                raise NotGiven("__typename")
            if selection.type_condition == sent["__typename"]:
                found |= select_from_representation(sent, selection.selections)
        elif selection.name not in sent:
            raise NotGiven(selection.name)
        else:
            found[selection.name] = _sent_inside(sent[selection.name], selection.selections)
    return found


def _suffix(selection: Field) -> int:
    values = {each.name: value_from_ast_untyped(parse_const_value(each.value)) for each in selection.arguments}
    return int(values.get("suffix", 0))


def _inside(data: Data, types: Mapping[str, WorldType], value: Any, selections: SelectionSet | None) -> Any:
    if isinstance(value, list):
        return [_inside(data, types, item, selections) for item in value]
    return select_from_data(data, types, value, selections or ()) if isinstance(value, Ref) else value


def _sent_inside(value: Any, selections: SelectionSet | None) -> Any:
    if isinstance(value, list):
        return [_sent_inside(item, selections) for item in value]
    return select_from_representation(value, selections) if isinstance(value, dict) and selections else value
