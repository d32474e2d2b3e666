"""How long planning takes, and how it grows, beside the reference planner: writes ``docs/planning-speed.md``.

``python tests/benchmarks/planning.py``, after ``npm ci`` in ``tests/node``. Both plan the same operation on the same
supergraph in the same run: from text to plan, by a planner that has planned nothing before; the best of three times.
"""

from __future__ import annotations

import json
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path

from planning_series import SERIES, Drawn

from gateway.composition import SubgraphSource, compose
from gateway.operation.limits import OperationLimits
from gateway.operation.normalize import normalize_operation
from gateway.operation.parse import parse_document
from gateway.planner import Planner
from gateway.query_plan import ConditionNode, Fetch, Flatten, Parallel, PlanNode, Sequence
from gateway.supergraph.load import load_supergraph

ROUNDS = 3
ROOT = Path(__file__).parent.parent.parent
NODE = ROOT / "tests" / "node"
PAGE = ROOT / "docs" / "planning-speed.md"
LINK = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable",'
LINK += ' "@external", "@requires"])\n'

_HEAD = """\
# How long planning takes

`python tests/benchmarks/planning.py` measures it and writes this page: the same operations on the same supergraphs in
one run, ours and `@apollo/query-planner`, from text to plan, by a planner that has planned nothing before; processor
time, the best of {rounds} times. Each series grows in one direction.

| series | size | ours ms | reference ms | reference / ours | our fetches, waves | reference's |
|---|---:|---:|---:|---:|---:|---:|
"""


@dataclass(frozen=True, slots=True)
class Planned:
    """Milliseconds of processor time in the best round, and the fetches and sequential waves of the plan."""

    milliseconds: float
    fetches: int
    waves: int


def plan_ours(supergraph: str, operation: str) -> Planned:
    """Plan with our planner."""
    loaded = load_supergraph(supergraph)
    best, node = float("inf"), None
    for _ in range(ROUNDS):
        planner = Planner(loaded)
        started = time.process_time()
        document = parse_document(operation, OperationLimits())
        node = planner.plan(normalize_operation(document, None, loaded.api_schema)).node
        best = min(best, time.process_time() - started)
    return Planned(best * 1e3, *_size(node))


def plan_reference(process: subprocess.Popen[str], supergraph: str, operation: str) -> Planned:
    """Plan with the reference planner, in its own process."""
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write(json.dumps({"supergraph": supergraph, "operation": operation, "rounds": ROUNDS}) + "\n")
    process.stdin.flush()
    answer = json.loads(process.stdout.readline())
    return Planned(answer["milliseconds"], *_reference_size(answer["plan"].get("node")))


def _supergraph(drawn: Drawn) -> str:
    sources = [SubgraphSource(name, f"http://{name}.test", LINK + sdl) for name, sdl in drawn[0].items()]
    composition = compose(sources)
    assert composition.supergraph is not None, composition.errors
    return composition.supergraph.text


def _size(node: PlanNode | None) -> tuple[int, int]:
    match node:
        case Fetch():
            return 1, 1
        case Flatten():
            return _size(node.node)
        case Sequence():
            sizes = [_size(child) for child in node.nodes]
            return sum(fetches for fetches, _ in sizes), sum(waves for _, waves in sizes)
        case Parallel():
            return _beside([_size(child) for child in node.nodes])
        case ConditionNode():
            return _beside([_size(node.if_node), _size(node.else_node)])
        case _:
            return 0, 0


def _reference_size(node: dict[str, object] | None) -> tuple[int, int]:
    """The same of the reference's JSON."""
    match node:
        case {"kind": "Fetch"}:
            return 1, 1
        case {"kind": "Flatten", "node": dict(inner)}:
            return _reference_size(inner)
        case {"kind": "Sequence", "nodes": list(nodes)}:
            sizes = [_reference_size(child) for child in nodes]
            return sum(fetches for fetches, _ in sizes), sum(waves for _, waves in sizes)
        case {"kind": "Parallel", "nodes": list(nodes)}:
            return _beside([_reference_size(child) for child in nodes])
        case {"kind": "Condition", **branches}:
            inner = [branches.get("ifClause"), branches.get("elseClause")]
            return _beside([_reference_size(each) for each in inner if isinstance(each, dict)])
        case _:
            return 0, 0


def _beside(sizes: list[tuple[int, int]]) -> tuple[int, int]:
    return sum(fetches for fetches, _ in sizes), max((waves for _, waves in sizes), default=0)


def main() -> None:
    """Measure all series, print and write the page."""
    page = _HEAD.format(rounds=ROUNDS)
    command = ["node", str(NODE / "plan.mjs")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        plan_reference(process, _supergraph(SERIES[0].draw(3)), SERIES[0].draw(3)[1])  # node compiles what it runs
        for series in SERIES:
            for size in series.sizes:
                drawn = series.draw(size)
                supergraph = _supergraph(drawn)
                ours, reference = plan_ours(supergraph, drawn[1]), plan_reference(process, supergraph, drawn[1])
                page += (
                    f"| {series.name} | {size} | {ours.milliseconds:.1f} | {reference.milliseconds:.1f} "
                    f"| {reference.milliseconds / ours.milliseconds:.1f} | {ours.fetches}, {ours.waves} "
                    f"| {reference.fetches}, {reference.waves} |\n"
                )
        assert process.stdin is not None
        process.stdin.close()
    PAGE.write_text(page)
    print(page)


if __name__ == "__main__":
    main()
