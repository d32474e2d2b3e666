"""The search: for each position, which subgraphs to enter and who answers which field, at least cost.

A plan's cost is the sum of its fetches' costs, and a fetch belongs to one position: that at which a subgraph is
entered. So the best choice for a position is its doors plus the best choices of the positions below, given the
standings that they inherit; equal questions are answered once. Only subgraphs that a field needs are tried, and the
tries are bounded, so that a schema where everything is everywhere stays cheap to plan.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from gateway.planner.cost import UNRESOLVED, fetch_cost
from gateway.planner.coverage import Coverage
from gateway.planner.entrances import Entrances, Known
from gateway.planner.operation_tree import Entry, OperationTree, Position
from gateway.planner.path_tree import Choice, Door, Entrance, Origin, Part, Requirement
from gateway.planner.response_names import ResponseNames
from gateway.query_graph.edges import KeyEdge
from gateway.query_graph.graph import TYPENAME, QueryGraph
from gateway.query_plan import OperationKind
from gateway.selection_set import SelectionSet
from gateway.supergraph.model import SubgraphField

MAX_COMBINATIONS = 24
"""Combinations of doors tried at one position for one set of origins."""
MAX_COMPARED = 4
"""Up to so many further doors are compared with each other; of more, the first that helps is taken."""
MAX_EVALUATIONS = 4000
"""Combinations evaluated in one plan; after that the first that works is taken."""
MAX_NESTING = 8
"""How deep keys may need keys."""

_Answers = tuple[tuple[int, Origin | None], ...]
"""Numbers of the standings that answer an entry, each with the standing of what is below."""

_Asked = tuple[str, str, str]
"""A field under requirements that is being resolved: its type, its name, its subgraph."""


class Chooser:
    """Chooses for one operation."""

    def __init__(self, graph: QueryGraph, tree: OperationTree, names: ResponseNames) -> None:
        self.graph = graph
        self.tree = tree
        self.names = names
        self.evaluations = 0
        self.circles = 0
        """How often a requirement turned out to need itself; a choice that met none holds wherever it is asked."""
        roots = graph.supergraph.root_types
        self._root_types = frozenset(roots.values())
        self.single_roots = frozenset(name for kind, name in roots.items() if kind is not OperationKind.QUERY)
        self.coverage = Coverage(graph, self.added)
        self._added: dict[object, Position] = {}

    def choose(
        self,
        position: Position,
        origins: tuple[Origin, ...],
        *,
        is_key: bool = False,
        asked: frozenset[_Asked] = frozenset(),
        nesting: int = 0,
    ) -> Choice:
        """The best choice found for a position whose object is in ``origins``.

        A position that stands for a key (``is_key``) opens no doors of its own. ``asked`` are the requirements
        being resolved around this: they may not be needed again.
        """
        memo = (origins, is_key)
        found = position.chosen.get(memo) or position.chosen.get((*memo, asked))
        if not isinstance(found, Choice):
            before = self.circles
            found = _PositionSearch(self, position, origins, is_key=is_key, asked=asked, nesting=nesting).best()
            position.chosen[memo if self.circles == before else (*memo, asked)] = found
        return found

    def added(self, position: Position, type_name: str, selections: SelectionSet) -> Position:
        """The position for fields that the planner itself asks for, at the path of another position."""
        key = (position.path, position.block, type_name, selections)
        found = self._added.get(key)
        if found is None:
            unique = self.names.unique(selections, position.path)
            found = self.tree.beside(position, type_name, unique)
            self._added[key] = found
        return found

    def is_root(self, type_name: str) -> bool:
        """Whether objects of the type need no key to be reached in any subgraph."""
        return type_name in self._root_types


class _PositionSearch:
    """The search at one position for one set of origins."""

    def __init__(
        self,
        chooser: Chooser,
        position: Position,
        origins: tuple[Origin, ...],
        *,
        is_key: bool,
        asked: frozenset[_Asked],
        nesting: int,
    ) -> None:
        self.chooser = chooser
        self.graph = chooser.graph
        self.position = position
        self.origins = origins
        self.is_key = is_key
        self.asked = asked
        self.nesting = nesting
        self.types = self._alive_types()
        self._entrances: dict[str, Entrances] = {}
        self._tried: dict[frozenset[str], Choice] = {}

    def best(self) -> Choice:
        """The cheapest of the combinations tried, improved by single further doors while that helps."""
        needs = [] if self.is_key else self._needs(self._asked_entries(), set(self.asked))
        combinations = self._single_doors() if self._is_single else _hitting_sets(needs)
        best = min((self._evaluate(doors) for doors in combinations), key=lambda choice: choice.cost)
        if self.is_key or self._is_single:
            return best
        return self._without_needless(self._with_helpful(best), needs)

    def _with_helpful(self, best: Choice) -> Choice:
        """The choice with further doors opened, one by one, while that makes it cheaper."""
        while True:
            opened = frozenset(door.standing.subgraph.name for door in best.doors)
            better = best
            further = self._further_doors(best, opened)
            for extra in further:
                tried = self._evaluate(opened | {extra})
                if tried.cost < better.cost:
                    better = tried
                    if len(further) > MAX_COMPARED:
                        break
            if better is best:
                return best
            best = better

    def _without_needless(self, best: Choice, needs: Sequence[tuple[str, ...]]) -> Choice:
        """The choice without doors that later ones made superfluous."""
        forced = {need[0] for need in needs if len(need) == 1}
        for subgraph in [door.standing.subgraph.name for door in best.doors]:
            opened = frozenset(door.standing.subgraph.name for door in best.doors)
            if len(opened) > 1 and subgraph in opened - forced:
                tried = self._evaluate(opened - {subgraph})
                if tried.cost < best.cost:
                    best = tried
        return best

    @property
    def _is_single(self) -> bool:
        """Whether one subgraph must do it all: a mutation must not happen twice, nor events come twice."""
        return not self.position.path and self.position.type in self.chooser.single_roots

    def _single_doors(self) -> list[frozenset[str]]:
        reached = self.entrances_of(self.position.type).reached
        able = [
            name
            for name in reached
            if all(self._root_resolves(name, self.position.type, entry.name) for entry in self._asked_entries())
        ]
        return [frozenset((name,)) for name in able] or [frozenset()]

    # --- what is needed

    def _asked_entries(self) -> Iterable[Entry]:
        """All entries but the ``__typename`` of the operation's root, which the gateway knows."""
        if self.position.path or not self.chooser.is_root(self.position.type):
            return self.position.entries
        return [entry for entry in self.position.entries if entry.name != TYPENAME]

    def _alive_types(self) -> frozenset[str]:
        """Object types that can occur: those that every origin knows."""
        alive = self.position.types
        for standing, _ in self.origins:
            alive = alive & standing.types
        if alive or not self.origins:
            return alive
        return self.position.types & self.origins[0][0].types

    def _needs(self, entries: Iterable[Entry], expanded: set[_Asked]) -> list[tuple[str, ...]]:
        """For each field that no origin resolves, the subgraphs to choose from; equal needs once."""
        needs: dict[tuple[str, ...], None] = {}
        for entry in entries:
            alive = self.types & entry.runtime
            for type_name in sorted(alive - self._resolved_by_origins(entry, alive)):
                plain = self._plain_subgraphs(type_name, entry.name)
                if plain:
                    needs[tuple(plain)] = None
                    continue
                reached = self.entrances_of(type_name).reached
                for edge, own_field in self.graph.conditional_edges(type_name, entry.name)[:1]:
                    if (type_name, entry.name, edge.subgraph) in expanded:
                        continue
                    expanded.add((type_name, entry.name, edge.subgraph))
                    inner = self.chooser.added(self.position, type_name, own_field.requires)
                    needs |= {(name,): None for name in _on_the_way(edge.subgraph, reached)}
                    needs |= dict.fromkeys(self._needs(inner.entries, expanded))
        return list(needs)

    def _root_resolves(self, subgraph: str, type_name: str, name: str) -> bool:
        return self.graph.field(self.graph.supergraph.subgraphs[subgraph], type_name, name) is not None

    def _resolved_by_origins(self, entry: Entry, alive: frozenset[str]) -> frozenset[str]:
        resolved: frozenset[str] = frozenset()
        for standing, _ in self.origins:
            for address in self.graph.resolve(standing, entry.name, entry.condition, entry.runtime, alive):
                resolved |= address.types
        return resolved - self.put_off(entry, alive)

    def put_off(self, entry: Entry, types: frozenset[str]) -> frozenset[str]:
        """Types whose deferred field is left to a later fetch, though the first one could bring it."""
        if not self.position.is_deferred or entry.name == TYPENAME:
            return frozenset()
        return frozenset(name for name in types if self._plain_subgraphs(name, entry.name))

    def _plain_subgraphs(self, type_name: str, name: str) -> list[str]:
        """Subgraphs that can be entered here and resolve the field by themselves, earliest first."""
        reached = self.entrances_of(type_name).reached
        if self.chooser.is_root(type_name):
            plain = [subgraph for subgraph in reached if self._root_resolves(subgraph, type_name, name)]
        else:
            plain = [subgraph for subgraph in self.graph.plain_subgraphs(type_name, name) if subgraph in reached]
        return self._useful(type_name, sorted(plain, key=lambda subgraph: reached[subgraph].wave))

    def _useful(self, type_name: str, subgraphs: list[str]) -> list[str]:
        """The subgraphs without those that can do nothing for this position that another cannot do as early."""
        if len(subgraphs) < 2:
            return subgraphs
        reached = self.entrances_of(type_name).reached
        coverage = [self._coverage_behind(type_name, name) for name in subgraphs]
        return self.chooser.coverage.undominated(subgraphs, coverage, [reached[name].wave for name in subgraphs])

    def _coverage_behind(self, type_name: str, subgraph: str) -> int:
        entrances = self.entrances_of(type_name)
        standing = entrances.door(subgraph, frozenset((type_name,)), entrances.reached[subgraph].edge)
        return self.chooser.coverage.of(standing, self.position)

    def _further_doors(self, choice: Choice, opened: frozenset[str]) -> list[str]:
        """Doors not opened yet behind which a field lies whose own choice costs something."""
        if self.chooser.evaluations > MAX_EVALUATIONS:
            return []
        covered = 0
        for standing, _ in (*self.origins, *((door.standing, door.wave) for door in choice.doors)):
            covered |= self.chooser.coverage.of(standing, self.position)
        saved: dict[str, float] = {}
        waves: dict[str, int] = {}
        for part in choice.parts:
            if part.child is None or part.child.cost <= 0:
                continue
            helpful: set[str] = set()
            for type_name in sorted(part.types):
                reached = self.entrances_of(type_name).reached
                for name in self._plain_subgraphs(type_name, part.entry.name):
                    if name not in opened and self._coverage_behind(type_name, name) & ~covered:
                        helpful.add(name)
                        waves[name] = min(reached[name].wave, waves.get(name, reached[name].wave))
            for name in sorted(helpful):
                saved[name] = saved.get(name, 0.0) + part.child.cost
        origins = {standing.subgraph.name for standing, _ in self.origins if standing.is_typed}
        made = {
            (item.requirement.standing.subgraph.name, item.requirement.wave)
            for item in choice.parts
            if item.requirement
        }
        return [
            name
            for name, cost in saved.items()
            if name not in origins and (fetch_cost(waves[name]) < cost or (name, waves[name]) in made)
        ]

    def conditional(self, entry: Entry, type_name: str) -> list[tuple[KeyEdge, SubgraphField]]:
        """Ways to resolve a field that has requirements, without going round in circles."""
        ways = self.graph.conditional_edges(type_name, entry.name)
        open_ways = [way for way in ways if (type_name, entry.name, way[0].subgraph) not in self.asked]
        self.chooser.circles += len(ways) - len(open_ways)
        return open_ways

    # --- one combination

    def _evaluate(self, subgraphs: frozenset[str]) -> Choice:
        """The choice that opens doors to these subgraphs and to those on the way."""
        tried = self._tried.get(subgraphs)
        if tried is not None:
            return tried
        self.chooser.evaluations += 1
        doors = self._open(subgraphs)
        standings: list[Origin] = [*self.origins, *((door.standing, door.wave) for door in doors)]
        evaluation = _Evaluation(self, doors, standings)
        for entry in self._asked_entries():
            evaluation.add(entry)
        for deferred in () if self.is_key else self.position.deferred:
            evaluation.defer(deferred)
        choice = self._tried[subgraphs] = evaluation.choice()
        return choice

    def _open(self, subgraphs: frozenset[str]) -> tuple[Door, ...]:
        """Doors to the subgraphs for all types that can enter, with the intermediate ones that they need."""
        if not subgraphs:
            return ()
        opened: dict[tuple[str, int, str], dict[str, Entrance]] = {}
        for type_name in sorted(self.types):
            for subgraph, entrance in self._open_for(type_name, subgraphs).items():
                kind = entrance.edge.entry_type if entrance.edge and entrance.edge.is_interface_object else ""
                opened.setdefault((subgraph, entrance.wave, kind), {})[type_name] = entrance
        doors = []
        for (subgraph, wave, _), entrances in opened.items():
            first, entrance = next(iter(entrances.items()))
            standing = self.entrances_of(first).door(subgraph, frozenset(entrances), entrance.edge)
            doors.append(Door(standing, wave, entrances))
        return tuple(sorted(doors, key=lambda door: door.wave))

    def _open_for(self, type_name: str, subgraphs: frozenset[str]) -> dict[str, Entrance]:
        """Entrances for one type. Keys come from doors of the combination where that is not later."""
        finder = self.entrances_of(type_name)
        reached = finder.reached
        opened: dict[str, Entrance] = {}
        known = list(finder.known)

        def open_door(subgraph: str) -> None:
            if subgraph in opened or subgraph not in reached:
                return
            entrance = finder.enter(subgraph, known, thorough=False)
            if entrance is None or entrance.wave > reached[subgraph].wave:
                entrance = reached[subgraph]
                for reference, _ in entrance.providers:
                    if isinstance(reference, str):
                        open_door(reference)
            opened[subgraph] = entrance
            standing = finder.door(subgraph, frozenset((type_name,)), entrance.edge)
            known.append(Known(subgraph, standing, entrance.wave))

        for subgraph in sorted(subgraphs & reached.keys(), key=lambda name: (reached[name].wave, name)):
            open_door(subgraph)
        return opened

    def entrances_of(self, type_name: str) -> Entrances:
        found = self._entrances.get(type_name)
        if found is None:
            found = self._entrances[type_name] = Entrances(
                self.graph,
                type_name,
                self.origins,
                is_root=self.chooser.is_root(type_name),
                tells_types=any(not entry.runtime >= self.types for entry in self.position.entries),
                resolve_key=self._resolve_key,
            )
        return found

    def _resolve_key(self, type_name: str, key: SelectionSet, known: Sequence[Known]) -> Choice | None:
        if self.nesting >= MAX_NESTING:
            self.chooser.circles += 1
            return None
        choice = self.chooser.choose(
            self.chooser.added(self.position, type_name, key),
            tuple((item.standing, item.wave) for item in known),
            is_key=True,
            asked=self.asked,
            nesting=self.nesting + 1,
        )
        return choice if choice.cost < UNRESOLVED else None


