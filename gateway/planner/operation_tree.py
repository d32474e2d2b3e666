"""The operation by response position: what is asked of the object at a path, fragments resolved to object types.

A position has one entry for each field asked there; an entry says for which object types. Nothing here knows
subgraphs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from graphql import (
    GraphQLInterfaceType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    get_named_type,
)

from gateway.planner.blocks import Block, Blocks, Reach
from gateway.planner.conflicts import conflict
from gateway.query_plan import EachItem, Key, OnTypes, OperationKind, PathElement, ResponsePath
from gateway.selection_set import Argument, Condition, Directive, Field, InlineFragment, SelectionSet
from gateway.supergraph.model import Supergraph

Wrappers = tuple[tuple[Directive, ...], ...]

_EACH = EachItem()
_META_FIELDS = frozenset(("__schema", "__type"))


@dataclass(eq=False, slots=True)
class Entry:
    """A field asked for objects of the types ``runtime``.

    ``condition`` is a type whose objects are exactly ``runtime``, None when there is none. ``wrappers`` are the
    directives of enclosing fragments, outermost first; ``conditions`` are those of the fragments and of the field.
    """

    name: str
    response_key: str
    arguments: tuple[Argument, ...]
    directives: tuple[Directive, ...]
    conditions: tuple[Condition, ...]
    wrappers: Wrappers
    condition: str | None
    runtime: frozenset[str]
    child: Position | None

    @property
    def alias(self) -> str | None:
        """The alias, if the field has another response key than its name."""
        return self.response_key if self.response_key != self.name else None


@dataclass(frozen=True, slots=True)
class _Scope:
    """Where a selection of ``position`` stands: inside which fragments, the innermost being on ``declared``."""

    position: Position
    condition: str | None
    declared: str
    runtime: frozenset[str]
    conditions: tuple[Condition, ...] = ()
    wrappers: Wrappers = ()
    block: Block | None = None


@dataclass(eq=False, slots=True)
class _Asked:
    """A field with all that is asked below it, wherever it stands under the same conditions.

    ``type`` is that of the objects below, as the field has it here: elsewhere, an interface may have a wider one.
    """

    item: Field
    scope: _Scope
    conditions: tuple[Condition, ...]
    type: str = ""
    below: SelectionSet = ()

    def ask(self, type_name: str, selections: SelectionSet, conditions: tuple[Condition, ...] = ()) -> None:
        """Ask more below, of objects of the type and where the conditions hold."""
        condition = type_name if type_name != self.type else None
        if condition is not None or conditions:
            selections = (InlineFragment(condition, selections, conditions=conditions),)
        self.below += selections

    @property
    def same_field(self) -> object:
        """Equal for what differs in conditions alone."""
        item, scope = self.item, self.scope
        return (
            *(item.response_key, item.name, item.arguments, item.directives),
            *(scope.wrappers, scope.runtime, scope.block),
        )


@dataclass(eq=False)
class Position:
    """Objects at ``path`` of the merged schema's type ``type``, and what ``selections`` ask of them.

    ``block`` is the deferred fragment that asks, None for the first answer. Entries are ``given`` when the objects are
    those of another position, of which a deferred fragment asks more. ``around`` are the conditions of all that leads
    here, ``through`` is the path with the types of the objects above that are asked.
    """

    tree: OperationTree
    type: str
    path: ResponsePath
    selections: SelectionSet
    block: Block | None = None
    given: tuple[Entry, ...] | None = None
    around: tuple[Condition, ...] = ()
    through: ResponsePath = ()
    chosen: dict[object, object] = field(default_factory=dict)

    @cached_property
    def types(self) -> frozenset[str]:
        """Object types that the merged schema allows here."""
        return frozenset(self.tree.supergraph.possible_types.get(self.type, ()))

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """What is asked, equal fields merged, in order of first occurrence."""
        return self._entries_by_block.get(self.block, ()) if self.given is None else self.given

    @property
    def is_deferred(self) -> bool:
        """Whether a deferred fragment asks more of objects that are there already."""
        return self.given is not None

    @cached_property
    def deferred(self) -> tuple[Position, ...]:
        """The same objects, once for each deferred fragment that asks something of them here."""
        if self.is_deferred:
            return ()
        return tuple(
            Position(self.tree, self.type, self.path, (), block, given=entries, through=self.through)
            for block, entries in self._entries_by_block.items()
            if block is not self.block
        )

    @cached_property
    def _entries_by_block(self) -> dict[Block | None, tuple[Entry, ...]]:
        found: dict[object, _Asked] = {}
        root = _Scope(self, self.type, self.type, self.types, block=self.block)
        for item, scope in self.tree.flatten(self.selections, root):
            if item.name in _META_FIELDS:
                continue
            asked = _Asked(item, scope, tuple(dict.fromkeys((*scope.conditions, *item.conditions))))
            if item.selections is not None:
                asked.type = self.tree.field_type(scope.declared, item.name)[0]
            found.setdefault((asked.same_field, frozenset(asked.conditions)), asked).ask(
                asked.type, item.selections or ()
            )
        everything = list(found.values())
        if not self.tree.is_ordered(self):
            everything = _folded(everything)
        apart = self._keys_apart(everything)
        entries = [(asked.scope.block, self._entry(asked, apart)) for asked in everything]
        by_block: dict[Block | None, list[Entry]] = {}
        by_key: dict[tuple[str, Block | None], list[Entry]] = {}
        for block, entry in entries:
            by_key.setdefault((entry.response_key, block), []).append(entry)
        for block, entry in entries:
            others = by_key[entry.response_key, block]
            at_once = by_key.get((entry.response_key, self.block), [])
            if not _repeats(entry, others) and not (block is not self.block and _is_asked(entry, at_once)):
                by_block.setdefault(block, []).append(entry)
        return {block: tuple(found_there) for block, found_there in by_block.items()}

    def _keys_apart(self, everything: list[_Asked]) -> frozenset[str]:
        """Response keys below which the objects of different types must not be fetched together."""
        by_key: dict[str, list[tuple[frozenset[str], SelectionSet]]] = {}
        for asked in everything:
            if asked.item.selections is not None:
                by_key.setdefault(asked.item.response_key, []).append((asked.scope.runtime, asked.below))
        possible_types = self.tree.supergraph.possible_types
        return frozenset(
            key
            for key, uses in by_key.items()
            for number, (runtime, below) in enumerate(uses)
            for other_runtime, other_below in uses[:number]
            if runtime.isdisjoint(other_runtime) and conflict(below, other_below, possible_types)
        )

    def _entry(self, asked: _Asked, apart: frozenset[str]) -> Entry:
        item, scope = asked.item, asked.scope
        return Entry(
            name=item.name,
            response_key=item.response_key,
            arguments=item.arguments,
            directives=item.directives,
            conditions=asked.conditions,
            wrappers=scope.wrappers,
            condition=scope.condition,
            runtime=scope.runtime,
            child=self._child(item, scope, asked.below, apart) if item.selections is not None else None,
        )

    def _child(self, item: Field, scope: _Scope, below: SelectionSet, apart: frozenset[str]) -> Position:
        type_name, lists = self.tree.field_type(scope.declared, item.name)
        steps: list[PathElement] = [Key(item.response_key), *(_EACH for _ in range(lists))]
        narrowing = () if scope.runtime >= self.types else (OnTypes(tuple(sorted(scope.runtime))),)
        is_apart = self.tree.type_conditioned or item.response_key in apart
        return Position(
            self.tree,
            type_name,
            (*self.path, *(narrowing if is_apart else ()), *steps),
            below,
            scope.block,
            around=tuple(dict.fromkeys((*self.around, *scope.conditions, *item.conditions))),
            through=(*self.through, *narrowing, *steps),
        )


class OperationTree:
    """Makes positions for one plan; ``type_conditioned`` puts object types into the paths where they matter."""

    def __init__(self, supergraph: Supergraph, *, type_conditioned: bool = False) -> None:
        self.supergraph = supergraph
        self.type_conditioned = type_conditioned
        self.blocks = Blocks()
        self._schema: GraphQLSchema = supergraph.schema
        self._field_types: dict[tuple[str, str], tuple[str, int]] = {}

    def root(self, type_name: str, selections: SelectionSet) -> Position:
        """The position of the operation's root."""
        return Position(self, type_name, (), selections)

    def beside(self, position: Position, type_name: str, selections: SelectionSet) -> Position:
        """The same objects, asked what the planner itself adds: keys and requirements."""
        return Position(self, type_name, position.path, selections, position.block, through=position.through)

    def is_ordered(self, position: Position) -> bool:
        """Whether the order of fields is that of execution: at the root of a mutation."""
        return not position.path and position.type == self.supergraph.root_types.get(OperationKind.MUTATION)

    def field_type(self, type_name: str, field_name: str) -> tuple[str, int]:
        """Named type of a field in the merged schema, and how many lists are around it."""
        key = (type_name, field_name)
        found = self._field_types.get(key)
        if found is None:
            owner = self._schema.type_map[type_name]
            assert isinstance(owner, (GraphQLObjectType, GraphQLInterfaceType))
            field_type = owner.fields[field_name].type
            found = self._field_types[key] = (get_named_type(field_type).name, _list_depth(field_type))
        return found

    def flatten(self, selections: SelectionSet, scope: _Scope) -> Iterator[tuple[Field, _Scope]]:
        """Fields with the scope that the fragments around them make; impossible ones are left out."""
        for selection in selections:
            if isinstance(selection, Field):
                if not _contradicts(scope.conditions, selection.conditions):
                    yield selection, scope
                continue
            inner = self._narrow(scope, selection)
            if inner is not None:
                yield from self.flatten(selection.selections, inner)

    def _narrow(self, scope: _Scope, fragment: InlineFragment) -> _Scope | None:
        if _contradicts(scope.conditions, fragment.conditions):
            return None
        named = fragment.type_condition
        condition, declared, runtime = scope.condition, scope.declared, scope.runtime
        if named is not None and named != declared:
            allowed = frozenset(self.supergraph.possible_types.get(named, ()))
            narrowed = runtime & allowed
            if not narrowed:
                return None
            if narrowed == allowed:
                condition = named
            elif len(narrowed) == 1:
                condition = min(narrowed)
            elif narrowed != runtime:
                condition = None
            declared, runtime = named, narrowed
        conditions = tuple(dict.fromkeys((*scope.conditions, *fragment.conditions)))
        wrappers = (*scope.wrappers, fragment.directives) if fragment.directives else scope.wrappers
        narrow = _Scope(scope.position, condition, declared, runtime, conditions, wrappers, scope.block)
        if fragment.defer is None:
            return narrow
        return replace(narrow, block=self._block(narrow, fragment))

    def _block(self, scope: _Scope, fragment: InlineFragment) -> Block:
        position = scope.position
        conditions = tuple(dict.fromkeys((*position.around, *scope.conditions)))
        is_all = scope.declared == position.type and scope.runtime == position.types
        if is_all and fragment.type_condition is None:
            return self.blocks.at(position.through, fragment, scope.block, Reach(conditions))
        is_whole = scope.runtime == frozenset(self.supergraph.possible_types.get(scope.declared, ()))
        reach = Reach(conditions, scope.declared if is_whole else None, scope.runtime)
        return self.blocks.at(position.through, fragment, scope.block, reach)


