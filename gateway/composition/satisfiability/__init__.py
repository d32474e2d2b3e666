"""Proves that every query of a supergraph can be answered by fetches from its subgraphs, or shows one that cannot."""

from gateway.composition.satisfiability.check import check_satisfiability

__all__ = ["check_satisfiability"]
