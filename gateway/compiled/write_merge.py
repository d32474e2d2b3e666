"""Writes how a fetch's results get into the objects that asked for them.

Results are visited first: that may put one object in the place of another.
"""

from __future__ import annotations

from gateway.compiled.layout import ObjectLayout, Slot
from gateway.compiled.representation import Representation
from gateway.compiled.source import Source
from gateway.compiled.steps import LaidPlan, LaidStep
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
            _write_assignment("root", slot, source)
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
        _write_assignment("o", slot, source)


def _write_assignment(target: str, slot: Slot, source: Source) -> None:
    if len(slot.steps) == 1:
        source.line(f"{target}.{slot.name} = p.{slot.name}")
        return
    # Several fetches bring the value: where they disagree, the general path decides.
    with source.block(f"if {target}.{slot.name} is UNSET"):
        source.line(f"{target}.{slot.name} = p.{slot.name}")
    with source.block(f"elif {target}.{slot.name} != p.{slot.name}"):
        source.line("raise HandOver")


def _write_visits(step: LaidStep, plan: LaidPlan, visits: Visits, source: Source) -> None:
    layouts = plan.brought_layouts(step)
    if len(layouts) == 1:
        visits.write(step.id, layouts[0], "p", source)
        return
    for layout in layouts:
        with source.block(f"if type(p) is {brought_class(step.id, layout)}"):
            visits.write(step.id, layout, "p", source)
