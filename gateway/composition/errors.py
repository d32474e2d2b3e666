"""Every composition error code, once, with what it means; and the error value that rules report.

Codes are those of the reference composer, so that existing documentation and tooling apply.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a subgraph's SDL; line and column count from 1."""

    subgraph: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class ErrorCode:
    """A stable code with the sentence that the catalogue prints."""

    name: str
    description: str


@dataclass(frozen=True, slots=True)
class CompositionError:
    """One problem found; ``subgraphs`` are the names of those involved."""

    code: ErrorCode
    message: str
    subgraphs: tuple[str, ...] = ()
    locations: tuple[Location, ...] = ()