class _Evaluation:
    """Adds up one combination of doors at a position."""

    def __init__(self, search: _PositionSearch, doors: tuple[Door, ...], standings: list[Origin]) -> None:
        self.search = search
        self.graph = search.graph
        self.chooser = search.chooser
        self.doors = doors
        self.standings = standings
        self.parts: list[Part] = []
        self.missing: list[tuple[Entry, str]] = []
        self.deferred: list[Choice] = []
        self.arrival = 0
        self._fetches = {(door.standing.subgraph.name, door.wave) for door in doors}
        self._cost = sum(fetch_cost(wave) for _, wave in self._fetches)
        self._children: set[tuple[Position, tuple[Origin, ...]]] = set()

    def choice(self) -> Choice:
        """What was added up."""
        search = self.search
        return Choice(
            search.position,
            search.origins,
            self.doors,
            tuple(self.parts),
            self._cost,
            self.arrival,
            tuple(self.missing),
            tuple(self.deferred),
        )

    def add(self, entry: Entry) -> None:
        """Place an entry: types that the same standings answer in the same way go together."""
        alive = self.search.types & entry.runtime
        put_off = self.search.put_off(entry, alive)
        able: dict[str, list[tuple[int, Origin | None]]] = {type_name: [] for type_name in sorted(alive)}
        count = len(self.search.origins)
        for number, (standing, wave) in enumerate(self.standings):
            for address in self.graph.resolve(standing, entry.name, entry.condition, entry.runtime, alive):
                below: Origin | None = None
                if entry.child is not None and address.field is not None:
                    below = (self.graph.standing(standing.subgraph, address.field.named_type, address.provided), wave)
                for type_name in address.types - put_off if number < count else address.types:
                    able[type_name].append((number, below))
        groups: dict[tuple[tuple[int, Origin | None], ...], list[str]] = {}
        for type_name, answers in able.items():
            if answers:
                groups.setdefault(tuple(answers), []).append(type_name)
            else:
                self._add_conditional(entry, type_name)
        for same_answers, types in groups.items():
            self._add_part(entry, frozenset(types), same_answers)

    def defer(self, position: Position) -> None:
        """Choose for what a deferred fragment asks of the same objects."""
        is_top = not position.path
        choice = self.chooser.choose(position, () if is_top else tuple(self.standings))
        self.deferred.append(choice)
        self._cost += choice.cost

    def _add_part(self, entry: Entry, types: frozenset[str], answers: _Answers) -> None:
        numbers = tuple(number for number, _ in answers)
        if entry.child is None:
            self.arrival = max(self.arrival, min(self.standings[number][1] for number in numbers))
            self.parts.append(Part(entry, types, numbers))
            return
        if len(answers) > 1:
            answers = self._undominated(entry.child, answers)
            numbers = tuple(number for number, _ in answers)
        origins = tuple(below for _, below in answers if below is not None)
        self.parts.append(Part(entry, types, numbers, self._choose_below(entry.child, origins)))

    def _undominated(self, child: Position, answers: _Answers) -> _Answers:
        """The answers that something below may need."""
        coverage = self.chooser.coverage
        origins = [below for _, below in answers if below is not None]
        able = [coverage.of(standing, child) for standing, _ in origins]
        return tuple(coverage.undominated(answers, able, [wave for _, wave in origins]))

    def _choose_below(self, child: Position, origins: tuple[Origin, ...]) -> Choice:
        choice = self.chooser.choose(child, origins, asked=self.search.asked, nesting=self.search.nesting)
        if (child, origins) not in self._children:
            self._children.add((child, origins))
            self._cost += choice.cost
        self.arrival = max(self.arrival, choice.arrival)
        return choice

    def _add_conditional(self, entry: Entry, type_name: str) -> None:
        """A field with requirements: they are resolved here first, then it is asked for in a fetch after them."""
        search = self.search
        best: Requirement | None = None
        best_cost = UNRESOLVED
        for edge, own_field in [] if search.is_key else search.conditional(entry, type_name):
            requirement, cost = self._require(entry, type_name, edge, own_field)
            if requirement is not None and cost < best_cost:
                best, best_cost = requirement, cost
        if best is None:
            self.missing.append((entry, type_name))
            self._cost += UNRESOLVED
            return
        self._cost += best_cost
        self._fetches.add((best.standing.subgraph.name, best.wave))
        self.arrival = max(self.arrival, best.wave)
        child = None
        if entry.child is not None:
            below = self.graph.standing(best.standing.subgraph, best.field.named_type, best.field.provides)
            child = self._choose_below(entry.child, ((below, best.wave),))
        self.parts.append(Part(entry, frozenset((type_name,)), (), child, best))

    def _require(
        self, entry: Entry, type_name: str, edge: KeyEdge, own_field: SubgraphField
    ) -> tuple[Requirement | None, float]:
        search = self.search
        known = [
            Known(number, standing, wave)
            for number, (standing, wave) in enumerate(self.standings)
            if type_name in standing.types
        ]
        finder = search.entrances_of(type_name)
        entrance = finder.enter(edge.subgraph, known)
        if entrance is None:
            return None, UNRESOLVED
        requires: Choice | None = None
        typed = tuple(item for item in known if item.standing.is_typed)
        wave, cost = entrance.wave, 0.0
        if own_field.requires:
            position = self.chooser.added(search.position, type_name, own_field.requires)
            requires = self.chooser.choose(
                position,
                tuple((item.standing, item.wave) for item in typed),
                asked=search.asked | {(type_name, entry.name, edge.subgraph)},
                nesting=search.nesting,
            )
            wave, cost = max(wave, requires.arrival + 1), requires.cost
        if (edge.subgraph, wave) not in self._fetches:
            cost += fetch_cost(wave)
        standing = finder.door(edge.subgraph, frozenset((type_name,)), entrance.edge)
        suppliers = tuple(item.reference for item in typed if isinstance(item.reference, int))
        return Requirement(standing, wave, entrance, own_field, requires, suppliers), cost


def _on_the_way(subgraph: str, reached: dict[str, Entrance]) -> set[str]:
    """The subgraphs that have to be entered before this one."""
    entrance = reached.get(subgraph)
    found: set[str] = set()
    for reference, _ in entrance.providers if entrance is not None else ():
        if isinstance(reference, str):
            found |= {reference} | _on_the_way(reference, reached)
    return found


def _hitting_sets(needs: Sequence[tuple[str, ...]]) -> Iterable[frozenset[str]]:
    """Sets of subgraphs that meet every need, smallest alternatives first, at most ``MAX_COMBINATIONS``."""
    forced = frozenset(need[0] for need in needs if len(need) == 1)
    found: dict[frozenset[str], None] = {}

    def extend(taken: frozenset[str]) -> None:
        if len(found) >= MAX_COMBINATIONS:
            return
        open_needs = [need for need in needs if not taken.intersection(need)]
        if not open_needs:
            found[taken] = None
            return
        shortest = min(open_needs, key=len)
        meets = {name: -sum(name in need for need in open_needs) for name in shortest}
        for name in sorted(shortest, key=meets.__getitem__):
            extend(taken | {name})

    extend(forced)
    return list(found)
