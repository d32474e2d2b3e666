"""Hints: harmless differences between subgraphs that their owners may want to know of."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CompositionHint:
    """A stable upper-case ``code`` and a readable message."""

    code: str
    message: str
    subgraphs: tuple[str, ...] = ()
