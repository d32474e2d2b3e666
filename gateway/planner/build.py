"""From the path tree to fetch groups: each part of a choice is written into the fetch that was chosen for it.

Fetches come into being when the first field is written into them, so a door that nothing goes through costs nothing.
Parts that only one standing can answer go first; those that several can are then given to one that is in use.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from gateway.planner.choose import Chooser
from gateway.planner.context_values import ContextRead, ContextUse, ContextVariables, key_count, value_paths
from gateway.planner.errors import OperationNotPlannable, PlanningErrorCode
from gateway.planner.fetch_group import DependencyGraph, FetchGroup, ObjectSet, Representation
from gateway.planner.handle import Handle, Place
from gateway.planner.operation_tree import Entry, Position
from gateway.planner.path_tree import Choice, Door, Entrance, Part, Requirement
from gateway.planner.scope import EVERYTHING, Groups, Scope
from gateway.planner.selection_builder import TYPENAME, FieldKey, FragmentKey, SelectionBuilder
from gateway.query_graph.standing import ENTITY, Address, Standing
from gateway.query_plan import (
    Key,
    OnTypes,
    OperationKind,
    ResponsePath,
    SetValue,
    VariableDefinition,
)
from gateway.selection_set import Argument, SelectionSet


class Builder:
    """Writes choices into a dependency graph."""

    def __init__(
        self, chooser: Chooser, graph: DependencyGraph, kind: OperationKind, variables: ContextVariables
    ) -> None:
        self.chooser = chooser
        self.query_graph = chooser.graph
        self.graph = graph
        self.kind = kind
        self.variables = variables

    def build(
        self,
        choice: Choice,
        origins: Sequence[Handle],
        parent: Scope | None = None,
        objects: ObjectSet = EVERYTHING,
        *,
        is_added: bool = False,
    ) -> Groups:
        """Write a choice; returns the groups that bring its data."""
        handles = list(origins)
        scope = Scope(choice, handles, parent, objects, is_added)
        handles += [self._door_handle(door, scope) for door in choice.doors]
        groups: Groups = set()
        for part in self._in_order(choice):
            if part.requirement is not None:
                groups |= self._requirement(part, part.requirement, scope)
            elif part.child is None:
                groups |= self._leaf(part, scope)
            else:
                groups |= self._composite(part, part.child, scope)
        for deferred in choice.deferred:
            self.build(deferred, handles if deferred.origins else (), parent, scope.objects, is_added=is_added)
        return groups

    # --- parts

    def _in_order(self, choice: Choice) -> Sequence[Part]:
        """Requirements first: the fetches that they make can take in fields that need less, not the other way round.

        Then what only one standing can answer. Mutation fields stay as they are: so they are executed.
        """
        if self.kind is OperationKind.MUTATION and not choice.position.path:
            return choice.parts
        return sorted(choice.parts, key=lambda part: (part.requirement is None, len(part.able) > 1, part.child is None))

    def _leaf(self, part: Part, scope: Scope) -> Groups:
        handle = min(
            (scope.handles[number] for number in part.able), key=lambda handle: (not handle.is_open, handle.wave)
        )
        groups: Groups = set()
        for place, types in handle.open(part.types):
            for address in self._addresses(handle.standing, part.entry, types):
                target, key = _target(place.selections, address.fragment, part.entry)
                target.leaf(key)
                self._write_provided(address, handle.standing, place, scope)
            scope.ask(place.group, part.entry)
            groups.add(place.group)
        return groups

    def _composite(self, part: Part, child: Choice, scope: Scope) -> Groups:
        handles = [
            Handle(standing, wave, self._writer(scope.handles[number], part, child.position, scope))
            for number, (standing, wave) in zip(part.able, child.origins, strict=True)
        ]
        preferred = [scope.handles[number] for number in part.able]
        return self._below(part, child, handles, preferred, scope)

    def _below(
        self, part: Part, child: Choice, handles: list[Handle], parents: Sequence[Handle], scope: Scope
    ) -> Groups:
        """Build a child; when nothing was asked below, its mere presence is still asked for."""
        conditions = frozenset(part.entry.conditions)
        objects = ObjectSet(scope.objects, part.entry.response_key, part.types, conditions)
        groups = self.build(child, handles, scope, objects, is_added=scope.is_added)
        if not any(handle.is_open for handle in handles):
            number = min(range(len(handles)), key=lambda item: (not parents[item].is_open, parents[item].wave))
            types = handles[number].standing.types or child.position.types
            for place, _ in handles[number].open((min(types, default=child.position.type),)):
                place.selections.leaf(TYPENAME)
                groups.add(place.group)
        return groups

    def _writer(self, parent: Handle, part: Part, child: Position, scope: Scope) -> Callable[[str], list[Place]]:
        """Writes a composite field once, whatever types are asked for below."""
        written: list[Place] = []

        def write(_: str) -> list[Place]:
            if not written:
                for place, types in parent.open(part.types):
                    scope.ask(place.group, part.entry)
                    for address in self._addresses(parent.standing, part.entry, types):
                        assert address.field is not None
                        target, key = _target(place.selections, address.fragment, part.entry)
                        self._write_provided(address, parent.standing, place, scope)
                        written.append(
                            Place(
                                place.group, self._field(target, key, parent.standing, address.field.named_type, child)
                            )
                        )
            return written

        return write

    def _requirement(self, part: Part, requirement: Requirement, scope: Scope) -> Groups:
        """A field that waits for others: its own fetch, or one that comes after them all anyway."""
        (type_name,) = part.types
        depends: Groups = set()
        needed: SelectionSet = ()
        if requirement.requires is not None:
            suppliers = [scope.handles[number] for number in requirement.suppliers]
            depends |= self.build(requirement.requires, suppliers, scope.parent, scope.objects, is_added=True)
            needed = requirement.requires.position.selections
        context = self._context(requirement, scope)
        inline = self._place_that_knows(context, requirement, type_name, scope)
        if inline is not None:
            return self._write_required(part, requirement, context, scope, place=inline, fragment=None)
        depends |= context.groups
        depends |= self._supply(requirement.entrance, type_name, scope)
        group = self._entity_group(
            requirement.standing, requirement.entrance, type_name, scope, depends=depends, needed=needed
        )
        fragment = requirement.standing.type if requirement.standing.type != ENTITY else type_name
        return self._write_required(
            part,
            requirement,
            context,
            scope,
            place=Place(group, group.selections_for(scope.objects)),
            fragment=fragment,
        )

    def _place_that_knows(
        self, context: ContextUse, requirement: Requirement, type_name: str, scope: Scope
    ) -> Place | None:
        """A fetch that returns the object anyway and starts when the context's values are there."""
        if requirement.requires is not None:
            return None
        for handle in scope.handles[: len(scope.choice.origins)]:
            if handle.standing.subgraph is requirement.standing.subgraph and type_name == handle.standing.type:
                for place, _ in handle.open((type_name,)):
                    if context.is_known_to(place.group):
                        return place
        return None

    def _write_required(
        self,
        part: Part,
        requirement: Requirement,
        context: ContextUse,
        scope: Scope,
        *,
        place: Place,
        fragment: str | None,
    ) -> Groups:
        """Write the field itself, with what comes below it."""
        context.give(place.group)
        scope.ask(place.group, part.entry)
        target, key = _target(place.selections, fragment, part.entry)
        key = replace(key, arguments=(*key.arguments, *context.arguments))
        if part.child is None:
            target.leaf(key)
            return {place.group}
        child_standing, wave = part.child.origins[0]
        child_position = part.child.position
        field_type = requirement.field.named_type

        def write(_: str) -> list[Place]:
            return [Place(place.group, self._field(target, key, requirement.standing, field_type, child_position))]

        handle = Handle(child_standing, wave, write)
        return {place.group} | self._below(part, part.child, [handle], [handle], scope)

    # --- fields

    def _addresses(self, standing: Standing, entry: Entry, types: frozenset[str]) -> tuple[Address, ...]:
        return self.query_graph.resolve(standing, entry.name, entry.condition, entry.runtime, types)

    def _field(
        self, target: SelectionBuilder, key: FieldKey, standing: Standing, type_name: str, child: Position
    ) -> SelectionBuilder:
        """Add a composite field. Where its objects can have several types, the answer has to tell which."""
        own = standing.subgraph.types[type_name]
        selections = target.field(key, type_name)
        if not own.is_interface_object and (own.is_abstract or len(child.types) > 1):
            selections.leaf(TYPENAME)
        return selections

    # --- doors

    def _door_handle(self, door: Door, scope: Scope) -> Handle:
        def make(type_name: str) -> list[Place]:
            group = self._enter(door, door.entrances[type_name], type_name, scope)
            return [Place(group, group.selections_for(scope.objects))]

        return Handle(door.standing, door.wave, make)

    def _enter(self, door: Door, entrance: Entrance, type_name: str, scope: Scope) -> FetchGroup:
        """The group behind a door, with what it needs for objects of one type."""
        position = scope.choice.position
        subgraph = door.standing.subgraph.name
        depends = self._supply(entrance, type_name, scope)
        if entrance.edge is None:
            kind = OperationKind.QUERY if position.path else self.kind
            return self.graph.group(subgraph, kind, position.path, position.type, depends, block=position.block)
        return self._entity_group(door.standing, entrance, type_name, scope, depends=depends)

    def _entity_group(
        self,
        standing: Standing,
        entrance: Entrance,
        type_name: str,
        scope: Scope,
        *,
        depends: Groups,
        needed: SelectionSet = (),
    ) -> FetchGroup:
        """The group for objects of a type, with what their representations hold: key and needed fields."""
        edge = entrance.edge
        assert edge is not None
        position = scope.choice.position
        supplier = self._provider(entrance.providers[0][0], type_name, scope).standing
        named = type_name if supplier.is_typed else supplier.type
        key = self.chooser.added(position, named, edge.key).selections
        group = self.graph.group(
            standing.subgraph.name,
            OperationKind.QUERY,
            position.path,
            ENTITY,
            depends,
            representation=Representation(named, tuple(dict.fromkeys((*key, *needed))), scope.objects),
            block=position.block,
            variant=self._variant(standing, type_name, position),
        )
        if edge.is_interface_object:
            # Objects that came as an interface object have told their real type, if another fetch asked for it.
            real = () if supplier.is_typed else self.query_graph.supergraph.possible_types[named]
            path: ResponsePath = (OnTypes((named, *real)), Key(TYPENAME.name))
            group.input_rewrites[SetValue(path, edge.entry_type)] = None
        if not supplier.is_typed and edge.is_interface:
            group.selections.on(edge.entry_type).leaf(TYPENAME)
        return group

    def _variant(self, standing: Standing, type_name: str, position: Position) -> object:
        """An interface object answers for all types at once: apart, where types use a response key differently."""
        if standing.type == ENTITY:
            return None
        answered = standing.subgraph.types[standing.type].fields
        used: dict[str, set[object]] = {}
        for entry in position.entries:
            used.setdefault(entry.response_key, set()).add((entry.name, entry.arguments))
        if any(entry.name in answered and len(used[entry.response_key]) > 1 for entry in position.entries):
            return type_name
        return None

    def _supply(self, entrance: Entrance, type_name: str, scope: Scope) -> Groups:
        """Ask the providers for the key; returns the groups that bring it."""
        groups: Groups = set()
        position = scope.choice.position
        providers = [(self._provider(reference, type_name, scope), part) for reference, part in entrance.providers]
        if entrance.key is not None:
            groups |= self.build(entrance.key, [handle for handle, _ in providers], scope, scope.objects, is_added=True)
            providers = [item for item in providers if item[0].is_open][:1] or providers[:1]
        for handle, part in providers:
            key_type = type_name if handle.standing.is_typed else handle.standing.type
            added = self.chooser.added(position, key_type, part)
            for place, _ in handle.open((type_name,)):
                self._write_typename(handle.standing, place, type_name)
                self._write_added(added, handle.standing, place.selections, added.types)
                groups.add(place.group)
        return groups

    def _provider(self, reference: int | str, type_name: str, scope: Scope) -> Handle:
        if isinstance(reference, str):
            reference = scope.choice.door_number(reference, type_name)
        return scope.handles[reference]

    def _write_typename(self, standing: Standing, place: Place, type_name: str) -> None:
        """The key's ``__typename``. Objects that came through a door have told it before."""
        if standing.is_door:
            return
        only = frozenset((type_name,))
        addresses = self.query_graph.resolve(standing, TYPENAME.name, type_name, only, only)
        for fragment in {address.fragment for address in addresses} or {None}:
            place.selections.on(fragment).leaf(TYPENAME)

    def _write_provided(self, address: Address, standing: Standing, place: Place, scope: Scope) -> None:
        """What a field requires, where the same fetch provides it: some subgraphs load only what is asked for."""
        if address.field is None or not address.field.requires:
            return
        for type_name in sorted(address.types):
            added = self.chooser.added(scope.choice.position, type_name, address.field.requires)
            self._write_added(added, standing, place.selections, added.types)

    def _write_added(
        self, position: Position, standing: Standing, selections: SelectionBuilder, types: frozenset[str]
    ) -> None:
        """Write selections that one standing is known to answer completely."""
        for entry in position.entries:
            for address in self._addresses(standing, entry, types & entry.runtime):
                target, key = _target(selections, address.fragment, entry)
                if entry.child is None or address.field is None:
                    target.leaf(key)
                    continue
                below = self._field(target, key, standing, address.field.named_type, entry.child)
                inner = self.query_graph.standing(standing.subgraph, address.field.named_type, address.provided)
                self._write_added(entry.child, inner, below, inner.types & entry.child.types)

    # --- contexts

    def _context(self, requirement: Requirement, scope: Scope) -> ContextUse:
        """Ask for what the field's contexts hold, where they were set; the field takes it as variables."""
        arguments: list[Argument] = []
        reads: list[ContextRead] = []
        groups: Groups = set()
        for item in requirement.field.context_arguments:
            setter = self._setter(item.context, scope)
            added = self.chooser.added(setter.choice.position, setter.choice.position.type, item.selection)
            typed = [handle for handle in setter.handles if handle.standing.is_typed]
            choice = self.chooser.choose(added, tuple((handle.standing, handle.wave) for handle in typed))
            groups |= self.build(choice, typed, setter.parent, setter.objects, is_added=True)
            variable = self.variables.of(item, setter.choice.position.path)
            arguments.append(Argument(item.name, f"${variable}", (variable,)))
            definition = VariableDefinition(variable, item.type_text)
            depth = key_count(setter.choice.position.path)
            reads += [ContextRead(path, depth, definition) for path in value_paths(added.selections)]
        return ContextUse(tuple(arguments), tuple(reads), frozenset(groups))

    def _setter(self, context: str, scope: Scope) -> Scope:
        """The nearest position above whose type sets the context."""
        supergraph = self.query_graph.supergraph
        setters = frozenset(
            possible
            for type_name in supergraph.contexts.get(context, ())
            for possible in supergraph.possible_types.get(type_name, ())
        )
        found = next((above for above in scope.above() if above.choice.position.types & setters), None)
        if found is None:
            raise OperationNotPlannable(
                PlanningErrorCode.CONTEXT_NOT_SET, f'nothing above sets the context "{context}"'
            )
        return found


def _target(selections: SelectionBuilder, fragment: str | None, entry: Entry) -> tuple[SelectionBuilder, FieldKey]:
    """The place of an entry inside its fragments, and the field as it stands there.

    A field carries at most one ``@skip`` and one ``@include``; further conditions stand on fragments around it.
    """
    target = selections.on(fragment)
    for directives in entry.wrappers:
        target = target.fragment(FragmentKey(None, directives))
    own: dict[bool, object] = {}
    conditions = []
    for condition in entry.conditions:
        if condition.expected in own:
            target = target.fragment(FragmentKey(None, (), (condition,)))
        else:
            own[condition.expected] = condition
            conditions.append(condition)
    return target, FieldKey(entry.name, entry.alias, entry.arguments, entry.directives, tuple(conditions))
