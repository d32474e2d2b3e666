"""Planning an operation, as a story: operation tree, choice, fetch groups, passes, plan nodes."""

from __future__ import annotations

from dataclasses import replace
from itertools import product

from gateway.operation.normalize.decide import decide
from gateway.operation.normalized import NormalizedOperation
from gateway.planner.blocks import Blocks
from gateway.planner.build import Builder
from gateway.planner.choose import Chooser
from gateway.planner.context_values import ContextVariables
from gateway.planner.deferred_nodes import DeferWriter, by_condition
from gateway.planner.deferred_selections import defer_variables, has_defer, settle, undeferred
from gateway.planner.errors import OperationNotPlannable, PlanningErrorCode
from gateway.planner.fetch_group import DependencyGraph, FetchGroup
from gateway.planner.mutation_fields import fields_by_key, is_wrapped, order_variables
from gateway.planner.operation_tree import OperationTree
from gateway.planner.path_tree import Choice
from gateway.planner.plan_nodes import FetchWriter, in_order, in_sequence
from gateway.planner.response_names import ResponseNames
from gateway.query_graph.graph import QueryGraph
from gateway.query_plan import OperationKind, PlanNode, QueryPlan, SubscriptionNode
from gateway.selection_set import Condition, Selection, SelectionSet
from gateway.supergraph.model import Supergraph


class Planner:
    """Plans operations on one supergraph. Safe to use from several threads: what it keeps is only ever added to.

    ``type_conditioned_fetching`` fetches separately for objects that were reached through different object types,
    instead of fetching all fields for all of them.
    """

    def __init__(self, supergraph: Supergraph, *, type_conditioned_fetching: bool = False) -> None:
        self.supergraph = supergraph
        self.type_conditioned_fetching = type_conditioned_fetching
        self._graphs: dict[frozenset[str], QueryGraph] = {}

    def plan(
        self,
        operation: NormalizedOperation,
        overrides: frozenset[str] = frozenset(),
        *,
        incremental: bool = False,
    ) -> QueryPlan:
        """The plan for an operation while the labels ``overrides`` are active.

        With ``incremental``, ``@defer`` makes parts that are delivered later; else all is answered at once.

        :raises OperationNotPlannable: no sequence of fetches answers it.
        """
        graph = self.graph(overrides)
        variables = defer_variables(operation.selections) if incremental else []
        if operation.kind is OperationKind.MUTATION:
            variables = list(dict.fromkeys((*variables, *order_variables(operation.selections))))
        if not variables:
            return QueryPlan(self._plan(operation, graph, {}, incremental=incremental))
        combinations = [
            dict(zip(variables, values, strict=True)) for values in product((True, False), repeat=len(variables))
        ]
        plans = [(values, self._plan(operation, graph, values, incremental=incremental)) for values in combinations]
        return QueryPlan(by_condition(variables, plans))

    def _plan(
        self, operation: NormalizedOperation, graph: QueryGraph, values: dict[str, bool], *, incremental: bool
    ) -> PlanNode | None:
        selections = operation.selections
        if operation.kind is OperationKind.MUTATION and values:
            selections = decide(selections, frozenset(Condition(name, value) for name, value in values.items()))
        if has_defer(selections):
            selections = settle(selections, values) if incremental else undeferred(selections)
        plan = _OperationPlan(self, replace(operation, selections=selections), graph)
        match operation.kind:
            case OperationKind.QUERY:
                return plan.query()
            case OperationKind.MUTATION:
                return plan.mutation()
            case OperationKind.SUBSCRIPTION:
                return plan.subscription()

    def path_tree(self, operation: NormalizedOperation, overrides: frozenset[str] = frozenset()) -> Choice:
        """Who answers what: the stage before fetches."""
        return _OperationPlan(self, operation, self.graph(overrides)).choice(operation.selections)

    def fetch_graph(self, operation: NormalizedOperation, overrides: frozenset[str] = frozenset()) -> list[FetchGroup]:
        """The fetches and what they wait for: the stage before plan nodes."""
        return _OperationPlan(self, operation, self.graph(overrides)).groups(operation.selections).groups

    def graph(self, overrides: frozenset[str] = frozenset()) -> QueryGraph:
        """The query graph while the labels are active."""
        relevant = overrides & self.supergraph.override_labels
        found = self._graphs.get(relevant)
        if found is None:
            found = self._graphs[relevant] = QueryGraph(self.supergraph, relevant)
        return found


