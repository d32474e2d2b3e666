"""Writes what was measured: a table and a plot."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scenarios import HEADLINE, SCENARIOS, Scenario

_BAR_COLOURS = ("#3b6ea8", "#b9c4d0", "#9fb0c3", "#c9b79c")


@dataclass(frozen=True, slots=True)
class Measured:
    """The medians of one gateway in one scenario."""

    scenario: Scenario
    gateway: str
    version: str
    medians: dict[str, float]


def write_report(
    folder: Path, measured: Sequence[Measured], stages: list[tuple[str, float, float]], rounds: int, seconds: float
) -> None:
    """Write ``performance.md`` and ``performance.svg`` into ``folder``."""
    names = list(dict.fromkeys(each.gateway for each in measured))
    (folder / "performance.svg").write_text(_plot([each for each in measured if each.scenario.key == HEADLINE]))
    parts = [
        "# Performance",
        "",
        _intro(rounds, seconds),
        "",
        "![Requests per second on one core](performance.svg)",
        "",
        *_versions(measured),
        "",
    ]
    for scenario in SCENARIOS:
        parts += [f"## {scenario.title[0].upper()}{scenario.title[1:]}", "", *_table(measured, scenario, names), ""]
    parts += ["## Inside one request", "", *_stages(stages), ""]
    (folder / "performance.md").write_text("\n".join(parts))


def _intro(rounds: int, seconds: float) -> str:
    return (
        f"`make bench` measures the gateway beside others and writes this page: {rounds} interleaved rounds of "
        f"{seconds:g} seconds for each gateway and scenario, medians. Each gateway is pinned to one core; load generator "
        "and subgraphs share another. The subgraphs answer from memory. Unless said otherwise every request has an "
        "Authorization header of its own, which is passed on, so that no gateway can share calls between requests. All "
        "answers were compared byte for byte before. The processor time of a request is what a gateway's processes used "
        "for it; it is disturbed least by what else the machine does.\n\n"
        f"This run: {platform.machine()}, {os.cpu_count()} cores, {platform.system()} {platform.release()}."
    )


def _versions(measured: Sequence[Measured]) -> list[str]:
    versions = dict.fromkeys((each.gateway, each.version) for each in measured)
    return ["| gateway | version |", "|---|---|", *[f"| {name} | {version} |" for name, version in versions]]


def _table(measured: Sequence[Measured], scenario: Scenario, names: list[str]) -> list[str]:
    rows = {each.gateway: each.medians for each in measured if each.scenario is scenario}
    ours = rows[names[0]]
    lines = [
        "| gateway | requests/s | p50 ms | p99 ms | processor ms each | memory MB | ours: more requests | for less time |",
        "|---|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for name in names:
        row = rows[name]
        rate, cost = _ratios(row, ours) if name != names[0] else ("", "")
        lines.append(
            f"| {name} | {row['requests_per_second']:,.0f} | {row['p50_ms']:.1f} | {row['p99_ms']:.1f} "
            f"| {row['cpu_ms']:.2f} | {row['memory_mb']:.0f} | {rate} | {cost} |"
        )
    return lines


def _ratios(row: dict[str, float], ours: dict[str, float]) -> tuple[str, str]:
    rate = ours["requests_per_second"] / row["requests_per_second"]
    return f"{rate:.1f} ×", f"1/{row['cpu_ms'] / ours['cpu_ms']:.1f}"


def _stages(stages: list[tuple[str, float, float]]) -> list[str]:
    return [
        "Microseconds of processor time, best of several runs. All but the last two are done once per operation and kept.",
        "",
        "| stage | four levels | one fetch |",
        "|---|---:|---:|",
        *[f"| {name} | {big:,.0f} | {small:,.0f} |" for name, big, small in stages],
    ]


def _plot(measured: Sequence[Measured]) -> str:
    most = max(each.medians["requests_per_second"] for each in measured)
    width, bar, left = 720, 34, 150
    height = len(measured) * (bar + 14) + 56
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" font-family="sans-serif" font-size="14">',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        f'<text x="16" y="26" font-weight="bold">Requests per second on one core: {measured[0].scenario.title}</text>',
    ]
    for number, each in enumerate(measured):
        rate = each.medians["requests_per_second"]
        y = 44 + number * (bar + 14)
        length = max(2, round((width - left - 90) * rate / most))
        colour = _BAR_COLOURS[number % len(_BAR_COLOURS)]
        lines += [
            f'<text x="{left - 10}" y="{y + 22}" text-anchor="end">{each.gateway}</text>',
            f'<rect x="{left}" y="{y}" width="{length}" height="{bar}" fill="{colour}"/>',
            f'<text x="{left + length + 8}" y="{y + 22}">{rate:,.0f}</text>',
        ]
    return "\n".join([*lines, "</svg>", ""])
