"""The story of composition: subgraphs in, a supergraph out, or every reason why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .collection import paused_collection
from .elements import SubgraphSource
from .errors import CompositionError
from .hints import CompositionHint
from .load import load_subgraphs
from .merge.merge import Supergraph, merge


@dataclass(frozen=True, slots=True)
class Composition:
    """The outcome: a supergraph without errors, or errors without a supergraph. Hints may come with both."""

    supergraph: Supergraph | None
    errors: tuple[CompositionError, ...]
    hints: tuple[CompositionHint, ...]


def compose(sources: Sequence[SubgraphSource]) -> Composition:
    """Compose subgraphs. Each step collects all its errors, and the next begins only without any."""
    with paused_collection():
        return _compose(sources)


def _compose(sources: Sequence[SubgraphSource]) -> Composition:
    loaded = load_subgraphs(sources)
    if loaded.errors:
        return Composition(None, loaded.errors, ())
    merged = merge(loaded.subgraphs)
    return Composition(merged.supergraph, merged.errors, merged.hints)
