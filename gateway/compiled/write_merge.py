"""Writes how a fetch's results get into the objects that asked for them.

Results are visited first: that may put one object in the place of another.
"""

from __future__ import annotations

from collections.abc import Iterable

from gateway.compiled.layout import ObjectLayout, StepId
from gateway.compiled.representation import Representation
from gateway.compiled.source import Source
from gateway.compiled.steps import LaidPlan, LaidStep
from gateway.compiled.write_join import has_joins, is_joined, write_assignment, write_join_early
from gateway.compiled.write_represent import write_absent
from gateway.compiled.write_structs import brought_class
from gateway.compiled.write_visit import Visits


def write_merge_root(step: LaidStep, plan: LaidPlan, visits: Visits, source: Source) -> None:
    """``merge_step_<step>(self, p)``: ``p`` is the response's ``data``."""
    source.start_function()
    with source.block(f"def merge_step_{step.id}(self, p)"):
        visits.write_start(step.id, source)
        visits.write(step.id, plan.root, "p", source)
        source.line("root = self.root")
        for slot in plan.root.brought_by(step.id):
            write_assignment("root", slot, step.id, source)
        _write_joins_of([plan.root], step.id, source)
    source.line()


def write_merge_entities(step: LaidStep, plan: LaidPlan, visits: Visits, read: frozenset[int], source: Source) -> None:
    """``merge_step_<step>(self, results)``: ``results[i]`` answers representation ``i``."""
    source.start_function()
    with source.block(f"def merge_step_{step.id}(self, results)"):
        if visits.any_of(step.id):
            visits.write_start(step.id, source)
            with source.block("for p in results"):
                source.line("if p is None: continue")
                _write_visits(step, plan, visits, source)
        with source.block(f"for o, i in zip(self.objects_{step.id}, self.where_{step.id})"):
            source.line("p = results[i]")
            for number, representation in enumerate(step.representations):
                _write_one(representation, number, step, read, source)
        _write_joins_of(plan.brought_layouts(step), step.id, source)
    source.line()


def _write_one(
    representation: Representation, number: int, step: LaidStep, read: frozenset[int], source: Source
) -> None:
    layout = representation.layout
    if not layout.position.dispatched and len(step.representations) == 1:
        _write_object(layout, step, read, source)
        return
    with source.block(f"{'el' if number else ''}if type(o) is {layout.class_name}"):
        _write_object(layout, step, read, source)


def _write_object(layout: ObjectLayout, step: LaidStep, read: frozenset[int], source: Source) -> None:
    with source.block("if p is None"):
        write_absent(step, layout, read, source)
        source.line("continue")
    for slot in layout.brought_by(step.id):
        write_assignment("o", slot, step.id, source)


def _write_joins_of(layouts: Iterable[ObjectLayout], step: StepId, source: Source) -> None:
    """What other steps brought of objects before this one made them."""
    for slot in {
        slot.child.number: slot for layout in layouts for slot in layout.brought_by(step) if slot.child
    }.values():
        if has_joins(slot) and not is_joined(slot, step):
            write_join_early(slot, source)


def _write_visits(step: LaidStep, plan: LaidPlan, visits: Visits, source: Source) -> None:
    layouts = plan.brought_layouts(step)
    if len(layouts) == 1:
        visits.write(step.id, layouts[0], "p", source)
        return
    for layout in layouts:
        with source.block(f"if type(p) is {brought_class(step.id, layout)}"):
            visits.write(step.id, layout, "p", source)
