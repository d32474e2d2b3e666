from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import pytest
from graphql import OperationDefinitionNode, parse

from gateway.executor.error_policy import ErrorPolicy
from gateway.executor.execute import execute_plan
from gateway.executor.execution import Execution
from gateway.executor.request_context import RequestContext
from gateway.executor.resilience import CircuitBreaker, RetryBudget
from gateway.executor.schedule import ExecutablePlan
from gateway.executor.subgraph_client import SubgraphClient, SubgraphEndpoint
from gateway.executor.type_conditions import TypeConditions
from gateway.query_plan import EachItem, Fetch, Flatten, Key, OnTypes, OperationKind, PlanNode, VariableDefinition
from gateway.selection_ast import selection_set


def _selections(text: str) -> Any:
    (operation,) = parse(f"{{ {text} }}").definitions
    assert isinstance(operation, OperationDefinitionNode)
    return selection_set(operation.selection_set)


@pytest.fixture
def root_fetch() -> Callable[..., Fetch]:
    def make(id_: int, subgraph: str, text: str, *, kind: OperationKind = OperationKind.QUERY, **options: Any) -> Fetch:
        document = f"{kind.value} {{ {text} }}"
        return Fetch(id_, subgraph, kind, document, None, _selections(text), **options)

    return make


@pytest.fixture
def entity_fetch() -> Callable[..., Flatten]:
    """``path`` is written ``a.@.|[A,B]``."""

    def make(id_: int, subgraph: str, path: str, requires: str, text: str, **options: Any) -> Flatten:
        variables = (VariableDefinition("representations", "[_Any!]!"), *options.pop("variables", ()))
        definitions = ", ".join(f"${each.name}: {each.type_text}" for each in variables)
        document = f"query({definitions}) {{ _entities(representations: $representations) {{ {text} }} }}"
        fetch = Fetch(
            id_,
            subgraph,
            OperationKind.QUERY,
            document,
            None,
            _selections(text),
            variables=variables,
            requires=_selections(requires),
            **options,
        )
        return Flatten(_path(path), fetch)

    return make


def _path(text: str) -> Any:
    steps: list[Any] = []
    for step in text.split("."):
        if step == "@":
            steps.append(EachItem())
        elif step.startswith("|"):
            steps.append(OnTypes(tuple(step[2:-1].split(","))))
        else:
            steps.append(Key(step))
    return tuple(steps)


@pytest.fixture
def run_plan() -> Callable[..., Any]:
    """Run a plan node over a transport; the finished execution."""

    async def run(
        node: PlanNode,
        transport: Any,
        *,
        variables: Mapping[str, Any] | None = None,
        possible_types: Mapping[str, frozenset[str]] | None = None,
        context: RequestContext | None = None,
        retries: int = 0,
        breaker: CircuitBreaker | None = None,
    ) -> Execution:
        execution = Execution(
            variables or {}, context or RequestContext(), TypeConditions(possible_types or {}), ErrorPolicy()
        )
        endpoints = {
            name: SubgraphEndpoint(
                name,
                f"http://{name}/graphql",
                1_000,
                retries,
                RetryBudget(100),
                breaker or CircuitBreaker(0, 1),
            )
            for name in [*transport.subgraphs, "away"]
        }
        await execute_plan(ExecutablePlan(node), execution, SubgraphClient(transport, endpoints))
        return execution

    return run
