"""A check's result for people and for machines."""

from __future__ import annotations

from typing import Any

from schema.checks.change import Severity
from schema.checks.check import CheckResult


def as_json(result: CheckResult) -> dict[str, Any]:
    """``{"subgraph", "success", "compositionErrors": […], "changes": [{"code", "severity", "path", "message"}]}``."""
    return {
        "subgraph": result.subgraph,
        "success": result.passed,
        "compositionErrors": [error.to_json() for error in result.composition_errors],
        "changes": [
            {
                "code": change.code,
                "severity": change.severity.value,
                "breaking": change.severity is Severity.BREAKING,
                "path": change.path,
                "message": change.message,
            }
            for change in result.changes
        ],
    }


def as_text(result: CheckResult) -> str:
    """A line per finding and a verdict."""
    lines = [f"error {error.code.name}: {error.message}" for error in result.composition_errors]
    lines += [
        f"{change.severity.value.lower()} {change.code} {change.path}: {change.message}" for change in result.changes
    ]
    failing = sum(change.severity.fails_a_check for change in result.changes)
    if result.passed:
        lines.append(f"passed: {len(result.changes)} change(s), none of them breaking")
    else:
        lines.append(f"failed: {len(result.composition_errors)} composition error(s), {failing} breaking change(s)")
    return "\n".join(lines)
