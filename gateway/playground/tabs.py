"""Reads the folder of operations that the playground opens with."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Tab:
    """A tab of the playground: operation text and the JSON text of its variables."""

    query: str
    variables: str | None


def read_tabs(folder: Path) -> tuple[Tab, ...]:
    """Tabs of ``folder`` in name order; raises OSError when it or a file in it cannot be read."""
    return tuple(Tab(file.read_text(encoding="utf-8"), _variables_beside(file)) for file in _operations(folder))


def _operations(folder: Path) -> list[Path]:
    return sorted(file for file in folder.iterdir() if file.suffix == ".graphql")


def _variables_beside(operation: Path) -> str | None:
    file = operation.with_suffix(".variables.json")
    return file.read_text(encoding="utf-8") if file.exists() else None
