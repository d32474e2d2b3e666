"""Plan nodes: the one place where planner and executor meet.

A plan is a tree of frozen nodes. A ``Fetch`` is one subgraph operation; ``Flatten`` runs the fetch below it for the
entities found at a response path; ``Sequence`` and ``Parallel`` order them. How fetches of a wave are batched into
HTTP requests is the executor's business.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

from gateway.selection_set import SelectionSet


class OperationKind(Enum):
    """Kinds of GraphQL operations; the value is the keyword."""

    QUERY = "query"
    MUTATION = "mutation"
    SUBSCRIPTION = "subscription"


@dataclass(frozen=True, slots=True)
class Key:
    """Step into the object member with this response key."""

    name: str


@dataclass(frozen=True, slots=True)
class EachItem:
    """Step into every item of a list (printed ``@``)."""


@dataclass(frozen=True, slots=True)
class OnTypes:
    """Go on only for objects whose ``__typename`` is one of these (printed ``|[A,B]``)."""

    types: tuple[str, ...]


PathElement: TypeAlias = Key | EachItem | OnTypes
ResponsePath: TypeAlias = tuple[PathElement, ...]


@dataclass(frozen=True, slots=True)
class SetValue:
    """Rewrite: put ``value`` at ``path`` of each object (interface objects: the ``__typename`` that is sent on)."""

    path: ResponsePath
    value: str


@dataclass(frozen=True, slots=True)
class RenameKey:
    """Rewrite: what stands at ``path`` is moved to the sibling key ``new_name``."""

    path: ResponsePath
    new_name: str


Rewrite: TypeAlias = SetValue | RenameKey


@dataclass(frozen=True, slots=True)
class ContextValue:
    """``@fromContext``: the value at ``path`` becomes the variable ``variable`` of the fetch.

    ``parents_up`` says how many response-path keys above the fetched entity the path starts.
    """

    path: ResponsePath
    parents_up: int
    variable: str


@dataclass(frozen=True, slots=True)
class VariableDefinition:
    """``$name: type_text = default_text`` of a subgraph operation."""

    name: str
    type_text: str
    default_text: str | None = None


@dataclass(frozen=True, slots=True)
class Fetch:
    """One operation sent to one subgraph.

    A root fetch has empty ``requires`` and its ``selections`` are those of the root type. An entity fetch has
    ``requires`` (inline fragments per entity type: what each representation holds, read from the response tree by
    response key and written by field name) and its ``selections`` stand inside ``_entities``, as inline fragments
    per type. ``operation`` is the complete document text, in which an entity fetch takes ``$representations``.
    ``input_rewrites`` change each representation before sending, ``output_rewrites`` each result before merging.
    ``id`` is unique within the plan and follows printing order.
    """

    id: int
    subgraph: str
    kind: OperationKind
    operation: str
    operation_name: str | None
    selections: SelectionSet
    variables: tuple[VariableDefinition, ...] = ()
    requires: SelectionSet = ()
    input_rewrites: tuple[Rewrite, ...] = ()
    output_rewrites: tuple[Rewrite, ...] = ()
    context_values: tuple[ContextValue, ...] = ()


@dataclass(frozen=True, slots=True)
class Flatten:
    """Run ``node`` for the entities at ``path`` (from the root of the response) and merge its results there."""

    path: ResponsePath
    node: PlanNode


@dataclass(frozen=True, slots=True)
class Sequence:
    """Run ``nodes`` one after the other."""

    nodes: tuple[PlanNode, ...]


@dataclass(frozen=True, slots=True)
class Parallel:
    """Run ``nodes`` at the same time."""

    nodes: tuple[PlanNode, ...]


@dataclass(frozen=True, slots=True)
class ConditionNode:
    """Run one of the branches by the value of a Boolean variable; a missing branch does nothing."""

    variable: str
    if_node: PlanNode | None = None
    else_node: PlanNode | None = None


@dataclass(frozen=True, slots=True)
class DeferredPart:
    """One ``@defer`` fragment: what is delivered later, and the fetches that it waits for.

    ``depends`` holds ids of fetches of the primary part; ``path`` is that of the fragment's parent; ``selections``
    is what the client asked for there.
    """

    label: str | None
    path: ResponsePath
    selections: SelectionSet
    depends: tuple[int, ...] = ()
    node: PlanNode | None = None


@dataclass(frozen=True, slots=True)
class DeferNode:
    """The part answered at once and the parts that follow it."""

    primary_selections: SelectionSet
    primary: PlanNode | None
    deferred: tuple[DeferredPart, ...]


@dataclass(frozen=True, slots=True)
class SubscriptionNode:
    """``primary`` opens the event stream; ``rest`` completes each event."""

    primary: Fetch
    rest: PlanNode | None = None


PlanNode: TypeAlias = Fetch | Flatten | Sequence | Parallel | ConditionNode | DeferNode | SubscriptionNode


@dataclass(frozen=True, slots=True)
class QueryPlan:
    """A complete plan; ``node`` is None when nothing has to be fetched (introspection only, all skipped)."""

    node: PlanNode | None
