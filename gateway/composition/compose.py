"""The story of composition: subgraphs in, a supergraph out, or every reason why there is none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gateway.composition.collection import paused_collection
from gateway.composition.elements import SubgraphSource
from gateway.composition.errors import NO_QUERIES, CompositionError
from gateway.composition.hints import CompositionHint
from gateway.composition.load import load_subgraphs
from gateway.composition.merge.merge import Supergraph, merge


@dataclass(frozen=True, slots=True)
class Composition:
    """The outcome: a supergraph without errors, or errors without a supergraph. Hints may come with both."""

    supergraph: Supergraph | None
    errors: tuple[CompositionError, ...]
    hints: tuple[CompositionHint, ...]


def compose(sources: Sequence[SubgraphSource]) -> Composition:
    """Compose subgraphs. Each step collects all its errors, and goes ahead as far as it makes sense."""
    with paused_collection():
        return _compose(sources)


def _compose(sources: Sequence[SubgraphSource]) -> Composition:
    if not sources:
        nothing = CompositionError(NO_QUERIES, "There are no subgraphs to compose.")
        return Composition(None, (nothing,), ())
    loaded = load_subgraphs(sources)
    if loaded.errors and not loaded.subgraphs:
        return Composition(None, loaded.errors, ())
    merged = merge(loaded.subgraphs)
    errors = (*loaded.errors, *merged.errors)
    return Composition(None if errors else merged.supergraph, errors, merged.hints)