def _folded(everything: list[_Asked]) -> list[_Asked]:
    """Objects that are asked for under fewer conditions too have only what is below under the further ones."""
    kept: list[_Asked] = []
    by_field: dict[object, list[_Asked]] = {}
    for asked in everything:
        by_field.setdefault(asked.same_field, []).append(asked)
    for asked in everything:
        own = frozenset(asked.conditions)
        wider = [
            other for other in by_field[asked.same_field] if own.issuperset(other.conditions) and other is not asked
        ]
        if asked.item.selections is None or not wider:
            kept.append(asked)
            continue
        widest = min(wider, key=lambda other: len(other.conditions))
        further = tuple(item for item in asked.conditions if item not in widest.conditions)
        widest.ask(asked.type, asked.below, further)
    return kept


def _repeats(entry: Entry, entries: list[Entry]) -> bool:
    """Whether another entry already asks for the same leaf for all of these objects, and always."""
    return entry.child is None and any(
        other is not entry
        and other.response_key == entry.response_key
        and not other.conditions
        and other.runtime > entry.runtime
        and other.arguments == entry.arguments
        and other.directives == entry.directives
        for other in entries
    )


def _is_asked(entry: Entry, others: list[Entry]) -> bool:
    """Whether the same leaf is asked for all of these objects anyway."""
    return entry.child is None and any(
        other.response_key == entry.response_key
        and not other.conditions
        and other.runtime >= entry.runtime
        and other.arguments == entry.arguments
        and other.directives == entry.directives
        for other in others
    )


def _contradicts(outer: tuple[Condition, ...], inner: tuple[Condition, ...]) -> bool:
    return any(Condition(item.variable, not item.expected) in outer for item in inner)


def _list_depth(field_type: object) -> int:
    depth = 0
    while isinstance(field_type, (GraphQLList, GraphQLNonNull)):
        depth += isinstance(field_type, GraphQLList)
        field_type = field_type.of_type
    return depth
