"""Makes a module of generated source: executed once, its text kept for tracebacks and for readers."""

from __future__ import annotations

import itertools
import linecache
import weakref
from dataclasses import dataclass
from typing import Annotated, Any, Literal

import msgspec

from gateway.compiled.refusal import HandOver
from gateway.compiled.requests import EntityPart, EntityRequest, RootRequest, is_blank
from gateway.compiled.schema_view import TYPENAME
from gateway.compiled.steps import LaidPlan, LaidRequest, LaidStep
from gateway.compiled.write_structs import brought_class

Int32 = Annotated[int, msgspec.Meta(ge=-(2**31), le=2**31 - 1)]


class NoType(msgspec.Struct, tag_field=TYPENAME, tag="(no type)"):
    """Makes a union of a single tagged class; nothing decodes into it."""

    never: Literal["(never)"]


_numbers = itertools.count(1)


@dataclass(frozen=True)
class GeneratedModule:
    """``run`` is the class whose instances are executions; ``source`` what it was made from."""

    name: str
    source: str
    run: Any


def load_module(source: str, plan: LaidPlan) -> GeneratedModule:
    """Execute ``source``. The text stays in ``linecache`` as long as the module lives."""
    name = f"<compiled plan {next(_numbers)}>"
    namespace: dict[str, Any] = {
        "__name__": name,
        "Annotated": Annotated,
        "Any": Any,
        "Decoder": msgspec.json.Decoder,
        "HandOver": HandOver,
        "Int32": Int32,
        "Literal": Literal,
        "NoType": NoType,
        "Raw": msgspec.Raw,
        "Struct": msgspec.Struct,
        "UNSET": msgspec.UNSET,
        "UnsetType": msgspec.UnsetType,
        "encode": msgspec.json.Encoder().encode,
        "is_blank": is_blank,
    }
    exec(compile(source, name, "exec", dont_inherit=True), namespace)  # noqa: S102 - the source is our own
    for index, request in enumerate(plan.requests):
        namespace[f"request_{index}"] = _request(request, plan, namespace)
    linecache.cache[name] = (len(source), None, source.splitlines(keepends=True), name)
    module = GeneratedModule(name, source, namespace["Run"])
    weakref.finalize(module, linecache.cache.pop, name, None)
    return module


def _request(request: LaidRequest, plan: LaidPlan, namespace: dict[str, Any]) -> RootRequest | EntityRequest:
    if not request.asks_for_entities:
        (step,) = request.steps
        return RootRequest(step.fetch, namespace[brought_class(step.id, plan.root)])
    return EntityRequest(
        [EntityPart(part.fetch, [_result_classes(step, namespace) for step in part.steps]) for part in request.parts]
    )


def _result_classes(step: LaidStep, namespace: dict[str, Any]) -> dict[type[msgspec.Struct], type[msgspec.Struct]]:
    return {
        namespace[f"Representation_{each.number}"]: namespace[brought_class(step.id, each.layout)]
        for each in step.representations
    }
