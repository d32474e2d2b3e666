"""Runs query plans against subgraphs: prepare (reads the response tree), send (awaits), merge (writes the tree)."""