class _OperationPlan:
    """One operation on its way to a plan."""

    def __init__(self, planner: Planner, operation: NormalizedOperation, graph: QueryGraph) -> None:
        self.operation = operation
        self.graph = graph
        self.root_type = planner.supergraph.root_types[operation.kind]
        self.tree = OperationTree(planner.supergraph, type_conditioned=planner.type_conditioned_fetching)
        self.chooser = Chooser(graph, self.tree, ResponseNames(operation.selections))
        self.variables = ContextVariables(frozenset(item.name for item in operation.variables))
        self.writer = FetchWriter(planner.supergraph, operation.name, operation.variables, operation.directives)

    def query(self) -> PlanNode | None:
        """Fetches by what they depend on, and the parts that follow."""
        groups = self.groups(self.operation.selections).groups
        primary = in_order([group for group in groups if group.block is None], self.writer)
        return DeferWriter(self.writer, self.tree.blocks, groups).node(self.operation.selections, primary)

    def mutation(self) -> PlanNode | None:
        """Mutation fields one after the other, each with all that its answer needs.

        Neighbours that the same subgraph executes go there as one request, as far as that keeps their order.
        """
        runs: list[tuple[str, list[Selection]]] = []
        joins = False
        for selections in fields_by_key(self.operation.selections):
            subgraph, stands_alone = self._subgraph_of(selections), is_wrapped(selections)
            if joins and not stands_alone and subgraph in {"", runs[-1][0]}:
                runs[-1][1].extend(selections)
            else:
                runs.append((subgraph, [*selections]))
            joins = not stands_alone
        self.tree.blocks = Blocks()
        by_run = [self.groups(tuple(fields)).groups for _, fields in runs]
        primary = in_sequence(
            [in_order([group for group in groups if group.block is None], self.writer) for groups in by_run]
        )
        groups = [group for run in by_run for group in run]
        return DeferWriter(self.writer, self.tree.blocks, groups).node(self.operation.selections, primary)

    def subscription(self) -> PlanNode | None:
        """The subgraph that sends the events, and what completes each of them."""
        first, *rest = self.groups(self.operation.selections).groups
        if first.path or not rest == [group for group in rest if group.path]:
            raise OperationNotPlannable(
                PlanningErrorCode.SUBSCRIPTION_ROOTS, "a subscription has to be opened in one subgraph"
            )
        primary, _ = self.writer.fetch(first)
        return SubscriptionNode(primary, in_order(rest, self.writer))

    def groups(self, selections: SelectionSet) -> DependencyGraph:
        """Fetch groups for selections of the root type."""
        choice = self.choice(selections)
        groups = DependencyGraph()
        Builder(self.chooser, groups, self.operation.kind, self.variables).build(choice, ())
        return groups

    def choice(self, selections: SelectionSet) -> Choice:
        """Who answers what, from the root down."""
        choice = self.chooser.choose(self.tree.root(self.root_type, selections), ())
        _require_complete(choice)
        return choice

    def _subgraph_of(self, selections: SelectionSet) -> str:
        """The subgraph that executes a mutation field; empty for ``__typename``."""
        return next((door.standing.subgraph.name for door in self.choice(selections).doors), "")


def _require_complete(choice: Choice) -> None:
    for entry, type_name in choice.missing:
        raise OperationNotPlannable(
            PlanningErrorCode.FIELD_NOT_REACHABLE,
            f"no subgraph can resolve {type_name}.{entry.name} where the operation asks for it",
        )
    for deferred in choice.deferred:
        _require_complete(deferred)
    for part in choice.parts:
        if part.child is not None:
            _require_complete(part.child)
        if part.requirement is not None and part.requirement.requires is not None:
            _require_complete(part.requirement.requires)
