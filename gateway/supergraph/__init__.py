"""The supergraph as values: what its SDL says of the subgraphs, and what clients may see of it."""
