"""Checks of a proposed subgraph schema: `check_subgraph` tells the story."""

from schema.checks.change import Change, Severity
from schema.checks.check import CheckResult, check_subgraph

__all__ = ["Change", "CheckResult", "Severity", "check_subgraph"]
