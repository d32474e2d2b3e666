"""Composes subgraph schemas into a supergraph: compose() tells the story."""
