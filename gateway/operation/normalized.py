"""The operation that is planned: one, with fragments expanded and constants folded."""

from __future__ import annotations

from dataclasses import dataclass

from gateway.query_plan import OperationKind, VariableDefinition
from gateway.selection_set import Directive, SelectionSet


@dataclass(frozen=True, slots=True)
class NormalizedOperation:
    """An operation ready to be planned; equal operations are equal values, so it can key the plan cache.

    ``selections`` are those of the root type: named fragments expanded, ``@skip``/``@include`` with constants
    folded, the others turned into conditions, repeated selections merged. The order is that of the client's
    document (first occurrence wins), which is also the order of the answer. ``variables`` holds the definitions
    that the selections use. ``directives`` are those of the operation itself.
    """

    kind: OperationKind
    name: str | None
    variables: tuple[VariableDefinition, ...]
    selections: SelectionSet
    directives: tuple[Directive, ...] = ()
