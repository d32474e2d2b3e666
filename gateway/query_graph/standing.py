"""Standings: a subgraph that can be asked about the object at a position, and what is known of the object there."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.selection_set import Field, InlineFragment, SelectionSet
from gateway.supergraph.model import Subgraph, SubgraphField

ENTITY = "_Entity"
"""Static type of an object that was entered by key: all that is known is the list of its possible types."""


@dataclass(eq=False, slots=True, frozen=True)
class Standing:
    """Objects of ``types`` under the static type ``type``, in ``subgraph``.

    ``provided`` are selections that the path to here provides beside what the subgraph always resolves.
    ``is_typed`` is False where the subgraph cannot tell the object's type (an interface object).
    ``is_door`` marks a standing entered by key; there, ``type`` is ``ENTITY`` or the interface object's name.
    Interned by the query graph: equal standings are the same object.
    """

    subgraph: Subgraph
    type: str
    types: frozenset[str]
    provided: SelectionSet = ()
    is_typed: bool = True
    is_door: bool = False


@dataclass(frozen=True, slots=True)
class Address:
    """How a standing answers a field for ``types``.

    ``fragment`` is the type condition to write, None when the field may stand on the static type. ``field`` is None
    for ``__typename``. ``provided`` holds for the field's value.
    """

    fragment: str | None
    types: frozenset[str]
    field: SubgraphField | None
    provided: SelectionSet = ()


def provided_below(provided: SelectionSet, subgraph: Subgraph, type_name: str, field_name: str) -> SelectionSet | None:
    """What is provided inside the field of an object of ``type_name``; None when the field itself is not."""
    found: SelectionSet | None = None
    for selection in provided:
        match selection:
            case Field(name=name) if name == field_name:
                found = (found or ()) + (selection.selections or ())
            case InlineFragment(type_condition=condition):
                narrowed = subgraph.types.get(condition) if condition else None
                if condition in {None, type_name} or (narrowed and type_name in narrowed.possible_types):
                    inner = provided_below(selection.selections, subgraph, type_name, field_name)
                    found = found if inner is None else (found or ()) + inner
    return found
