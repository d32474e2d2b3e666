"""Measures our gateway beside others: ``python tests/benchmarks/gateways.py``, or ``make bench``.

Every gateway runs on one core, load generator and subgraphs on another. Answers are compared byte for byte first. Rounds
are interleaved, so that what else the machine does meets all alike; medians are reported, as rates and as processor time,
which disturbance changes least. Writes ``docs/performance.md`` and ``docs/performance.svg``.
"""

from __future__ import annotations

import argparse
import statistics
import time
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from contenders import compose_supergraph, contenders, install_peers
from processes import Running, ask, gateway, load, stub_subgraphs
from report import Measured, write_report
from scenarios import SCENARIOS, Scenario
from stages import measure_stages

ROOT = Path(__file__).parent.parent.parent


def main() -> None:
    options = _options()
    install_peers()
    compose_supergraph()
    with ExitStack() as stack:
        with stub_subgraphs(0):
            running = [stack.enter_context(gateway(each)) for each in contenders()]
            compare_answers(running)
        measured = measure(running, rounds=options.rounds, seconds=options.seconds)
    write_report(ROOT / "docs", measured, measure_stages(), options.rounds, options.seconds)


def compare_answers(running: list[Running]) -> None:
    """Stop unless every gateway answers every operation with the same bytes; a line's end after them is let pass."""
    for operation in {scenario.operation for scenario in SCENARIOS}:
        query = operation.read_text()
        answers = {each.contender.name: ask(each.contender.url, query).rstrip() for each in running}
        first = next(iter(answers.values()))
        different = [name for name, answer in answers.items() if answer != first]
        if different or b'"errors"' in first:
            raise SystemExit(f"{operation.name}: {', '.join(different) or 'all'} answer differently")


def measure(running: list[Running], *, rounds: int, seconds: float) -> list[Measured]:
    """Medians for each scenario and gateway."""
    samples: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for latency_ms in sorted({scenario.latency_ms for scenario in SCENARIOS}):
        with stub_subgraphs(latency_ms):
            now = [scenario for scenario in SCENARIOS if scenario.latency_ms == latency_ms]
            for scenario in now:
                for each in running:
                    _sample(each, scenario, seconds=min(seconds, 2.0))
            for number in range(rounds):
                for scenario in now:
                    for each in running:
                        sample = _sample(each, scenario, seconds=seconds)
                        samples.setdefault((scenario.key, each.contender.name), []).append(sample)
                        _say(number, scenario, each, sample)
    return [
        Measured(
            scenario=scenario,
            gateway=each.contender.name,
            version=each.contender.version,
            medians=_medians(samples[scenario.key, each.contender.name]),
        )
        for scenario in SCENARIOS
        for each in running
    ]


def _sample(running: Running, scenario: Scenario, *, seconds: float) -> dict[str, Any]:
    before = running.cpu_seconds()
    result = load(
        running.contender.url,
        scenario.operation,
        connections=scenario.connections,
        seconds=seconds,
        shared=scenario.shared,
    )
    if result["failed"]:
        raise SystemExit(f"{running.contender.name} failed {result['failed']} requests of: {scenario.title}")
    used = running.cpu_seconds() - before
    return {**result, "cpu_ms": used * 1000 / max(1, result["requests"]), "memory_mb": running.memory_mb()}


def _medians(samples: list[dict[str, Any]]) -> dict[str, float]:
    keys = ("requests_per_second", "p50_ms", "p99_ms", "cpu_ms", "memory_mb")
    return {key: statistics.median(sample[key] for sample in samples) for key in keys}


def _say(number: int, scenario: Scenario, each: Running, sample: dict[str, Any]) -> None:
    rate, cpu = sample["requests_per_second"], sample["cpu_ms"]
    text = f"{time.strftime('%H:%M:%S')} round {number + 1} {scenario.key:14} {each.contender.name:15}"
    print(f"{text} {rate:9.1f}/s  {cpu:7.3f} ms cpu  p99 {sample['p99_ms']} ms", flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3, help="interleaved rounds (default: 3)")
    parser.add_argument("--seconds", type=float, default=5.0, help="of each measurement (default: 5)")
    return parser.parse_args()


if __name__ == "__main__":
    main()
