"""Loads subgraphs: SDL text in, valid frozen ``Subgraph`` values out."""

from gateway.composition.load.load import LoadResult, load_subgraphs

__all__ = ["LoadResult", "load_subgraphs"]
