"""Loads subgraphs: SDL text in, valid frozen ``Subgraph`` values out."""

from .load import LoadResult, load_subgraphs

__all__ = ["LoadResult", "load_subgraphs"]
