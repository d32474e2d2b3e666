"""The search at one position for one set of origins: which subgraphs to enter there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING

from gateway.planner.combinations import hitting_sets
from gateway.planner.cost import UNRESOLVED
from gateway.planner.entrances import Entrances, Known
from gateway.planner.evaluation import Evaluation
from gateway.planner.operation_tree import Entry, Position
from gateway.planner.path_tree import Asked, Choice, Door, Entrance, Origin
from gateway.planner.put_off import put_off
from gateway.query_graph.edges import KeyEdge
from gateway.query_graph.graph import TYPENAME
from gateway.selection_set import SelectionSet
from gateway.supergraph.model import SubgraphField

if TYPE_CHECKING:
    from gateway.planner.choose import Chooser

MAX_COMPARED = 4
"""Up to so many further doors are compared with each other; of more, the first that helps is taken."""
MAX_WORK = 10_000
"""Fields placed in one plan to compare combinations; after that the most promising one is taken."""
MAX_NESTING = 8
"""How deep keys may need keys."""


class PositionSearch:
    """The search at one position for one set of origins."""

    def __init__(
        self,
        chooser: Chooser,
        position: Position,
        origins: tuple[Origin, ...],
        *,
        is_key: bool,
        asked: frozenset[Asked],
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
        self._doors: dict[frozenset[str], tuple[Door, ...]] = {frozenset(): ()}
        self._behind: dict[str, int] = {}

    def best(self) -> Choice:
        """The cheapest of the combinations tried, improved by single further doors while that helps."""
        needs = [] if self.is_key else self._needs(self._asked_entries(), set(self.asked))
        combinations = self._single_doors() if self._is_single else hitting_sets(needs)
        if len(combinations) > 1 and not self._is_single:
            combinations.append(frozenset(name for need in needs for name in need))
        best = self._cheapest(combinations)
        if self.is_key or self._is_single:
            return best
        best = self._without_needless(self._with_helpful(best), needs)
        if len(self._tried) > 1 or len(combinations) > 1:
            self.chooser.latest_chosen = max(self.chooser.latest_chosen, best.arrival)
        return best

    def _cheapest(self, combinations: Sequence[frozenset[str]]) -> Choice:
        """The most promising first; those that cannot become cheaper than what was found are not tried."""
        by_promise = sorted(((self._least_cost(doors), doors) for doors in combinations), key=itemgetter(0))
        best = self._evaluate(by_promise[0][1])
        for least, doors in by_promise[1:]:
            if least < best.cost and (not self._is_exhausted or best.cost >= UNRESOLVED):
                tried = self._evaluate(doors)
                best = tried if tried.cost < best.cost else best
        return best

    def _least_cost(self, subgraphs: frozenset[str]) -> float:
        """What the combination costs at least: its doors, and the fetches that have to follow."""
        doors = self._open(subgraphs)
        standings = [*self.origins, *((door.standing, door.wave) for door in doors)]
        done = 0
        for standing, _ in standings:
            done |= self.chooser.coverage.of(standing, self.position)
        next_wave = 1 + min((wave for _, wave in standings), default=-1)
        fetches = {(door.standing.subgraph.name, door.wave) for door in doors}
        left = self.chooser.coverage.fetches_left(self.position, self.types, done)
        return sum(self.chooser.fetch_cost(wave) for _, wave in fetches) + left * self.chooser.fetch_cost(next_wave)

    def _with_helpful(self, best: Choice) -> Choice:
        """The choice with further doors opened, one by one, while that makes it cheaper."""
        while True:
            opened = frozenset(door.standing.subgraph.name for door in best.doors)
            better = best
            further = self._further_doors(best, opened)
            for extra in further:
                if self._least_cost(opened | {extra}) >= better.cost:
                    continue
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
            if (
                len(opened) > 1
                and subgraph in opened - forced
                and self._least_cost(opened - {subgraph}) < best.cost
                and not self._is_exhausted
            ):
                tried = self._evaluate(opened - {subgraph})
                if tried.cost < best.cost:
                    best = tried
        return best

    @property
    def _is_exhausted(self) -> bool:
        """Whether the plan has taken its share of tries: what works is then good enough."""
        return self.chooser.work > MAX_WORK

    @property
    def _is_single(self) -> bool:
        """Whether one subgraph must do it all: a mutation must not happen twice, nor events come twice."""
        return not self.position.path and self.position.type in self.chooser.single_roots

    def _single_doors(self) -> list[frozenset[str]]:
        asked = list(self._asked_entries())
        able = [
            name
            for name in self.entrances_of(self.position.type).reached
            if asked and all(self._root_resolves(name, self.position.type, entry.name) for entry in asked)
        ]
        return [frozenset((name,)) for name in able] or [frozenset()]

    # --- what is needed

    def _asked_entries(self) -> Iterable[Entry]:
        """All entries but the ``__typename`` of the operation's root, which the gateway knows."""
        if self.position.path or not self.chooser.is_root(self.position.type):
            return self.position.entries
        return [entry for entry in self.position.entries if entry.name != TYPENAME]

    def _alive_types(self) -> frozenset[str]:
        """Object types that can occur: those that every origin knows. A door is for some of them only."""
        alive = self.position.types
        for standing, _ in self.origins:
            if not standing.is_door:
                alive = alive & standing.types
        if alive or not self.origins:
            return alive
        return self.position.types & self.origins[0][0].types

    def _needs(self, entries: Iterable[Entry], expanded: set[Asked]) -> list[tuple[str, ...]]:
        """For each field that no origin resolves, the subgraphs to choose from; equal needs once."""
        needs: dict[tuple[str, ...], None] = {}
        for entry in entries:
            alive = self.types & entry.runtime
            for type_name in sorted(alive - self._resolved_by_origins(entry, alive)):
                plain = self.plain_subgraphs(type_name, entry.name)
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
        return resolved - put_off(self, entry, alive)

    def plain_subgraphs(self, type_name: str, name: str) -> list[str]:
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
        coverage = [self._coverage_behind(name) for name in subgraphs]
        return self.chooser.coverage.undominated(subgraphs, coverage, [reached[name].wave for name in subgraphs])

    def _coverage_behind(self, subgraph: str) -> int:
        """What all objects that can enter the subgraph find there, of whatever type."""
        found = self._behind.get(subgraph)
        if found is None:
            found = 0
            for type_name in self.types:
                entrances = self.entrances_of(type_name)
                entrance = entrances.reached.get(subgraph)
                if entrance is not None:
                    standing = entrances.door(subgraph, frozenset((type_name,)), entrance)
                    found |= self.chooser.coverage.of(standing, self.position)
            self._behind[subgraph] = found
        return found

    def _further_doors(self, choice: Choice, opened: frozenset[str]) -> list[str]:
        """Doors not opened yet behind which a field lies whose own choice costs something."""
        if self._is_exhausted and choice.cost < UNRESOLVED:
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
                for name in self.plain_subgraphs(type_name, part.entry.name):
                    if name not in opened and self._coverage_behind(name) & ~covered:
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
            if name not in origins and (self.chooser.fetch_cost(waves[name]) < cost or (name, waves[name]) in made)
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
        if self._tried:
            self.chooser.work += len(self.position.entries)
        doors = self._open(subgraphs)
        standings: list[Origin] = [*self.origins, *((door.standing, door.wave) for door in doors)]
        evaluation = Evaluation(self, doors, standings)
        for entry in self._asked_entries():
            evaluation.add(entry)
        for deferred in () if self.is_key else self.position.deferred:
            evaluation.defer(deferred)
        choice = self._tried[subgraphs] = evaluation.choice()
        return choice

    def _open(self, subgraphs: frozenset[str]) -> tuple[Door, ...]:
        """Doors to the subgraphs for all types that can enter, with the intermediate ones that they need."""
        found = self._doors.get(subgraphs)
        if found is None:
            found = self._doors[subgraphs] = self._doors_to(subgraphs)
        return found

    def _doors_to(self, subgraphs: frozenset[str]) -> tuple[Door, ...]:
        opened: dict[tuple[str, int, str, bool], dict[str, Entrance]] = {}
        for type_name in sorted(self.types):
            for subgraph, entrance in self._open_for(type_name, subgraphs).items():
                kind = entrance.edge.entry_type if entrance.edge and entrance.edge.is_interface_object else ""
                opened.setdefault((subgraph, entrance.wave, kind, entrance.is_typed), {})[type_name] = entrance
        doors = []
        for (subgraph, wave, _, _), entrances in opened.items():
            first, entrance = next(iter(entrances.items()))
            standing = self.entrances_of(first).door(subgraph, frozenset(entrances), entrance)
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
            standing = finder.door(subgraph, frozenset((type_name,)), entrance)
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


def _on_the_way(subgraph: str, reached: dict[str, Entrance]) -> set[str]:
    """The subgraphs that have to be entered before this one."""
    entrance = reached.get(subgraph)
    found: set[str] = set()
    for reference, _ in entrance.providers if entrance is not None else ():
        if isinstance(reference, str):
            found |= {reference} | _on_the_way(reference, reached)
    return found
