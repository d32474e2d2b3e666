"""What a request is made of: fetches with their places, and parts that share one ``_entities`` field.

Fetches that ask the same of entities at different places make one part: an entity that stands at all of them is
represented once, and answered once.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from gateway.query_plan import Fetch, ResponsePath


@dataclass(frozen=True, slots=True)
class Step:
    """One fetch and the place it works on; the root when ``path`` is empty."""

    fetch: Fetch
    path: ResponsePath

    @property
    def is_entity_fetch(self) -> bool:
        """Whether the fetch asks for entities, not for root fields."""
        return bool(self.fetch.requires)


@dataclass(frozen=True, slots=True)
class RequestPart:
    """Steps that ask the same, at least one: they differ in their places, and in the ids of their fetches."""

    steps: tuple[Step, ...]

    @property
    def fetch(self) -> Fetch:
        """The fetch that speaks for all steps."""
        return self.steps[0].fetch

    @property
    def asks_for_entities(self) -> bool:
        """Whether the part is an ``_entities`` field; else it is an operation of root fields."""
        return self.steps[0].is_entity_fetch


def parts_of(steps: Iterable[Step]) -> tuple[RequestPart, ...]:
    """The parts of the request in which ``steps`` travel, each where its first step stands."""
    alike: dict[Fetch, list[Step]] = {}
    for step in steps:
        alike.setdefault(_what_is_asked(step.fetch), []).append(step)
    return tuple(RequestPart(tuple(each)) for each in alike.values())


def _what_is_asked(fetch: Fetch) -> Fetch:
    return replace(fetch, id=0, operation="", operation_name=None)
