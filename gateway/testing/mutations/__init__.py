"""Random small changes of subgraphs' SDL: what a slip of somebody's editor would do, and what teams add to a graph."""

from gateway.testing.mutations.mutate import downgrade, enrich, mutate

__all__ = ["downgrade", "enrich", "mutate"]
