"""Fetch groups: the fetches of a plan while it is being built."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from gateway.planner.conflicts import has_rivals
from gateway.planner.selection_builder import TYPENAME, FragmentKey, SelectionBuilder
from gateway.query_plan import ContextValue, OperationKind, ResponsePath, Rewrite, VariableDefinition
from gateway.selection_set import Condition, Selection, SelectionSet


@dataclass(frozen=True, slots=True)
class ObjectSet:
    """The objects that one place in the operation leads to: under a response key of those of ``parent``.

    They are those whose parent is of ``types``, while ``conditions`` hold.
    """

    parent: ObjectSet | None = None
    response_key: str = ""
    types: frozenset[str] = frozenset()
    conditions: frozenset[Condition] = frozenset()

    @property
    def all_conditions(self) -> frozenset[Condition]:
        """All that has to hold for any of them to be there."""
        return self.conditions if self.parent is None else self.conditions | self.parent.all_conditions

    def is_within(self, other: ObjectSet) -> bool:
        """Whether these are among the other ones, whatever the data."""
        if self is other:
            return True
        return (
            self.response_key == other.response_key
            and self.types <= other.types
            and self.conditions >= other.conditions
            and (self.parent is None) == (other.parent is None)
            and (self.parent is None or other.parent is None or self.parent.is_within(other.parent))
        )


@dataclass(frozen=True, slots=True)
class Representation:
    """What an entity fetch needs of objects of one type."""

    type: str
    fields: SelectionSet
    objects: ObjectSet


@dataclass(slots=True)
class Represented:
    """What representations of a type hold, and for which sets of objects."""

    object_sets: set[ObjectSet] = field(default_factory=set)
    fields: set[Selection] = field(default_factory=set)


@dataclass(eq=False, slots=True)
class FetchGroup:
    """One fetch: from which subgraph, for which objects, what it needs and what it asks.

    A group with ``requires`` is an entity fetch, whose ``selections`` stand on ``_Entity``; without, it asks the
    root type for ``kind``. ``wave`` is one more than the latest wave among ``depends_on``. ``place`` is equal where
    groups ask the same subgraph for what is at the same path. ``block`` tells the groups of different ``@defer``
    fragments apart. ``asked_under`` are conditions of all that the operation asks here (None: it asks nothing),
    ``conditions`` those under which the fetch is made.
    """

    subgraph: str
    kind: OperationKind
    path: ResponsePath
    wave: int
    depends_on: frozenset[FetchGroup]
    selections: SelectionBuilder
    requires: SelectionBuilder
    place: object = None
    block: object = None
    input_rewrites: dict[Rewrite, None] = field(default_factory=dict)
    output_rewrites: dict[Rewrite, None] = field(default_factory=dict)
    context_values: dict[ContextValue, VariableDefinition] = field(default_factory=dict)
    ancestors: frozenset[FetchGroup] = frozenset()
    represented: dict[str, Represented] = field(default_factory=dict)
    asked_under: frozenset[Condition] | None = None
    conditions: frozenset[Condition] | None = None

    def ask(self, conditions: frozenset[Condition]) -> None:
        """Note that the operation asks for something in this fetch where the conditions hold."""
        self.asked_under = conditions if self.asked_under is None else self.asked_under & conditions

    def selections_for(self, objects: ObjectSet) -> SelectionBuilder:
        """Where to write what is asked of these objects: others that the fetch is for may be there without them.

        Conditions that hold for all of the fetch are taken off when it is written.
        """
        target = self.selections
        for condition in sorted(objects.all_conditions):
            target = target.fragment(FragmentKey(None, (), (condition,)))
        return target

    def can_represent(self, representation: Representation) -> bool:
        """Whether the fetch may ask for this as well, and still get whole representations for all objects.

        Objects that other selections lead to may lack what these objects are asked for; and a representation that
        is not whole is not sent. A representation has each field once, so the same with other arguments is refused.
        """
        known = self.represented.get(representation.type)
        if known is None:
            return True
        fields = set(representation.fields)
        if has_rivals((*known.fields, *fields)):
            return False
        takes_all = all(other.is_within(representation.objects) for other in known.object_sets)
        is_among = any(representation.objects.is_within(other) for other in known.object_sets)
        if takes_all:
            return is_among or known.fields <= fields
        if is_among:
            return fields <= known.fields
        return fields == known.fields

    def represent(self, representation: Representation) -> None:
        """Add to what representations of a type hold."""
        known = self.represented.setdefault(representation.type, Represented())
        known.object_sets.add(representation.objects)
        known.fields.update(representation.fields)
        requires = self.requires.on(representation.type)
        requires.leaf(TYPENAME)
        requires.add(representation.fields)

    def absorb(self, other: FetchGroup) -> None:
        """Ask for all that another group at the same place asks for, of its objects too."""
        for type_name, known in other.represented.items():
            own = self.represented.setdefault(type_name, Represented())
            own.object_sets |= known.object_sets
            own.fields |= known.fields
        self.requires.absorb(other.requires)
        self.selections.absorb(other.selections)


class DependencyGraph:
    """All fetch groups of a plan, in order of creation."""

    def __init__(self) -> None:
        self.groups: list[FetchGroup] = []
        self._by_place: dict[object, list[FetchGroup]] = {}

    def group(
        self,
        subgraph: str,
        kind: OperationKind,
        path: ResponsePath,
        type_name: str,
        depends_on: Iterable[FetchGroup],
        *,
        representation: Representation | None = None,
        block: object = None,
        variant: object = None,
    ) -> FetchGroup:
        """A group that runs after ``depends_on``: an earlier one when it waits for all of these and for no longer.

        ``type_name`` is the static type of its selections. Groups of another ``variant`` are never shared.
        """
        needed = frozenset(depends_on)
        wave = 1 + max((item.wave for item in needed), default=-1)
        place = (subgraph, kind, path, type_name, block, variant)
        for group in self._by_place.get(place, ()):
            if (
                group.wave == wave
                and needed <= group.ancestors
                and (representation is None or group.can_represent(representation))
            ):
                if representation is not None:
                    group.represent(representation)
                return group
        group = FetchGroup(
            subgraph=subgraph,
            kind=kind,
            path=path,
            wave=wave,
            depends_on=needed,
            selections=SelectionBuilder(type_name, is_ordered=kind is OperationKind.MUTATION),
            requires=SelectionBuilder(""),
            place=place,
            block=block,
            ancestors=needed.union(*(item.ancestors for item in needed)),
        )
        if representation is not None:
            group.represent(representation)
        self.groups.append(group)
        self._by_place.setdefault(place, []).append(group)
        return group
