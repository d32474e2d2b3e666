"""Pieces of schema that random worlds lack, each in versions that several subgraphs might have of it.

A file is a piece; ``# ---`` stands between its versions. The first stands alone; the others fit it, or do not. What
they define is theirs alone, but for the query type.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final


def _versions(file: Path) -> tuple[str, ...]:
    return tuple(file.read_text().split("# ---\n"))


PIECES: Final[tuple[tuple[str, ...], ...]] = tuple(
    _versions(file) for file in sorted(Path(__file__).parent.glob("*.graphql"))
)
