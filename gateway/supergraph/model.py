"""What the gateway knows of a supergraph: its merged schema, and each subgraph's own view of every type.

``load`` makes these values once per supergraph; they never change. Planner, executor and authorization read them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from graphql import GraphQLSchema

from gateway.query_plan import OperationKind
from gateway.selection_set import SelectionSet
from gateway.supergraph.api_schema import to_api_schema


class TypeKind(Enum):
    """Kinds of named types; the value is the SDL keyword."""

    SCALAR = "scalar"
    OBJECT = "type"
    INTERFACE = "interface"
    UNION = "union"
    ENUM = "enum"
    INPUT = "input"


@dataclass(frozen=True, slots=True)
class EntityKey:
    """One ``@key`` of a type in a subgraph. Only ``resolvable`` keys lead into the subgraph."""

    fields: SelectionSet
    resolvable: bool


@dataclass(frozen=True, slots=True)
class OverrideCondition:
    """A field under progressive override: it is this subgraph's only when the label's state is ``active``."""

    label: str
    active: bool


@dataclass(frozen=True, slots=True)
class ContextArgument:
    """``@fromContext``: the argument ``name`` is filled from ``selection``, read at an ancestor setting ``context``.

    ``type_text`` is the argument's type in the subgraph.
    """

    name: str
    type_text: str
    context: str
    selection: SelectionSet


@dataclass(frozen=True, slots=True)
class SubgraphField:
    """A field as one subgraph has it.

    ``type_text`` is the field's type there, ``named_type`` the named type inside. ``external`` fields resolve only
    where a key or a ``provides`` says so. ``requires`` and ``provides`` are empty when there are none.
    """

    name: str
    type_text: str
    named_type: str
    external: bool = False
    requires: SelectionSet = ()
    provides: SelectionSet = ()
    override: OverrideCondition | None = None
    context_arguments: tuple[ContextArgument, ...] = ()


@dataclass(frozen=True, slots=True)
class SubgraphType:
    """A type as one subgraph has it.

    ``possible_types`` are the object types that a value of this type can have there, sorted (an object type: itself;
    leaves and inputs: none). ``is_interface_object`` marks an object type that stands for an interface of other
    subgraphs. ``interfaces`` are those that the type implements in this subgraph.
    """

    name: str
    kind: TypeKind
    keys: tuple[EntityKey, ...] = ()
    fields: Mapping[str, SubgraphField] = field(default_factory=dict)
    interfaces: tuple[str, ...] = ()
    possible_types: tuple[str, ...] = ()
    is_interface_object: bool = False

    @property
    def is_abstract(self) -> bool:
        """Whether values of the type have an object type of another name."""
        return self.kind in {TypeKind.INTERFACE, TypeKind.UNION}


@dataclass(frozen=True, slots=True)
class Subgraph:
    """A subgraph: ``graph`` is its value in ``join__Graph``, ``name`` what people call it."""

    name: str
    graph: str
    url: str
    types: Mapping[str, SubgraphType]


@dataclass(frozen=True)
class Supergraph:
    """A loaded supergraph.

    ``schema`` is the merged schema with everything in it, also what clients may not see and the machinery of specs.
    ``subgraphs`` are by name, in the order of ``join__Graph``. ``contexts`` maps the name of a context to the types
    that set it. ``override_labels`` are all labels of progressive overrides. ``possible_types`` are the object types
    of each composite type in the merged schema, sorted.
    """

    schema: GraphQLSchema
    subgraphs: Mapping[str, Subgraph]
    root_types: Mapping[OperationKind, str]
    possible_types: Mapping[str, tuple[str, ...]]
    contexts: Mapping[str, tuple[str, ...]]
    override_labels: frozenset[str]

    @cached_property
    def api_schema(self) -> GraphQLSchema:
        """What clients see: without machinery and inaccessible elements."""
        return to_api_schema(self.schema)
