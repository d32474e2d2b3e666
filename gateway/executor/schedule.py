"""From a plan's tree to the requests that it comes down to, and what each of them waits for.

Entity fetches of one wave to one subgraph become one request. A request waits for the fetches that its own fetches
follow in the plan and for nothing else, so that a slow branch holds up only what needs it. ``last_requests.py`` says
which fetches travel one wave later.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TypeAlias, assert_never

from gateway.executor.last_requests import later_companions
from gateway.query_plan import (
    ConditionNode,
    DeferNode,
    Fetch,
    Flatten,
    OperationKind,
    Parallel,
    PlanNode,
    ResponsePath,
    Sequence,
    SubscriptionNode,
)

MAX_KEPT_SCHEDULES = 32  # per plan: one for each combination of @skip/@include variables met lately


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
class ScheduledRequest:
    """``steps`` travel together, once the requests ``after`` (indexes, always smaller ones) have been merged."""

    steps: tuple[Step, ...]
    after: tuple[int, ...] = ()


Schedule: TypeAlias = tuple[ScheduledRequest, ...]


def is_chain(schedule: Schedule) -> bool:
    """Whether each request waits for the one before it: nothing runs at the same time, so no tasks are needed."""
    return all(request.after == ((index - 1,) if index else ()) for index, request in enumerate(schedule))


@dataclass(slots=True)
class ExecutablePlan:
    """A plan node with its schedules, kept beside it in the plan cache."""

    node: PlanNode | None
    _variables: tuple[str, ...] = field(init=False)
    _schedules: dict[tuple[bool, ...], Schedule] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._variables = tuple(sorted(set(_condition_variables(self.node))))

    @property
    def condition_variables(self) -> tuple[str, ...]:
        """The variables that decide which fetches are made."""
        return self._variables

    def schedule(self, variables: Mapping[str, object]) -> Schedule:
        """The requests to make with these (coerced) variables."""
        state = tuple(variables.get(name) is True for name in self._variables)
        schedule = self._schedules.get(state)
        if schedule is None:
            if len(self._schedules) >= MAX_KEPT_SCHEDULES:
                self._schedules.clear()
            schedule = build_schedule(self.node, dict(zip(self._variables, state, strict=True)))
            self._schedules[state] = schedule
        return schedule


def build_schedule(node: PlanNode | None, conditions: Mapping[str, bool]) -> Schedule:
    """Number the steps, find what each follows, and group them into requests."""
    numbered = _Numbering(conditions)
    numbered.walk(node, ())
    return _group(numbered.steps)


@dataclass(frozen=True, slots=True)
class _NumberedStep:
    step: Step
    after: tuple[int, ...]
    wave: int


@dataclass(slots=True)
class _Numbering:
    conditions: Mapping[str, bool]
    steps: list[_NumberedStep] = field(default_factory=list)

    def walk(self, node: PlanNode | None, after: tuple[int, ...], path: ResponsePath = ()) -> tuple[int, ...]:
        """Add the steps of ``node``, which follow the steps ``after``; return what a following node waits for."""
        match node:
            case None:
                return after
            case Fetch():
                return self._add(Step(node, path), after)
            case Flatten():
                return self.walk(node.node, after, node.path)
            case Sequence():
                for child in node.nodes:
                    after = self.walk(child, after, path)
                return after
            case Parallel():
                return _distinct([end for child in node.nodes for end in self.walk(child, after, path)]) or after
            case ConditionNode():
                taken = node.if_node if self.conditions.get(node.variable) else node.else_node
                return self.walk(taken, after, path)
            case DeferNode():
                # A client that does not take increments gets all at once: the parts follow the primary part.
                ends = self.walk(node.primary, after, path)
                return _distinct([end for part in node.deferred for end in self.walk(part.node, ends, path)]) or ends
            case SubscriptionNode():
                return self.walk(node.rest, after, path)
            case _:
                assert_never(node)

    def _add(self, step: Step, after: tuple[int, ...]) -> tuple[int, ...]:
        wave = 1 + max((self.steps[index].wave for index in after), default=-1)
        self.steps.append(_NumberedStep(step, after, wave))
        return (len(self.steps) - 1,)


def _group(steps: list[_NumberedStep]) -> Schedule:
    """Requests ordered by wave: what a request waits for always stands before it."""
    groups: dict[tuple[object, ...], list[int]] = {}
    for index, numbered in enumerate(steps):
        alone = None if _may_travel_with_others(numbered.step) else index
        groups.setdefault((numbered.wave, numbered.step.fetch.subgraph, alone), []).append(index)
    ordered = sorted(groups.values(), key=lambda members: (steps[members[0]].wave, members[0]))
    companions = later_companions([_shared_subgraph(steps, each) for each in ordered], _after(steps, ordered))
    for early, late in companions.items():
        ordered[late] = sorted((*ordered[early], *ordered[late]))
    kept = [members for number, members in enumerate(ordered) if number not in companions]
    return tuple(
        ScheduledRequest(tuple(steps[index].step for index in members), waited)
        for members, waited in zip(kept, _after(steps, kept), strict=True)
    )


def _may_travel_with_others(step: Step) -> bool:
    return step.is_entity_fetch and step.fetch.kind is OperationKind.QUERY


def _shared_subgraph(steps: list[_NumberedStep], members: list[int]) -> str | None:
    step = steps[members[0]].step
    return step.fetch.subgraph if _may_travel_with_others(step) else None


def _after(steps: list[_NumberedStep], groups: list[list[int]]) -> list[tuple[int, ...]]:
    """For each group of steps, the groups that it waits for."""
    group_of = {index: number for number, members in enumerate(groups) for index in members}
    return [
        tuple(sorted({group_of[before] for index in members for before in steps[index].after})) for members in groups
    ]


def _distinct(ends: list[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(ends))


def _condition_variables(node: PlanNode | None) -> Iterator[str]:
    match node:
        case None | Fetch():
            return
        case Flatten():
            yield from _condition_variables(node.node)
        case Sequence() | Parallel():
            for child in node.nodes:
                yield from _condition_variables(child)
        case ConditionNode():
            yield node.variable
            yield from _condition_variables(node.if_node)
            yield from _condition_variables(node.else_node)
        case DeferNode():
            yield from _condition_variables(node.primary)
            for part in node.deferred:
                yield from _condition_variables(part.node)
        case SubscriptionNode():
            yield from _condition_variables(node.rest)
        case _:
            assert_never(node)
