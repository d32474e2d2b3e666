"""One combination of doors at a position, added up: who answers what, and what it costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from gateway.planner.cost import UNRESOLVED
from gateway.planner.entrances import Known
from gateway.planner.operation_tree import Entry, Position
from gateway.planner.path_tree import Choice, Door, Origin, Part, Requirement
from gateway.planner.put_off import put_off
from gateway.query_graph.edges import KeyEdge
from gateway.supergraph.model import SubgraphField

if TYPE_CHECKING:
    from gateway.planner.position_search import PositionSearch

_Answers = tuple[tuple[int, Origin | None], ...]
"""Numbers of the standings that answer an entry, each with the standing of what is below."""


class Evaluation:
    """Adds up one combination of doors at a position."""

    def __init__(self, search: PositionSearch, doors: tuple[Door, ...], standings: list[Origin]) -> None:
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
        self._cost = sum(self.chooser.fetch_cost(wave) for _, wave in self._fetches)
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
        waiting = put_off(self.search, entry, alive)
        able: dict[str, list[tuple[int, Origin | None]]] = {type_name: [] for type_name in sorted(alive)}
        count = len(self.search.origins)
        for number, (standing, wave) in enumerate(self.standings):
            for address in self.graph.resolve(standing, entry.name, entry.condition, entry.runtime, alive):
                below: Origin | None = None
                if entry.child is not None and address.field is not None:
                    below = (self.graph.standing(standing.subgraph, address.field.named_type, address.provided), wave)
                for type_name in address.types - waiting if number < count else address.types:
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
        self.arrival = max(self.arrival, choice.arrival)

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
            cost += self.chooser.fetch_cost(wave)
        standing = finder.door(edge.subgraph, frozenset((type_name,)), entrance)
        suppliers = tuple(item.reference for item in typed if isinstance(item.reference, int))
        return Requirement(standing, wave, entrance, own_field, requires, suppliers), cost
