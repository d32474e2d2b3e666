"""Compiles a plan for one state of its conditions: lay out, write, load. Or refuses, and the general path serves it."""

from __future__ import annotations

from collections.abc import Mapping

from gateway.compiled.compiled_plan import CompiledPlan
from gateway.compiled.load_module import load_module
from gateway.compiled.schema_view import SchemaView
from gateway.compiled.steps import lay_plan
from gateway.compiled.write_module import write_module
from gateway.executor.schedule import Schedule
from gateway.selection_set import SelectionSet


def compile_plan(
    schedule: Schedule,
    root_type: str,
    selections: SelectionSet,
    schema: SchemaView,
    conditions: Mapping[str, bool],
) -> CompiledPlan:
    """The compiled form of ``schedule``, which answers ``selections`` of the root type.

    Both are taken as they are where the variables of ``@skip`` and ``@include`` have the values ``conditions``.

    Raises ``NotCompilable``, which is no error: the general path serves every plan.
    """
    laid = lay_plan(schedule, root_type, selections, schema, conditions)
    return CompiledPlan(schedule, load_module(write_module(laid), laid))
