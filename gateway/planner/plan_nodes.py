"""From fetch groups to plan nodes: what depends on each other in sequence, strangers in parallel.

A plan has as many waves as its longest chain of dependent fetches, never more; and a fetch waits for no more than the
tree of nodes makes it wait for.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from gateway.planner.fetch_group import FetchGroup
from gateway.planner.passes.fetch_conditions import without_conditions
from gateway.planner.passes.same_shapes import alias_other_shapes
from gateway.query_plan import (
    ConditionNode,
    Fetch,
    Flatten,
    OperationKind,
    Parallel,
    PlanNode,
    VariableDefinition,
)
from gateway.query_plan import Sequence as SequenceNode
from gateway.selection_set import Directive, Field, SelectionSet
from gateway.selection_text import compact, directive_texts
from gateway.supergraph.model import Supergraph

REPRESENTATIONS = VariableDefinition("representations", "[_Any!]!")


@dataclass(slots=True)
class FetchWriter:
    """Writes the fetches of one plan, numbered in the order in which they are written."""

    supergraph: Supergraph
    name: str | None
    variables: Sequence[VariableDefinition]
    directives: tuple[Directive, ...]
    numbers: dict[FetchGroup, int] = field(default_factory=dict)

    def node(self, group: FetchGroup) -> PlanNode:
        """The group's fetch, at its path, under its conditions."""
        fetch = self.fetch(group)
        node: PlanNode = Flatten(group.path, fetch) if group.path else fetch
        order = [item.name for item in self.variables]
        for condition in sorted(group.conditions or (), key=lambda item: order.index(item.variable), reverse=True):
            node = (
                ConditionNode(condition.variable, if_node=node)
                if condition.expected
                else ConditionNode(condition.variable, else_node=node)
            )
        return node

    def fetch(self, group: FetchGroup) -> Fetch:
        """The group as a fetch, without its conditions."""
        alias_other_shapes(group, self.supergraph.subgraphs[group.subgraph])
        selections = without_conditions(group.selections.selections(), group.conditions or frozenset())
        is_entity = not group.requires.is_empty
        used = _variables(selections) | {name for item in self.directives for name in _directive_variables(item)}
        variables = [
            *(item for item in self.variables if item.name in used),
            *dict.fromkeys(group.context_values.values()),
        ]
        number = self.numbers[group] = len(self.numbers)
        name = f"{self.name}__{_name_part(group.subgraph)}__{number}" if self.name else None
        return Fetch(
            id=number,
            subgraph=group.subgraph,
            kind=group.kind,
            operation=_document(group.kind, name, variables, self.directives, selections, is_entity=is_entity),
            operation_name=name,
            selections=selections,
            variables=tuple(variables),
            requires=group.requires.selections(),
            input_rewrites=tuple(group.input_rewrites),
            output_rewrites=tuple(group.output_rewrites),
            context_values=tuple(group.context_values),
        )


def in_order(groups: Sequence[FetchGroup], writer: FetchWriter) -> PlanNode | None:
    """The groups so that each runs after those that it depends on; None when there are none.

    Groups without any dependency between them stand in parallel. Of those that hang together, the ones that wait for
    no other run first, side by side; then the rest.
    """
    parts: list[PlanNode | None] = []
    for connected in _connected(groups):
        inside = set(connected)
        first = [group for group in connected if inside.isdisjoint(group.depends_on)]
        rest = [group for group in connected if not inside.isdisjoint(group.depends_on)]
        head = side_by_side([writer.node(group) for group in first])
        parts.append(in_sequence([head, in_order(rest, writer)]))
    return side_by_side(parts)


def _connected(groups: Sequence[FetchGroup]) -> list[list[FetchGroup]]:
    """The groups, those together that depend on each other by any way inside the list; order stays."""
    known = set(groups)
    component: dict[FetchGroup, list[FetchGroup]] = {}
    for group in groups:
        own = [group]
        for other in group.depends_on & known:
            if component[other] is not own:
                own = component[other] + own
                for member in own:
                    component[member] = own
        component[group] = own
    order = {group: number for number, group in enumerate(groups)}
    distinct = {id(item): item for item in component.values()}.values()
    return sorted((sorted(item, key=order.__getitem__) for item in distinct), key=lambda item: order[item[0]])


def side_by_side(nodes: Sequence[PlanNode | None]) -> PlanNode | None:
    """The nodes in parallel, without needless nesting."""
    flat: list[PlanNode] = []
    for node in nodes:
        if node is not None:
            flat += node.nodes if isinstance(node, Parallel) else (node,)
    if len(flat) < 2:
        return flat[0] if flat else None
    return _under_one_condition(flat, side_by_side) or Parallel(tuple(flat))


def in_sequence(nodes: Sequence[PlanNode | None]) -> PlanNode | None:
    """The nodes one after the other, without needless nesting."""
    flat: list[PlanNode] = []
    for node in nodes:
        if node is not None:
            flat += node.nodes if isinstance(node, SequenceNode) else (node,)
    if len(flat) < 2:
        return flat[0] if flat else None
    return _under_one_condition(flat, in_sequence) or SequenceNode(tuple(flat))


def _under_one_condition(
    nodes: Sequence[PlanNode], together: Callable[[Sequence[PlanNode | None]], PlanNode | None]
) -> PlanNode | None:
    """One condition around all of the nodes, if it is that of each."""
    conditional = [node for node in nodes if isinstance(node, ConditionNode)]
    if len(conditional) < len(nodes) or len({node.variable for node in conditional}) > 1:
        return None
    variable = conditional[0].variable
    if all(node.else_node is None for node in conditional):
        return ConditionNode(variable, if_node=together([node.if_node for node in conditional]))
    if all(node.if_node is None for node in conditional):
        return ConditionNode(variable, else_node=together([node.else_node for node in conditional]))
    return None


def _document(
    kind: OperationKind,
    name: str | None,
    variables: Sequence[VariableDefinition],
    directives: Sequence[Directive],
    selections: SelectionSet,
    *,
    is_entity: bool,
) -> str:
    definitions = (REPRESENTATIONS, *variables) if is_entity else variables
    written = ",".join(
        f"${item.name}:{item.type_text}" + (f"={item.default_text}" if item.default_text is not None else "")
        for item in definitions
    )
    body = compact(selections)
    if is_entity:
        body = f"{{_entities(representations:$representations){body}}}"
    head = f"{name or ''}{f'({written})' if written else ''}{''.join(directive_texts((), directives, ':', ','))}"
    if kind is OperationKind.QUERY and not head:
        return body
    return f"{kind.value}{' ' if name else ''}{head}{body}"


def _variables(selections: SelectionSet) -> set[str]:
    used: set[str] = set()
    for selection in selections:
        used.update(condition.variable for condition in selection.conditions)
        for directive in selection.directives:
            used |= _directive_variables(directive)
        if isinstance(selection, Field):
            used.update(name for argument in selection.arguments for name in argument.variables)
        if selection.selections:
            used |= _variables(selection.selections)
    return used


def _directive_variables(directive: Directive) -> set[str]:
    return {name for argument in directive.arguments for name in argument.variables}


def _name_part(subgraph: str) -> str:
    """A subgraph's name as part of a GraphQL name."""
    return "".join(item if item.isascii() and (item.isalnum() or item == "_") else "_" for item in subgraph)
