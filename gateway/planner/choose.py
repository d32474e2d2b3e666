"""The search: for each position, which subgraphs to enter and who answers which field, at least cost.

A plan's cost is the sum of its fetches' costs, and a fetch belongs to one position: that at which a subgraph is
entered. So the best choice for a position is its doors plus the best choices of the positions below, given the
standings that they inherit; equal questions are answered once. Only subgraphs that a field needs are tried, and the
tries are bounded, so that a schema where everything is everywhere stays cheap to plan.
"""

from __future__ import annotations

from gateway.planner.cost import UNRESOLVED, fetch_cost
from gateway.planner.coverage import Coverage
from gateway.planner.operation_tree import OperationTree, Position
from gateway.planner.path_tree import Asked, Choice, Origin
from gateway.planner.position_search import PositionSearch
from gateway.planner.response_names import ResponseNames
from gateway.query_graph.graph import QueryGraph
from gateway.query_plan import OperationKind
from gateway.selection_set import SelectionSet

SECOND_WAVE = 1
"""A plan that ends with it has no slower rival to beat: fetches of the first wave cost next to nothing."""


class Chooser:
    """Chooses for one operation."""

    def __init__(self, graph: QueryGraph, tree: OperationTree, names: ResponseNames) -> None:
        self.graph = graph
        self.tree = tree
        self.names = names
        self.work = 0
        """How many fields were placed to compare combinations."""
        self.deadline: int | None = None
        """The last wave that is wanted."""
        self.latest_chosen = 0
        """The last wave of all positions where there was a choice: no other choice makes for an earlier one else."""
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
        asked: frozenset[Asked] = frozenset(),
        nesting: int = 0,
    ) -> Choice:
        """The best choice found for a position whose object is in ``origins``.

        A position that stands for a key (``is_key``) opens no doors of its own. ``asked`` are the requirements
        being resolved around this: they may not be needed again.
        """
        memo = (origins, is_key, self.deadline)
        found = position.chosen.get(memo) or position.chosen.get((*memo, asked))
        if not isinstance(found, Choice):
            before = self.circles
            found = PositionSearch(self, position, origins, is_key=is_key, asked=asked, nesting=nesting).best()
            position.chosen[memo if self.circles == before else (*memo, asked)] = found
        return found

    def soonest(self, position: Position) -> Choice:
        """The cheapest choice for the operation's root among those with the fewest waves.

        The sum of costs would rather wait for one fetch than make several at once.
        """
        self.deadline, self.latest_chosen = None, 0
        best = self.choose(position, ())
        while self.latest_chosen >= best.arrival > SECOND_WAVE:
            self.deadline = best.arrival - 1
            self.latest_chosen = 0
            sooner = self.choose(position, ())
            if sooner.arrival > self.deadline or sooner.cost >= UNRESOLVED:
                break
            best = sooner
        self.deadline = best.arrival
        return best

    def fetch_cost(self, wave: int) -> float:
        """Cost of one fetch in a wave."""
        return fetch_cost(wave, self.deadline)

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
