"""Plans of small composed graphs, written so that they fit beside the reason why they are best."""

from collections.abc import Callable, Iterator

import pytest
from graphql import parse

from gateway.composition.compose import compose
from gateway.composition.elements import SubgraphSource
from gateway.operation.normalize import normalize_operation
from gateway.planner import Planner
from gateway.query_plan import (
    ConditionNode,
    DeferNode,
    Fetch,
    Flatten,
    Parallel,
    PlanNode,
    QueryPlan,
    Sequence,
    SubscriptionNode,
)
from gateway.query_plan_printer import path_text
from gateway.selection_text import compact
from gateway.supergraph.load import load_supergraph
from gateway.supergraph.model import Supergraph

LINK = """
extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: [
  "@key", "@shareable", "@external", "@requires", "@provides", "@override", "@inaccessible", "@interfaceObject",
  "@context", "@fromContext"
])
"""


@pytest.fixture(scope="session")
def supergraph_of() -> Callable[..., Supergraph]:
    """Composes subgraphs given by name."""

    def compose_subgraphs(**subgraphs: str) -> Supergraph:
        sources = [SubgraphSource(name, f"http://{name}", LINK + sdl) for name, sdl in subgraphs.items()]
        composition = compose(sources)
        assert composition.supergraph is not None, [error.message for error in composition.errors]
        return load_supergraph(composition.supergraph.text)

    return compose_subgraphs


@pytest.fixture(scope="session")
def plan_of() -> Callable[..., QueryPlan]:
    """Plans an operation."""

    def plan(
        supergraph: Supergraph,
        operation: str,
        *,
        labels: frozenset[str] = frozenset(),
        incremental: bool = False,
        type_conditioned: bool = False,
    ) -> QueryPlan:
        normalized = normalize_operation(parse(operation), None, supergraph.schema)
        planner = Planner(supergraph, type_conditioned_fetching=type_conditioned)
        return planner.plan(normalized, labels, incremental=incremental)

    return plan


@pytest.fixture(scope="session")
def outline_of(plan_of) -> Callable[..., str]:
    """Plans an operation and writes the plan with one line for each fetch."""

    def outline(supergraph: Supergraph, operation: str, **options: object) -> str:
        node = plan_of(supergraph, operation, **options).node
        return "" if node is None else "\n".join(_lines(node))

    return outline


def _lines(node: PlanNode) -> Iterator[str]:
    match node:
        case Fetch():
            needed = f"{compact(node.requires)} => " if node.requires else ""
            keyword = "" if node.kind.value == "query" else f"{node.kind.value} "
            yield f"{node.subgraph}: {keyword}{needed}{compact(node.selections)}"
        case Flatten():
            first, *rest = _lines(node.node)
            yield f"{path_text(node.path)} <- {first}"
            yield from rest
        case Sequence() | Parallel():
            yield type(node).__name__.lower()
            for child in node.nodes:
                yield from _indented(child)
        case ConditionNode():
            if node.if_node is not None:
                yield f"if ${node.variable}"
                yield from _indented(node.if_node)
            if node.else_node is not None:
                yield f"unless ${node.variable}"
                yield from _indented(node.else_node)
        case SubscriptionNode():
            yield "events"
            yield from _indented(node.primary)
            if node.rest is not None:
                yield "each"
                yield from _indented(node.rest)
        case DeferNode():
            yield f"first {compact(node.primary_selections)}"
            if node.primary is not None:
                yield from _indented(node.primary)
            for part in node.deferred:
                label = f" {part.label}" if part.label else ""
                yield f"later{label} at {path_text(part.path)} after {list(part.depends)} {compact(part.selections)}"
                if part.node is not None:
                    yield from _indented(part.node)


def _indented(node: PlanNode) -> Iterator[str]:
    for line in _lines(node):
        yield f"  {line}"
