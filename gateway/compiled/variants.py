"""The compiled forms of one plan: one for each state of its conditions, made off the path of requests."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from concurrent.futures import Executor
from dataclasses import dataclass, field
from typing import Any, Final

from gateway.compiled.compile_plan import compile_plan
from gateway.compiled.compiled_plan import CompiledPlan
from gateway.compiled.kept_forms import Form, KeptForms
from gateway.compiled.refusal import NotCompilable
from gateway.compiled.schema_view import SchemaView
from gateway.executor.schedule import ExecutablePlan, Schedule
from gateway.projection.build_shape import condition_variables
from gateway.selection_set import SelectionSet

MAX_KEPT_FORMS: Final = 8
"""Per plan. An operation with more states of its conditions in use has the rest served by the general path."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class CompilerOptions:
    """``uses_before`` executions go by before a form is compiled; with no ``executor`` that happens in place.

    ``kept`` is shared by all plans of a supergraph.
    """

    uses_before: int = 1
    executor: Executor | None = None
    kept: KeptForms = field(default_factory=KeptForms)


@dataclass(slots=True)
class CompiledVariants:
    """Finds the compiled form for a request's variables, and has it made when it is worth it."""

    plan: ExecutablePlan
    root_type: str
    selections: SelectionSet
    schema: SchemaView
    options: CompilerOptions
    _variables: tuple[str, ...] = field(init=False)
    _forms: dict[tuple[bool, ...], Form] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._variables = tuple(sorted({*condition_variables(self.selections), *self.plan.condition_variables}))

    def find(self, variables: Mapping[str, Any]) -> CompiledPlan | None:
        """The form to execute; None while there is none, or when the plan cannot be compiled."""
        state = tuple([variables.get(name) is True for name in self._variables])
        form = self._forms.get(state)
        if form is None:
            if len(self._forms) >= MAX_KEPT_FORMS:
                return None
            form = self._forms[state] = Form()
        if form.plan is not None:
            self.options.kept.used(form)
        elif not form.compiling:
            self._use(form, state, variables)
        return form.plan

    def _use(self, form: Form, state: tuple[bool, ...], variables: Mapping[str, Any]) -> None:
        form.uses += 1
        if form.uses <= self.options.uses_before:
            return
        form.compiling = True
        schedule = self.plan.schedule(variables)
        conditions = dict(zip(self._variables, state, strict=True))
        if self.options.executor is None:
            self.options.kept.keep(form, self._compile(schedule, conditions))
            return
        task = asyncio.get_running_loop().run_in_executor(self.options.executor, self._compile, schedule, conditions)

        def keep(done: asyncio.Future[CompiledPlan | None]) -> None:
            # Cancelled when the gateway stops.
            if not done.cancelled():
                self.options.kept.keep(form, done.result())

        task.add_done_callback(keep)

    def _compile(self, schedule: Schedule, conditions: Mapping[str, bool]) -> CompiledPlan | None:
        try:
            return compile_plan(schedule, self.root_type, self.selections, self.schema, conditions)
        except NotCompilable as reason:
            _log.debug("plan stays on the general path: %s", reason)
        except Exception:  # noqa: BLE001 - logged; the general path serves the plan
            _log.exception("a plan could not be compiled; it stays on the general path")
        return None
