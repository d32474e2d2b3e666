"""Brings federation v1 subgraphs up to v2: what v1 ignored is removed, what it implied is said."""

from gateway.composition.load.upgrade.upgrade import upgrade_subgraphs

__all__ = ["upgrade_subgraphs"]
