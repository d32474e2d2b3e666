"""Composes subgraph schemas into a supergraph: ``compose`` tells the story."""

from gateway.composition.compose import Composition, compose
from gateway.composition.elements import SubgraphSource
from gateway.composition.errors import CompositionError, ErrorCode, Location

__all__ = ["Composition", "CompositionError", "ErrorCode", "Location", "SubgraphSource", "compose"]
