"""Rules, one per file: on each subgraph as written, on each loaded subgraph, and on the merged schema."""
