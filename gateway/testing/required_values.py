"""What a field set selects: of the world's data, and of a representation that came with a request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from graphql import parse_const_value, value_from_ast_untyped

from gateway.selection_set import Field, InlineFragment, SelectionSet
from gateway.testing.shown_values import shown
from gateway.testing.world import Ref, WorldType

TYPENAME: Final = "__typename"

Data = Mapping[str, Mapping[str, Mapping[str, Any]]]


class NotGiven(Exception):
    """A representation lacks a required field; the message names it."""


def computed_value(name: str, required: Mapping[str, Any]) -> str:
    """What the field ``name`` with ``@requires`` answers: it shows all that it was given."""
    return f"{name} of {shown(required)}"


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
        arguments = types[ref.type_name].fields[selection.name].arguments
        if arguments and value is not None:
            value = f"{value}/{shown(_given(arguments, selection))}"
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


def _given(arguments: Mapping[str, str], selection: Field) -> dict[str, Any]:
    """The arguments of a required field, with their defaults."""
    defaults = {name: text.partition("=")[2].strip() for name, text in arguments.items()}
    written = {each.name: each.value for each in selection.arguments}
    return {
        name: value_from_ast_untyped(parse_const_value(text)) for name, text in (defaults | written).items() if text
    }


def _inside(data: Data, types: Mapping[str, WorldType], value: Any, selections: SelectionSet | None) -> Any:
    if isinstance(value, list):
        return [_inside(data, types, item, selections) for item in value]
    return select_from_data(data, types, value, selections or ()) if isinstance(value, Ref) else value


def _sent_inside(value: Any, selections: SelectionSet | None) -> Any:
    if isinstance(value, list):
        return [_sent_inside(item, selections) for item in value]
    return select_from_representation(value, selections) if isinstance(value, dict) and selections else value
