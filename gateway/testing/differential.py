"""One differential case: a random world, composed, served by the whole gateway, held against the monolith.

The story of ``check``: draw a world → write and compose its subgraphs → build a snapshot → draw operations → execute
each on gateway and monolith → compare answers byte for byte, key order included.
"""

from __future__ import annotations

import json
import logging
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from graphql import parse

from gateway.graphql_request import GraphQLRequest
from gateway.incremental_delivery import IncrementalForm
from gateway.testing.allowances import is_part_of, is_told_of_nulls
from gateway.testing.damage import DamagingTransport
from gateway.testing.merge_parts import merged
from gateway.testing.monolith import Monolith
from gateway.testing.random_operation import RandomOperation, draw_operation
from gateway.testing.random_world import draw_world
from gateway.testing.shrink import shrink
from gateway.testing.valid_answer import is_valid_answer
from gateway.testing.world import World
from gateway.testing.world_engines import answer_of, engines_of
from gateway.testing.world_sdl import subgraph_sdl
from gateway.testing.world_transport import WorldTransport

FAULTS: Final = 0.08
WRONG: Final = 0.3  # the share of answers


class Trouble(Enum):
    """What is wrong with a world: nothing, most of the time."""

    NONE = "none"
    NULLS = "nulls where none may be"
    STILL_NONE = "none either"
    SUBGRAPH_DOWN = "a subgraph does not answer"
    WRONG_ANSWERS = "subgraphs answer wrongly"


@dataclass(frozen=True, slots=True)
class Difference:
    """Gateway and monolith disagree; all that is needed to see why."""

    seed: int
    subgraphs: dict[str, str]
    operation: RandomOperation
    expected: str
    actual: str

    def __str__(self) -> str:
        parts = [f"seed {self.seed}"]
        parts += [f"--- subgraph {name}\n{sdl}" for name, sdl in self.subgraphs.items()]
        parts += [f"--- operation\n{self.operation.deferring or self.operation.text}"]
        parts += [f"--- variables\n{json.dumps(self.operation.variables)}"]
        parts += [f"--- expected\n{self.expected}", f"--- actual\n{self.actual}"]
        return "\n".join(parts)


class Case:
    """A world with its gateways and its monolith. The seed also says what is wrong with it (see ``Trouble``)."""

    def __init__(self, seed: int) -> None:
        self.seed = seed
        self.trouble = tuple(Trouble)[seed % len(Trouble)]
        self.world: World = draw_world(seed, faults=FAULTS if self.trouble is Trouble.NULLS else 0.0)
        self.monolith = Monolith(self.world)
        self.sdls = {name: subgraph_sdl(self.world, name) for name in self.world.subgraphs}
        self._transport = WorldTransport(self.world)
        if self.trouble is Trouble.SUBGRAPH_DOWN:
            self._transport.down = self.world.subgraphs[seed // len(Trouble) % len(self.world.subgraphs)]
        self._damaging = DamagingTransport(self._transport, share=WRONG)
        is_damaged = self.trouble is Trouble.WRONG_ANSWERS
        answering = self._damaging if is_damaged else self._transport
        self._engines = engines_of(self.world, self.sdls, answering, self._transport)

    async def compare(self, operation: RandomOperation) -> Difference | None:
        """None when both answer the same: the general path and the compiled plan, the monolith and the gateway.

        While a subgraph is down, the gateway may know less than the monolith, but has to say so.
        """
        expected = self.monolith.execute(operation.text, operation.variables)
        shown = _shown(expected.data, has_errors=bool(expected.errors))
        self._damaging.begin(zlib.crc32(operation.text.encode()))
        with _defects() as defects:
            answers = []
            for engine in self._engines:
                self._transport.effects.clear()
                answers.append(await answer_of(engine, operation))
                if self._transport.effects != self.monolith.effects and not self._allows_failure:
                    effects = (f"effects {each}" for each in (self.monolith.effects, self._transport.effects))
                    return Difference(self.seed, self.sdls, operation, *effects)
        if defects:
            return Difference(self.seed, self.sdls, operation, "no defect", "\n".join(defects))
        for data, errors in answers:
            actual = _shown(data, has_errors=bool(errors))
            if actual != shown and not self._allows(operation, data, expected.data, has_errors=bool(errors)):
                told = f"{actual}\n{json.dumps(errors)}" if errors else actual
                return Difference(self.seed, self.sdls, operation, shown, told)
        if answers[0] != answers[1]:
            return Difference(self.seed, self.sdls, operation, *(json.dumps(answer) for answer in answers))
        if operation.deferring is not None and self.trouble in {Trouble.NONE, Trouble.STILL_NONE}:
            return await self._compare_parts(operation, expected.data)
        return None

    async def _compare_parts(self, operation: RandomOperation, whole: Any) -> Difference | None:
        """What is deferred comes, too."""
        for form in IncrementalForm:
            request = GraphQLRequest(operation.deferring or "", variables=operation.variables)
            bodies = [body async for body in self._engines[0].stream(request, form)]
            if merged(bodies) != (whole, []):
                parts = b"\n".join(bodies).decode()
                return Difference(self.seed, self.sdls, operation, f"parts of {json.dumps(whole)}", parts)
        return None

    @property
    def _allows_failure(self) -> bool:
        """Whether mutations may be missing, or be asked for one path only: the other is given the same answers."""
        return self.trouble in {Trouble.SUBGRAPH_DOWN, Trouble.WRONG_ANSWERS}

    def _allows(self, operation: RandomOperation, data: Any, expected: Any, *, has_errors: bool) -> bool:
        """Whether an answer may differ in this way from the monolith's."""
        match self.trouble:
            case Trouble.SUBGRAPH_DOWN:
                return has_errors and is_part_of(data, expected)
            case Trouble.NULLS:
                return has_errors and is_told_of_nulls(data, expected)
            case Trouble.WRONG_ANSWERS:
                return is_valid_answer(self.monolith.schema, parse(operation.text), operation.variables, data)
            case _:
                return False


@contextmanager
def _defects() -> Iterator[list[str]]:
    """What the gateway logs as errors of its own meanwhile: it may answer all the same, by another path."""
    found: list[str] = []
    handler = logging.Handler(logging.ERROR)
    handler.emit = lambda record: found.append(logging.Formatter().format(record))  # type: ignore[method-assign]
    logger = logging.getLogger("gateway")
    logger.addHandler(handler)
    try:
        yield found
    finally:
        logger.removeHandler(handler)


async def smallest_difference(case: Case, difference: Difference) -> Difference:
    """The same kind of difference with as little of the operation as shows it."""

    async def fails(candidate: RandomOperation) -> bool:
        return await case.compare(candidate) is not None

    operation = await shrink(difference.operation, case.monolith.schema, fails)
    return await case.compare(operation) or difference


async def check(seed: int, operations: int) -> list[Difference]:
    """The differences that ``operations`` random operations show on the world of ``seed``."""
    case = Case(seed)
    drawn = (draw_operation(seed * 1_000 + each, case.monolith.schema, subscribes=True) for each in range(operations))
    found = [await case.compare(operation) for operation in drawn]
    return [difference for difference in found if difference is not None]


def _shown(data: Any, *, has_errors: bool) -> str:
    return json.dumps({"data": data, "errors": has_errors}, ensure_ascii=False)
