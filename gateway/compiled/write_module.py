"""Writes the module of a compiled plan: struct classes, then ``Run``, the state and the steps of one execution."""

from __future__ import annotations

from gateway.compiled.layout import Position
from gateway.compiled.source import Source
from gateway.compiled.steps import LaidPlan, LaidRequest
from gateway.compiled.write_join import early_parts, joins, write_joins
from gateway.compiled.write_merge import write_merge_entities, write_merge_root
from gateway.compiled.write_represent import slots_read, write_represent
from gateway.compiled.write_structs import is_retyped, write_structs
from gateway.compiled.write_visit import Visits, collection, is_written_once, owners
from gateway.query_plan import EachItem, Key, OnTypes, ResponsePath


def write_module(plan: LaidPlan) -> str:
    """The source. What it uses beyond builtins is put into its namespace by ``load_module``."""
    source = Source()
    write_structs(plan, source)
    with source.block("class Response(Struct, gc=False)"):
        source.line(f"data: {plan.root.class_name}")
    source.line()
    _write_run(plan, source)
    return source.text()


def _write_run(plan: LaidPlan, source: Source) -> None:
    collected = _collected(plan)
    visits = Visits(plan.layout, collected)
    read = slots_read(plan)
    with source.block("class Run"):
        _write_start(plan, collected, source)
        for index, request in enumerate(plan.requests):
            _write_request(index, request, source)
            if not request.asks_for_entities:
                write_merge_root(request.steps[0], plan, visits, source)
                continue
            for part in request.parts:
                for step in part.steps:
                    write_represent(step, part, plan, read, source)
                    write_merge_entities(step, plan, visits, read, source)
        write_joins(plan, source)
        _write_finish(plan, source)


def _collected(plan: LaidPlan) -> frozenset[int]:
    """Positions whose objects are needed again: fetches read them, or something has to be taken out at the end."""
    read = {each.layout.position.number for step in plan.steps for each in step.representations}
    finished = {each.number for each in plan.layout.positions if each.repeating or _is_finished(each)}
    return frozenset(read | finished)


def _is_finished(position: Position) -> bool:
    return position.number != 0 and any(layout.hidden or is_retyped(layout) for layout in position.layouts)


def _write_start(plan: LaidPlan, collected: frozenset[int], source: Source) -> None:
    lists = [f"at_{number}" for number in sorted(collected)]
    lists += [owners(position) for position in plan.layout.positions if position.repeating]
    lists += _early(plan)
    state = [f"{name}_{step.id}" for step in plan.steps if step.step.is_entity_fetch for name in ("objects", "where")]
    asked = [f"asked_{index}" for index, request in enumerate(plan.requests) if request.asks_for_entities]
    source.line(f"__slots__ = {('variables', 'root', *lists, *state, *asked)!r}")
    source.line()
    with source.block("def __init__(self, variables)"):
        source.line("self.variables = variables")
        source.line(f"self.root = {plan.root.class_name}()")
        for name in lists:
            source.line(f"self.{name} = []")
    source.line()


def _early(plan: LaidPlan) -> list[str]:
    return sorted({early_parts(join.slot) for join in joins(plan)})


def _write_request(index: int, request: LaidRequest, source: Source) -> None:
    """``prepare_<request>`` gives the body to send, None when nothing is to be asked; ``merge_<request>`` reads."""
    for step in request.steps:
        source.line(f"# fetch {step.fetch.id}: {_path_text(step.step.path) or 'the root'} from {step.fetch.subgraph!r}")
    if not request.asks_for_entities:
        with source.block(f"def prepare_{index}(self)"):
            source.line(f"return request_{index}.encode(self.variables)")
        source.line()
        with source.block(f"def merge_{index}(self, body)"):
            source.line(f"self.merge_step_{request.steps[0].id}(request_{index}.decode(body))")
        source.line()
        return
    with source.block(f"def prepare_{index}(self)"):
        source.line(f"self.asked_{index} = asked = ({'[], ' * len(request.parts)})")
        for number, part in enumerate(request.parts):
            source.line("index = {}")
            for step in part.steps:
                source.line(f"self.represent_{step.id}(index, asked[{number}])")
        source.line(f"return request_{index}.encode(self.variables, asked)")
    source.line()
    with source.block(f"def merge_{index}(self, body)"):
        where = "".join(f"self.where_{step.id}, " for step in request.steps)
        source.line(f"results = request_{index}.decode(body, self.asked_{index}, ({where}))")
        for number, step in enumerate(request.steps):
            source.line(f"self.merge_step_{step.id}(results[{number}])")
    source.line()


def _write_finish(plan: LaidPlan, source: Source) -> None:
    """``finish`` takes out what clients did not ask for, and encodes. A part without its object is handed over."""
    source.start_function()
    with source.block("def finish(self)"):
        for early in _early(plan):
            source.line(f"self.join_early(self.{early})")
            source.line(f"if self.{early}: raise HandOver")
        for slot in plan.root.hidden:
            source.line(f"self.root.{slot.name} = UNSET")
        for position in plan.layout.positions:
            if _is_finished(position):
                with source.block(f"for o in self.{collection(position)}"):
                    _write_finish_object(position, source)
        _write_repeating(plan, source)
        source.line("return encode(Response(self.root))")
    source.line()


def _write_repeating(plan: LaidPlan, source: Source) -> None:
    """Objects that many others hold are encoded once, the innermost first."""
    for layout in plan.layout.objects():
        for slot in layout.slots.values():
            position = slot.child
            if position is not None and position.repeating and is_written_once(position, layout):
                objects, holders = f"self.{collection(position)}", f"self.{owners(position)}"
                with source.block(f"if len({holders}) > 2 * len({objects})"):
                    source.line(f"written = {{id(o): Raw(encode(o)) for o in {objects}}}")
                    with source.block(f"for o in {holders}"):
                        source.line(f"if o.{slot.name} is not None: o.{slot.name} = written[id(o.{slot.name})]")


def _write_finish_object(position: Position, source: Source) -> None:
    if not position.dispatched:
        for slot in position.layouts[0].hidden:
            source.line(f"o.{slot.name} = UNSET")
        return
    for number, layout in enumerate(position.layouts):
        with source.block(f"{'el' if number else ''}if type(o) is {layout.class_name}"):
            for slot in layout.hidden:
                source.line(f"o.{slot.name} = UNSET")
            if is_retyped(layout):
                # The same members in the same places, but no tag that the encoder would write.
                source.line(f"o.__class__ = {layout.class_name}_answer")


def _path_text(path: ResponsePath) -> str:
    texts = []
    for element in path:
        match element:
            case Key(name):
                texts.append(name)
            case EachItem():
                texts.append("@")
            case OnTypes(types):
                texts.append(f"|[{','.join(types)}]")
    return ".".join(texts)
