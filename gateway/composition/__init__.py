"""Composes subgraph schemas into a supergraph: ``compose`` tells the story."""

from .compose import Composition, compose
from .elements import SubgraphSource
from .errors import CompositionError, ErrorCode, Location

__all__ = ["Composition", "CompositionError", "ErrorCode", "Location", "SubgraphSource", "compose"]
