"""What a field set selects: of the world's data, and of a representation that came with a request."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

from graphql import parse_const_value, value_from_ast_untyped

from gateway.selection_set import Field, InlineFragment, SelectionSet
from gateway.testing.world import Ref, WorldType

TYPENAME: Final = "__typename"

Data = Mapping[str, Mapping[str, Mapping[str, Any]]]


class NotGiven(Exception):
    """A representation lacks a required field; the message names it."""


def computed_value(name: str, required: Mapping[str, Any]) -> str:
    """What the field ``name`` with ``@requires`` answers: it shows all that it was given.

    However the number 3 is written, it is shown as 3.
    """
    return f"{name} of {json.dumps(_plain(required), sort_keys=True, ensure_ascii=False)}"


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(member) for key, member in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def select_from_data(data: Data, types: Mapping[str, WorldType], ref: Ref, selections: SelectionSet) -> dict[str, Any]:
    """The selected values of an object, with the objects that they lead to; its type where fragments ask for it."""
    found: dict[str, Any] = {}
    for selection in selections:
        if isinstance(selection, InlineFragment):
            if selection.type_condition in {ref.type_name, *types[ref.type_name].interfaces}:
                found |= select_from_data(data, types, ref, selection.selections)
            found[TYPENAME] = ref.type_name
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
            if TYPENAME not in sent:
                raise NotGiven(TYPENAME)
            if selection.type_condition == sent[TYPENAME]:
                found |= select_from_representation(sent, selection.selections)
            found[TYPENAME] = sent[TYPENAME]
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
