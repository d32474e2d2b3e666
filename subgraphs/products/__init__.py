"""The products subgraph: catalogue, prices, pictures and search, on its own database and search index."""
