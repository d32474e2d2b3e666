"""Subgraphs have names, each its own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from gateway.composition.errors import INVALID_SUBGRAPH_NAME
from gateway.composition.problems import Problems


def check_names(names: Sequence[str], problems: Problems) -> None:
    """Report names that are empty, reserved or given twice."""
    for name, count in Counter(names).items():
        if not name or name == "_":
            message = f'"{name}" cannot be the name of a subgraph: choose another.'
            problems.report(INVALID_SUBGRAPH_NAME, message, name)
        if count > 1:
            message = f"{count} subgraphs are called {name}: names must differ."
            problems.report(INVALID_SUBGRAPH_NAME, message, name)
