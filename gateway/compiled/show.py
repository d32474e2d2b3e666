"""The source of a compiled plan, for readers."""

from __future__ import annotations

from gateway.compiled.refusal import NotCompilable
from gateway.compiled.schema_view import SchemaView
from gateway.compiled.steps import lay_plan
from gateway.compiled.write_module import write_module
from gateway.executor.schedule import ExecutablePlan
from gateway.operation.normalized import NormalizedOperation
from gateway.query_plan import QueryPlan
from gateway.selection_set import SelectionSet
from gateway.supergraph.model import Supergraph


def compiled_source(supergraph: Supergraph, operation: NormalizedOperation, plan: QueryPlan) -> str:
    """The module for the state of the conditions in which most is selected; or why there is none."""
    conditions = _everything_taken(operation.selections)
    schedule = ExecutablePlan(plan.node).schedule(conditions)
    view = SchemaView(supergraph.api_schema, supergraph.schema)
    root_type = supergraph.root_types[operation.kind]
    try:
        return write_module(lay_plan(schedule, root_type, operation.selections, view, conditions)).rstrip()
    except NotCompilable as reason:
        return f"not compiled, the general path serves it: {reason}"


def _everything_taken(selections: SelectionSet) -> dict[str, bool]:
    """Values of condition variables; where a variable is wanted true and false, the first mention counts."""
    values: dict[str, bool] = {}
    for selection in selections:
        for condition in selection.conditions:
            values.setdefault(condition.variable, condition.expected)
        for variable, expected in _everything_taken(selection.selections or ()).items():
            values.setdefault(variable, expected)
    return values
