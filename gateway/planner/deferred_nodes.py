"""Plan nodes for ``@defer``: the first answer's fetches, and the parts that follow it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from gateway.planner.blocks import Block, Blocks, Reach
from gateway.planner.deferred_selections import without_deferred
from gateway.planner.fetch_group import FetchGroup
from gateway.planner.plan_nodes import FetchWriter, in_order
from gateway.query_plan import ConditionNode, DeferNode, DeferredPart, PlanNode
from gateway.selection_set import InlineFragment, SelectionSet


@dataclass(slots=True)
class DeferWriter:
    """Writes the nodes of a plan with deferred parts."""

    writer: FetchWriter
    blocks: Blocks
    groups: Sequence[FetchGroup]

    def node(self, selections: SelectionSet, primary: PlanNode | None) -> PlanNode | None:
        """The first answer's fetches with all that follows; just those when nothing is deferred."""
        return self._with_parts(without_deferred(selections), primary, None)

    def _with_parts(self, selections: SelectionSet, primary: PlanNode | None, block: Block | None) -> PlanNode | None:
        inside = self.blocks.inside(block)
        if not inside:
            return primary
        return DeferNode(selections, primary, tuple(self._part(item) for item in inside))

    def _part(self, block: Block) -> DeferredPart:
        own = [group for group in self.groups if group.block is block]
        before = {other for group in own for other in group.depends_on if other.block is not block}
        selections = self._selections(block)
        return DeferredPart(
            label=block.defer.label,
            path=block.path,
            selections=selections,
            depends=tuple(sorted(self.writer.numbers[group] for group in before)),
            node=self._with_parts(selections, in_order(own, self.writer), block),
        )

    def _selections(self, block: Block) -> SelectionSet:
        """What the client asked for there, of which objects and for which variables."""
        inner, reach = without_deferred(block.fragment.selections), block.reach
        if not inner or reach == Reach():
            return inner
        if reach.types is None or reach.declared is not None:
            return (InlineFragment(reach.declared, inner, conditions=reach.conditions),)
        return tuple(InlineFragment(name, inner, conditions=reach.conditions) for name in sorted(reach.types))


def by_condition(variables: Sequence[str], plan: Iterable[tuple[dict[str, bool], PlanNode | None]]) -> PlanNode | None:
    """One node that takes, by the variables' values, one of the plans made for all combinations of them."""
    nodes = {tuple(values[name] for name in variables): node for values, node in plan}

    def branch(taken: tuple[bool, ...]) -> PlanNode | None:
        if len(taken) == len(variables):
            return nodes[taken]
        return ConditionNode(variables[len(taken)], branch((*taken, True)), branch((*taken, False)))

    return branch(())
